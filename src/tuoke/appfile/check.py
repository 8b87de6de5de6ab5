"""What one file of an app cannot know alone: that the names it uses exist and fit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from pydantic import ValidationError

from tuoke.access.policy import EVERY_TABLE
from tuoke.access.roles import GrantDefinition, RoleDefinition
from tuoke.access.scopes import Filtered, Reach, Via, scope_of
from tuoke.appfile.kinds import PARTS
from tuoke.appfile.model import ROLES, TABLES, App, View
from tuoke.appfile.part import Around
from tuoke.appfile.yamltext import Path
from tuoke.kit.errors import Invalid
from tuoke.kit.faults import faults_of
from tuoke.kit.texts import same_name
from tuoke.kit.words import Words, say
from tuoke.query.ast import sort_from
from tuoke.query.fits import check_filter
from tuoke.records.written import check_written, is_symbol
from tuoke.schema.check import RESERVED
from tuoke.schema.definitions import FieldDefinition, TableDefinition
from tuoke.schema.field_type import Chooses, Refers
from tuoke.schema.model import (
    FIELD_TYPES,
    KEY,
    Convert,
    Effect,
    Field,
    Table,
    Target,
    no_such_field,
    system_fields,
)

Tables: TypeAlias = Mapping[str, Table]
Finding: TypeAlias = tuple[Path, Words]


@dataclass(frozen=True)
class Told:
    """A fault in one of the app's files."""

    file: str
    path: Path
    words: Words


def check_app(app: App) -> Iterator[Told]:
    """Everything that does not fit, in no particular order; empty for an app that can be applied."""
    tables = {definition.key: table_of(definition) for definition in app.tables}
    for definition in app.tables:
        for path, words in _check_table(definition, tables):
            yield Told(f"{TABLES}/{definition.key}.yaml", path, words)
    for path, words in _check_roles(app.roles, tables):
        yield Told(ROLES, path, words)
    around = Around(tables, {role.key for role in app.roles})
    for part in PARTS:
        for written in app.parts.get(part.type, ()):
            for path, words in part.check(written, around):
                yield Told(part.file(written.key), path, words)


def table_of(definition: TableDefinition) -> Table:
    """The table a definition would make; a field that cannot be made is left out."""
    fields = [field for each in definition.fields if (field := _field_of(each)) is not None]
    return Table(definition.key, definition.label, (*fields, *system_fields()), definition.settings, "app")


def _field_of(definition: FieldDefinition) -> Field | None:
    if definition.type not in FIELD_TYPES:
        return None
    try:
        options = FIELD_TYPES.get(definition.type).Options.model_validate(definition.options)
    except ValidationError:
        return None
    return Field(definition.key, definition.type, definition.label, options, source="app")


# --- tables ---------------------------------------------------------------------------------------


def _check_table(definition: TableDefinition, tables: Tables) -> Iterator[Finding]:
    if not KEY.fullmatch(definition.key):
        yield ("key",), _bad_key(definition.key)
    for at, field in enumerate(definition.fields):
        for path, words in _check_field(field, tables):
            yield ("fields", at, *path), words
    yield from _check_names(definition)
    for path, words in _check_settings(tables[definition.key], tables):
        yield ("settings", *path), words


def _bad_key(key: str) -> Words:
    return say("编码「{key}」不可用", "Key {key!r} cannot be used", key=key)


def _check_field(field: FieldDefinition, tables: Tables) -> Iterator[Finding]:
    if not KEY.fullmatch(field.key) or field.key in RESERVED:
        yield ("key",), _bad_key(field.key)
    if field.type not in FIELD_TYPES:
        yield ("type",), say("没有这种字段类型：{type}", "There is no field type {type!r}", type=field.type)
        return
    kind = FIELD_TYPES.get(field.type)
    try:
        options = kind.Options.model_validate(field.options)
    except ValidationError as error:
        for place, words in faults_of(error).items():
            yield ("options", *_path_of(place)), words
        return
    if isinstance(kind, Refers):
        target = kind.target(options)
        if not target.startswith("@") and target not in tables:
            yield ("options",), no_table(target)
    if field.default is not None and not is_symbol(field.default):
        try:
            kind.parse(field.default, options)
        except Invalid as error:
            yield ("default",), error.detail


def no_table(key: str) -> Words:
    return say("没有「{key}」这张表", "There is no table {key!r}", key=key)


def _path_of(place: str) -> Path:
    return tuple(int(part) if part.isdigit() else part for part in place.split("."))


