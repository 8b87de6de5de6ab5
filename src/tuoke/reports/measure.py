"""What is asked of the records for one measure, and what its answer means. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tuoke.query.aggregate import Measure
from tuoke.query.ast import condition_from
from tuoke.reports.definition import MeasureDefinition, Tree, Unit
from tuoke.schema.model import Table

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Value:
    """A figure and the records it is made of."""

    value: int | float | str | None
    """None: there is nothing to compute it of. Money is a decimal in text, a share lies between 0 and 1."""
    count: int
    """How many records `filter` finds for whoever asked."""
    filter: Tree | None
    of: int | None = None
    """Of a share: out of how many records, and"""
    of_filter: Tree | None = None
    """the filter that finds these."""


def together(*trees: Tree | None) -> Tree | None:
    """Records for which every one of the trees holds."""
    parts: list[Tree] = []
    for tree in trees:
        if tree:
            parts += tree["all"] if set(tree) == {"all"} else [tree]
    if len(parts) > 1:
        return {"all": parts}
    return parts[0] if parts else None


def asked_for(measure: MeasureDefinition) -> list[Measure]:
    """The aggregates `value_of` reads. Raises Invalid for a bad filter."""
    if measure.aggregate == "share":
        part = together(measure.within, measure.where)
        whole = condition_from(measure.within)
        return [Measure("count", where=condition_from(part)), Measure("count", where=whole)]
    where = condition_from(measure.where)
    if measure.aggregate == "count":
        return [Measure("count", where=where)]
    return [
        Measure(measure.aggregate, measure.field, measure.since, where),
        Measure("count", measure.field, measure.since, where),
    ]


def value_of(measure: MeasureDefinition, unit: Unit, raw: Sequence[Any], tree: Tree | None) -> Value:
    """`raw`: what `asked_for` was answered; `tree`: finds all the records that were asked about."""
    if measure.aggregate == "share":
        part, whole = int(raw[0]), int(raw[1])
        base = together(tree, measure.within)
        return Value(part / whole if whole else None, part, together(base, measure.where), whole, base)
    if measure.aggregate == "count":
        return Value(int(raw[0]), int(raw[0]), together(tree, measure.where))
    filled = [{"field": key, "op": "not_empty"} for key in (measure.field, measure.since) if key]
    found = together(tree, measure.where, *filled)
    return Value(_number(measure, unit, raw[0]), int(raw[1]), found)


def _number(measure: MeasureDefinition, unit: Unit, raw: Any) -> float | str | None:
    if raw is None:
        # Nothing was paid: that is a sum. The average of nothing is not a number.
        return None if measure.aggregate != "sum" else ("0.00" if unit == "money" else 0)
    return str(Decimal(raw).quantize(_CENT)) if unit == "money" else round(float(raw), 4)


def nothing(measure: MeasureDefinition) -> list[Any]:
    """The raw answer where no record matches."""
    return [0, 0] if measure.aggregate == "share" else [0] if measure.aggregate == "count" else [None, 0]


def unit_of(measure: MeasureDefinition, table: Table) -> Unit:
    if measure.unit is not None:
        return measure.unit
    if measure.aggregate == "share":
        return "percent"
    if measure.since is not None:
        return "seconds"
    field = table.by_key.get(measure.field or "")
    return "money" if field is not None and field.type == "currency" else "number"


def currency_of(measure: MeasureDefinition, table: Table) -> str | None:
    field = table.by_key.get(measure.field or "")
    return getattr(field.options, "currency", None) if field is not None else None
