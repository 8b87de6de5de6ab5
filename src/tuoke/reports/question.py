"""What a tile asks of the records. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import orjson

from tuoke.access.sight import Sight
from tuoke.query.aggregate import Dimension, Measure, Report
from tuoke.query.ast import condition_from
from tuoke.query.symbols import Span
from tuoke.reports.buckets import bucket_for, days, edge, steps
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
class Want:
    """Aggregates of one table: one row of them, or one for each part."""

    table: Table
    where: Tree | None
    measures: tuple[Measure, ...]
    dimension: Dimension | None = None

    @property
    def scope(self) -> tuple[str, bytes, Dimension | None]:
        """Wants of one scope are answered by looking at its records once."""
        return self.table.key, orjson.dumps(self.where), self.dimension

    def report(self, measures: Sequence[Measure]) -> Report:
        dimensions = () if self.dimension is None else (self.dimension,)
        return Report(dimensions, tuple(measures), condition_from(self.where), self.is_ranked)

    @property
    def is_ranked(self) -> bool:
        return self.dimension is not None and not self.dimension.edges


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
                return [self._whole(tile, table, compared=tile.period is not None)]
            case TrendTile():
                return [self._whole(tile, table), self._parts(tile, table, self.steps(tile, table))]
            case RankingTile() | ShareTile():
                return [self._whole(tile, table), self._parts(tile, table, Dimension(tile.group))]
            case FunnelTile():
                # The whole of a funnel is its first step.
                return [self._parts(tile, table, Dimension(tile.group))]
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
        steps: Tree | None = None
        if isinstance(tile, FunnelTile):
            steps = {"field": tile.group, "op": "in", "value": tile.steps}
        return together(tile.filter, self.now(tile), steps)

    def bucket(self, tile: TrendTile, table: Table) -> str:
        assert tile.period is not None
        return bucket_for(tile.bucket, self.period.span, has_hours=has_hours(table, tile.period))

    def steps(self, tile: TrendTile, table: Table) -> Dimension:
        assert tile.period is not None
        hours = has_hours(table, tile.period)
        made = steps(self.bucket(tile, table), self.period.span)
        edges = tuple(edge(step, self.sight.zone, has_hours=hours) for step in made)
        return Dimension(tile.period, edges=edges)

    def _whole(self, tile: Tile, table: Table, *, compared: bool = False) -> Want:
        now = self.now(tile)
        measures = _all(measures_of(tile), now)
        if compared:
            measures += _all(measures_of(tile), self.before(tile, table))
        # Both periods for every whole, compared or not: so that all of them are counted in one go.
        both = Span(self.period.previous.first, self.period.span.last)
        ranged = None if tile.period is None else days(tile.period, both)
        return Want(table, together(tile.filter, ranged), tuple(measures))

    def _parts(self, tile: Tile, table: Table, dimension: Dimension) -> Want:
        return Want(table, self.found(tile), tuple(_all(measures_of(tile))), dimension)


def has_hours(table: Table, key: str) -> bool:
    """Whether the field is a moment and not a day. Raises Invalid for a field that is not there."""
    return table.field(key).sql_type.lower().startswith("timestamp")


def _all(definitions: Sequence[MeasureDefinition], only: Tree | None = None) -> list[Measure]:
    return [measure for each in definitions for measure in asked_for(each, only)]
