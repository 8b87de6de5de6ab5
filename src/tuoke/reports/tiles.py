"""What came back from the records -> the answer of a tile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from tuoke.kit.database import Connection
from tuoke.query.ast import Page, condition_from, sort_from
from tuoke.query.page import fetch_page
from tuoke.records.view import shown
from tuoke.reports.answer import MeasureFacts, Part, TileAnswer
from tuoke.reports.buckets import steps, within, worth_showing
from tuoke.reports.cells import Raw
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
    Unit,
    measures_of,
)
from tuoke.reports.groups import REST, names, none_of, one_of
from tuoke.reports.measure import Value, asked_for, currency_of, nothing, together, unit_of, value_of
from tuoke.reports.question import Question
from tuoke.schema.model import Table


@dataclass(frozen=True)
class Reading:
    """A tile with what its wants were answered."""

    question: Question
    tile: Tile
    table: Table
    answers: list[list[Raw]]

    @property
    def measures(self) -> list[MeasureDefinition]:
        return measures_of(self.tile)

    @property
    def units(self) -> list[Unit]:
        return [unit_of(measure, self.table) for measure in self.measures]

    def bare(self) -> dict[str, Any]:
        return bare(self.tile, self.table, self.question.period.name)

    def values(self, raw: Raw, tree: Tree | None) -> list[Value]:
        """One for each measure; `tree` finds the records they are of."""
        parts = self.split(raw)
        return [
            value_of(measure, unit, part, tree)
            for measure, unit, part in zip(self.measures, self.units, parts, strict=True)
        ]

    def split(self, raw: Raw) -> list[Raw]:
        """The aggregates by measure."""
        found: list[Raw] = []
        at = 0
        for measure in self.measures:
            length = len(nothing(measure))
            found.append(raw[at : at + length])
            at += length
        return found

    @property
    def length(self) -> int:
        return sum(len(asked_for(measure)) for measure in self.measures)


async def read(db: Connection, reading: Reading) -> TileAnswer:
    """The tile's answer. Raises Invalid and Forbidden of a list's own query."""
    match reading.tile:
        case FigureTile():
            return _figure(reading)
        case TrendTile() as tile:
            return _trend(reading, tile)
        case RankingTile() as tile:
            return await _ranking(db, reading, tile)
        case ShareTile() as tile:
            return await _share(db, reading, tile)
        case FunnelTile() as tile:
            return await _funnel(db, reading, tile)
        case ListTile() as tile:
            return await _list(db, reading, tile)


def bare(tile: Tile, table: Table | None, period: str, fault: str | None = None) -> dict[str, Any]:
    """What every answer says of its tile."""
    facts = [] if table is None else [_facts(measure, table) for measure in measures_of(tile)]
    return {
        "key": tile.key,
        "kind": tile.kind,
        "label": tile.label.model_dump(),
        "help": None if tile.help is None else tile.help.model_dump(),
        "period": None if tile.period is None else period,
        "width": tile.width,
        "table": tile.table,
        "measures": facts,
        "fault": fault,
    }


def _facts(measure: MeasureDefinition, table: Table) -> MeasureFacts:
    label = None if measure.label is None else measure.label.model_dump()
    return MeasureFacts(label, unit_of(measure, table), currency_of(measure, table), measure.better)


def _figure(reading: Reading) -> TileAnswer:
    question, tile, table = reading.question, reading.tile, reading.table
    (raw,) = reading.answers[0]
    length = reading.length
    previous = None
    if tile.period is not None:
        before = together(tile.filter, question.before(tile, table))
        previous = reading.values(raw[length:], before)
    values = reading.values(raw[:length], question.found(tile))
    return TileAnswer(**reading.bare(), values=values, previous=previous)


def _trend(reading: Reading, tile: TrendTile) -> TileAnswer:
    question, table = reading.question, reading.table
    whole, rows = reading.answers
    assert tile.period is not None
    bucket, zone, span = question.bucket(tile, table), question.sight.zone, question.period.span
    made = steps(bucket, span)
    # Steps are counted from 1; what begins before the first of them is not of the period.
    found = {made[row[0] - 1]: row[1:] for row in rows}
    none = [each for measure in reading.measures for each in nothing(measure)]
    parts: list[Part] = []
    for step in worth_showing(made, found.keys(), question.today):
        tree = together(tile.filter, within(bucket, step, tile.period, span, zone))
        parts.append(Part(step.isoformat(), None, reading.values(found.get(step, none), tree)))
    values = reading.values(whole[0], question.found(tile))
    return TileAnswer(**reading.bare(), values=values, bucket=bucket, parts=parts)


async def _ranking(db: Connection, reading: Reading, tile: RankingTile) -> TileAnswer:
    question = reading.question
    whole, rows = reading.answers
    parts = await _named_parts(db, reading, tile.group, rows)
    parts.sort(key=_rank)
    values = reading.values(whole[0], question.found(tile))
    return TileAnswer(**reading.bare(), values=values, group=tile.group, parts=parts[: tile.most])


def _rank(part: Part) -> tuple[bool, float, bool, str]:
    """The most first; who has nothing to be measured by, and those without a name, at the end."""
    value = part.values[0].value
    label = (part.label or {}).get("zh", "")
    return value is None, -float(value or 0), part.key is None, label


async def _share(db: Connection, reading: Reading, tile: ShareTile) -> TileAnswer:
    question = reading.question
    whole, rows = reading.answers
    parts = sorted(await _named_parts(db, reading, tile.group, rows), key=_rank)
    if len(parts) > tile.most:
        kept = parts[: tile.most - 1]
        keys = {part.key for part in kept}
        rest = [row for row in rows if _key(row[0]) not in keys]
        parts = [*kept, _rest(reading, tile, [part.key for part in kept], rest)]
    values = reading.values(whole[0], question.found(tile))
    return TileAnswer(**reading.bare(), values=values, group=tile.group, parts=parts)


def _rest(reading: Reading, tile: ShareTile, kept: Sequence[Any], rows: Sequence[Raw]) -> Part:
    tree = together(reading.question.found(tile), none_of(tile.group, kept))
    return Part(None, REST, reading.values(_added(rows), tree), is_rest=True)


def _added(rows: Sequence[Raw]) -> Raw:
    """Counts and sums of several parts as one; without the key in front."""
    columns = zip(*(row[1:] for row in rows), strict=True)
    return [sum((value for value in column if value is not None), start=0) for column in columns]


async def _funnel(db: Connection, reading: Reading, tile: FunnelTile) -> TileAnswer:
    question, table = reading.question, reading.table
    by_key = {row[0]: row for row in reading.answers[0]}
    called = await names(db, table.field(tile.group), question.sight, tile.steps)
    none = [each for measure in reading.measures for each in nothing(measure)]
    parts: list[Part] = []
    for place, step in enumerate(tile.steps):
        further = tile.steps[place:]
        rows = [[None, *none], *(by_key[key] for key in further if key in by_key)]
        there: Tree = {"field": tile.group, "op": "in", "value": further}
        tree = together(tile.filter, question.now(tile), there)
        parts.append(Part(step, called[step], reading.values(_added(rows), tree)))
    return TileAnswer(**reading.bare(), values=parts[0].values, group=tile.group, parts=parts)


async def _named_parts(db: Connection, reading: Reading, group: str, rows: Sequence[Raw]) -> list[Part]:
    field = reading.table.field(group)
    called = await names(db, field, reading.question.sight, [row[0] for row in rows])
    return list(_parts(reading, group, rows, called))


def _parts(
    reading: Reading, group: str, rows: Sequence[Raw], called: Mapping[Any, dict[str, str]]
) -> Iterator[Part]:
    found = reading.question.found(reading.tile)
    for row in rows:
        values = reading.values(row[1:], together(found, one_of(group, row[0])))
        yield Part(_key(row[0]), called[row[0]], values)


def _key(value: Any) -> Any:
    """As JSON has it."""
    return str(value) if isinstance(value, Decimal | date | datetime) else value


async def _list(db: Connection, reading: Reading, tile: ListTile) -> TileAnswer:
    sight, table = reading.question.sight, reading.table
    found = reading.question.found(tile)
    page = Page(
        fields=tuple(tile.columns), where=condition_from(found), sort=sort_from(tile.sort), limit=tile.most
    )
    listed = await fetch_page(db, table, sight, page, counted=True)
    count = listed.count or 0
    return TileAnswer(
        **reading.bare(),
        values=[Value(count, count, found)],
        columns=list(listed.fields),
        sort=tile.sort or None,
        records=await shown(db, table, sight, listed.rows, listed.fields),
    )
