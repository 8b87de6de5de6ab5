"""Filter conditions -> SQL over any FROM clause that has the table's fields as columns."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Date, DateTime, and_, false, not_, or_, true

from tuoke.access.sight import Sight
from tuoke.kit.errors import Invalid
from tuoke.kit.words import say
from tuoke.query.ast import AllOf, AnyOf, Condition, Leaf, Not
from tuoke.query.symbols import Span, bounds, resolve
from tuoke.schema.model import Field, Table, no_such_field
from tuoke.schema.operators import Operator, Takes


class Source(Protocol):
    """A subquery or a table."""

    @property
    def c(self) -> Any: ...


Follow = Callable[[Leaf, Table, Source, Sight], ColumnElement[bool]]
"""How a path through a link is compiled; decided by who may see what behind it."""


def condition_sql(
    condition: Condition, table: Table, source: Source, sight: Sight, follow: Follow
) -> ColumnElement[bool]:
    """Raises Invalid for a field that is not in `source`, in the words used for one that does not exist."""
    match condition:
        case AllOf(parts):
            return and_(true(), *(condition_sql(p, table, source, sight, follow) for p in parts))
        case AnyOf(parts):
            return or_(false(), *(condition_sql(p, table, source, sight, follow) for p in parts))
        case Not(part):
            inner = condition_sql(part, table, source, sight, follow)
            # NOT of an unknown is unknown in SQL; to people a record either matches or it does not.
            return not_(inner.is_(True)) if _can_be_null(part) else not_(inner)
        case Leaf(path):
            if len(path) > 1:
                return follow(condition, table, source, sight)
            return leaf_sql(condition, table, source, sight)


def _can_be_null(condition: Condition) -> bool:
    return not (isinstance(condition, Leaf) and condition.op in ("is_empty", "not_empty"))


def leaf_sql(leaf: Leaf, table: Table, source: Source, sight: Sight) -> ColumnElement[bool]:
    key = leaf.path[-1]
    column = source_column(source, key)
    field = table.field(key)
    operator = field.kind.operators.get(leaf.op)
    if operator is None:
        raise Invalid(
            say(
                "「{label}」不支持条件 {op}",
                "{label} has no operator {op!r}",
                label=field.label.zh,
                op=leaf.op,
            ),
            operators=sorted(field.kind.operators),
            field=key,
        )
    if isinstance(column.type, Date | DateTime):
        timed = _timed(leaf, field, column, operator, sight)
        if timed is not None:
            return timed
    operand = _operand(leaf, field, operator, sight)
    if operator.takes is Takes.ONE and operand is None:
        return _with_nothing(leaf, column)
    return operator.compile(column, operand)


def _with_nothing(leaf: Leaf, column: ColumnElement[Any]) -> ColumnElement[bool]:
    """`eq null` asks for the empty ones. A symbol that stands for nobody matches nobody."""
    if leaf.value is None and leaf.op in ("eq", "ne"):
        return column.is_(None) if leaf.op == "eq" else column.is_not(None)
    return true() if leaf.op == "ne" else false()


def source_column(source: Source, key: str) -> ColumnElement[Any]:
    # A hidden field and a missing one answer alike, so names cannot be probed.
    if key in ("version", "deleted_at") or key not in source.c:
        raise no_such_field(key)
    return source.c[key]


def _operand(leaf: Leaf, field: Field, operator: Operator, sight: Sight) -> Any:
    value = leaf.value
    match operator.takes:
        case Takes.NOTHING:
            return None
        case Takes.TEXT:
            if not isinstance(value, str):
                raise _bad_value(field, say("要填文字", "expects text"))
            return value
        case Takes.ONE:
            return _one(value, field, sight)
        case Takes.TWO:
            if not isinstance(value, list) or len(value) != 2:
                raise _bad_value(field, say("要填两个值", "expects two values"))
            return [_one(part, field, sight) for part in value]
        case Takes.MANY:
            return _many(value, field, sight)


def _many(value: Any, field: Field, sight: Sight) -> list[Any]:
    if not isinstance(value, list):
        value = [value]
    if len(value) > 10_000:
        raise _bad_value(field, say("最多 10000 个值", "takes at most 10 000 values"))
    found: list[Any] = []
    for part in value:
        resolved = resolve(part, sight)
        if isinstance(resolved, list):
            found += resolved
        else:
            parsed = _parsed(resolved, field)
            found += parsed if isinstance(parsed, list) else [parsed]
    return [v for v in found if v is not None]


def _one(value: Any, field: Field, sight: Sight) -> Any:
    resolved = None if value is None else resolve(value, sight)
    if resolved is None:
        # "My department" of somebody who has none matches nothing; it must not become "is empty".
        return None
    return _parsed(resolved, field)


def _parsed(value: Any, field: Field) -> Any:
    if isinstance(value, Span):
        raise _bad_value(field, say("不能用日期区间", "cannot be compared with days"))
    if isinstance(value, datetime) and isinstance(field.kind.column_type(field.options), DateTime):
        return value
    try:
        return field.kind.parse(value, field.options)
    except Invalid as error:
        raise Invalid(
            say(
                "「{label}」的条件值有误：{why}",
                "The value for {label_en} is not valid: {why_en}",
                label=field.label.zh,
                label_en=field.label.en,
                why=error.detail.in_("zh"),
                why_en=error.detail.in_("en"),
            ),
            field=field.key,
        ) from error


def _bad_value(field: Field, why: Any) -> Invalid:
    return Invalid(
        say(
            "「{label}」{why}",
            "{label_en} {why_en}",
            label=field.label.zh,
            label_en=field.label.en,
            why=why.zh,
            why_en=why.en,
        ),
        field=field.key,
    )


# --- days and moments -----------------------------------------------------------------------------


def _timed(
    leaf: Leaf, field: Field, column: ColumnElement[Any], operator: Operator, sight: Sight
) -> ColumnElement[bool] | None:
    """Comparisons of a date or a moment with whole days; None when no day is involved."""
    if operator.takes is Takes.TWO and isinstance(leaf.value, list) and len(leaf.value) == 2:
        low, high = (_day(part, column, sight) for part in leaf.value)
        if low is None and high is None:
            return None
        first = column >= (_edges(low, column, sight)[0] if low else _one(leaf.value[0], field, sight))
        if high is None:
            return and_(first, column <= _one(leaf.value[1], field, sight))
        return and_(first, column < _edges(high, column, sight)[1])
    if operator.takes is not Takes.ONE:
        return None
    span = _day(leaf.value, column, sight)
    if span is None:
        return None
    start, end = _edges(span, column, sight)
    inside = and_(column >= start, column < end)
    table: dict[str, ColumnElement[bool]] = {
        "eq": inside,
        "ne": or_(column.is_(None), not_(inside)),
        "gt": column >= end,
        "gte": column >= start,
        "lt": column < start,
        "lte": column < end,
    }
    return table.get(leaf.op)


def _day(value: Any, column: ColumnElement[Any], sight: Sight) -> Span | None:
    resolved = resolve(value, sight)
    if isinstance(resolved, Span):
        return resolved
    if isinstance(resolved, str) and len(resolved) == 10 and isinstance(column.type, DateTime):
        try:
            day = date.fromisoformat(resolved)
        except ValueError:
            return None
        return Span(day, day)
    if isinstance(column.type, Date) and isinstance(resolved, datetime):
        day = resolved.astimezone(sight.zone).date()
        return Span(day, day)
    return None


def _edges(span: Span, column: ColumnElement[Any], sight: Sight) -> tuple[Any, Any]:
    """From, and up to but not including, in the column's own terms."""
    if isinstance(column.type, DateTime):
        return bounds(span, sight)
    return span.first, span.last + timedelta(days=1)
