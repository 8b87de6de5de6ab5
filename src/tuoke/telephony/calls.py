"""Calls as records: asked for, moved by events, wrapped up. The tables `call` and `recording` are this room's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from tuoke.access.policy import Action
from tuoke.access.sight import Sight
from tuoke.kit.database import Connection, run_sql
from tuoke.kit.errors import Conflict, Forbidden, Invalid, NotFound
from tuoke.kit.jsontext import to_json
from tuoke.kit.words import say
from tuoke.query.page import fetch_record
from tuoke.query.secure import masked_fields
from tuoke.records import effects
from tuoke.records.about import complete
from tuoke.records.rows import Row, insert_rows, lock_ids, update_rows
from tuoke.records.transaction import Transaction
from tuoke.records.values import Values, with_department
from tuoke.schema.model import Table
from tuoke.telephony.call import Event, Outcome, State, after, is_live, outcome_of
from tuoke.telephony.provider import CallEvent

CALL, RECORDING = "call", "recording"


@dataclass(frozen=True, slots=True)
class Dial:
    """Whom to call: a record's phone field, never a number, so that a masked number is dialled unseen."""

    table: str
    record: int
    field: str
    about: tuple[str, int] | None = None
    """(table, record) that links to whom is called, when it is because of this one: the call stands in its timeline
    too."""


async def request_call(tx: Transaction, dial: Dial, provider: str) -> int:
    """A call that the telephone process will dial; returns its id.

    Raises Conflict while the agent is in a call or owes a wrap-up, NotFound, Forbidden, Invalid.
    """
    sight = tx.sight
    sight.policy.grants(sight.actor, CALL, Action.CREATE)
    await _refuse_busy(tx)
    table = sight.catalog.table(dial.table)
    row = await fetch_record(tx.db, table, sight, dial.record)
    number = await _number(tx, table, dial, row)
    call = sight.catalog.table(CALL)
    values: Values = {
        "number": number,
        "direction": "outbound",
        "state": State.REQUESTED.value,
        "started_at": sight.now,
        "provider": provider,
        "owner": sight.actor.user_id,
        **await _about(tx, call, dial),
        **_points_at(call, table, dial.record),
    }
    [values] = await complete(tx, call, [with_department(call, values, sight)])
    [id] = await insert_rows(tx, call, [values])
    assert id is not None
    await _command(tx.db, id, "originate")
    return id


async def _refuse_busy(tx: Transaction) -> None:
    """One call at a time, and its wrap-up before the next: also from a second browser."""
    me = tx.sight.actor.user_id
    await run_sql(tx.db, "select 1 from tuoke.user_account where id = $1 for no key update", me)
    open_ = await open_call(tx.db, tx.sight)
    if open_ is None:
        return
    if is_live(State(open_["state"])):
        raise Conflict(say("您正在通话中", "You are in a call"), call=open_["id"])
    raise Conflict(say("请先填写上一通电话的小结", "Write up your last call first"), call=open_["id"])


async def open_call(db: Connection, sight: Sight) -> dict[str, Any] | None:
    """The actor's live call, or the one whose wrap-up is owed; with the draft of its wrap-up."""
    rows = await run_sql(
        db,
        "select c.id, c.state, c.wrap_up, d.draft from work.call c left join tuoke.call_draft d on d.call = c.id"
        " where c.owner = $1 and c.deleted_at is null and (c.state <> 'ended' or c.wrap_up = 'pending')"
        " order by c.id desc limit 1",
        sight.actor.user_id,
    )
    row = rows.first()
    return None if row is None else {"id": row[0], "state": row[1], "wrap_up": row[2], "draft": row[3]}


@dataclass(frozen=True, slots=True)
class Standing:
    """How far somebody's newest call is."""

    call: int
    state: State

    @property
    def is_going_out(self) -> bool:
        """Neither answered nor over."""
        return self.state in (State.REQUESTED, State.DIALING, State.RINGING)


