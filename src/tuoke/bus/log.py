"""The change log: one log, many readers.

A write stores its rows, one `bus.change` per changed record and, as its last statement, one `bus.write`.
Whoever changes a record holds its lock first, so two writes of one record get their `bus.write` ids in the
order of their commits; the sequencer numbers committed writes in id order, and readers follow that number.
Nothing depends on transaction ids: a transaction left open anywhere delays only itself.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any, NamedTuple

from sqlalchemy import text

from tuoke.kit.database import Connection, run_sql
from tuoke.kit.jsontext import to_json


class Kind(IntEnum):
    CREATED = 1
    UPDATED = 2
    DELETED = 3
    RESTORED = 4
    PURGED = 5


KINDS = {int(kind): kind for kind in Kind}
"""By their numbers: asking the class costs ten times as much, and a reader asks for every change."""


class Change(NamedTuple):
    """One record's change as readers get it. A tuple, because three readers make one of every change."""

    id: int
    seq: int
    table_id: int
    record: int
    kind: Kind
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    at: datetime
    by: int | None
    change_set: int | None
    flow: int | None = None
    """The flow whose run wrote it; None = a person, or the machine for one."""
    depth: int = 0
    """How many flows, each set off by the one before, led here; 0 = none."""


@dataclass(frozen=True, slots=True)
class Cause:
    """The runs that write: of one flow, equally deep in a chain of flows."""

    flow: int
    depth: int


_ADD = """
with t as materialized (select coalesce($1::bigint, nextval('bus.txn')) as txn),
c as (
  insert into bus.change (txn, table_id, record, kind, before, after)
  select t.txn, $2::bigint, r.record, $3::smallint, r.before::jsonb, r.after::jsonb
  from t, unnest($4::bigint[], $5::text[], $6::text[]) as r(record, before, after)
  returning id
)
select (select txn from t), min(id), max(id) from c
"""

_CLOSE = """
insert into bus.write (txn, first_change, last_change, by, change_set, note, flow, depth)
values ($1, $2, $3, $4, $5, $6, $7, $8)
"""


class Write:
    """What one transaction adds to the log. Close it as the transaction's last statement."""

    def __init__(
        self,
        db: Connection,
        by: int | None,
        change_set: int | None = None,
        note: str | None = None,
        cause: Cause | None = None,
    ):
        self._db, self._by, self._note, self._cause = db, by, note, cause
        self.change_set = change_set
        self._txn: int | None = None
        self._first: int | None = None
        self._last: int | None = None

    @property
    def txn(self) -> int | None:
        return self._txn

    @property
    def last(self) -> int | None:
        """The newest change so far; None = nothing was written yet."""
        return self._last

    @property
    def by(self) -> int | None:
        return self._by

    async def add(
        self,
        table_id: int,
        kind: Kind,
        records: Sequence[int],
        before: Sequence[dict[str, Any]] | None = None,
        after: Sequence[dict[str, Any]] | None = None,
    ) -> None:
        """Log one change per record. Call it after the rows themselves were written."""
        if not records:
            return
        nothing = [None] * len(records)
        values = (
            self._txn,
            table_id,
            int(kind),
            list(records),
            nothing if before is None else [to_json(b) for b in before],
            nothing if after is None else [to_json(a) for a in after],
        )
        txn, first, last = (await run_sql(self._db, _ADD, *values)).one()
        self.took(txn, first, last)

    def took(self, txn: int, first: int, last: int) -> None:
        """Note changes `first`…`last` that a hot statement logged by itself under `txn`."""
        self._txn = txn
        self._first = first if self._first is None else min(first, self._first)
        self._last = last if self._last is None else max(last, self._last)

    async def close(self) -> None:
        if self._txn is None:
            return
        cause = self._cause
        flow, depth = (None, 0) if cause is None else (cause.flow, cause.depth)
        span = (self._txn, self._first, self._last)
        await run_sql(self._db, _CLOSE, *span, self._by, self.change_set, self._note, flow, depth)


@asynccontextmanager
async def writing(
    db: Connection,
    by: int | None,
    change_set: int | None = None,
    note: str | None = None,
    cause: Cause | None = None,
) -> AsyncGenerator[Write]:
    write = Write(db, by, change_set, note, cause)
    yield write
    await write.close()


