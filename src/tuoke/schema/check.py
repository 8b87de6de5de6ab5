"""Definitions of tables and fields, checked: keys, options, links, and what settings name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from tuoke.kit.errors import Forbidden, Invalid
from tuoke.kit.words import Words, say
from tuoke.schema import ddl
from tuoke.schema.definitions import FieldDefinition, TableDefinition
from tuoke.schema.field_type import Refers
from tuoke.schema.model import FIELD_TYPES, KEY, SYSTEM_FIELDS, Field, Table, TableSettings

RESERVED = frozenset({*SYSTEM_FIELDS, "version", "deleted_at", "all", "any", "not"})


def table_from(definition: TableDefinition, tables: set[str], source: str) -> Table:
    _check_key(definition.key)
    fields = [field_from(d, tables, source) for d in definition.fields]
    keys = [f.key for f in fields]
    twice = sorted({k for k in keys if keys.count(k) > 1})
    if twice:
        raise Invalid(say("字段编码重复：{keys}", "Field keys are used twice: {keys}", keys=", ".join(twice)))
    settings = _with_title(definition.settings, fields)
    check_settings(settings, {*keys, *SYSTEM_FIELDS})
    return Table(definition.key, definition.label, tuple(fields), settings, source)


def _with_title(settings: TableSettings, fields: Sequence[Field]) -> TableSettings:
    """A table made on screen names no title: its first line of text is what people will call a record."""
    if settings.title is not None:
        return settings
    first = next((f.key for f in fields if f.type in ("text", "auto_number")), None)
    return settings.model_copy(update={"title": first})


def field_from(definition: FieldDefinition, tables: set[str], source: str) -> Field:
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


def redefined(old: Field, changes: Mapping[str, Any]) -> FieldDefinition:
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


_SINGLE = ("title", "subtitle", "owner", "department", "stage", "timeline", "return_reason")
_LISTS = ("tracked", "match", "columns", "facts", "summary", "about")


def check_settings(settings: TableSettings, keys: set[str]) -> None:
    named = [getattr(settings, name) for name in _SINGLE if getattr(settings, name)]
    for name in _LISTS:
        named += getattr(settings, name)
    named += _converting(settings)
    missing = sorted({key for key in named if key not in keys})
    if missing:
        raise Invalid(
            say(
                "表设置里提到了不存在的字段：{keys}",
                "The table's settings name fields that do not exist: {keys}",
                keys=", ".join(missing),
            )
        )


def named_in(settings: TableSettings, key: str) -> list[str]:
    single = [name for name in _SINGLE if getattr(settings, name) == key]
    listed = single + [name for name in _LISTS if key in getattr(settings, name)]
    return [*listed, "convert"] if key in _converting(settings) else listed


def _converting(settings: TableSettings) -> list[str]:
    """Fields a conversion cannot do without."""
    return [] if settings.convert is None else [*settings.convert.links, *settings.convert.set]


def refuse_system(field: Field) -> None:
    if field.key in SYSTEM_FIELDS:
        raise Forbidden(say("系统字段不能修改", "A system field cannot be changed"))


def refuse_lost_column_type(old: Field, new: Field) -> None:
    if ddl.column_sql(old) != ddl.column_sql(new):
        raise Invalid(
            say(
                "这样改会改变存储方式，请新建字段",
                "This would change how values are stored; add a new field instead",
            )
        )


def points_at(field: Field, table: str) -> bool:
    return isinstance(field.kind, Refers) and field.kind.target(field.options) == table