async def standings(db: Connection, users: Sequence[int]) -> dict[int, Standing]:
    """By agent; without those who never called. A glance that takes no lock."""
    rows = await run_sql(
        db,
        "select c.owner, c.id, c.state from unnest($1::bigint[]) as u(id), lateral"
        " (select owner, id, state from work.call where owner = u.id and deleted_at is null"
        " order by created_at desc, id desc limit 1) c",
        list(users),
    )
    return {row[0]: Standing(row[1], State(row[2])) for row in rows}


async def _number(tx: Transaction, table: Table, dial: Dial, row: Row) -> str:
    """The plain number, although the agent may see only stars."""
    field = table.field(dial.field)
    if field.type != "phone" or dial.field not in row:
        raise Invalid(say("「{f}」不是电话字段", "{f!r} is not a phone field", f=dial.field))
    number: Any = row[dial.field]
    if dial.field in masked_fields(table, tx.sight):
        found = (await lock_ids(tx, table, [dial.record])).get(dial.record)
        number = found[dial.field] if found else None
    if not number:
        raise Invalid(say("这条记录没有电话号码", "This record has no telephone number"))
    return str(number)


def _points_at(call: Table, table: Table, record: int) -> Values:
    """The call's links to the record; what that links to in its turn is filled in from there."""
    return {f.key: record for f in call.references if f.target == table.key and not f.refers_to_many}


async def _about(tx: Transaction, call: Table, dial: Dial) -> Values:
    """The links of the record one calls because of. Raises NotFound, Invalid."""
    if dial.about is None:
        return {}
    key, record = dial.about
    table = tx.sight.catalog.table(key)
    row = await fetch_record(tx.db, table, tx.sight, record)
    if not any(f.target == dial.table and row.get(f.key) == dial.record for f in table.references):
        raise Invalid(say("这条记录与要拨打的人没有关联", "This record does not link to whom you call"))
    return _points_at(call, table, record)


async def hang_up(tx: Transaction, call: int) -> None:
    """Ask the provider to end a call of one's own. Raises NotFound."""
    row = await _own(tx, call)
    if is_live(State(row["state"])):
        await _command(tx.db, call, "hang_up")


async def _own(tx: Transaction, call: int) -> Row:
    table = tx.sight.catalog.table(CALL)
    found = (await lock_ids(tx, table, [call])).get(call)
    if found is None or found["owner"] != tx.sight.actor.user_id:
        raise NotFound(say("没有这通电话", "There is no such call"), call=call)
    return found


# --- for the telephone process --------------------------------------------------------------------


async def _command(db: Connection, call: int, what: str) -> None:
    await run_sql(db, "insert into bus.call_command (call, what) values ($1, $2)", call, what)


_PLACE = 7_030_003


async def take_place(db: Connection) -> bool:
    """Whether this process is the line's. Held as long as the connection lives, so a killed process frees it."""
    return bool((await run_sql(db, "select pg_try_advisory_lock($1::bigint)", _PLACE)).scalar_one())