async def number_writes(db: Connection, limit: int = 5000) -> int:
    """Number committed writes in id order; returns how many. One sequencer at a time, by a row lock."""
    # The reader row `sequencer` is the lock: a second sequencer waits for it, then sees what was numbered.
    await run_sql(db, "insert into bus.position(reader) values ('sequencer') on conflict (reader) do nothing")
    await run_sql(db, "select 1 from bus.position where reader = 'sequencer' for update")
    result = await run_sql(
        db,
        """
        with due as materialized (
          select id, (select seq from bus.position where reader = 'sequencer') + row_number() over (order by id)
            as seq
          from (select id from bus.write where seq is null order by id limit $1) as unnumbered
        ), numbered as (
          update bus.write w set seq = due.seq from due where w.id = due.id returning w.seq
        ), moved as (
          update bus.position set seq = greatest(seq, (select max(seq) from due)), moved_at = now()
          where reader = 'sequencer' and exists (select 1 from due)
        )
        select count(*) from numbered
        """,
        limit,
    )
    return int(result.scalar_one())


async def position(db: Connection, reader: str) -> int:
    """Where `reader` stands, its row locked: two processes never read for the same reader at once."""
    await run_sql(db, "insert into bus.position(reader) values ($1) on conflict (reader) do nothing", reader)
    found = await run_sql(db, "select seq from bus.position where reader = $1 for update", reader)
    return int(found.scalar_one())


async def move(db: Connection, reader: str, seq: int) -> None:
    await run_sql(db, "update bus.position set seq = $2, moved_at = now() where reader = $1", reader, seq)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Whole writes, `after` < seq <= `upto`: what a reader takes in one transaction."""

    after: int
    upto: int


async def next_stretch(db: Connection, after: int, writes: int = 500, changes: int = 5000) -> Stretch | None:
    """The next writes, at most `writes` of them with at most `changes` changes; None at the end of the log.

    A write is never cut: one with more changes than that is a stretch of its own.
    """
    found = await run_sql(
        db,
        """
        select max(seq) from (
          select seq, row_number() over w as place, sum(last_change - first_change + 1) over w as total
          from (select * from bus.write where seq > $1 order by seq limit $2) as next
          window w as (order by seq)
        ) as counted where total <= $3 or place = 1
        """,
        after,
        writes,
        changes,
    )
    upto = found.scalar_one()
    return None if upto is None else Stretch(after, int(upto))


_CHANGES = text("""
with w as materialized (
  select * from bus.write where seq > :after and seq <= :upto
)
select c.id, w.seq, c.table_id, c.record, c.kind, c.before, c.after, w.at, w.by, w.change_set,
  w.flow, w.depth
from w join lateral (
  select * from bus.change c
  where c.id between w.first_change and w.last_change and c.txn = w.txn and c.at = w.at
) c on true
order by w.seq, c.id
""")


async def changes_in(db: Connection, stretch: Stretch, page: int = 5000) -> AsyncGenerator[list[Change]]:
    """The changes of a stretch in pages, in commit order and inside a write by change id.

    In pages, because one bulk edit may have changed a hundred thousand records.
    """
    places = {"after": stretch.after, "upto": stretch.upto}
    result = await db.stream(_CHANGES, places, execution_options={"yield_per": page})
    async for rows in result.partitions(page):
        yield [
            Change(row[0], row[1], row[2], row[3], KINDS[row[4]], row[5], row[6], *row[7:]) for row in rows
        ]


async def changes_after(db: Connection, after: int, writes: int = 500, changes: int = 5000) -> list[Change]:
    """All changes of the next stretch at once."""
    stretch = await next_stretch(db, after, writes, changes)
    return [] if stretch is None else await all_changes_in(db, stretch)


async def all_changes_in(db: Connection, stretch: Stretch) -> list[Change]:
    return [change async for page in changes_in(db, stretch) for change in page]


async def has_unnumbered(db: Connection) -> bool:
    """Whether the sequencer has something to do; a glance that takes no lock."""
    found = await run_sql(db, "select exists (select from bus.write where seq is null)")
    return bool(found.scalar_one())


async def is_behind(db: Connection, reader: str) -> bool:
    """Whether `reader` has something to read; a glance that takes no lock."""
    found = await run_sql(
        db,
        "select coalesce((select seq from bus.position where reader = 'sequencer'), 0)"
        " > coalesce((select seq from bus.position where reader = $1), 0)",
        reader,
    )
    return bool(found.scalar_one())


async def newest(db: Connection) -> int:
    """The seq of the last numbered write."""
    found = await run_sql(db, "select coalesce(max(seq), 0) from bus.write where seq is not null")
    return int(found.scalar_one())


async def open_change_set(
    db: Connection,
    kind: str,
    by: int | None,
    label: dict[str, Any],
    table_key: str | None = None,
    facts: dict[str, Any] | None = None,
) -> int:
    """A named set of writes that can be undone together."""
    made = await run_sql(
        db,
        "insert into bus.change_set(kind, label, table_key, by, facts) "
        "values ($1, $2::text::jsonb, $3, $4, $5::text::jsonb) returning id",
        kind,
        to_json(label),
        table_key,
        by,
        to_json(facts or {}),
    )
    return int(made.scalar_one())
