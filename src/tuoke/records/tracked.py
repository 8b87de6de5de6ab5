"""How the tracked fields of records moved: from, to, when, by whom. Funnels and dwell times are read from this."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ARRAY, BigInteger, any_, literal, select

from tuoke.bus.log import Change, Kind
from tuoke.kit.database import Connection, run_sql
from tuoke.kit.jsontext import to_json
from tuoke.records.rows import stored
from tuoke.schema.model import Catalog, Table

READER = "tracked"


class _Move(NamedTuple):
    change: int
    table_id: int
    record: int
    field: str
    before: Any
    after: Any
    at: datetime
    by: int | None


async def track_changes(db: Connection, catalog: Catalog, changes: Sequence[Change]) -> None:
    """Note every move of a tracked field in these changes; a creation moves a field from empty to its value."""
    tables = {table.id: table for table in catalog if table.settings.tracked}
    concerned = [change for change in changes if change.table_id in tables]
    moves = [
        move
        for change in concerned
        if change.kind is Kind.UPDATED
        for move in _moves(change, tables[change.table_id].settings.tracked)
    ]
    for table in tables.values():
        created = [c for c in concerned if c.table_id == table.id and c.kind is Kind.CREATED]
        if created:
            moves += await _first_moves(db, table, created)
    await _store(db, sorted(moves))
    await _forget(db, [c for c in changes if c.kind is Kind.PURGED])


def _moves(change: Change, tracked: Sequence[str]) -> Iterable[_Move]:
    before, after = change.before or {}, change.after or {}
    return (_move(change, key, before.get(key), after[key]) for key in tracked if key in after)


def _move(change: Change, field: str, before: Any, after: Any) -> _Move:
    return _Move(change.id, change.table_id, change.record, field, before, after, change.at, change.by)


async def _first_moves(db: Connection, table: Table, created: Sequence[Change]) -> list[_Move]:
    """The log keeps no copy of a new record: its first value is what the first later change replaced, or what
    stands in the row when there was none."""
    keys = [key for key in table.settings.tracked if key in table.by_key]
    ids = [change.record for change in created]
    # The rows before the log: a change that comes in between is then seen by the second look.
    now = await _values(db, table, keys, ids)
    replaced = await _first_replaced(db, table, keys, ids)
    moves: list[_Move] = []
    for change in created:
        for key in keys:
            value = replaced.get((change.record, key), now.get((change.record, key)))
            if value is not None:
                moves.append(_move(change, key, None, value))
    return moves


async def _values(
    db: Connection, table: Table, keys: Sequence[str], ids: Sequence[int]
) -> dict[tuple[int, str], Any]:
    physical = table.sa
    statement = select(physical.c.id, *(physical.c[key] for key in keys)).where(
        physical.c.id == any_(literal(list(ids), ARRAY(BigInteger)))
    )
    rows = (await db.execute(statement)).mappings()
    return {(row["id"], key): stored(table, key, row[key]) for row in rows for key in keys}


async def _first_replaced(
    db: Connection, table: Table, keys: Sequence[str], ids: Sequence[int]
) -> Mapping[tuple[int, str], Any]:
    rows = await run_sql(
        db,
        "select distinct on (c.record, k.key) c.record, k.key, c.before -> k.key from bus.change c"
        " cross join unnest($2::text[]) as k(key)"
        " where c.table_id = $1 and c.record = any($3::bigint[]) and c.kind = $4 and c.after ? k.key"
        " order by c.record, k.key, c.id",
        table.id,
        list(keys),
        list(ids),
        int(Kind.UPDATED),
    )
    return {(row[0], row[1]): row[2] for row in rows}


async def _store(db: Connection, moves: Sequence[_Move]) -> None:
    if not moves:
        return
    _, tables, records, fields, before, after, at, by = zip(*moves, strict=True)
    await run_sql(
        db,
        "insert into bus.field_change (table_id, record, field, from_value, to_value, at, by)"
        " select t, r, f, b::jsonb, a::jsonb, w, u from unnest($1::bigint[], $2::bigint[], $3::text[],"
        " $4::text[], $5::text[], $6::timestamptz[], $7::bigint[]) with ordinality as m(t, r, f, b, a, w, u, o)"
        " order by o",
        list(tables),
        list(records),
        list(fields),
        [None if value is None else to_json(value) for value in before],
        [None if value is None else to_json(value) for value in after],
        list(at),
        list(by),
    )


async def _forget(db: Connection, purged: Sequence[Change]) -> None:
    for change in purged:
        await run_sql(
            db,
            "delete from bus.field_change where table_id = $1 and record = $2",
            change.table_id,
            change.record,
        )
