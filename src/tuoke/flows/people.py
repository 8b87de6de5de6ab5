"""Whom a flow means: the owner, his superiors, everybody with a role in a department."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal
from weakref import WeakKeyDictionary

from pydantic import Field

from tuoke.access.org import Org, Person
from tuoke.flows.known import Known
from tuoke.flows.node import Config
from tuoke.kit.words import say
from tuoke.records.rows import Row
from tuoke.records.written import Finding
from tuoke.schema.model import Table


class Whom(Config):
    """One of: the record's owner; the owner's superiors; people by role; people by name."""

    who: Literal["owner", "superior", "role", "users"]
    role: str | None = None
    """For `superior`: the role that leads a department. For `role`: whose members."""
    users: list[int] = Field(default=[])


def people(org: Org, whom: Whom, table: Table, row: Row) -> list[int]:
    """Ids of active people, ascending; of a record without owner its department stands in for him."""
    match whom.who:
        case "users":
            return sorted(id for id in whom.users if _is_active(org, id))
        case "role":
            return with_role(org, whom.role, department_of(org, table, row))
        case "owner":
            owner = _owner(table, row)
            return [owner] if owner is not None and _is_active(org, owner) else []
        case "superior":
            return superiors(org, whom.role, _owner(table, row), department_of(org, table, row))


_asked: WeakKeyDictionary[Org, dict[tuple[str, str | None, int | None], list[int]]] = WeakKeyDictionary()
"""Answers about one version of the organisation: a batch asks the same for each of a thousand records."""


def with_role(org: Org, role: str | None, department: int | None) -> list[int]:
    """Active people with the role: of the department and below it, of the whole firm when there is none."""
    answers = _asked.setdefault(org, {})
    key = ("with", role, department)
    if key not in answers:
        answers[key] = _with_role(org, role, department)
    return list(answers[key])


def _with_role(org: Org, role: str | None, department: int | None) -> list[int]:
    return sorted(p.id for p in org.people.values() if _fits(p, role) and _is_below(org, p, department))


def superiors(org: Org, role: str | None, person: int | None, department: int | None) -> list[int]:
    """Those who lead the nearest department upwards that somebody else leads."""
    here = org.departments.get(department or 0)
    for id in reversed(here.path if here else ()):
        leaders = [leader for leader in _leaders(org, role, id) if leader != person]
        if leaders:
            return leaders
    return []


def _leaders(org: Org, role: str | None, department: int) -> list[int]:
    answers = _asked.setdefault(org, {})
    key = ("leads", role, department)
    if key not in answers:
        there = [p for p in org.people.values() if p.department == department]
        answers[key] = sorted(p.id for p in there if _fits(p, role))
    return answers[key]


def department_of(org: Org, table: Table, row: Row) -> int | None:
    """Where the record belongs now: its owner's present department, else its own."""
    owner = org.people.get(_owner(table, row) or 0)
    if owner is not None and owner.department is not None:
        return owner.department
    key = table.settings.department
    value: Any = row.get(key) if key else None
    return value


def _owner(table: Table, row: Row) -> int | None:
    key = table.settings.owner
    value: Any = row.get(key) if key else None
    return value


def _fits(person: Person, role: str | None) -> bool:
    return person.is_active and (role is None or role in person.roles)


def _is_active(org: Org, id: int) -> bool:
    person = org.people.get(id)
    return person is not None and person.is_active


def _is_below(org: Org, person: Person, department: int | None) -> bool:
    if department is None:
        return True
    home = org.departments.get(person.department or 0)
    return home is not None and department in home.path


def names(org: Org, ids: Sequence[int]) -> list[str]:
    return [org.people[id].name for id in ids if id in org.people]


def check_whom(whom: Whom, known: Known) -> Iterator[Finding]:
    """What in `whom` the workspace does not have."""
    if whom.who in ("role", "superior") and whom.role is None:
        yield ("role",), say("请指定角色", "Say which role")
    if whom.role is not None and known.roles is not None and whom.role not in known.roles:
        yield ("role",), say("没有角色「{key}」", "There is no role {key!r}", key=whom.role)
    if whom.who in ("owner", "superior") and known.table.settings.owner is None:
        yield ("who",), say("这张表没有负责人字段", "This table has no owner field")
    if whom.who == "users" and not whom.users:
        yield ("users",), say("请指定人员", "Say who")
