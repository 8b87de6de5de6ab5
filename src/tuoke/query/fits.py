"""Whether a filter tree fits a table, before any record exists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from tuoke.kit.errors import Invalid
from tuoke.kit.words import Words, say
from tuoke.query.ast import AllOf, AnyOf, Condition, Leaf, Not, condition_from
from tuoke.schema.field_type import Chooses, Refers
from tuoke.schema.model import Field, Table, no_such_field
from tuoke.schema.operators import Takes


def check_filter(tree: Any, table: Table, tables: Mapping[str, Table]) -> Iterator[Words]:
    """What is wrong with the tree; nothing for None."""
    try:
        condition = condition_from(tree)
    except Invalid as error:
        yield error.detail
        return
    if condition is not None:
        for leaf in leaves_of(condition):
            yield from _check_leaf(leaf, table, tables)


def leaves_of(condition: Condition) -> Iterator[Leaf]:
    match condition:
        case Leaf():
            yield condition
        case Not(part):
            yield from leaves_of(part)
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from leaves_of(part)


def _check_leaf(leaf: Leaf, table: Table, tables: Mapping[str, Table]) -> Iterator[Words]:
    field = _found(leaf.path, table, tables)
    if field is None:
        yield no_such_field(".".join(leaf.path)).detail
        return
    operator = field.kind.operators.get(leaf.op)
    if operator is None:
        yield say("「{key}」不支持条件 {op}", "{key!r} has no operator {op!r}", key=field.key, op=leaf.op)
        return
    if operator.takes in (Takes.ONE, Takes.MANY, Takes.TWO):
        for value in _listed(leaf.value):
            yield from _check_value(value, field)


def _listed(value: Any) -> list[Any]:
    return cast("list[Any]", value) if isinstance(value, list) else [value]


def _found(path: tuple[str, ...], table: Table, tables: Mapping[str, Table]) -> Field | None:
    here: Table | None = table
    for key in path[:-1]:
        link = None if here is None else here.by_key.get(key)
        if link is None or not isinstance(link.kind, Refers):
            return None
        here = tables.get(link.kind.target(link.options))
    return None if here is None else here.by_key.get(path[-1])


def _check_value(value: Any, field: Field) -> Iterator[Words]:
    if isinstance(value, str) and value.startswith("@"):
        return
    if isinstance(field.kind, Chooses):
        if value not in field.kind.choices(field.options):
            yield say(
                "「{key}」没有选项「{value}」",
                "{key!r} has no option {value!r}",
                key=field.key,
                value=str(value),
            )
        return
    try:
        field.kind.parse(value, field.options)
    except Invalid as error:
        yield error.detail
