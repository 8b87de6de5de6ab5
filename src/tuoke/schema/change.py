"""Changing the model while it runs: metadata and DDL in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError, IntegrityError

from tuoke.kit.database import Connection, run_sql
from tuoke.kit.errors import Conflict, Forbidden, Invalid, Unavailable
from tuoke.kit.jsontext import to_json
from tuoke.kit.words import Words, say
from tuoke.schema import ddl
from tuoke.schema.definitions import FieldDefinition, TableDefinition
from tuoke.schema.field_type import Refers
from tuoke.schema.load import load_catalog
from tuoke.schema.model import (
    FIELD_TYPES,
    KEY,
    SYSTEM_FIELDS,
    Catalog,
    Field,
    Label,
    Table,
    TableSettings,
    system_fields,
)

RESERVED = frozenset({*SYSTEM_FIELDS, "version", "deleted_at", "all", "any", "not"})
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
        await _refuse_taken(db, definition.key)
        table = _table(definition, known, source)
        made.append(await _store_table(db, table))
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
        if definition.key in table.by_key or await _was_deleted(db, table.id, definition.key):
            raise Conflict(
                say("字段「{key}」已存在", "There is already a field {key!r}", key=definition.key),
                field=definition.key,
            )
        field = _field(definition, set(catalog.tables), source)
        await _store_field(db, table.id, field, position)
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
    _check_settings(wanted, {f.key for f in table.fields})
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
    _refuse_system(old)
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
    new = _field(_definition(old, changes), set(catalog.tables), old.source)
    _refuse_lost_column_type(old, new)
    await _save_field(db, replace(new, id=old.id))
    await _change_unique(db, table, old, new)
    return await _bump(db)


async def delete_field(db: Connection, table_key: str, field_key: str) -> Catalog:
    """Take a field out of the model. Its column and data stay, so it can come back; its key stays taken."""
    await _lock_model(db)
    table = (await load_catalog(db)).table(table_key)
    field = table.field(field_key)
    _refuse_system(field)
    users = _named_in(table.settings, field_key)
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
    pointing = [f"{t.key}.{f.key}" for t in catalog for f in t.fields if t.key != key and _points_at(f, key)]
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
    await _save_field(db, replace(field, options=options))
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


# --- checking -------------------------------------------------------------------------------------


def _table(definition: TableDefinition, tables: set[str], source: str) -> Table:
    _check_key(definition.key)
    fields = [_field(d, tables, source) for d in definition.fields]
    keys = [f.key for f in fields]
    twice = sorted({k for k in keys if keys.count(k) > 1})
    if twice:
        raise Invalid(say("字段编码重复：{keys}", "Field keys are used twice: {keys}", keys=", ".join(twice)))
    settings = _with_title(definition.settings, fields)
    _check_settings(settings, {*keys, *SYSTEM_FIELDS})
    return Table(definition.key, definition.label, tuple(fields), settings, source)


def _with_title(settings: TableSettings, fields: Sequence[Field]) -> TableSettings:
    """A table made on screen names no title: its first line of text is what people will call a record."""
    if settings.title is not None:
        return settings
    first = next((f.key for f in fields if f.type in ("text", "auto_number")), None)
    return settings.model_copy(update={"title": first})


def _field(definition: FieldDefinition, tables: set[str], source: str) -> Field:
    _check_key(definition.key)
    kind = FIELD_TYPES.get(definition.type)
    try:
        options = kind.Options.model_validate(definition.options)
    except ValidationError as error:
        raise Invalid(
            say("字段「{key}」的设置有误", "The settings of field {key!r} are not valid", key=definition.key),
            fields={definition.key: _first_fault(error)},
            field=definition.key,
        ) from error
    if isinstance(kind, Refers):
        target = kind.target(options)
        if not target.startswith("@") and target not in tables:
            raise Invalid(
                say(
                    "字段「{key}」关联的表「{target}」不存在",
                    "Field {key!r} links to a table {target!r} that does not exist",
                    key=definition.key,
                    target=target,
                ),
                field=definition.key,
            )
    return Field(
        key=definition.key,
        type=definition.type,
        label=definition.label,
        options=options,
        required=definition.required,
        unique=definition.unique,
        aliases=tuple(definition.aliases),
        help=definition.help,
        default=definition.default,
        source=source,
    )


def _definition(old: Field, changes: Mapping[str, Any]) -> FieldDefinition:
    try:
        return FieldDefinition.model_validate(
            {
                "key": old.key,
                "type": old.type,
                "label": old.label.model_dump(),
                "options": old.options.model_dump(),
                "required": old.required,
                "unique": old.unique,
                "aliases": list(old.aliases),
                "help": None if old.help is None else old.help.model_dump(),
                "default": old.default,
                **changes,
            }
        )
    except ValidationError as error:
        raise Invalid(_first_fault(error)) from error


def _first_fault(error: ValidationError) -> Words:
    fault = error.errors()[0]
    where = ".".join(str(part) for part in fault["loc"])
    return say("{where}：{message}", "{where}: {message}", where=where, message=fault["msg"])


def _check_key(key: str) -> None:
    if not KEY.fullmatch(key) or key in RESERVED:
        raise Invalid(
            say(
                "编码「{key}」不可用：用小写字母开头，只含小写字母、数字和下划线，不超过 48 位，且不与系统字段重名",
                "Key {key!r} cannot be used: lower-case ASCII letters, digits and _, beginning with a letter, "
                "at most 48, and not a system name",
                key=key,
            ),
            key=key,
        )


_SINGLE = ("title", "subtitle", "owner", "department", "stage", "timeline")
_LISTS = ("tracked", "match", "columns", "facts", "summary")


def _check_settings(settings: TableSettings, keys: set[str]) -> None:
    named = [getattr(settings, name) for name in _SINGLE if getattr(settings, name)]
    for name in _LISTS:
        named += getattr(settings, name)
    missing = sorted({key for key in named if key not in keys})
    if missing:
        raise Invalid(
            say(
                "表设置里提到了不存在的字段：{keys}",
                "The table's settings name fields that do not exist: {keys}",
                keys=", ".join(missing),
            )
        )


def _named_in(settings: TableSettings, key: str) -> list[str]:
    single = [name for name in _SINGLE if getattr(settings, name) == key]
    return single + [name for name in _LISTS if key in getattr(settings, name)]


def _refuse_system(field: Field) -> None:
    if field.key in SYSTEM_FIELDS:
        raise Forbidden(say("系统字段不能修改", "A system field cannot be changed"))


def _refuse_lost_column_type(old: Field, new: Field) -> None:
    if ddl.column_sql(old) != ddl.column_sql(new):
        raise Invalid(
            say(
                "这样改会改变存储方式，请新建字段",
                "This would change how values are stored; add a new field instead",
            )
        )


def _points_at(field: Field, table: str) -> bool:
    return isinstance(field.kind, Refers) and field.kind.target(field.options) == table


# --- storing --------------------------------------------------------------------------------------


async def _lock_model(db: Connection) -> None:
    """Two people changing the model take turns."""
    await _run_ddl(run_sql(db, "select 1 from tuoke.workspace for update"))


async def _bump(db: Connection) -> Catalog:
    await run_sql(db, "update tuoke.workspace set meta_version = meta_version + 1")
    return await load_catalog(db)


async def _refuse_taken(db: Connection, key: str) -> None:
    found = await run_sql(db, "select 1 from tuoke.table_def where key = $1", key)
    if found.first():
        raise Conflict(say("表「{key}」已存在", "There is already a table {key!r}", key=key), key=key)


async def _was_deleted(db: Connection, table_id: int, key: str) -> bool:
    found = await run_sql(db, "select 1 from tuoke.field_def where table_id = $1 and key = $2", table_id, key)
    return found.first() is not None


async def _store_table(db: Connection, table: Table) -> Table:
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
        await _store_field(db, table_id, field, position)
    return replace(table, id=table_id, fields=(*table.fields, *system_fields()))


async def _store_field(db: Connection, table_id: int, field: Field, position: int) -> None:
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


async def _save_field(db: Connection, field: Field) -> None:
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