def _check_names(definition: TableDefinition) -> Iterator[Finding]:
    """Keys once each; and no heading of a sheet may mean two fields."""
    keys: set[str] = set()
    headings: dict[str, str] = {}
    for at, field in enumerate(definition.fields):
        if field.key in keys:
            yield (
                ("fields", at, "key"),
                say("字段编码重复：{key}", "The key {key!r} is used twice", key=field.key),
            )
        keys.add(field.key)
        for name in {same_name(n) for n in (field.label.zh, field.label.en, *field.aliases)}:
            other = headings.setdefault(name, field.key)
            if other != field.key:
                yield (
                    ("fields", at, "aliases"),
                    say(
                        "「{name}」已是 {other} 的名称",
                        "{name!r} already means {other}",
                        name=name,
                        other=other,
                    ),
                )


def _refers_to(target: str) -> Callable[[Field], bool]:
    def fits(field: Field) -> bool:
        kind = field.kind
        return isinstance(kind, Refers) and not kind.many and kind.target(field.options) == target

    return fits


def _is_moment(field: Field) -> bool:
    # What can be ordered and is no quantity: a timeline needs a place in time.
    return field.type in ("date", "datetime", "created_at", "updated_at")


def _any(field: Field) -> bool:
    return True


_ONE: Mapping[str, Callable[[Field], bool]] = {
    "title": _any,
    "subtitle": _any,
    "owner": _refers_to("@user"),
    "department": _refers_to("@department"),
    "return_reason": lambda field: field.type in ("text", "long_text"),
    "stage": lambda field: isinstance(field.kind, Chooses),
    "timeline": _is_moment,
}
_SEVERAL = ("tracked", "match", "columns", "facts", "summary", "about")


def _check_given_up(table: Table) -> Iterator[Finding]:
    field = table.by_key.get(table.settings.stage or "")
    stages = field.kind.choices(field.options) if field and isinstance(field.kind, Chooses) else {}
    for key in table.settings.given_up:
        if key not in stages:
            yield ("given_up",), say("没有「{key}」这个阶段", "There is no stage {key!r}", key=key)


def _check_settings(table: Table, tables: Tables) -> Iterator[Finding]:
    settings = table.settings
    for name, fits in _ONE.items():
        key = getattr(settings, name)
        if key is None:
            continue
        if key not in table.by_key:
            yield (name,), no_such_field(key).detail
        elif not fits(table.by_key[key]):
            yield (name,), say("字段「{key}」的类型不合适", "Field {key!r} is of the wrong type", key=key)
    for name in _SEVERAL:
        yield from _unknown(getattr(settings, name), table, (name,))
    yield from _check_given_up(table)
    if settings.pool and (settings.owner is None or settings.department is None):
        yield ("pool",), say("公海需要负责人和部门字段", "A pool needs an owner and a department field")
    if settings.hold is not None:
        if settings.owner is None:
            yield ("hold",), say("上限需要负责人字段", "A limit needs an owner field")
        for words in check_filter(settings.hold.counting, table, tables):
            yield ("hold", "counting"), words
    for at, view in enumerate(settings.views):
        for path, words in _check_view(view, table, tables):
            yield ("views", at, *path), words
    if settings.script is not None:
        named = (settings.script.steps, settings.script.answers or settings.script.steps, *settings.script.by)
        yield from _unknown(named, table, ("script",))
    yield from _twice([str(view.get("key")) for view in settings.views], ("views",))
    if settings.convert is not None:
        for path, words in _check_convert(settings.convert, table, tables):
            yield ("convert", *path), words
    for at, effect in enumerate(settings.effects):
        for path, words in _check_effect(effect, table, tables):
            yield ("effects", at, *path), words


def _unknown(keys: Iterable[str], table: Table, path: Path) -> Iterator[Finding]:
    for at, key in enumerate(keys):
        if key not in table.by_key:
            yield (*path, at), no_such_field(key).detail


def _twice(keys: list[str], path: Path) -> Iterator[Finding]:
    for at, key in enumerate(keys):
        if key in keys[:at]:
            yield (*path, at, "key"), say("「{key}」重复", "{key!r} is used twice", key=key)


def _check_view(written: dict[str, Any], table: Table, tables: Tables) -> Iterator[Finding]:
    try:
        view = View.model_validate(written)
    except ValidationError as error:
        for place, words in faults_of(error).items():
            yield _path_of(place), words
        return
    yield from _at("filter", check_filter(view.filter, table, tables))
    yield from _unknown(view.columns, table, ("columns",))
    for order in sort_from(view.sort):
        if order.field not in table.by_key:
            yield ("sort",), no_such_field(order.field).detail


