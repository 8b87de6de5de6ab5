"""Messages on their way: queued with the reader's position, sent until heard, kept for a while, sent again on demand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from tuoke.bus import jobs
from tuoke.bus.log import Kind, Stretch
from tuoke.connect.post import Outcome
from tuoke.kit.database import Connection, run_sql
from tuoke.kit.errors import Invalid
from tuoke.kit.jsontext import to_json
from tuoke.kit.words import Words, say

READER = "webhooks"
JOB = "webhook.send"
PING = "ping"

WAITS = tuple(timedelta(seconds=s) for s in (10, 30, 120, 600, 1800, 7200, 21600, 43200))
"""How long after each failure it is tried again; after the last it has failed. A day in all."""
LEASE = timedelta(minutes=2)
"""A message taken by a sender that died is due again after this."""
PATIENT_FAILURES = 5
"""Messages in a row that were not heard, after which the others wait too."""
KEPT = timedelta(days=30)
MOST_REPLAYED = 10_000


@dataclass(frozen=True, slots=True)
class Message:
    """A message that is to be sent now."""

    id: int
    event: str
    table_id: int | None
    record: int | None
    change: int | None
    at: datetime
    by: int | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    body: str | None
    """As it was sent before: a repetition says the same, letter by letter."""
    attempts: int
    """This one included."""


_COLLECT = """
with w as materialized (select * from bus.write where seq > $1 and seq <= $2)
insert into tuoke.delivery (webhook, change, event, table_id, record, at, by, before, after, next_at)
select h.id, c.id, e.event, c.table_id, c.record, c.at, w.by, c.before, c.after, $3::timestamptz
from w
join lateral (
  select * from bus.change c
  where c.id between w.first_change and w.last_change and c.txn = w.txn and c.at = w.at
) c on true
join unnest($4::smallint[], $5::text[]) as e(kind, event) on e.kind = c.kind
join tuoke.table_def t on t.id = c.table_id
join tuoke.webhook h on h.active and t.key = any(h.tables) and e.event = any(h.events) and h.created_at <= c.at
where c.kind <> $6::smallint or h.fields = '{}' or c.after ?| h.fields
order by w.seq, c.id
on conflict (webhook, change) do nothing
returning webhook, id
"""
_KINDS = (Kind.CREATED, Kind.UPDATED, Kind.DELETED, Kind.RESTORED)


async def collect(db: Connection, stretch: Stretch, now: datetime) -> int:
    """Queue what webhooks want to know of a stretch of the log, and the jobs that send it; returns how much."""
    rows = await run_sql(
        db,
        _COLLECT,
        stretch.after,
        stretch.upto,
        now,
        [int(kind) for kind in _KINDS],
        [kind.name.lower() for kind in _KINDS],
        int(Kind.UPDATED),
    )
    newest: dict[int, int] = {}
    count = 0
    for webhook, id in rows:
        newest[webhook] = max(id, newest.get(webhook, 0))
        count += 1
    for webhook, id in newest.items():
        await send_soon(db, webhook, str(id))
    return count


async def has_listeners(db: Connection) -> bool:
    found = await run_sql(db, "select exists (select from tuoke.webhook where active)")
    return bool(found.scalar_one())


async def send_soon(db: Connection, webhook: int, why: str, at: datetime | None = None) -> None:
    """A job that sends what is due; `why` makes it one job however often it is asked for."""
    await jobs.put(db, JOB, {"webhook": webhook}, key=f"{JOB}:{webhook}:{why}", run_at=at)


async def send_later(db: Connection, webhook: int, at: datetime, now: datetime, after: int) -> None:
    """As `send_soon` for a job that ends while something waits. However many jobs wait for the same moment, one goes
    on then: while a receiver is down each change brings a job, and each of those would bring the next for ever."""
    if at <= now:
        await send_soon(db, webhook, f"after:{after}")
        return
    second = int(at.timestamp()) + 1
    await send_soon(db, webhook, f"at:{second}", datetime.fromtimestamp(second, UTC))


_TAKE = """
update tuoke.delivery d set attempts = attempts + 1, next_at = $2::timestamptz + $3::interval
from (
  select id from tuoke.delivery where webhook = $1 and state = 'queued' and next_at <= $2::timestamptz
  order by next_at, id limit $4 for update skip locked
) due
where d.id = due.id
returning d.id, d.event, d.table_id, d.record, d.change, d.at, d.by, d.before, d.after, d.body, d.attempts
"""


async def take(db: Connection, webhook: int, now: datetime, most: int) -> list[Message]:
    """The oldest that are due, leased to the caller."""
    rows = await run_sql(db, _TAKE, webhook, now, LEASE, most)
    return sorted((Message(*row) for row in rows), key=lambda message: message.id)


async def heard(db: Connection, webhook: int, message: Message, outcome: Outcome, now: datetime) -> None:
    await run_sql(
        db,
        "update tuoke.delivery set state = 'delivered', status = $2, took_ms = $3, settled_at = $4::timestamptz,"
        " reason = null where id = $1",
        message.id,
        outcome.status,
        outcome.took_ms,
        now,
    )
    await run_sql(
        db,
        "update tuoke.webhook set failures = 0, paused_until = null where id = $1 and failures > 0",
        webhook,
    )


async def unheard(db: Connection, webhook: int, message: Message, outcome: Outcome, now: datetime) -> None:
    """Tried again later, until the last wait is over. Others wait too when many in a row were not heard."""
    is_over = message.attempts > len(WAITS)
    next_at = now if is_over else now + WAITS[message.attempts - 1]
    await run_sql(
        db,
        "update tuoke.delivery set state = $2, status = $3, took_ms = $4, reason = $5::text::jsonb,"
        " next_at = $6::timestamptz, settled_at = case when $2 = 'failed' then $7::timestamptz end where id = $1",
        message.id,
        "failed" if is_over else "queued",
        outcome.status,
        outcome.took_ms,
        _json(outcome.reason),
        next_at,
        now,
    )
    await run_sql(
        db,
        "update tuoke.webhook set failures = failures + 1, paused_until = case"
        " when failures + 1 >= $2 then greatest(coalesce(paused_until, $3), $3) end where id = $1",
        webhook,
        PATIENT_FAILURES,
        next_at,
    )


async def skip(db: Connection, message: Message, reason: Words, now: datetime) -> None:
    """Not sent, and never will be: the one in whose name it goes may not see it."""
    await run_sql(
        db,
        "update tuoke.delivery set state = 'skipped', settled_at = $2::timestamptz, reason = $3::text::jsonb"
        " where id = $1",
        message.id,
        now,
        _json(reason),
    )


async def keep_body(db: Connection, message: int, body: str) -> None:
    """Before it is sent the first time."""
    await run_sql(db, "update tuoke.delivery set body = $2 where id = $1", message, body)


async def give_back(db: Connection, messages: Sequence[int], at: datetime) -> None:
    """Taken, but not tried."""
    await run_sql(
        db,
        "update tuoke.delivery set attempts = attempts - 1, next_at = $2::timestamptz where id = any($1::bigint[])",
        list(messages),
        at,
    )


async def next_due(db: Connection, webhook: int) -> datetime | None:
    found = await run_sql(
        db, "select min(next_at) from tuoke.delivery where webhook = $1 and state = 'queued'", webhook
    )
    return found.scalar_one()


async def ping(db: Connection, webhook: int, by: int | None, now: datetime) -> int:
    """Queue a message that says nothing, to try the address; returns it."""
    made = await run_sql(
        db,
        "insert into tuoke.delivery (webhook, event, at, by, next_at)"
        " values ($1, $2, $3::timestamptz, $4::bigint, $3::timestamptz) returning id",
        webhook,
        PING,
        now,
        by,
    )
    id = int(made.scalar_one())
    await run_sql(db, "update tuoke.webhook set paused_until = null where id = $1", webhook)
    await send_soon(db, webhook, f"ping:{id}")
    return id


async def replay(
    db: Connection, webhook: int, now: datetime, *, ids: Sequence[int] = (), since: datetime | None = None
) -> int:
    """Send again, as they were: these, or all from `since` on. Returns how many. Raises Invalid for too many."""
    found = await run_sql(
        db,
        "update tuoke.delivery set state = 'queued', attempts = 0, next_at = $4::timestamptz, settled_at = null"
        " where webhook = $1 and state <> 'queued' and state <> 'skipped'"
        " and (id = any($2::bigint[]) or ($3::timestamptz is not null and at >= $3::timestamptz))",
        webhook,
        list(ids),
        since,
        now,
    )
    count = int(found.rowcount)
    if count > MOST_REPLAYED:
        raise Invalid(
            say(
                "一次最多重发 {n} 条，请选更晚的时间",
                "At most {n} messages at once; choose a later time",
                n=MOST_REPLAYED,
            )
        )
    if count:
        await run_sql(db, "update tuoke.webhook set failures = 0, paused_until = null where id = $1", webhook)
        await send_soon(db, webhook, f"replay:{now.timestamp()}")
    return count


_LIST = """
select id, event, table_id, record, at, state, attempts, status, reason, took_ms, next_at, settled_at, body
from tuoke.delivery
where webhook = $1 and ($2::bigint is null or id < $2) and ($3::text is null or state = $3)
order by id desc limit $4
"""


async def deliveries(
    db: Connection, webhook: int, before: int | None, state: str | None, limit: int
) -> list[dict[str, Any]]:
    """The newest first."""
    rows = await run_sql(db, _LIST, webhook, before, state, limit)
    return [dict(row._mapping) for row in rows]  # pyright: ignore[reportPrivateUsage]


async def forget_old(db: Connection, now: datetime) -> None:
    await run_sql(
        db,
        "delete from tuoke.delivery where state <> 'queued' and settled_at < $1::timestamptz",
        now - KEPT,
    )


def _json(reason: Words | None) -> str | None:
    return None if reason is None else to_json({"zh": reason.in_("zh"), "en": reason.in_("en")})
