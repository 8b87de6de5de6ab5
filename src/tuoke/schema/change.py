"""Changing the model while it runs: metadata and DDL in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.exc import DBAPIError, IntegrityError

from tuoke.kit.database import Connection, run_sql
from tuoke.kit.errors import Conflict, Forbidden, Invalid, Unavailable
from tuoke.kit.jsontext import to_json
from tuoke.kit.words import say
from tuoke.schema import ddl
from tuoke.schema.check import (
    check_settings,
    field_from,
    named_in,
    points_at,
    redefined,
    refuse_lost_column_type,
    refuse_system,
    table_from,
)
from tuoke.schema.definitions import FieldDefinition, TableDefinition
from tuoke.schema.load import load_catalog
from tuoke.schema.model import (
    SYSTEM_FIELDS,
    Catalog,
    Field,
    Label,
    Table,
    TableSettings,
)
from tuoke.schema.stored import refuse_taken, save_field, store_field, store_table, was_deleted

MAX_FIELDS = 400


async def create_tables(
    db: Connection, definitions: Sequence[TableDefinition], source: str = "user"
) -> Catalog:
    """Create tables that may link to each other. Raises Invalid naming every fault, Conflict on a taken key."""
    await ddl.wait_briefly_for_locks(db)
    await _lock_model(db)
    known = set((await load_catalog(db)).tables) | {d.key for d in definitions}
    made: list[Table] = []
    for definition in definitions:
        await refuse_taken(db, definition.key)
        table = table_from(definition, known, source)
        made.append(await store_table(db, table))
    for table in made:
        await _run_ddl(ddl.create_physical_table(db, table))
    return await _bump(db)


async def add_fields(
    db: Connection, table_key: str, definitions: Sequence[FieldDefinition], source: str = "user"
) -> Catalog:
    """Add fields to a table. A required field needs nothing of old records; it binds the next edit."""
    await ddl.wait_briefly_for_locks(db)
    await _lock_model(db)
    catalog = await load_catalog(db)
    table = catalog.table(table_key)
    position = len(table.fields)
    if position + len(definitions) > MAX_FIELDS:
        raise Invalid(say("一张表最多 {n} 个字段", "A table has at most {n} fields", n=MAX_FIELDS))
    for definition in definitions:
        if definition.key in table.by_key or await was_deleted(db, table.id, definition.key):
            raise Conflict(
                say("字段「{key}」已存在", "There is already a field {key!r}", key=definition.key),
                field=definition.key,
            )
        field = field_from(definition, set(catalog.tables), source)
        await store_field(db, table.id, field, position)
        await _run_ddl(ddl.add_physical_column(db, table, field))
        position += 1
    return await _bump(db)


async def update_table(
    db: Connection,
    key: str,
    label: Label | None = None,
    settings: TableSettings | None = None,
) -> Catalog:
    await _lock_model(db)
    table = (await load_catalog(db)).table(key)
    wanted = settings or table.settings
    check_settings(wanted, {f.key for f in table.fields})
    await run_sql(
        db,
        "update tuoke.table_def set label = $2::text::jsonb, settings = $3::text::jsonb where id = $1",
        table.id,
        to_json((label or table.label).model_dump()),
        to_json(wanted.model_dump(exclude_defaults=True)),
    )
    return await _bump(db)


async def update_field(db: Connection, table_key: str, field_key: str, changes: Mapping[str, Any]) -> Catalog:
    """Change label, help, options, required, unique, default or aliases. The key and the type stay."""
    await ddl.wait_briefly_for_locks(db)
    await _lock_model(db)
    catalog = await load_catalog(db)
    table = catalog.table(table_key)
    old = table.field(field_key)
    refuse_system(old)
    allowed = {"label", "help", "options", "required", "unique", "default", "aliases"}
    strange = set(changes) - allowed
    if strange:
        raise Invalid(
            say(
                "不能修改：{names}。字段的编码和类型建好后不变",
                "These cannot be changed: {names}. A field's key and type stay as they were made",
                names=", ".join(sorted(strange)),
            )
        )
    new = field_from(redefined(old, changes), set(catalog.tables), old.source)
    refuse_lost_column_type(old, new)
    await save_field(db, replace(new, id=old.id))
    await _change_unique(db, table, old, new)
    return await _bump(db)


async def order_fields(db: Connection, table_key: str, keys: Sequence[str]) -> Catalog:
    """Put the table's own fields in this order; all of them are named, the system's stay last. Raises Invalid."""
    await _lock_model(db)
    table = (await load_catalog(db)).table(table_key)
    own = [f.key for f in table.fields if f.key not in SYSTEM_FIELDS]
    if sorted(keys) != sorted(own):
        fault = say("要写出这张表的每个字段，各一次", "Name every field of the table, each once")
        raise Invalid(fault, fields={"fields": fault}, known=own)
    await run_sql(
        db,
        "update tuoke.field_def f set position = wanted.place - 1"
        " from unnest($2::text[]) with ordinality as wanted(key, place)"
        " where f.table_id = $1 and f.key = wanted.key and f.deleted_at is null",
        table.id,
        list(keys),
    )
    return await _bump(db)


async def delete_field(db: Connection, table_key: str, field_key: str) -> Catalog:
    """Take a field out of the model. Its column and data stay, so it can come back; its key stays taken."""
    await _lock_model(db)
    table = (await load_catalog(db)).table(table_key)
    field = table.field(field_key)
    refuse_system(field)
    users = named_in(table.settings, field_key)
    if users:
        raise Invalid(
            say(
                "字段「{key}」正用于：{where}，请先改掉再删",
                "Field {key!r} is used as: {where}. Change that first",
                key=field_key,
                where=", ".join(users),
            )
        )
    await run_sql(db, "update tuoke.field_def set deleted_at = now() where id = $1", field.id)
    if field.unique:
        await ddl.drop_unique(db, table, field)
    return await _bump(db)


async def delete_table(db: Connection, key: str) -> Catalog:
    """Take a table out of the model; its records stay in the database. App tables cannot be deleted."""
    await _lock_model(db)
    catalog = await load_catalog(db)
    table = catalog.table(key)
    if table.source == "app":
        raise Forbidden(say("应用自带的表不能删除", "A table shipped with the app cannot be deleted"))
    pointing = [f"{t.key}.{f.key}" for t in catalog for f in t.fields if t.key != key and points_at(f, key)]
    if pointing:
        raise Invalid(
            say(
                "还有字段关联到这张表：{names}",
                "Fields still link to this table: {names}",
                names=", ".join(pointing),
            )
        )
    await run_sql(db, "update tuoke.table_def set deleted_at = now() where id = $1", table.id)
    return await _bump(db)


async def set_options(db: Connection, table_key: str, field_key: str, options: Any) -> Catalog:
    """Replace a field's options as they are, for choices that an import adds or its undo takes back."""
    await _lock_model(db)
    field = (await load_catalog(db)).table(table_key).field(field_key)
    await save_field(db, replace(field, options=options))
    return await _bump(db)


