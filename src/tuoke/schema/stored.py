"""Metadata rows: how tables and fields are kept."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tuoke.kit.database import Connection, run_sql
from tuoke.kit.errors import Conflict
from tuoke.kit.jsontext import to_json
from tuoke.kit.words import say
from tuoke.schema.model import Field, Table, system_fields


async def refuse_taken(db: Connection, key: str) -> None:
    found = await run_sql(db, "select 1 from tuoke.table_def where key = $1", key)
    if found.first():
        raise Conflict(say("表「{key}」已存在", "There is already a table {key!r}", key=key), key=key)


async def was_deleted(db: Connection, table_id: int, key: str) -> bool:
    found = await run_sql(db, "select 1 from tuoke.field_def where table_id = $1 and key = $2", table_id, key)
    return found.first() is not None


async def store_table(db: Connection, table: Table) -> Table:
    made = await run_sql(
        db,
        "insert into tuoke.table_def(key, label, settings, source) "
        "values ($1, $2::text::jsonb, $3::text::jsonb, $4) returning id",
        table.key,
        to_json(table.label.model_dump()),
        to_json(table.settings.model_dump(exclude_defaults=True)),
        table.source,
    )
    table_id = int(made.scalar_one())
    for position, field in enumerate(table.fields):
        await store_field(db, table_id, field, position)
    return replace(table, id=table_id, fields=(*table.fields, *system_fields()))


async def store_field(db: Connection, table_id: int, field: Field, position: int) -> None:
    await run_sql(
        db,
        "insert into tuoke.field_def(table_id, position, key, type, source, label, options, required, is_unique,"
        " aliases, help, default_value) values ($1, $2, $3, $4, $5, $6::text::jsonb, $7::text::jsonb, $8, $9,"
        " $10::text[], $11::text::jsonb, $12::text::jsonb)",
        table_id,
        position,
        field.key,
        field.type,
        field.source,
        *_stored(field),
    )


async def save_field(db: Connection, field: Field) -> None:
    await run_sql(
        db,
        "update tuoke.field_def set label = $2::text::jsonb, options = $3::text::jsonb, required = $4,"
        " is_unique = $5, aliases = $6::text[], help = $7::text::jsonb, default_value = $8::text::jsonb"
        " where id = $1",
        field.id,
        *_stored(field),
    )


def _stored(field: Field) -> tuple[Any, ...]:
    return (
        to_json(field.label.model_dump()),
        to_json(field.options.model_dump()),
        field.required,
        field.unique,
        list(field.aliases),
        None if field.help is None else to_json(field.help.model_dump()),
        None if field.default is None else to_json(field.default),
    )
