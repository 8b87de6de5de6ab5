"""Which of these records match which conditions: one query for a batch. For rules that act for the app."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, select, true

from tuoke.access.sight import Sight
from tuoke.kit.database import Connection
from tuoke.kit.errors import Invalid
from tuoke.kit.words import say
from tuoke.query.ast import Condition, Leaf
from tuoke.query.conditions import Source, condition_sql
from tuoke.records.rows import among
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


def matches(table: Table, sight: Sight, condition: Condition | None) -> ColumnElement[bool]:
    """SQL that is true of the records the condition is about, all of them for None."""
    return true() if condition is None else condition_sql(condition, table, table.sa, sight, _no_path)


def _no_path(leaf: Leaf, table: Table, source: Source, sight: Any) -> Any:
    raise Invalid(say("规则里的条件不能跨表", "A rule's condition cannot look through links"))
