"""What a list shows, as a file: the same rows under the same rights, in the words of the asker's language."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from tuoke.access import audit
from tuoke.access.audit import By
from tuoke.access.policy import Action
from tuoke.access.sight import Sight
from tuoke.kit.database import Connection, Engine, begin, run_sql
from tuoke.kit.errors import Invalid
from tuoke.kit.words import say
from tuoke.query.ast import MAX_LIMIT, Page
from tuoke.query.page import asked_fields, count, every_row, titles
from tuoke.records.view import file_facts
from tuoke.schema.model import Field, Table
from tuoke.transfer.export_file import Look, Names, Rows, write_file
from tuoke.transfer.process import beside, hear, tell
from tuoke.transfer.workbook import MOST_ROWS


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


TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def file_name(export: Export, format: str, now: datetime) -> str:
    """`线索-20261122-1430.xlsx`"""
    return f"{_title(export)}-{now.astimezone(export.sight.zone):%Y%m%d-%H%M}.{format}"


def _title(export: Export) -> str:
    return export.table.label.en if export.language.startswith("en") else export.table.label.zh


def check_right(export: Export) -> None:
    """Raises Forbidden."""
    for action in (Action.EXPORT, Action.DELETE) if export.page.deleted else (Action.EXPORT,):
        export.sight.policy.grants(export.sight.actor, export.table.key, action)


async def begin_export(db: Connection, export: Export, format: str, by: By) -> int:
    """Note in the audit who takes how much out; returns how many records. Raises Forbidden or Invalid."""
    check_right(export)
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


async def write_export(
    engine: Engine, export: Export, format: str, path: Path, told: Callable[[int], Awaitable[None]]
) -> None:
    """The whole file at `path`, its rows as they stood at one moment. `told` hears after each page of how many rows.

    Words and packing are the work of another process.
    """
    async with beside(write_file, str(path), format, _title(export)) as pipe:
        async with begin(engine) as db:
            await run_sql(db, "set transaction isolation level repeatable read, read only")
            shown = asked_fields(export.table, export.sight, export.whole)
            fields = [export.table.field(key) for key in shown]
            await tell(pipe, [_look(export, field) for field in fields])
            async with aclosing(every_row(db, export.table, export.sight, export.whole)) as pages:
                async for rows in pages:
                    await tell(pipe, Rows(rows, await _names(db, export, fields, rows)))
                    await told(len(rows))
        # The last of the packing takes as long as it takes; no transaction waits for it.
        await tell(pipe, None)
        await hear(pipe)


def _look(export: Export, field: Field) -> Look:
    label = field.label.en if export.language.startswith("en") else field.label.zh
    how = (field.kind, field.options, export.sight.zone, export.language)
    return Look(label, *how, is_named=field.target is not None, is_many=field.refers_to_many)


async def _names(
    db: Connection, export: Export, fields: Sequence[Field], rows: Sequence[tuple[Any, ...]]
) -> dict[int, Names]:
    return {
        place: await _called(db, export.sight, field.target, _ids([row[place] for row in rows]))
        for place, field in enumerate(fields)
        if field.target is not None
    }


async def _called(db: Connection, sight: Sight, target: str, ids: Sequence[int]) -> Names:
    match target:
        case "@user":
            people = sight.org.people
            return {id: people[id].name for id in ids if id in people}
        case "@department":
            known = sight.org.departments
            return {id: "/".join(known[part].name for part in known[id].path) for id in ids if id in known}
        case "@file":
            return {id: facts["name"] for id, facts in (await file_facts(db, ids)).items()}
        case _:
            linked = sight.catalog.tables.get(target)
            return {} if linked is None else await titles(db, linked, sight, ids)


def _ids(values: Sequence[Any]) -> list[int]:
    held = [value for value in values if value is not None]
    return sorted({id for value in held for id in (value if isinstance(value, list) else [value])})
