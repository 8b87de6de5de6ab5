"""What is left of a kept query when fields went away since, or its reader may not see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tuoke.access.policy import Action
from tuoke.access.sight import Sight
from tuoke.query.ast import AllOf, AnyOf, Condition, Leaf, Not, Order
from tuoke.query.secure import visible_fields
from tuoke.schema.model import Table


@dataclass(slots=True)
class Usable:
    """Builds the part of a query that works for one reader, and counts what it leaves out."""

    table: Table
    sight: Sight
    skipped: dict[str, int] = field(default_factory=lambda: {"columns": 0, "orders": 0, "conditions": 0})
    """Numbers only: the name of a field one may not see is not told."""
    _visible: dict[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])

    def columns(self, keys: Iterable[str]) -> list[str]:
        return [key for key in keys if self._counts("columns", self._sees(self.table, key))]

    def orders(self, orders: Iterable[Order]) -> list[Order]:
        return [order for order in orders if self._counts("orders", self._sees(self.table, order.field))]

    def condition(self, condition: Condition | None) -> Condition | None:
        """The tree without the leaves that cannot be asked; None when nothing is left."""
        match condition:
            case None:
                return None
            case Leaf():
                return condition if self._counts("conditions", self._can_ask(condition)) else None
            case Not(part):
                kept = self.condition(part)
                return None if kept is None else Not(kept)
            case AllOf(parts):
                return self._group(AllOf, parts)
            case AnyOf(parts):
                return self._group(AnyOf, parts)

    def _group(self, kind: type[AllOf] | type[AnyOf], parts: tuple[Condition, ...]) -> AllOf | AnyOf | None:
        kept = tuple(one for part in parts if (one := self.condition(part)) is not None)
        # "Any of nothing" matches nothing; a group that lost all its parts says nothing any more.
        return kind(kept) if kept or not parts else None

    def _can_ask(self, leaf: Leaf) -> bool:
        table: Table | None = self.table
        for key in leaf.path[:-1]:
            if table is None or not self._sees(table, key):
                return False
            table = self.sight.catalog.tables.get(table.field(key).target or "")
        key = leaf.path[-1]
        return table is not None and self._sees(table, key) and leaf.op in table.field(key).kind.operators

    def _sees(self, table: Table, key: str) -> bool:
        if table.key not in self._visible:
            may = self.sight.policy.may(self.sight.actor, table.key, Action.READ)
            self._visible[table.key] = frozenset(visible_fields(table, self.sight) if may else ())
        return key in self._visible[table.key]

    def _counts(self, kind: str, is_kept: bool) -> bool:
        self.skipped[kind] += not is_kept
        return is_kept


def tree_of(condition: Condition | None) -> Any:
    """The inverse of `condition_from`."""
    match condition:
        case None:
            return None
        case Leaf(path, op, value):
            leaf = {"field": ".".join(path), "op": op}
            return leaf if value is None else {**leaf, "value": value}
        case Not(part):
            return {"not": tree_of(part)}
        case AllOf(parts):
            return {"all": [tree_of(part) for part in parts]}
        case AnyOf(parts):
            return {"any": [tree_of(part) for part in parts]}


def sort_text(orders: Iterable[Order]) -> str:
    """The inverse of `sort_from`."""
    return ",".join(f"{'-' if order.descending else ''}{order.field}" for order in orders)
