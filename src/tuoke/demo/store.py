"""Puts the story into the database: rows, their search tokens, and the log as if it had all been written then."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from datetime import tzinfo
from itertools import groupby
from typing import Any

from tuoke.bus.log import Kind
from tuoke.demo.book import Book, Change, Row
from tuoke.demo.rows import NULL, Printer, Tokens, json_cell, logged, moment
from tuoke.demo.shifts import day_in
from tuoke.kit.database import Connection, run_sql
from tuoke.kit.jsontext import to_json
from tuoke.schema.fields.auto_number import AutoNumberField, AutoNumberOptions
from tuoke.schema.model import Catalog, Field, Table

_AT_ONCE = 8000
_FILLED = """
insert into search."{table}" (id, tokens) values (0, '{{}}') on conflict (id) do update set tokens = excluded.tokens
"""
"""Says that the token table is complete, or a worker would compute it all over again."""


async def store(db: Connection, catalog: Catalog, book: Book, zone: tzinfo) -> None:
    """Everything of the book; its people have their ids. In the caller's transaction."""
    tables = [catalog.table(key) for key in book.rows]
    for table in tables:
        rows = book.rows[table.key]
        await _number(db, table, rows)
        await _count(db, table, rows, zone)
    for table in tables:
        await _rows(db, table, book.rows[table.key])
    for table in catalog:
        await run_sql(db, _FILLED.format(table=table.key))
    await _log(db, catalog, book)


# --- ids and numbers ------------------------------------------------------------------------------


async def _number(db: Connection, table: Table, rows: list[Row]) -> None:
    """Ids in the order of creation, taken from the table's own sequence."""
    rows.sort(key=lambda row: row.at)
    first = await _take(db, f'work."{table.key}"', "id", len(rows))
    for place, row in enumerate(rows):
        row.id = first + place


async def _take(db: Connection, table: str, column: str, count: int) -> int:
    """The first of `count` ids nobody else will get."""
    found = await run_sql(db, "select pg_get_serial_sequence($1, $2)", table, column)
    return await _take_of(db, found.scalar_one(), count)


async def _take_of(db: Connection, sequence: str, count: int) -> int:
    first = (await run_sql(db, "select nextval($1::text::regclass)", sequence)).scalar_one()
    await run_sql(db, "select setval($1::text::regclass, $2)", sequence, first + count - 1)
    return int(first)


async def _count(db: Connection, table: Table, rows: Sequence[Row], zone: tzinfo) -> None:
    """Numbers such as HT2026110001, and how far the counting has come."""
    for field in table.fields:
        if not isinstance(field.kind, AutoNumberField) or not isinstance(field.options, AutoNumberOptions):
            continue
        counted = Counter[str]()
        for row in rows:
            day = day_in(row.at, zone)
            period = field.kind.period(field.options, day)
            counted[period] += 1
            row.values[field.key] = field.kind.compose(field.options, day, counted[period])
        for period, count in counted.items():
            await run_sql(
                db, "insert into tuoke.counter(field_id, period, value) values ($1, $2, $3)", field.id, period, count
            )  # fmt: skip


# --- rows and tokens ------------------------------------------------------------------------------


async def _rows(db: Connection, table: Table, rows: Sequence[Row]) -> None:
    printer = Printer(table)
    await _copy(db, "work", table.key, printer.columns, printer.chunks(rows))
    await _copy(db, "search", table.key, ["id", "tokens"], Tokens(table).chunks(rows))


async def _copy(
    db: Connection, schema: str, table: str, columns: Sequence[str], chunks: Iterable[bytes]
) -> None:
    driver = (await db.get_raw_connection()).driver_connection
    assert driver is not None

    async def source() -> AsyncIterator[bytes]:
        for chunk in chunks:
            yield chunk

    await driver.copy_to_table(table, schema_name=schema, columns=columns, source=source())


# --- the log --------------------------------------------------------------------------------------


