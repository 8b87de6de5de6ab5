"""Scopes: how a role says which rows it means, and what that comes to for one actor."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias

from tuoke.access.rules import (
    EVERYTHING,
    NOTHING,
    Equals,
    Linked,
    Missing,
    Rule,
    Where,
    all_of,
    any_of,
    one_of,
)
from tuoke.kit.actor import Actor
from tuoke.kit.errors import Invalid
from tuoke.kit.words import say
from tuoke.schema.model import KEY, TableSettings


class Reach(StrEnum):
    """The scopes that are one word."""

    OWN = "own"
    """The owner is the actor; a table without owner field asks who created the record."""
    POOL = "pool"
    """No owner, and the department is the actor's."""
    POOL_BELOW = "pool_below"
    """No owner, and the department is the actor's or one below it."""
    DEPARTMENT = "department"
    """The owner's present department is the actor's; and that department's pool."""
    DEPARTMENT_BELOW = "department_below"
    """The same for the actor's department and all below."""
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Via:
    """`{via: account}`: the record this link field points at is readable."""

    field: str


@dataclass(frozen=True, slots=True)
class Filtered:
    """`{where: {...}}`: the record matches a filter tree."""

    rule: Where


Scope: TypeAlias = Reach | Via | Filtered


def scope_of(written: Any) -> Scope:
    """A scope as roles write it, `"own"`, `{"via": "account"}` or `{"where": {…}}`. Raises Invalid."""
    match written:
        case str() if written in Reach.__members__.values():
            return Reach(written)
        case {"via": str() as field} if len(written) == 1 and KEY.fullmatch(field):
            return Via(field)
        case {"where": dict()} if len(written) == 1 and written["where"]:
            return Filtered(Where.of(written["where"]))
        case _:
            raise Invalid(
                say(
                    "不认识的数据范围：{scope}",
                    "Unknown scope {scope}",
                    scope=json.dumps(written, default=str),
                ),
                known=[*Reach, "via", "where"],
            )


def written_scope(scope: Scope) -> Any:
    """The inverse of `scope_of`."""
    match scope:
        case Reach():
            return scope.value
        case Via(field):
            return {"via": field}
        case Filtered(rule):
            return {"where": rule.tree}


def scope_rule(scope: Scope, settings: TableSettings, actor: Actor) -> Rule:
    """The rows of a table with these settings that `scope` means for `actor`."""
    match scope:
        case Reach():
            return _REACH[scope](settings, actor)
        case Via(field):
            return Linked(field)
        case Filtered(rule):
            return rule


def _own(settings: TableSettings, actor: Actor) -> Rule:
    return Equals(_holder(settings), actor.user_id)


def _pool(settings: TableSettings, actor: Actor) -> Rule:
    mine = () if actor.department is None else (actor.department,)
    return _unowned_in(mine, settings)


def _pool_below(settings: TableSettings, actor: Actor) -> Rule:
    return _unowned_in(actor.departments_below, settings)


def _department(settings: TableSettings, actor: Actor) -> Rule:
    return any_of(one_of(_holder(settings), actor.colleagues), _pool(settings, actor))


def _department_below(settings: TableSettings, actor: Actor) -> Rule:
    return any_of(one_of(_holder(settings), actor.team), _pool_below(settings, actor))


def _holder(settings: TableSettings) -> str:
    # Without an owner field, whoever wrote a record answers for it: otherwise a rep could never
    # read back a note he has just taken, nor his team lead see it.
    return settings.owner or "created_by"


def _unowned_in(departments: Iterable[int], settings: TableSettings) -> Rule:
    if settings.owner is None or settings.department is None:
        return NOTHING
    return all_of(Missing(settings.owner), one_of(settings.department, departments))


_REACH: Mapping[Reach, Callable[[TableSettings, Actor], Rule]] = {
    Reach.OWN: _own,
    Reach.POOL: _pool,
    Reach.POOL_BELOW: _pool_below,
    Reach.DEPARTMENT: _department,
    Reach.DEPARTMENT_BELOW: _department_below,
    Reach.ALL: lambda settings, actor: EVERYTHING,
}
