"""Rows in and out of the physical tables, in batches, with their entries in the log.

No rights are asked here: the verbs above have asked. Everything is one statement a step, however many rows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ARRAY, BigInteger, ColumnElement, Result, any_, literal, select
from sqlalchemy.exc import IntegrityError

from tuoke.bus.log import Kind
from tuoke.kit.database import Connection, run_sql
from tuoke.kit.errors import Duplicate
from tuoke.kit.words import say
from tuoke.records.transaction import Transaction
from tuoke.records.values import Values
from tuoke.schema.ddl import unique_index_name
from tuoke.schema.model import SCHEMA, Field, Table

Row = dict[str, Any]

BATCH = 5000
"""Rows one statement carries: enough to make its cost vanish, few enough to bound its memory."""


async def insert_rows(
    tx: Transaction, table: Table, rows: Sequence[Values], *, skip_taken: bool = False
) -> list[int | None]:
    """Insert and log; returns the ids in the order of `rows`.

    Raises Duplicate when a unique value is taken; with `skip_taken` such a row is left out and its id is None.
    """
    ids: list[int | None] = []
    numbered = await _with_numbers(tx, table, rows)
    for start in range(0, len(numbered), BATCH):
        ids += await _insert_batch(tx, table, numbered[start : start + BATCH], skip_taken)
    return ids


async def _insert_batch(
    tx: Transaction, table: Table, rows: Sequence[Values], skip_taken: bool
) -> list[int | None]:
    keys = [f.key for f in table.fields if any(f.key in row for row in rows)]
    fields = [table.by_key[key] for key in keys]
    statement = _insert_sql(table, fields, skip_taken)
    columns = [_array(field, [row.get(field.key) for row in rows]) for field in fields]
    try:
        # The count travels too, so that rows without any value are still rows.
        result = await run_sql(
            tx.db, statement, tx.write.txn, table.id, tx.sight.actor.user_id, len(rows), *columns
        )
    except IntegrityError as error:
        raise duplicate(table, error, rows) from error
    pairs = result.all()
    if not pairs:
        return [None] * len(rows)
    tx.write.took(pairs[0][2], min(p[3] for p in pairs), max(p[3] for p in pairs))
    if not skip_taken:
        return [pair[1] for pair in pairs]
    by_place = {pair[0]: pair[1] for pair in pairs}
    return [by_place.get(place) for place in range(1, len(rows) + 1)]


def _insert_sql(table: Table, fields: Sequence[Field], skip_taken: bool) -> str:
    """One statement that inserts the rows and their changes: a creation costs one round trip.

    A record that is being created has no rival for its lock, so logging it in the same statement keeps the
    order of the log.
    """
    target = f'{SCHEMA}."{table.key}"'
    names = [f'"{f.key}"' for f in fields]
    places = ", ".join([f"${i}::{_transport(f)}[]" for i, f in enumerate(fields, 5)])
    source = (
        f"unnest({places}) with ordinality as given({', '.join([*names, 'place'])})"
        if fields
        else "generate_series(1, $4::int) as given(place)"
    )
    given = set(names)
    system = {
        # People who move in from another system keep author and time; otherwise it is the actor and now.
        '"created_by"': "$3::bigint",
        '"updated_by"': "$3::bigint",
        '"created_at"': "now()",
        '"updated_at"': "now()",
    }
    own = [f for f in fields if f'"{f.key}"' not in system]
    columns = ["id", *system, *(f'"{f.key}"' for f in own)]
    values = [
        "given.id",
        *(f"coalesce(given.{n}, {usual})" if n in given else usual for n, usual in system.items()),
        *(f'given."{f.key}"{_cast(f)}' for f in own),
    ]
    return f"""
