"""Which rows a grant covers, as a tree of plain values: one meaning, printed elsewhere as SQL."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias, cast


@dataclass(frozen=True, slots=True)
class Everything:
    """Every row."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No row."""


@dataclass(frozen=True, slots=True)
class Equals:
    field: str
    value: int | str


@dataclass(frozen=True, slots=True)
class OneOf:
    field: str
    values: frozenset[int] | frozenset[str]


@dataclass(frozen=True, slots=True)
class Missing:
    """The field is empty."""

    field: str


@dataclass(frozen=True, slots=True)
class Linked:
    """The record (for a list: at least one record) that the link field `field` points at is readable."""

    field: str


@dataclass(frozen=True, slots=True)
class Where:
    """Rows that match a filter tree of the query language; kept as text so that rules can be compared."""

    text: str

    @property
    def tree(self) -> Any:
        return json.loads(self.text)

    @staticmethod
    def of(tree: Any) -> Where:
        return Where(json.dumps(tree, sort_keys=True, ensure_ascii=False))


@dataclass(frozen=True, slots=True)
class AllOf:
    parts: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple[Rule, ...]


Rule: TypeAlias = Everything | Nothing | Equals | OneOf | Missing | Linked | Where | AllOf | AnyOf
"""Build compound rules with `all_of`, `any_of` and `one_of`: they simplify."""

EVERYTHING, NOTHING = Everything(), Nothing()


def one_of(field: str, values: Iterable[int] | Iterable[str]) -> Rule:
    """The field holds one of `values`; none means no row, not every row."""
    kept = cast("frozenset[int] | frozenset[str]", frozenset(values))
    match len(kept):
        case 0:
            return NOTHING
        case 1:
            return Equals(field, next(iter(kept)))
        case _:
            return OneOf(field, kept)


def all_of(*rules: Rule) -> Rule:
    """Rows that every rule covers; of no rules: every row."""
    parts: dict[Rule, None] = {}
    for rule in rules:
        parts.update(dict.fromkeys(rule.parts if isinstance(rule, AllOf) else (rule,)))
    parts.pop(EVERYTHING, None)
    if NOTHING in parts:
        return NOTHING
    if not parts:
        return EVERYTHING
    return next(iter(parts)) if len(parts) == 1 else AllOf(tuple(parts))


def any_of(*rules: Rule) -> Rule:
    """Rows that at least one rule covers; of no rules: no row."""
    parts: dict[Rule, None] = {}
    for rule in rules:
        parts.update(dict.fromkeys(rule.parts if isinstance(rule, AnyOf) else (rule,)))
    parts.pop(NOTHING, None)
    if EVERYTHING in parts:
        return EVERYTHING
    joined = _joined(parts)
    if not joined:
        return NOTHING
    return joined[0] if len(joined) == 1 else AnyOf(tuple(joined))


def _joined(parts: Iterable[Rule]) -> list[Rule]:
    """`owner = 1 or owner in (1, 2)` becomes one list: one index condition instead of several."""
    values: dict[str, set[int | str]] = {}
    rest: list[Rule] = []
    for part in parts:
        match part:
            case Equals(field, value):
                values.setdefault(field, set()).add(value)
            case OneOf(field, several):
                values.setdefault(field, set()).update(several)
            case _:
                rest.append(part)
    lists = [one_of(field, cast("set[int]", found)) for field, found in values.items()]
    return [*lists, *rest]


def holds(rule: Rule, row: Mapping[str, Any]) -> bool | None:
    """Whether `row` is covered; None when values of the row alone cannot tell (links, filters).

    A field that the row does not have counts as empty. For tests that compare every door with the rule.
    """
    match rule:
        case Everything():
            return True
        case Nothing():
            return False
        case Equals(field, value):
            return row.get(field) == value
        case OneOf(field, values):
            return row.get(field) in values
        case Missing(field):
            return row.get(field) is None
        case Linked() | Where():
            return None
        case AllOf(parts):
            known = [holds(part, row) for part in parts]
            return False if False in known else None if None in known else True
        case AnyOf(parts):
            known = [holds(part, row) for part in parts]
            return True if True in known else None if None in known else False
