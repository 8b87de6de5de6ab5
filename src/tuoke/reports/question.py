"""What a tile asks of the records. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, timedelta

from tuoke.access.sight import Sight
from tuoke.query.aggregate import Dimension, Measure, Report
from tuoke.query.ast import AllOf, condition_from
from tuoke.query.symbols import Span
from tuoke.reports.buckets import Step, bucket_for, days, edge, steps
from tuoke.reports.definition import (
    FigureTile,
    FunnelTile,
    ListTile,
    MeasureDefinition,
    RankingTile,
    ShareTile,
    Tile,
    Tree,
    TrendTile,
    measures_of,
)
from tuoke.reports.measure import asked_for, together
from tuoke.reports.period import Period, no_shorter
from tuoke.schema.model import Table


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some time: as a filter, and as where it begins and ends (not included) in the field's own kind of value."""

    found: Tree
    start: Step
    end: Step


@dataclass(frozen=True, slots=True)
class Want:
    """Aggregates of one table: one row of them, or one for each part."""

    table: Table
    where: Tree | None
    """Which records, whatever their time."""
    measures: tuple[Measure, ...]
    """Computed for each of `stretches`, one stretch after the other; of all times where there is none."""
    moment: str | None = None
    stretches: tuple[Stretch, ...] = ()
    over: Tree | None = None
    """Finds the records of all stretches, and of the whole dashboard's: so that one look serves many wants."""
    dimension: Dimension | None = None
    """The parts; those of a trend lie within the first stretch."""

    @property
    def group(self) -> str | None:
        """The field that divides, unless it is time that does."""
        return None if self.dimension is None or self.dimension.edges else self.dimension.field

    def report(self) -> Report:
        """The question, asked by itself."""
        dimensions = () if self.dimension is None else (self.dimension,)
        if len(self.stretches) < 2:
            found = self.stretches[0].found if self.stretches else None
            where = condition_from(together(self.where, found))
            return Report(dimensions, self.measures, where, largest_first=self.group is not None)
        measures = [_only(measure, stretch) for stretch in self.stretches for measure in self.measures]
        where = condition_from(together(self.where, self.over))
        return Report(dimensions, tuple(measures), where, largest_first=self.group is not None)


def _only(measure: Measure, stretch: Stretch) -> Measure:
    during = condition_from(stretch.found)
    assert during is not None
    return replace(measure, where=during if measure.where is None else AllOf((during, measure.where)))


@dataclass(frozen=True, slots=True)
class Question:
    """Who asks for which period."""

    sight: Sight
    period: Period

    @property
    def today(self) -> date:
        return self.sight.now.astimezone(self.sight.zone).date()

    def for_tile(self, tile: Tile) -> Question:
        return replace(self, period=no_shorter(self.period, tile.at_least, self.sight))

    def wants(self, tile: Tile) -> list[Want]:
        """The tile as a whole first, then its parts. Raises Invalid, NotFound."""
        table = self.sight.catalog.table(tile.table)
        match tile:
            case FigureTile():
                return [self._want(tile, table, is_compared=True)]
            case TrendTile():
                return [self._want(tile, table), self._want(tile, table, self.steps(tile, table))]
            case RankingTile() | ShareTile():
                return [self._want(tile, table), self._want(tile, table, Dimension(tile.group))]
            case FunnelTile():
                # The whole of a funnel is its first step.
                return [self._want(tile, table, Dimension(tile.group))]
            case ListTile():
                return []

    def now(self, tile: Tile) -> Tree | None:
        """Finds the records of the period."""
        return None if tile.period is None else days(tile.period, self.period.span)

    def before(self, tile: Tile, table: Table) -> Tree | None:
        """Finds those of the period before."""
        if tile.period is None:
            return None
        span, until = self.period.previous, self.period.until
        if until is None or not has_hours(table, tile.period):
            return days(tile.period, span)
        return {
            "all": [
                {"field": tile.period, "op": "gte", "value": span.first.isoformat()},
                {"field": tile.period, "op": "lt", "value": until.isoformat()},
            ]
        }

    def found(self, tile: Tile) -> Tree | None:
        """Finds the records the tile is about."""
        return together(tile.filter, self.now(tile), _steps(tile))

    def bucket(self, tile: TrendTile, table: Table) -> str:
        assert tile.period is not None
        return bucket_for(tile.bucket, self.period.span, has_hours=has_hours(table, tile.period))

    def steps(self, tile: TrendTile, table: Table) -> Dimension:
        assert tile.period is not None
        made = steps(self.bucket(tile, table), self.period.span)
        return Dimension(tile.period, edges=tuple(self._edge(step, table, tile.period) for step in made))

    def _want(
        self, tile: Tile, table: Table, dimension: Dimension | None = None, *, is_compared: bool = False
    ) -> Want:
        where = together(tile.filter, _steps(tile))
        measures = tuple(_all(measures_of(tile)))
        if tile.period is None:
            return Want(table, where, measures, dimension=dimension)
        stretches = [self._now(tile.period, table)]
        if is_compared:
            stretches.append(self._before(tile, table))
        over = days(tile.period, Span(self.period.previous.first, self.period.span.last))
        return Want(table, where, measures, tile.period, tuple(stretches), over, dimension)

    def _now(self, moment: str, table: Table) -> Stretch:
        span = self.period.span
        end = self._edge(span.last + timedelta(days=1), table, moment)
        return Stretch(days(moment, span), self._edge(span.first, table, moment), end)

    def _before(self, tile: Tile, table: Table) -> Stretch:
        assert tile.period is not None
        span, until = self.period.previous, self.period.until
        end = self._edge(span.last + timedelta(days=1), table, tile.period)
        if until is not None and has_hours(table, tile.period):
            end = until.astimezone(UTC)
        found = self.before(tile, table)
        assert found is not None
        return Stretch(found, self._edge(span.first, table, tile.period), end)

    def _edge(self, step: Step, table: Table, moment: str) -> Step:
        return edge(step, self.sight.zone, has_hours=has_hours(table, moment))


def _steps(tile: Tile) -> Tree | None:
    return {"field": tile.group, "op": "in", "value": tile.steps} if isinstance(tile, FunnelTile) else None


def has_hours(table: Table, key: str) -> bool:
    """Whether the field is a moment and not a day. Raises Invalid for a field that is not there."""
    return table.field(key).sql_type.lower().startswith("timestamp")


def _all(definitions: Sequence[MeasureDefinition]) -> list[Measure]:
    return [measure for each in definitions for measure in asked_for(each)]