async def load_snapshot(db: Connection, app: str) -> dict[str, Any] | None:
    """The app as it was last shipped into this workspace."""
    found = await run_sql(db, "select content from tuoke.app_snapshot where app = $1", app)
    row = found.one_or_none()
    return None if row is None else row[0]


async def save_snapshot(db: Connection, app: str, version: str, content: Mapping[str, Any]) -> None:
    await run_sql(
        db,
        "insert into tuoke.app_snapshot(app, version, content) values ($1, $2, $3::text::jsonb) "
        "on conflict (app) do update set version = excluded.version, content = excluded.content, "
        "applied_at = now()",
        app,
        version,
        to_json(content),
    )


async def _lock_model(db: Connection) -> None:
    """Two people changing the model take turns."""
    await _run_ddl(run_sql(db, "select 1 from tuoke.workspace for update"))


async def _bump(db: Connection) -> Catalog:
    await run_sql(db, "update tuoke.workspace set meta_version = meta_version + 1")
    return await load_catalog(db)


async def _change_unique(db: Connection, table: Table, old: Field, new: Field) -> None:
    if new.unique and not old.unique:
        try:
            await ddl.set_unique(db, table, new)
        except IntegrityError as error:
            raise Conflict(
                say(
                    "「{label}」里已有重复值，先合并或清理再设为唯一",
                    "{label} already holds the same value twice; clean that up first",
                    label=new.label.zh,
                )
            ) from error
    elif old.unique and not new.unique:
        await ddl.drop_unique(db, table, new)


async def _run_ddl(statement: Any) -> Any:
    try:
        return await statement
    except DBAPIError as error:
        if "lock timeout" in str(error.orig):
            raise Unavailable(
                say("表正忙，请稍后再试", "The table is busy; please try again in a moment")
            ) from error
        raise