def _at(name: str, words: Iterable[Words]) -> Iterator[Finding]:
    for each in words:
        yield (name,), each


# --- effects --------------------------------------------------------------------------------------


def _check_effect(effect: Effect, table: Table, tables: Tables) -> Iterator[Finding]:
    yield from _at("when", check_filter(effect.when, table, tables))
    yield from _unknown(effect.changed, table, ("changed",))
    aims = [name for name in ("create", "update", "update_all") if getattr(effect, name) is not None]
    if len(aims) != 1:
        yield (), say("create、update、update_all 三选一", "Give exactly one of create, update, update_all")
        return
    target = _target(effect, table, tables)
    if target is None:
        yield (aims[0],), no_table(str(getattr(effect, aims[0])))
        return
    yield from _at("only_if", check_filter(effect.only_if, target, tables))
    for path, words in check_written(effect.set, target, table):
        yield ("set", *path), words
    for path, words in check_written(effect.match, target, table, automatic=True):
        yield ("match", *path), words
    if effect.update_all is not None and not effect.match:
        yield ("match",), say("必须说明更新哪些记录", "Say which records are updated")


def _target(effect: Effect, table: Table, tables: Tables) -> Table | None:
    """The table an effect writes to."""
    if effect.update is None:
        return tables.get(effect.create or effect.update_all or "")
    link = table.by_key.get(effect.update)
    if link is None or not isinstance(link.kind, Refers) or link.kind.many:
        return None
    return tables.get(link.kind.target(link.options))


# --- conversion -----------------------------------------------------------------------------------


def _check_convert(convert: Convert, table: Table, tables: Tables) -> Iterator[Finding]:
    for path, words in check_written(convert.set, table, table):
        yield ("set", *path), words
    for at, one in enumerate(convert.targets):
        for path, words in _check_target(one, table, tables):
            yield ("targets", at, *path), words


def _check_target(one: Target, table: Table, tables: Tables) -> Iterator[Finding]:
    target = tables.get(one.table)
    if target is None:
        yield ("table",), no_table(one.table)
        return
    link = table.by_key.get(one.link)
    if link is None or not _refers_to(one.table)(link):
        yield ("link",), say("「{key}」要关联到目标表", "{key!r} must link to the target", key=one.link)
    for name in ("ask", "match"):
        yield from _unknown(getattr(one, name), target, (name,))
    for key, value in one.set.items():
        for each in value.split("|") if isinstance(value, str) and value.startswith("$") else [value]:
            for path, words in check_written({key: each}, target, table):
                yield ("set", *path), words


# --- roles ----------------------------------------------------------------------------------------


def _check_roles(roles: Iterable[RoleDefinition], tables: Tables) -> Iterator[Finding]:
    written = list(roles)
    yield from _twice([role.key for role in written], ("roles",))
    for at, role in enumerate(written):
        for place, grant in enumerate(role.grants):
            for path, words in _check_grant(grant, tables):
                yield ("roles", at, "grants", place, *path), words


def _check_grant(grant: GrantDefinition, tables: Tables) -> Iterator[Finding]:
    for at, key in enumerate(grant.tables):
        if key == EVERY_TABLE:
            continue
        table = tables.get(key)
        if table is None:
            yield ("tables", at), no_table(key)
            continue
        for name in ("hide", "mask", "read_only"):
            yield from _unknown(getattr(grant, name), table, (name,))
        for path, scope in _scopes(grant):
            yield from ((path, words) for words in _check_scope(scope, table, tables))


def _scopes(grant: GrantDefinition) -> Iterator[tuple[Path, Any]]:
    for action in ("read", "create", "update", "delete"):
        yield from (((action, at), scope) for at, scope in enumerate(getattr(grant, action)))
    for action, scopes in grant.actions.items():
        yield from ((("actions", action, at), scope) for at, scope in enumerate(scopes))


def _check_scope(written: Any, table: Table, tables: Tables) -> Iterator[Words]:
    match scope_of(written):
        case Via(field):
            link = table.by_key.get(field)
            if link is None or not isinstance(link.kind, Refers):
                yield say(
                    "「{table}」没有关联字段「{key}」",
                    "{table} has no link {key!r}",
                    table=table.key,
                    key=field,
                )
        case Filtered(rule):
            yield from check_filter(rule.tree, table, tables)
        case Reach.POOL | Reach.POOL_BELOW if (
            table.settings.owner is None or table.settings.department is None
        ):
            yield say("「{table}」没有公海", "{table} has no pool", table=table.key)
        case _:
            pass
