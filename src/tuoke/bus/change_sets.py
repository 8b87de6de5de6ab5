"""Change sets: writes that belong together and can be undone together, as an import, a bulk edit, an undo itself.

What they are about stands in their facts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from tuoke.bus.log import KINDS, Kind
from tuoke.kit.database import Connection, run_sql
from tuoke.kit.errors import NotFound
from tuoke.kit.jsontext import to_json
from tuoke.kit.words import say


@dataclass(frozen=True, slots=True)
class ChangeSet:
    id: int
    kind: str
    label: dict[str, Any]
    table: str | None
    by: int | None
    at: datetime
    facts: dict[str, Any]
    """`job`: the job that makes it; `choices`: options it added, `[{"table", "field", "key"}]`."""
    undone_at: datetime | None
    undone_by: int | None


_SELECT = "select id, kind, label, table_key, by, at, facts, undone_at, undone_by from bus.change_set"


async def lock_set(db: Connection, id: int) -> ChangeSet:
    """Raises NotFound."""
    row = (await run_sql(db, f"{_SELECT} where id = $1 for update", id)).first()
    if row is None:
        raise no_such_set(id)
    return ChangeSet(*row)


async def list_sets(db: Connection, by: int | None, before: int | None, limit: int) -> list[ChangeSet]:
    """Newest first; `by` None = everybody's."""
    rows = await run_sql(
        db,
        f"{_SELECT} where ($1::bigint is null or by = $1) and ($2::bigint is null or id < $2)"
        " order by id desc limit $3",
        by,
        before,
        limit,
    )
    return [ChangeSet(*row) for row in rows]


def no_such_set(id: int) -> NotFound:
    return NotFound(say("没有这批改动", "There is no such set of changes"), change_set=id)


async def mark_undone(db: Connection, id: int, by: int) -> None:
    await run_sql(db, "update bus.change_set set undone_at = now(), undone_by = $2 where id = $1", id, by)


async def discard(db: Connection, id: int) -> None:
    """A set that came to nothing, in the transaction that opened it."""
    await run_sql(db, "delete from bus.change_set where id = $1", id)


async def note_facts(db: Connection, change_set: int, facts: Mapping[str, Any]) -> None:
    """Add to what is known of a change set; a fact of the same name is replaced."""
    await run_sql(
        db,
        "update bus.change_set set facts = facts || $2::text::jsonb where id = $1",
        change_set,
        to_json(facts),
    )


async def extent(db: Connection, id: int) -> tuple[int, int]:
    """(first change id, number of changes or somewhat more) of a set; (0, 0) when it is empty."""
    row = (
        await run_sql(
            db,
            "select coalesce(min(first_change), 0), coalesce(sum(last_change - first_change + 1), 0)::bigint"
            " from bus.write where change_set = $1",
            id,
        )
    ).one()
    return row[0], row[1]


class Place(NamedTuple):
    """A place in a set, walked from its end to its beginning."""

    write: int
    change: int


class Touch(NamedTuple):
    place: Place
    table_id: int
    record: int


async def touches_before(db: Connection, id: int, before: Place | None, limit: int) -> list[Touch]:
    """The last `limit` changes of the set before this place, newest first; fewer = its beginning is reached."""
    found: list[Touch] = []
    while len(found) < limit:
        write = await _write_before(db, id, before)
        if write is None:
            break
        wanted = limit - len(found)
        end = before.change if before is not None and before.write == write[0] else write[4] + 1
        rows = await run_sql(
            db,
            "select id, table_id, record from bus.change where txn = $1 and at = $2"
            " and id >= $3 and id < $4 order by id desc limit $5",
            write[1],
            write[2],
            write[3],
            end,
            wanted,
        )
        part = [Touch(Place(write[0], row[0]), row[1], row[2]) for row in rows]
        found += part
        # A write that is read to its beginning is left behind; otherwise the limit is reached.
        before = Place(write[0], 0) if len(part) < wanted else part[-1].place
    return found


async def _write_before(db: Connection, id: int, before: Place | None) -> Any:
    """(id, txn, at, first change, last change)"""
    found = await run_sql(
        db,
        "select id, txn, at, first_change, last_change from bus.write where change_set = $1"
        " and ($2::bigint is null or id < $2 or (id = $2 and first_change < $3)) order by id desc limit 1",
        id,
        None if before is None else before.write,
        None if before is None else before.change,
    )
    return found.first()


class Past(NamedTuple):
    """One change of a record as its undoing looks at it."""

    id: int
    record: int
    kind: Kind
    before: dict[str, Any]
    after: dict[str, Any]
    change_set: int | None


async def past_of(db: Connection, table_id: int, records: Sequence[int], since: int) -> list[Past]:
    """All changes of these records from change `since` on, in order."""
    rows = await run_sql(
        db,
        "select c.id, c.record, c.kind, c.before, c.after, w.change_set from bus.change c"
        " join bus.write w on w.txn = c.txn"
        " where c.table_id = $1 and c.record = any($2::bigint[]) and c.id >= $3 order by c.id",
        table_id,
        list(records),
        since,
    )
    return [Past(row[0], row[1], KINDS[row[2]], row[3] or {}, row[4] or {}, row[5]) for row in rows]


async def newest_touch(db: Connection, id: int, table_id: int, records: Sequence[int]) -> dict[int, int]:
    """record -> its newest change in the set; records the set did not touch are absent."""
    rows = await run_sql(
        db,
        "select c.record, max(c.id) from bus.change c join bus.write w on w.txn = c.txn"
        " where w.change_set = $1 and c.table_id = $2 and c.record = any($3::bigint[]) group by c.record",
        id,
        table_id,
        list(records),
    )
    return {row[0]: row[1] for row in rows}


async def last_writers(
    db: Connection, table_id: int, records: Sequence[int], field: str, since: int
) -> dict[int, int | None]:
    """record -> the set of the last change, from `since` on, that made the record or wrote the field; None = of no
    set. Records without such a change are absent."""
    rows = await run_sql(
        db,
        "select distinct on (c.record) c.record, w.change_set from bus.change c join bus.write w on w.txn = c.txn"
        " where c.table_id = $1 and c.record = any($2::bigint[]) and c.id >= $3 and (c.kind = $4 or c.after ? $5)"
        " order by c.record, c.id desc",
        table_id,
        list(records),
        since,
        int(Kind.CREATED),
        field,
    )
    return {row[0]: row[1] for row in rows}
