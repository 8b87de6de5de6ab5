"""The comparisons a filter may make. A field type lists the ones that mean something for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, cast, func, literal, not_, or_
from sqlalchemy.dialects.postgresql import ARRAY

Column = ColumnElement[Any]


class Takes(StrEnum):
    """What stands in a leaf's `value`."""

    NOTHING = "nothing"
    ONE = "one"
    """One value, parsed by the field type."""
    TWO = "two"
    """A list of two values: lower and upper bound, both included."""
    MANY = "many"
    """A list of values, each parsed by the field type."""
    TEXT = "text"
    """A piece of text, taken as it is."""


@dataclass(frozen=True)
class Operator:
    takes: Takes
    compile: Callable[[Column, Any], ColumnElement[bool]]


def _not_equal(column: Column, value: Any) -> ColumnElement[bool]:
    # People who ask for "not X" expect the empty ones too; SQL's <> would lose them.
    return column.is_distinct_from(value)


def _array(column: Column, values: list[Any]) -> ColumnElement[Any]:
    return cast(literal(values, ARRAY(column.type.item_type)), column.type)  # type: ignore[attr-defined]


EMPTINESS: Mapping[str, Operator] = {
    "is_empty": Operator(Takes.NOTHING, lambda c, _: c.is_(None)),
    "not_empty": Operator(Takes.NOTHING, lambda c, _: c.is_not(None)),
}
EQUALITY: Mapping[str, Operator] = {
    **EMPTINESS,
    "eq": Operator(Takes.ONE, lambda c, v: c == v),
    "ne": Operator(Takes.ONE, _not_equal),
    "in": Operator(Takes.MANY, lambda c, v: c.in_(v)),
    "not_in": Operator(Takes.MANY, lambda c, v: or_(c.is_(None), c.not_in(v))),
}
ORDER: Mapping[str, Operator] = {
    **EQUALITY,
    "gt": Operator(Takes.ONE, lambda c, v: c > v),
    "gte": Operator(Takes.ONE, lambda c, v: c >= v),
    "lt": Operator(Takes.ONE, lambda c, v: c < v),
    "lte": Operator(Takes.ONE, lambda c, v: c <= v),
    "between": Operator(Takes.TWO, lambda c, v: and_(c >= v[0], c <= v[1])),
}
TEXT: Mapping[str, Operator] = {
    **EQUALITY,
    "contains": Operator(Takes.TEXT, lambda c, v: c.icontains(v, autoescape=True)),
    "starts_with": Operator(Takes.TEXT, lambda c, v: c.istartswith(v, autoescape=True)),
}
LIST: Mapping[str, Operator] = {
    "is_empty": Operator(Takes.NOTHING, lambda c, _: or_(c.is_(None), func.cardinality(c) == 0)),
    "not_empty": Operator(Takes.NOTHING, lambda c, _: func.coalesce(func.cardinality(c), 0) > 0),
    "has": Operator(Takes.ONE, lambda c, v: c.op("@>", is_comparison=True)(_array(c, v))),
    "any_of": Operator(Takes.MANY, lambda c, v: c.op("&&", is_comparison=True)(_array(c, v))),
    "all_of": Operator(Takes.MANY, lambda c, v: c.op("@>", is_comparison=True)(_array(c, v))),
    "none_of": Operator(
        Takes.MANY, lambda c, v: or_(c.is_(None), not_(c.op("&&", is_comparison=True)(_array(c, v))))
    ),
}
"""For columns that hold an array; the field type parses one element as a list of one."""
