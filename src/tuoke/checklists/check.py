"""Whether a checklist fits the tables and roles: every fault at once, before anybody looks at it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TypeAlias

from tuoke.checklists.definition import (
    ChecklistDefinition,
    Fact,
    OpenImport,
    OpenList,
    OpenPeople,
    People,
    Place,
    Records,
    Step,
)
from tuoke.kit.words import Words, say
from tuoke.query.fits import check_filter
from tuoke.schema.model import Table

Path: TypeAlias = tuple[str | int, ...]
Finding: TypeAlias = tuple[Path, Words]
Tables: TypeAlias = Mapping[str, Table]


def check_checklist(
    definition: ChecklistDefinition, tables: Tables, roles: Collection[str]
) -> Iterator[Finding]:
    """Nothing for a checklist that can be shown."""
    for at, step in enumerate(definition.steps):
        for path, words in _check_step(step, tables, roles):
            yield ("steps", at, *path), words


def _check_step(step: Step, tables: Tables, roles: Collection[str]) -> Iterator[Finding]:
    for path, words in _check_place(step.open, tables, roles):
        yield ("open", *path), words
    for at, fact in enumerate(step.done):
        for path, words in check_fact(fact, tables, roles):
            yield ("done", at, *path), words


def check_fact(fact: Fact, tables: Tables, roles: Collection[str]) -> Iterator[Finding]:
    """Nothing for a fact that can be asked."""
    match fact:
        case People():
            yield from _check_role(fact.role, roles)
        case Records():
            table = tables.get(fact.table)
            if table is None:
                yield ("table",), _no_table(fact.table)
            else:
                yield from ((("filter",), words) for words in check_filter(fact.filter, table, tables))


def _check_place(place: Place, tables: Tables, roles: Collection[str]) -> Iterator[Finding]:
    match place:
        case OpenPeople():
            yield from _check_role(place.role, roles)
        case OpenImport() | OpenList() if place.table not in tables:
            yield ("table",), _no_table(place.table)
        case OpenList() if place.view is not None and place.view not in _views(tables[place.table]):
            yield ("view",), say("没有视图「{key}」", "There is no view {key!r}", key=place.view)
        case _:
            pass


def _views(table: Table) -> set[str]:
    return {str(view.get("key")) for view in table.settings.views}


def _check_role(role: str, roles: Collection[str]) -> Iterator[Finding]:
    if role not in roles:
        yield ("role",), say("没有角色「{role}」", "There is no role {role!r}", role=role)


def _no_table(key: str) -> Words:
    return say("没有「{key}」这张表", "There is no table {key!r}", key=key)
