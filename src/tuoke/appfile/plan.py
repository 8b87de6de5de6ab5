"""What applying an app will do, as a value one can show before doing it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tuoke.access.roles import RoleDefinition
from tuoke.appfile.document import Document, role_of, settings_of
from tuoke.appfile.kinds import PARTS
from tuoke.appfile.merge import ABSENT, Kept, merge
from tuoke.appfile.model import AppInfo
from tuoke.appfile.part import Part
from tuoke.kit.words import Words, say
from tuoke.schema.definitions import FieldDefinition, TableDefinition
from tuoke.schema.model import SYSTEM_FIELDS, Label, TableSettings


@dataclass(frozen=True)
class AddTables:
    tables: tuple[TableDefinition, ...]
    """All at once: they link to each other."""


@dataclass(frozen=True)
class AddFields:
    table: str
    fields: tuple[FieldDefinition, ...]


@dataclass(frozen=True)
class ChangeField:
    table: str
    field: str
    changes: Mapping[str, Any]
    """Attribute -> new value, as `schema.change.update_field` takes them."""


@dataclass(frozen=True)
class ChangeTable:
    table: str
    label: Label
    settings: TableSettings


@dataclass(frozen=True)
class PutRole:
    role: RoleDefinition


@dataclass(frozen=True)
class PutPart:
    """A document of another kind, new or changed."""

    part: Part
    written: Any


Step = AddTables | AddFields | ChangeField | ChangeTable | PutRole | PutPart


@dataclass(frozen=True)
class Refused:
    """A step that the workspace's records or metadata did not allow."""

    step: Step
    reason: Words


@dataclass(frozen=True)
class Plan:
    app: AppInfo
    steps: tuple[Step, ...]
    """In the order they are done."""
    kept: tuple[Kept, ...] = ()
    refused: tuple[Refused, ...] = ()
    """Filled when it was carried out."""

    @property
    def is_empty(self) -> bool:
        return not self.steps

    def told(self) -> list[Words]:
        """One sentence for each thing that will change or stay."""
        return [sentence for step in self.steps for sentence in _told(step)] + self.told_stays()

    def told_stays(self) -> list[Words]:
        """One sentence for each thing that stays although the app says otherwise."""
        return [_kept(kept) for kept in self.kept] + [_refused(refused) for refused in self.refused]


def plan_for(info: AppInfo, before: Document | None, now: Document, theirs: Document) -> Plan:
    """`before`: as shipped last time, None when never. All three as `document_of` writes them."""
    merged = merge(ABSENT if before is None else before, now, theirs)
    steps = [*_table_steps(theirs, merged.value), *_role_steps(theirs, merged.value)]
    steps += [step for part in PARTS for step in _part_steps(part, theirs, merged.value)]
    return Plan(info, tuple(steps), merged.kept)


def _table_steps(theirs: Document, merged: Document) -> Iterator[Step]:
    own = {table["key"]: table for table in theirs["tables"]}
    new = tuple(TableDefinition.model_validate(t) for t in merged["tables"] if t["key"] not in own)
    if new:
        yield AddTables(new)
    changed = [(own[t["key"]], t) for t in merged["tables"] if t["key"] in own and t != own[t["key"]]]
    for old, table in changed:
        yield from _field_steps(old, table)
    # Last, because settings may name fields that have only now come.
    for old, table in changed:
        yield from _settings_step(old, table)


def _field_steps(old: Document, table: Document) -> Iterator[Step]:
    own = {field["key"]: field for field in old["fields"]}
    new = [FieldDefinition.model_validate(f) for f in table["fields"] if f["key"] not in own]
    if new:
        yield AddFields(table["key"], tuple(new))
    for field in table["fields"]:
        before = own.get(field["key"])
        if before is not None and before != field:
            yield ChangeField(table["key"], field["key"], _changes(before, field))


def _changes(before: Document, after: Document) -> dict[str, Any]:
    full = FieldDefinition.model_validate(after).model_dump(mode="json")
    names = [name for name in full if before.get(name) != after.get(name)]
    return {name: full[name] for name in names}


def _settings_step(old: Document, table: Document) -> Iterator[Step]:
    keys: set[str] = {field["key"] for field in table["fields"]} | set(SYSTEM_FIELDS)
    settings = _fitting(table.get("settings", {}), keys)
    if settings != old.get("settings", {}) or table["label"] != old["label"]:
        yield ChangeTable(
            table["key"], Label.model_validate(table["label"]), settings_of({"settings": settings})
        )


_SINGLE = ("title", "subtitle", "owner", "department", "return_reason", "stage", "timeline")
_SEVERAL = ("tracked", "match", "columns", "facts", "summary")


def _fitting(settings: Document, keys: set[str]) -> Document:
    """Without the names of fields that the firm has deleted."""
    fitting = {name: value for name, value in settings.items() if name not in _SINGLE or value in keys}
    for name in _SEVERAL:
        if name in fitting:
            fitting[name] = [key for key in fitting[name] if key in keys]
    return {name: value for name, value in fitting.items() if value != []}


def _role_steps(theirs: Document, merged: Document) -> Iterator[Step]:
    own = {role["key"]: role for role in theirs["roles"]}
    for role in merged["roles"]:
        if role != own.get(role["key"]):
            yield PutRole(role_of(role))


def _part_steps(part: Part, theirs: Document, merged: Document) -> Iterator[Step]:
    own = {each["key"]: each for each in theirs.get(part.type, ())}
    for each in merged.get(part.type, ()):
        if each != own.get(each["key"]):
            yield PutPart(part, part.model(each))


# --- in words -------------------------------------------------------------------------------------


def _told(step: Step) -> Iterator[Words]:
    match step:
        case AddTables(tables):
            for table in tables:
                yield say(
                    "新增表「{label}」({key})",
                    "New table {label_en} ({key})",
                    **_named(table.label, table.key),
                )
        case AddFields(table, fields):
            for field in fields:
                yield say(
                    "表 {table} 新增字段「{label}」({key})",
                    "New field {label_en} ({key}) in {table}",
                    table=table,
                    **_named(field.label, field.key),
                )
        case ChangeField(table, field, changes):
            what = ", ".join(changes)
            yield say(
                "更新字段 {place} 的 {what}",
                "Change {what} of field {place}",
                place=f"{table}.{field}",
                what=what,
            )
        case ChangeTable(table):
            yield say("更新表 {table} 的设置", "Change the settings of table {table}", table=table)
        case PutRole(role):
            yield say(
                "更新角色「{label}」({key})", "Put role {label_en} ({key})", **_named(role.label, role.key)
            )
        case PutPart(part, written):
            yield say(
                "更新{what}「{label}」({key})",
                "Put {what_en} {label_en} ({key})",
                what=part.label.zh,
                what_en=part.label.en,
                **_named(written.label, written.key),
            )


def _named(label: Label, key: str) -> dict[str, str]:
    return {"label": label.zh, "label_en": label.en, "key": key}


def _kept(kept: Kept) -> Words:
    place = ".".join(kept.where)
    return say("{place}：{why}", "{place}: {why_en}", place=place, why=kept.reason.zh, why_en=kept.reason.en)


def _refused(refused: Refused) -> Words:
    step = next(_told(refused.step))
    return say(
        "未能执行「{step}」：{why}",
        "Not done: {step_en}: {why_en}",
        step=step.in_("zh"),
        step_en=step.in_("en"),
        why=refused.reason.in_("zh"),
        why_en=refused.reason.in_("en"),
    )