async def take_commands(db: Connection) -> list[tuple[int, str, int, str]]:
    """(call, what, agent, number) asked for and not yet done; gone when the caller's transaction commits."""
    rows = await run_sql(
        db,
        "with taken as (delete from bus.call_command where id in"
        " (select id from bus.call_command order by id limit 100 for update skip locked) returning id, call, what)"
        " select t.call, t.what, c.owner, c.number from taken t join work.call c on c.id = t.call order by t.id",
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


async def apply_event(tx: Transaction, event: CallEvent) -> State | None:
    """Move the call; None when the event was known, or does not fit any more."""
    seen = await run_sql(
        tx.db,
        "insert into bus.call_event (event_id, call, event, at) values ($1, $2, $3, $4::timestamptz)"
        " on conflict do nothing returning 1",
        event.event_id,
        event.call,
        event.event.value,
        event.at,
    )
    table = tx.sight.catalog.table(CALL)
    locked = await lock_ids(tx, table, [event.call])
    if seen.first() is None or event.call not in locked:
        return None
    row = locked[event.call]
    before = State(row["state"])
    state = after(before, event.event)
    if state is before:
        return None
    values = _moved(table, row, before, state, event)
    changed = await update_rows(tx, table, locked, {event.call: values})
    await effects.after_update(tx, table, {id: values.keys() for id in changed})
    return state


def _moved(table: Table, row: Row, before: State, state: State, event: CallEvent) -> Values:
    """The fields that follow from a step."""
    values: Values = {"state": state.value}
    if state is State.TALKING:
        values["answered_at"] = event.at
        values["ring_seconds"] = _seconds(row["started_at"], event.at)
    if state is State.ENDED:
        outcome = outcome_of(before, event.cause, event.ended_by_us)
        values["outcome"] = outcome.value
        values["ended_at"] = event.at
        values["talk_seconds"] = _seconds(row["answered_at"], event.at)
        if row["answered_at"] is None:
            values["ring_seconds"] = _seconds(row["started_at"], event.at)
        if outcome is Outcome.CONNECTED and table.settings.wrap_up is not None:
            values["wrap_up"] = "pending"
    return values


def _seconds(start: datetime | None, end: datetime) -> Any:
    return Decimal(0) if start is None else Decimal(str(round(max((end - start).total_seconds(), 0.0), 1)))


async def index_open_calls(db: Connection) -> None:
    """So that the calls going on, and those not written up, are found among a million that are over."""
    await run_sql(
        db,
        "create index if not exists call_open on work.call (owner, id desc)"
        " where state <> 'ended' or wrap_up = 'pending'",
    )


async def lost(tx: Transaction, alive: set[int], now: datetime) -> list[int]:
    """End the calls the provider no longer knows: what happened while we were down is never told again."""
    rows = await run_sql(
        tx.db,
        # One asked for waits for the line, unless whoever took its command away died before he dialled.
        "select id from work.call c where state <> 'ended' and not (id = any($1::bigint[])) and (state <> 'requested'"
        " or not exists (select from bus.call_command k where k.call = c.id)) order by id",
        sorted(alive),
    )
    ids = list(rows.scalars())
    for id in ids:
        await apply_event(tx, CallEvent(f"lost.{id}", id, Event.HUNG_UP, now, Outcome.FAILED))
    return ids


# --- wrap-up --------------------------------------------------------------------------------------


async def save_draft(db: Connection, sight: Sight, call: int, draft: Mapping[str, Any]) -> None:
    """What the agent has typed so far: a closed browser finds it again."""
    await run_sql(
        db,
        "insert into tuoke.call_draft (call, user_id, draft) values ($1, $2, $3::text::jsonb)"
        " on conflict (call) do update set draft = excluded.draft, at = now() where call_draft.user_id = $2",
        call,
        sight.actor.user_id,
        to_json(dict(draft)),
    )


async def wrapped(tx: Transaction, call: int, record: int) -> None:
    """The wrap-up of one's own call is saved as `record`."""
    row = await _own(tx, call)
    if is_live(State(row["state"])):
        raise Conflict(say("通话还没有结束", "The call has not ended"), call=call)
    table = tx.sight.catalog.table(CALL)
    values: Values = {"wrap_up": "saved"}
    settings = table.settings.wrap_up
    link = next((f for f in table.references if settings and f.target == settings.table), None)
    if link is not None:
        values[link.key] = record
    await update_rows(tx, table, {call: row}, {call: values})
    await run_sql(tx.db, "delete from tuoke.call_draft where call = $1", call)


async def to_wrap_up(tx: Transaction, call: int) -> Row:
    """The call whose wrap-up is about to be saved, locked. Raises NotFound, Conflict, Forbidden."""
    row = await _own(tx, call)
    if is_live(State(row["state"])):
        raise Conflict(say("通话还没有结束", "The call has not ended"), call=call)
    if row["wrap_up"] != "pending":
        raise Conflict(say("这通电话的小结已保存", "This call is wrapped up already"), call=call)
    if tx.sight.catalog.table(CALL).settings.wrap_up is None:
        raise Forbidden(say("通话表没有设置小结", "No wrap-up is set up for calls"))
    return row