with place as materialized (
  select nextval(pg_get_serial_sequence('{target}', 'id')) as id, given.*
  from (select * from {source} where place <= $4::int order by place) as given
), ins as (
  insert into {target} ({", ".join(columns)})
  select {", ".join(values)} from place as given order by given.place
  {"on conflict do nothing" if skip_taken else ""}
  returning id
), txn as materialized (
  select coalesce($1::bigint, nextval('bus.txn')) as txn
), logged as (
  insert into bus.change (txn, table_id, record, kind)
  select txn.txn, $2::bigint, ins.id, {int(Kind.CREATED)} from ins, txn order by ins.id
  returning id, record, txn
)
select place.place, place.id, logged.txn, logged.id from logged join place on place.id = logged.record
order by place.place
"""


async def lock_rows(
    tx: Transaction, table: Table, where: ColumnElement[bool], *, deleted: bool = False
) -> dict[int, Row]:
    """Rows under lock, by id: always taken in id order, so that two batches cannot deadlock."""
    physical = table.sa
    alive = physical.c.deleted_at.is_not(None) if deleted else physical.c.deleted_at.is_(None)
    statement = select(physical).where(alive, where).order_by(physical.c.id).with_for_update(of=physical)
    return _by_id(await tx.db.execute(statement))


async def lock_ids(tx: Transaction, table: Table, ids: Sequence[int]) -> dict[int, Row]:
    """Those of the records that live, under lock, by id."""
    return await lock_rows(tx, table, among(table, ids))


async def read_ids(tx: Transaction, table: Table, ids: Sequence[int]) -> dict[int, Row]:
    """Records this transaction has locked, as they are by now."""
    return _by_id(await tx.db.execute(select(table.sa).where(among(table, ids))))


def _by_id(found: Result[Any]) -> dict[int, Row]:
    keys = list(found.keys())
    place = keys.index("id")
    return {row[place]: dict(zip(keys, row, strict=True)) for row in found}


def among(table: Table, ids: Sequence[int]) -> ColumnElement[bool]:
    """As one value however many ids: one statement text, prepared once."""
    return table.sa.c.id == any_(literal(list(ids), ARRAY(BigInteger)))


async def update_rows(
    tx: Transaction, table: Table, locked: Mapping[int, Row], changes: Mapping[int, Values]
) -> list[int]:
    """Store what really differs from the locked rows, log before and after; returns the changed ids."""
    differing = {id: diff for id, values in changes.items() if (diff := _difference(locked[id], values))}
    ids = sorted(differing)
    for start in range(0, len(ids), BATCH):
        part = ids[start : start + BATCH]
        await _update_batch(tx, table, locked, {id: differing[id] for id in part})
    return ids


def _difference(old: Row, values: Values) -> Values:
    return {key: value for key, value in values.items() if old.get(key) != value}


async def _update_batch(
    tx: Transaction, table: Table, locked: Mapping[int, Row], changes: Mapping[int, Values]
) -> None:
    ids = list(changes)
    keys = [f.key for f in table.fields if any(f.key in values for values in changes.values())]
    fields = [table.by_key[key] for key in keys]
    # The rows are locked, so writing back an unchanged neighbour column changes nothing.
    columns = [_array(f, [changes[id].get(f.key, locked[id][f.key]) for id in ids]) for f in fields]
    names = [f'"{f.key}"' for f in fields]
    places = ", ".join(["$2::bigint[]", *(f"${i}::{_transport(f)}[]" for i, f in enumerate(fields, 3))])
    sets = [f"{n} = given.{n}{_cast(f)}" for f, n in zip(fields, names, strict=True)]
    sets = [line for line in sets if not line.startswith('"updated_by"')]
    who = "coalesce(given.updated_by, $1::bigint)" if "updated_by" in keys else "$1::bigint"
    sets.append(f"updated_by = {who}")
    if "updated_at" not in keys:
        sets.append("updated_at = now()")
    statement = (
        f'update {SCHEMA}."{table.key}" as r set {", ".join(sets)}, version = r.version + 1'
        f" from unnest({places}) as given({', '.join(['id', *names])}) where r.id = given.id"
    )
    try:
        await run_sql(tx.db, statement, tx.sight.actor.user_id, ids, *columns)
    except IntegrityError as error:
        raise duplicate(table, error, list(changes.values())) from error
    before = [{key: stored(table, key, locked[id][key]) for key in changes[id]} for id in ids]
    after = [{key: stored(table, key, value) for key, value in changes[id].items()} for id in ids]
    await tx.write.add(table.id, Kind.UPDATED, ids, before, after)


async def set_deleted(tx: Transaction, table: Table, ids: Sequence[int], at: datetime | None) -> None:
    """Move locked rows into the recycle bin, or out of it (`at` None). Raises Duplicate on the way out."""
    statement = (
        f'update {SCHEMA}."{table.key}" set deleted_at = $3::timestamptz, updated_at = now(),'
        " updated_by = $1::bigint, version = version + 1 where id = any($2::bigint[])"
    )
    try:
        await run_sql(tx.db, statement, tx.sight.actor.user_id, list(ids), at)
    except IntegrityError as error:
        raise duplicate(table, error, []) from error
    await tx.write.add(table.id, Kind.RESTORED if at is None else Kind.DELETED, list(ids))


def stored(table: Table, key: str, value: Any) -> Any:
    """A value as the log keeps it: the field's JSON."""
    field = table.by_key[key]
    return None if value is None else field.kind.render(value, field.options)


