"""Which index would have made a slow list fast. Pure: the shape of a request in, columns and a reason out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

import orjson
from sqlalchemy import Date, DateTime

from tuoke.kit.words import Words, say
from tuoke.query.ast import AllOf, AnyOf, Condition, Leaf, Not, Order, Page
from tuoke.schema.indexes import MOST_CARRIED, MOST_KEYS, can_be_included
from tuoke.schema.model import Table

EQUAL = frozenset({"eq", "in", "is_empty"})
RANGED = frozenset({"gt", "gte", "lt", "lte", "between"})
_NEWEST = ("-created_at",)


@dataclass(frozen=True, slots=True)
class Shape:
    """What a list request compares, without the values it compares with. Field keys, in the table's order."""

    equal: tuple[str, ...] = ()
    """Must be one of some values, or empty."""
    ranged: tuple[str, ...] = ()
    looked_at: tuple[str, ...] = ()
    """Asked in a way no index narrows by, such as `contains`, `ne` or inside an `any`."""
    sort: tuple[str, ...] = _NEWEST
    """`-` in front of a field means descending."""

    def to_text(self) -> str:
        return orjson.dumps(asdict(self)).decode()

    @staticmethod
    def from_text(text: str) -> Shape:
        return Shape(**{name: tuple(keys) for name, keys in orjson.loads(text).items()})


@dataclass(frozen=True, slots=True)
class Proposal:
    """`columns` is what to create the index with; `included` only travel along."""

    columns: tuple[str, ...]
    included: tuple[str, ...]
    why: Words


def shape_of(table: Table, page: Page) -> Shape | None:
    """None for what an index of the table cannot help: a search, the recycle bin, records asked for by id."""
    leaves = list(_conjuncts(page.where))
    own = [leaf for leaf in leaves if isinstance(leaf, Leaf) and len(leaf.path) == 1]
    if page.search.strip() or page.deleted or any(leaf.path == ("id",) and leaf.op in EQUAL for leaf in own):
        return None
    equal = {leaf.path[0] for leaf in own if _is_equal(table, leaf)}
    ranged = {leaf.path[0] for leaf in own if _is_ranged(table, leaf)} - equal
    looked_at = {key for leaf in leaves for key in _named(leaf)} - equal - ranged
    in_order = [field.key for field in table.fields]
    return Shape(
        *(tuple(key for key in in_order if key in keys) for keys in (equal, ranged, looked_at)),
        sort=tuple(map(_written, page.sort)) or _NEWEST,
    )


def propose(table: Table, shape: Shape) -> Proposal | None:
    """Equal ones first, then one range, else the sort; and with them what rights, count and sort must read, so
    that nothing but the index is read until the page is known. None when there is nothing to build it from."""
    keys = [key for key in shape.equal if can_be_included(table.field(key))][:MOST_KEYS]
    ranged = [key for key in shape.ranged if can_be_included(table.field(key))]
    if ranged and len(keys) < MOST_KEYS:
        keys.append(ranged[0])
    elif shape.sort != _NEWEST or keys:
        keys += _sort_keys(table, shape.sort, keys)
    if not keys or keys == list(_NEWEST):
        return None
    carried = _carried(table, shape)
    included = tuple(key for key in carried if key not in {k.lstrip("-") for k in keys})
    return Proposal(tuple(keys), included, _why(table, shape, keys))


def serves(columns: Sequence[str], proposal: Proposal) -> bool:
    """Whether an index on `columns` does what the proposed one would: it begins with the same, in any order
    where only equality is asked."""
    wanted = list(proposal.columns)
    return sorted(columns[: len(wanted)]) == sorted(wanted) and list(columns)[len(wanted) - 1] == wanted[-1]


def _conjuncts(condition: Condition | None) -> Iterable[Condition]:
    match condition:
        case None:
            return
        case AllOf(parts):
            for part in parts:
                yield from _conjuncts(part)
        case _:
            yield condition


def _named(condition: Condition) -> set[str]:
    match condition:
        case Leaf(path):
            return {path[0]}
        case Not(part):
            return _named(part)
        case AllOf(parts) | AnyOf(parts):
            return {key for part in parts for key in _named(part)}


def _is_equal(table: Table, leaf: Leaf) -> bool:
    return leaf.op in EQUAL and not (leaf.op == "eq" and _is_time(table, leaf.path[0]))


def _is_ranged(table: Table, leaf: Leaf) -> bool:
    # "On that day" is a range of moments.
    return leaf.op in RANGED or (leaf.op == "eq" and _is_time(table, leaf.path[0]))


def _is_time(table: Table, key: str) -> bool:
    field = table.by_key.get(key)
    return field is not None and isinstance(field.kind.column_type(field.options), Date | DateTime)


def _written(order: Order) -> str:
    return f"-{order.field}" if order.descending else order.field


def _sort_keys(table: Table, sort: Sequence[str], keys: Sequence[str]) -> list[str]:
    return [
        key
        for key in sort
        if key.lstrip("-") not in keys
        and key.lstrip("-") != "id"
        and can_be_included(table.field(key.lstrip("-")))
    ][: MOST_KEYS - len(keys)]


def carried_with(table: Table, columns: Sequence[str]) -> list[str]:
    """What an index on `columns` takes along when nobody says what."""
    plain = {column.lstrip("-") for column in columns}
    return [key for key in _carried(table, Shape()) if key not in plain]


def _carried(table: Table, shape: Shape) -> list[str]:
    """What a list of this shape reads of every record. `id`, because the page is fetched by it."""
    settings = table.settings
    keys = [
        *shape.equal,
        *shape.ranged,
        *shape.looked_at,
        *(key.lstrip("-") for key in shape.sort),
        *(key for key in (settings.owner, settings.department) if key),
        "id",
    ]
    return [key for key in dict.fromkeys(keys) if can_be_included(table.field(key))][:MOST_CARRIED]


def _why(table: Table, shape: Shape, keys: Sequence[str]) -> Words:
    asked = [key for key in (*shape.equal, *shape.ranged) if key in keys]
    labels = [table.field(key.lstrip("-")).label for key in asked or keys]
    names = {
        "label_zh": "、".join(f"「{label.zh}」" for label in labels),
        "label_en": ", ".join(x.en for x in labels),
    }
    if not asked:
        return say("常按{label_zh}排序", "Lists are often sorted by {label_en}", **names)
    return say(
        "常按{label_zh}筛选；负责人、部门和排序字段一并存放，计数时不必读整条记录",
        "Lists are often filtered by {label_en}; owner, department and the sort travel along, "
        "so that counting reads no records",
        **names,
    )
