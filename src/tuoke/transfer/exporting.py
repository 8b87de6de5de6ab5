"""What a list shows, as a file: the same rows under the same rights, in the words of the asker's language."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from typing import Any

from tuoke.access import audit
from tuoke.access.audit import By
from tuoke.access.policy import Action
from tuoke.access.sight import Sight
from tuoke.kit.database import Connection, Engine, begin, run_sql
from tuoke.kit.errors import Invalid
from tuoke.kit.texts import cell_text
from tuoke.kit.words import say
from tuoke.query.ast import MAX_LIMIT, Page
from tuoke.query.page import Found, count, fetch_page, titles
from tuoke.records.view import file_facts
from tuoke.schema.field_type import Writable
from tuoke.schema.model import Field, Table
from tuoke.transfer.neutral import for_csv
from tuoke.transfer.process import beside, hear, tell
from tuoke.transfer.workbook import MOST_ROWS, Workbook

Cells = list[Any]
Names = Mapping[int, str]


@dataclass(frozen=True)
class Export:
    """What is exported for whom."""

    table: Table
    sight: Sight
    page: Page
    """`limit`, `offset` and `cursor` do not count: everything that matches is exported."""
    language: str

    @property
    def whole(self) -> Page:
        return replace(self.page, limit=MAX_LIMIT, offset=0, cursor=None, within=Action.EXPORT)


async def begin_export(db: Connection, export: Export, format: str, by: By) -> int:
    """Note in the audit who takes how much out; returns how many records. Raises Forbidden or Invalid."""
    export.sight.policy.grants(export.sight.actor, export.table.key, Action.EXPORT)
    records = await count(db, export.table, export.sight, export.whole)
    if format == "xlsx" and records > MOST_ROWS:
        raise Invalid(
            say(
                "一张 Excel 表最多 {n} 行，请缩小范围，或导出 CSV",
                "An Excel sheet holds at most {n} rows; narrow the filter or export CSV",
                n=MOST_ROWS,
            )
        )
    facts = {"table": export.table.key, "format": format, "records": records, "fields": export.page.fields}
    await audit.note(db, by, audit.EXPORTED, **facts)
    return records


async def csv_pieces(engine: Engine, export: Export) -> AsyncGenerator[bytes]:
    """The file as UTF-8 with the mark by which Excel knows it."""
    async with _rows(engine, export) as (headings, pages):
        yield b"\xef\xbb\xbf" + _csv([headings])
        async for rows in pages:
            yield _csv(rows)


def _csv(rows: Sequence[Cells]) -> bytes:
    out = io.StringIO()
    lines = csv.writer(out)
    for cells in rows:
        lines.writerow([for_csv(cell) if isinstance(cell, str) else cell_text(cell) for cell in cells])
    return out.getvalue().encode("utf-8", "replace")


async def write_xlsx(engine: Engine, export: Export, path: Path) -> None:
    """The whole workbook at `path`; packing it is the work of another process."""
    title = export.table.label.en if export.language.startswith("en") else export.table.label.zh
    async with _rows(engine, export) as (headings, pages), beside(write_rows, str(path), title) as pipe:
        await tell(pipe, headings)
        async for rows in pages:
            await tell(pipe, rows)
        await tell(pipe, None)
        await hear(pipe)


def write_rows(pipe: Pipe, path: str, title: str) -> None:
    """What the process does."""
    with Workbook(Path(path)) as book:
        sheet = book.add_sheet(title, pipe.recv())
        while (rows := pipe.recv()) is not None:
            for cells in rows:
                sheet.add(cells)
    pipe.send(True)


@asynccontextmanager
async def _rows(
    engine: Engine, export: Export
) -> AsyncGenerator[tuple[list[str], AsyncIterator[list[Cells]]]]:
    """Headings, and the rows page by page, all as they stood at one moment."""
    async with begin(engine) as db:
        await run_sql(db, "set transaction isolation level repeatable read, read only")
        first = await fetch_page(db, export.table, export.sight, export.whole)
        labels = [export.table.field(key).label for key in first.fields]
        headings = [label.en if export.language.startswith("en") else label.zh for label in labels]
        yield headings, _pages(db, export, first)


async def _pages(db: Connection, export: Export, found: Found) -> AsyncIterator[list[Cells]]:
    while True:
        yield await _cells(db, export, found)
        if found.next is None:
            return
        page = replace(export.whole, cursor=found.next)
        found = await fetch_page(db, export.table, export.sight, page)


async def _cells(db: Connection, export: Export, found: Found) -> list[Cells]:
    columns = [(key, await _writer(db, export, export.table.field(key), found)) for key in found.fields]
    return [
        ["" if (value := row[key]) is None else write(value) for key, write in columns] for row in found.rows
    ]


async def _writer(db: Connection, export: Export, field: Field, found: Found) -> Callable[[Any], Any]:
    """How this field's values look in a sheet."""
    if field.target is not None:
        return _by_name(await _names(db, export, field, found), field.refers_to_many, export.language)
    kind, options, zone, language = field.kind, field.options, export.sight.zone, export.language
    if isinstance(kind, Writable):
        return lambda value: kind.write(value, options, zone, language)
    return lambda value: kind.render(value, options)


async def _names(db: Connection, export: Export, field: Field, found: Found) -> Names:
    sight = export.sight
    match field.target:
        case "@user":
            return {id: person.name for id, person in sight.org.people.items()}
        case "@department":
            known = sight.org.departments
            return {id: "/".join(known[part].name for part in one.path) for id, one in known.items()}
        case "@file":
            return {id: facts["name"] for id, facts in (await file_facts(db, _ids(found, field.key))).items()}
        case table:
            linked = sight.catalog.tables.get(table or "")
            return {} if linked is None else await titles(db, linked, sight, _ids(found, field.key))


def _ids(found: Found, key: str) -> list[int]:
    values = [row[key] for row in found.rows if row[key] is not None]
    return sorted({id for value in values for id in (value if isinstance(value, list) else [value])})


def _by_name(names: Names, is_many: bool, language: str) -> Callable[[Any], str]:
    """What the asker may not see has no name and stays out."""
    between = ", " if language.startswith("en") else "、"
    if is_many:
        return lambda ids: between.join(names[id] for id in ids if id in names)
    return lambda id: names.get(id, "")
