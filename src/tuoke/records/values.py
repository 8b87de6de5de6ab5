"""From JSON to the values of a record: every fault of every field collected, nothing dropped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from tuoke.access.policy import Action
from tuoke.access.rules import holds
from tuoke.access.sight import Sight
from tuoke.kit.database import Connection
from tuoke.kit.errors import Invalid
from tuoke.kit.words import Words, say
from tuoke.query.secure import readable
from tuoke.query.symbols import Span, resolve
from tuoke.records.files import attachable
from tuoke.schema.model import Field, Table, no_such_field

Values = dict[str, Any]
"""Field key -> Python value; None = empty."""

Faults = dict[str, Words]

NEEDED = say("必填", "This is required")
NOT_YOURS = say("您不能填写这个字段", "You may not write this field")


def parse_values(
    table: Table, raw: Mapping[str, Any], writable: set[str], visible: set[str]
) -> tuple[Values, Faults]:
    """Values of the fields named in `raw`. A hidden field is refused in the words for a missing one."""
    values: Values = {}
    faults: Faults = {}
    for key, given in raw.items():
        field = table.by_key.get(key)
        if field is None or (key not in visible and key not in writable):
            faults[key] = no_such_field(key).detail
        elif key not in writable:
            faults[key] = NOT_YOURS
        else:
            try:
                values[key] = None if given is None else field.kind.parse(given, field.options)
            except Invalid as error:
                faults[key] = error.detail
    return values, faults


def missing(table: Table, values: Mapping[str, Any]) -> Faults:
    """Required fields that a new record leaves empty."""
    return {
        f.key: NEEDED
        for f in table.fields
        if f.required and not f.is_automatic and is_empty(values.get(f.key))
    }


def emptied(table: Table, values: Mapping[str, Any]) -> Faults:
    """Required fields that a change would empty."""
    return {key: NEEDED for key, value in values.items() if is_empty(value) and table.by_key[key].required}


def is_empty(value: Any) -> bool:
    return value is None or value == "" or value == []


def with_defaults(table: Table, values: Values, sight: Sight) -> Values:
    """Defaults for what was not given. The owner's default stands back when a department was chosen:
    such a record is meant for that department's pool."""
    owner, department = table.settings.owner, table.settings.department
    into_pool = department is not None and department in values and owner not in values
    # An owner who was named brings his own department, before any default.
    filled = with_department(table, dict(values), sight)
    for field in table.fields:
        if field.default is None or field.key in filled or (into_pool and field.key == owner):
            continue
        filled[field.key] = default_value(field, sight)
    return with_owner(table, with_department(table, filled, sight), sight)


def with_owner(table: Table, values: Values, sight: Sight) -> Values:
    """Who may not put a record into the pool owns what he makes."""
    owner = table.settings.owner
    if owner is None or owner in values:
        return values
    rule = sight.policy.rule(sight.actor, table, Action.CREATE)
    if holds(rule, values) is not False:
        return values
    return with_department(table, {**values, owner: sight.actor.user_id}, sight)


def default_value(field: Field, sight: Sight) -> Any:
    resolved = resolve(field.default, sight)
    if isinstance(resolved, Span):
        resolved = resolved.first.isoformat()
    if resolved is None or isinstance(resolved, datetime):
        return resolved
    return field.kind.parse(resolved, field.options)


def with_department(table: Table, values: Values, sight: Sight) -> Values:
    """An owned record without a department belongs to its owner's."""
    owner, department = table.settings.owner, table.settings.department
    if owner is None or department is None or values.get(department) is not None:
        return values
    person = sight.org.people.get(values.get(owner) or 0)
    if person is not None and person.department is not None:
        return {**values, department: person.department}
    return values


async def check_references(
    db: Connection, table: Table, sight: Sight, rows: Sequence[Mapping[str, Any]]
) -> list[Faults]:
    """Per row, the references that lead nowhere the actor may go."""
    faults: list[Faults] = [{} for _ in rows]
    for field in table.references:
        named = {id for row in rows for id in _ids(row.get(field.key))}
        if not named:
            continue
        known = await _known(db, field.target or "", named, sight)
        for row, found in zip(rows, faults, strict=True):
            lost = [id for id in _ids(row.get(field.key)) if id not in known]
            if lost:
                found[field.key] = say(
                    "找不到 {ids}，或您无权使用", "No such record, or not yours to use: {ids}", ids=lost[0]
                )
    return faults


def _ids(value: Any) -> Sequence[int]:
    if value is None:
        return ()
    return value if isinstance(value, list) else (value,)


async def _known(db: Connection, target: str, ids: set[int], sight: Sight) -> set[int]:
    match target:
        case "@user":
            return {id for id in ids if id in sight.org.people}
        case "@department":
            return {id for id in ids if id in sight.org.departments}
        case "@file":
            return await attachable(db, sight, list(ids))
        case _:
            table = sight.catalog.tables.get(target)
            if table is None:
                return set()
            source = readable(table, sight, ())
            rows = await db.execute(select(source.c.id).where(source.c.id.in_(list(ids))))
            return set(rows.scalars())
