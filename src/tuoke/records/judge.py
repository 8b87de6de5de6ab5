"""Which of these records match which conditions: one query for a batch. For rules that act for the app."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, true

from tuoke.access.sight import Sight
from tuoke.kit.database import Connection
from tuoke.kit.errors import Invalid
from tuoke.kit.words import say
from tuoke.query.ast import Condition, Leaf
from tuoke.query.conditions import Source, condition_sql
from tuoke.records.rows import among
from tuoke.records.transaction import Transaction
from tuoke.records.values import Values
from tuoke.schema.model import Table


async def judge(
    db: Connection,
    table: Table,
    sight: Sight,
    ids: Sequence[int],
    conditions: Sequence[Condition | None],
) -> Mapping[int, Sequence[bool]]:
    """Per living record one verdict a condition; None = always true. Nothing of a row is hidden from a rule."""
    physical = table.sa
    verdicts = [and_(true(), matches(table, sight, c)).label(f"v{i}") for i, c in enumerate(conditions)]
    statement = select(physical.c.id, *verdicts).where(among(table, ids), physical.c.deleted_at.is_(None))
    return {row[0]: [bool(verdict) for verdict in row[1:]] for row in await db.execute(statement)}


_ALTERNATIVES = 200
"""Sets of values one statement looks for."""


async def are_there(tx: Transaction, table: Table, matches: Sequence[Values]) -> list[bool]:
    """For each set of values whether a living record has them all; empty matches empty."""
    physical = table.sa
    found: set[tuple[Any, ...]] = set()
    keys = sorted({key for match in matches for key in match})
    for start in range(0, len(matches), _ALTERNATIVES):
        part = matches[start : start + _ALTERNATIVES]
        either = [and_(*(physical.c[k].is_not_distinct_from(m[k]) for k in keys)) for m in part]
        statement = select(*(physical.c[key] for key in keys)).where(
            physical.c.deleted_at.is_(None), or_(*either)
        )
        found |= {tuple(row) for row in await tx.db.execute(statement.distinct())}
    return [tuple(match[key] for key in keys) in found for match in matches]


def matches(table: Table, sight: Sight, condition: Condition | None) -> ColumnElement[bool]:
    """SQL that is true of the records the condition is about, all of them for None."""
    return true() if condition is None else condition_sql(condition, table, table.sa, sight, _no_path)


def _no_path(leaf: Leaf, table: Table, source: Source, sight: Any) -> Any:
    raise Invalid(say("规则里的条件不能跨表", "A rule's condition cannot look through links"))
