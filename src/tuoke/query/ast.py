"""The query language as plain data: what views, the API, rules and reports all speak."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import orjson

from tuoke.access.policy import Action
from tuoke.kit.errors import Invalid
from tuoke.kit.words import say

MAX_DEPTH = 12
MAX_LEAVES = 200


@dataclass(frozen=True, slots=True)
class Leaf:
    path: tuple[str, ...]
    """Field keys; all but the last are links to one record."""
    op: str
    value: Any = None


@dataclass(frozen=True, slots=True)
class AllOf:
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: Condition


Condition: TypeAlias = Leaf | AllOf | AnyOf | Not


@dataclass(frozen=True, slots=True)
class Order:
    field: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Which records of a table, and what of each."""

    fields: tuple[str, ...] | None = None
    """None = every field the actor may see."""
    where: Condition | None = None
    sort: tuple[Order, ...] = ()
    limit: int = 50
    offset: int = 0
    cursor: str | None = None
    search: str = ""
    deleted: bool = False
    """The recycle bin instead of the living records."""
    within: Action | None = None
    """Only records on which the actor may do this besides reading them, such as export."""


def listed(
    *, filter: str = "", sort: str = "", fields: str = "", search: str = "", deleted: bool = False
) -> Page:
    """What the parameters of a list mean, as they stand in an address. Raises Invalid."""
    keys = tuple(dict.fromkeys(key.strip() for key in fields.split(",") if key.strip()))
    return Page(
        fields=keys or None,
        where=condition_from(filter),
        sort=sort_from(sort),
        search=search,
        deleted=deleted,
    )


MAX_LIMIT = 1000
MAX_OFFSET = 1_000_000


def condition_from(tree: Any) -> Condition | None:
    """A filter tree as JSON -> conditions. Raises Invalid naming the part that is not understood."""
    if isinstance(tree, str):
        tree = _loaded(tree)
    if tree is None or tree == {}:
        return None
    leaves = [0]
    return _condition(tree, 0, leaves)


def _loaded(text: str) -> Any:
    if not text.strip():
        return None
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise Invalid(say("筛选条件不是合法的 JSON", "The filter is not valid JSON")) from error


def _condition(tree: Any, depth: int, leaves: list[int]) -> Condition:
    if depth > MAX_DEPTH:
        raise Invalid(say("筛选条件嵌套过深", "The filter is nested too deeply"))
    if not isinstance(tree, Mapping):
        raise _not_understood(tree)
    keys = set(tree)
    if keys == {"all"}:
        return AllOf(_parts(tree["all"], depth, leaves))
    if keys == {"any"}:
        return AnyOf(_parts(tree["any"], depth, leaves))
    if keys == {"not"}:
        return Not(_condition(tree["not"], depth + 1, leaves))
    if "field" in keys and "op" in keys and keys <= {"field", "op", "value"}:
        return _leaf(tree, leaves)
    raise _not_understood(tree)


def _parts(tree: Any, depth: int, leaves: list[int]) -> tuple[Condition, ...]:
    if not isinstance(tree, list):
        raise _not_understood(tree)
    return tuple(_condition(part, depth + 1, leaves) for part in tree)


def _leaf(tree: Mapping[str, Any], leaves: list[int]) -> Leaf:
    leaves[0] += 1
    if leaves[0] > MAX_LEAVES:
        raise Invalid(say("筛选条件太多，最多 {n} 个", "Too many conditions, at most {n}", n=MAX_LEAVES))
    field, op = tree["field"], tree["op"]
    if not isinstance(field, str) or not isinstance(op, str) or not field:
        raise _not_understood(tree)
    return Leaf(tuple(field.split(".")), op, tree.get("value"))


def _not_understood(part: Any) -> Invalid:
    return Invalid(
        say(
            "看不懂这部分筛选条件：{part}",
            "This part of the filter is not understood: {part}",
            part=str(part)[:120],
        ),
        part=part if isinstance(part, dict | list | str | int | None) else str(part),
    )


def sort_from(text: str | None) -> tuple[Order, ...]:
    """`-created_at,name` -> orders."""
    orders: list[Order] = []
    for part in (text or "").split(","):
        key = part.strip()
        if key:
            orders.append(Order(key.lstrip("-+"), key.startswith("-")))
    if len(orders) > 5:
        raise Invalid(say("最多按 5 个字段排序", "Sort by at most 5 fields"))
    return tuple(orders)