async def _log(db: Connection, catalog: Catalog, book: Book) -> None:
    """One write for all that somebody did at one moment.

    Numbered up to 0, before the first: readers have nothing to do with what is indexed and tracked already.
    """
    changes = sorted(book.changes, key=lambda change: (change.at, change.by.id))
    await _moves(db, catalog, changes)
    first = await _take(db, "bus.change", "id", len(changes))
    writes = [list(those) for _, those in groupby(changes, lambda change: (change.at, change.by.id))]
    txn = await _take_of(db, "bus.txn", len(writes))
    write = await _take(db, "bus.write", "id", len(writes))
    columns = ["id", "at", "txn", "table_id", "record", "kind", "before", "after"]
    await _copy(db, "bus", "change", columns, _joined(_change_lines(catalog, writes, first, txn)))
    columns = ["id", "txn", "first_change", "last_change", "at", "by", "seq"]
    await _copy(db, "bus", "write", columns, _joined(_write_lines(writes, first, txn, write)))


def _change_lines(catalog: Catalog, writes: list[list[Change]], first: int, txn: int) -> Iterator[str]:
    tables = {table.key: table for table in catalog}
    for place, changes in enumerate(writes):
        for change in changes:
            table = tables[change.row.table]
            yield (
                f"{first}\t{moment(change.at)}\t{txn + place}\t{table.id}\t{change.row.id}\t{int(change.kind)}"
                f"\t{_facts(table, change.before)}\t{_facts(table, change.after)}\n"
            )
            first += 1


def _facts(table: Table, values: dict[str, Any] | None) -> str:
    if values is None:
        return NULL
    return json_cell(to_json({key: logged(table.by_key[key], value) for key, value in values.items()}))


def _write_lines(writes: list[list[Change]], first: int, txn: int, id: int) -> Iterator[str]:
    earliest = 1 - len(writes)
    for place, changes in enumerate(writes):
        last = first + len(changes) - 1
        head = changes[0]
        yield f"{id + place}\t{txn + place}\t{first}\t{last}\t{moment(head.at)}\t{head.by.id}\t{earliest + place}\n"
        first = last + 1


async def _moves(db: Connection, catalog: Catalog, changes: Sequence[Change]) -> None:
    """How the tracked fields moved, as `records.tracked` would note it."""
    columns = ["table_id", "record", "field", "from_value", "to_value", "at", "by"]
    await _copy(db, "bus", "field_change", columns, _joined(_move_lines(catalog, changes)))


def _move_lines(catalog: Catalog, changes: Sequence[Change]) -> Iterator[str]:
    tracked = {table.key: [table.by_key[key] for key in table.settings.tracked] for table in catalog}
    tables = {table.key: table.id for table in catalog}
    first = _first_values(changes)
    for change in changes:
        for field in tracked[change.row.table]:
            pair = _move(change, field, first)
            if pair is not None:
                yield (
                    f"{tables[change.row.table]}\t{change.row.id}\t{field.key}\t{_json(field, pair[0])}"
                    f"\t{_json(field, pair[1])}\t{moment(change.at)}\t{change.by.id}\n"
                )


def _first_values(changes: Sequence[Change]) -> dict[tuple[Row, str], Any]:
    """What a field had before its first change; the others still have what they were made with."""
    found: dict[tuple[Row, str], Any] = {}
    for change in changes:
        for key, value in (change.before or {}).items():
            found.setdefault((change.row, key), value)
    return found


def _move(change: Change, field: Field, first: dict[tuple[Row, str], Any]) -> tuple[Any, Any] | None:
    if change.kind is Kind.CREATED:
        value = first.get((change.row, field.key), change.row[field.key])
        return None if value is None else (None, value)
    if field.key not in (change.after or {}):
        return None
    return (change.before or {}).get(field.key), (change.after or {})[field.key]


def _json(field: Field, value: Any) -> str:
    return NULL if value is None else json_cell(to_json(logged(field, value)))


def _joined(lines: Iterator[str]) -> Iterator[bytes]:
    kept: list[str] = []
    for line in lines:
        kept.append(line)
        if len(kept) == _AT_ONCE:
            yield "".join(kept).encode()
            kept.clear()
    yield "".join(kept).encode()
