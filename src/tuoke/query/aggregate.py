"""A report query: records grouped by dimensions, measured by aggregates; over `readable`, like everything."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Date, DateTime, Numeric, cast, func, select
from sqlalchemy.types import BigInteger, Integer, SmallInteger

from tuoke.access.sight import Sight
from tuoke.kit.database import Connection
from tuoke.kit.errors import Invalid
from tuoke.kit.words import say
from tuoke.query.ast import AllOf as All
from tuoke.query.ast import AnyOf as Any_
from tuoke.query.ast import Condition, Leaf, Not
from tuoke.query.conditions import condition_sql, source_column
from tuoke.query.page import follow_link
from tuoke.query.secure import readable
from tuoke.schema.model import Table

MOST_ROWS = 10_000
BUCKETS = ("day", "week", "month", "quarter", "year")


@dataclass(frozen=True, slots=True)
class Dimension:
    field: str
    bucket: str | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    aggregate: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    dimensions: tuple[Dimension, ...]
    measures: tuple[Measure, ...]
    where: Condition | None = None


AGGREGATES: Mapping[str, Callable[[ColumnElement[Any]], ColumnElement[Any]]] = {
    "sum": func.sum,
    "avg": func.avg,
    "min": func.min,
    "max": func.max,
    "count": func.count,
    "count_distinct": lambda column: func.count(column.distinct()),
}
_NUMBERS = (Numeric, Integer, BigInteger, SmallInteger)


async def aggregate(
    db: Connection, table: Table, sight: Sight, report: Report
) -> tuple[list[dict[str, Any]], list[list[Any]]]:
    """Columns and rows, ordered by the dimensions. Raises Forbidden, Invalid."""
    _check(report)
    source = readable(table, sight, _fields(report))
    dimensions = [_dimension(d, source, sight).label(f"d{i}") for i, d in enumerate(report.dimensions)]
    measures = [_measure(m, source).label(f"m{i}") for i, m in enumerate(report.measures)]
    statement = select(*dimensions, *measures).select_from(source)
    if report.where is not None:
        statement = statement.where(condition_sql(report.where, table, source, sight, follow_link))
    if dimensions:
        statement = statement.group_by(*dimensions).order_by(*dimensions)
    rows = [list(row) for row in await db.execute(statement.limit(MOST_ROWS))]
    return _columns(report), rows


def _check(report: Report) -> None:
    if not report.measures:
        raise Invalid(say("至少要一个指标", "At least one measure is needed"))
    if len(report.dimensions) > 5 or len(report.measures) > 20:
        raise Invalid(say("最多 5 个维度、20 个指标", "At most 5 dimensions and 20 measures"))
    for dimension in report.dimensions:
        if dimension.bucket is not None and dimension.bucket not in BUCKETS:
            raise Invalid(
                say("不认识的时间粒度 {b}", "Unknown bucket {b!r}", b=dimension.bucket), known=list(BUCKETS)
            )


def _fields(report: Report) -> set[str]:
    named = {d.field for d in report.dimensions} | {m.field for m in report.measures if m.field}
    return named | _in(report.where)


def _in(condition: Condition | None) -> set[str]:
    match condition:
        case None:
            return set()
        case Leaf(path):
            return {path[0]}
        case Not(part):
            return _in(part)
        case All(parts) | Any_(parts):
            return {key for part in parts for key in _in(part)}


def _dimension(dimension: Dimension, source: Any, sight: Sight) -> ColumnElement[Any]:
    column = source_column(source, dimension.field)
    if dimension.bucket is None:
        return column
    if isinstance(column.type, DateTime):
        local = func.timezone(str(sight.zone), column)
        return cast(func.date_trunc(dimension.bucket, local), Date)
    if isinstance(column.type, Date):
        return cast(func.date_trunc(dimension.bucket, column), Date)
    raise Invalid(
        say("「{f}」不是日期，不能按时间分组", "{f!r} is not a date and has no buckets", f=dimension.field)
    )


def _measure(measure: Measure, source: Any) -> ColumnElement[Any]:
    make = AGGREGATES.get(measure.aggregate)
    if make is None:
        raise Invalid(
            say("不认识的指标 {a}", "Unknown aggregate {a!r}", a=measure.aggregate), known=sorted(AGGREGATES)
        )
    if measure.field is None:
        if measure.aggregate != "count":
            raise Invalid(say("{a} 需要一个字段", "{a} needs a field", a=measure.aggregate))
        return func.count()
    column: Column[Any] = source_column(source, measure.field)  # type: ignore[assignment]
    if measure.aggregate in ("sum", "avg") and not isinstance(column.type, _NUMBERS):
        raise Invalid(say("「{f}」不是数字", "{f!r} is not a number", f=measure.field))
    return make(column)


def _columns(report: Report) -> list[dict[str, Any]]:
    dimensions: Sequence[dict[str, Any]] = [
        {"field": d.field, **({"bucket": d.bucket} if d.bucket else {})} for d in report.dimensions
    ]
    measures = [
        {"aggregate": m.aggregate, **({"field": m.field} if m.field else {})} for m in report.measures
    ]
    return [*dimensions, *measures]
