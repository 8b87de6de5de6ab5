"""Rows as JSON: each field type renders its value, links get their titles, files their names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tuoke.access.sight import Sight
from tuoke.kit.database import Connection, run_sql
from tuoke.query.page import titles
from tuoke.schema.field_type import FieldType
from tuoke.schema.model import Field, Table

Json = dict[str, Any]


async def shown(
    db: Connection, table: Table, sight: Sight, rows: Sequence[Mapping[str, Any]], fields: Sequence[str]
) -> list[Json]:
    """`id`, `version` and the fields, ready for orjson. A linked record the actor may not see has no title."""
    columns = [(key, await _column(db, table.field(key), sight, rows)) for key in fields]
    answers: list[Json] = []
    for row in rows:
        answer: Json = {"id": row["id"], "version": row["version"]}
        for key, render in columns:
            value = row[key]
            answer[key] = value if value is None or render is None else render(value)
        answers.append(answer)
    return answers


async def _column(
    db: Connection, field: Field, sight: Sight, rows: Sequence[Mapping[str, Any]]
) -> Callable[[Any], Any] | None:
    """How this field's values are rendered; None = as they are."""
    kind, options = field.kind, field.options
    target = field.target
    if target is not None:
        if target == "@file":
            return _files(await file_facts(db, _ids(rows, field.key)))
        if not target.startswith("@"):
            return _links(field.refers_to_many, await _titles(db, target, sight, _ids(rows, field.key)))
    if type(kind).render is FieldType.render:
        return None
    return lambda value: kind.render(value, options)


def _ids(rows: Sequence[Mapping[str, Any]], key: str) -> list[int]:
    found: set[int] = set()
    for row in rows:
        value = row[key]
        if isinstance(value, list):
            found.update(value)
        elif value is not None:
            found.add(value)
    return sorted(found)


async def _titles(db: Connection, target: str, sight: Sight, ids: Sequence[int]) -> dict[int, str]:
    table = sight.catalog.tables.get(target)
    return {} if table is None else await titles(db, table, sight, ids)


def _links(many: bool, names: Mapping[int, str]) -> Callable[[Any], Any]:
    def one(id: int) -> Json:
        return {"id": id, "title": names.get(id)}

    return (lambda value: [one(id) for id in value]) if many else one


def _files(facts: Mapping[int, Json]) -> Callable[[Any], Any]:
    return lambda value: [facts[id] for id in value if id in facts]


async def file_facts(db: Connection, ids: Sequence[int]) -> dict[int, Json]:
    if not ids:
        return {}
    rows = await run_sql(
        db, "select id, name, size, type from tuoke.file where id = any($1::bigint[])", list(ids)
    )
    return {row[0]: {"id": row[0], "name": row[1], "size": row[2], "type": row[3]} for row in rows}
