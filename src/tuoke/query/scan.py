"""How a condition is put when a whole table may have to be read for it."""

from __future__ import annotations

from typing import Any, TypeGuard, cast

from sqlalchemy import ARRAY, ColumnElement, Text, and_, any_, literal
from sqlalchemy.sql import operators
from sqlalchemy.sql.elements import BinaryExpression, BindParameter, BooleanClauseList


def texts_first(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """The same condition, in which `text = x` is written `text = any({x})`.

    PostgreSQL checks plain equalities last, after conditions that let most rows pass and that stand further back
    in the row: a million leads by city, source and score take 205 ms instead of 298. As an `any` it is the cheapest
    and comes first. An index serves it as well, except for its order: not for a walk along a sort.
    """
    if isinstance(condition, BooleanClauseList) and condition.operator is operators.and_:
        return and_(*map(texts_first, condition.clauses))
    if _is_text_equality(condition):
        value = cast("BindParameter[Any]", condition.right).value
        return condition.left == any_(literal([value], ARRAY(Text)))
    return condition


def _is_text_equality(condition: ColumnElement[bool]) -> TypeGuard[BinaryExpression[bool]]:
    return (
        isinstance(condition, BinaryExpression)
        and condition.operator is operators.eq
        and isinstance(condition.left.type, Text)
        and isinstance(condition.right, BindParameter)
        and isinstance(condition.right.value, str)
    )