# --- arrays for unnest ----------------------------------------------------------------------------


def _transport(field: Field) -> str:
    """unnest() would take a list of lists apart, so lists travel as text."""
    sql = field.sql_type
    if sql.endswith("[]"):
        return "text"
    # numeric(18, 2)[] as a cast is fine; the scale is applied once, by the column.
    return re.sub(r"\(.*\)", "", sql)


def _cast(field: Field) -> str:
    sql = field.sql_type
    return f"::{sql}" if sql.endswith("[]") else ""


def _array(field: Field, values: Sequence[Any]) -> list[Any]:
    if not field.sql_type.endswith("[]"):
        return list(values)
    return [None if value is None else array_text(value) for value in values]


def array_text(values: Sequence[Any]) -> str:
    """A PostgreSQL array literal."""
    return "{" + ",".join(_element(value) for value in values) + "}"


def _element(value: Any) -> str:
    if isinstance(value, int):
        return str(value)
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


# --- automatic numbers ----------------------------------------------------------------------------


async def _with_numbers(tx: Transaction, table: Table, rows: Sequence[Values]) -> list[Values]:
    numbered = [f for f in table.fields if f.type == "auto_number"]
    if not numbered:
        return list(rows)
    today = tx.sight.now.astimezone(tx.sight.zone).date()
    made = [dict(row) for row in rows]
    for field in numbered:
        options: Any = field.options
        kind: Any = field.kind
        last = await _count_on(tx.db, field, kind.period(options, today), len(made))
        for count, row in enumerate(made, last - len(made) + 1):
            row.setdefault(field.key, kind.compose(options, today, count))
    return made


async def _count_on(db: Connection, field: Field, period: str, many: int) -> int:
    """The count after `many` more. The row stays locked to the end, so numbers have no gaps."""
    found = await run_sql(
        db,
        "insert into tuoke.counter(field_id, period, value) values ($1, $2, $3) on conflict (field_id, period)"
        " do update set value = tuoke.counter.value + excluded.value returning value",
        field.id,
        period,
        many,
    )
    return int(found.scalar_one())


# --- taken values ---------------------------------------------------------------------------------

_DETAIL = re.compile(r"Key \(.*?\)=\((.*)\)")


def duplicate(table: Table, error: IntegrityError, rows: Sequence[Values]) -> Duplicate:
    """A unique violation in the words of the field it is about."""
    cause = getattr(error.orig, "__cause__", None)
    index = getattr(cause, "constraint_name", None)
    field = next((f for f in table.fields if unique_index_name(table.key, f.key) == index), None)
    if field is None:
        raise error
    match = _DETAIL.search(getattr(cause, "detail", "") or "")
    value = match[1] if match else ""
    row = next((i for i, r in enumerate(rows) if str(r.get(field.key)) == value), None)
    detail = say(
        "「{label_zh}」{value} 已存在",
        "{label_en} {value} already exists",
        label_zh=field.label.zh,
        label_en=field.label.en,
        value=value,
    )
    return Duplicate(detail, fields={field.key: detail}, field=field.key, row=row)
