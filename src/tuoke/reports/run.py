"""A dashboard as one person sees it now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from tuoke.access.sight import Sight
from tuoke.kit.database import Connection
from tuoke.kit.errors import AppError, Forbidden, Invalid, NotFound
from tuoke.query.aggregate import MOST_MEASURES, Measure, aggregate
from tuoke.reports.answer import DashboardAnswer, Days, TileAnswer
from tuoke.reports.definition import DashboardDefinition, Tile
from tuoke.reports.period import period_of
from tuoke.reports.question import Question, Want
from tuoke.reports.tiles import Raw, Reading, bare, read


async def run(
    db: Connection,
    sight: Sight,
    definition: DashboardDefinition,
    period: str,
    *,
    language: str = "zh",
    tells_faults: bool = False,
) -> DashboardAnswer:
    """Every tile the asker may see. Raises Invalid for an unknown period.

    A tile about records or fields he has no right to is not there. One that names what there is no more is not
    there either, unless `tells_faults`.
    """
    question = Question(sight, period_of(period, sight))
    asked = [_Asked(question.for_tile(tile), tile) for tile in definition.tiles]
    await _answer(db, sight, [one for each in asked for one in each.wanted])
    tiles: list[TileAnswer] = []
    for each in asked:
        answer = await each.read(db)
        if isinstance(answer, TileAnswer):
            tiles.append(answer)
        elif tells_faults:
            fault = answer.detail.in_(language)
            tiles.append(TileAnswer(**bare(each.tile, None, period, fault), values=[]))
    span, before = question.period.span, question.period.previous
    return DashboardAnswer(
        key=definition.key,
        label=definition.label.model_dump(),
        period=period,
        days=Days(span.first, span.last),
        previous=Days(before.first, before.last, question.period.until),
        at=sight.now,
        tiles=tiles,
    )


@dataclass
class _Wanted:
    """A want and, once asked, its rows or why there are none."""

    want: Want
    rows: list[Raw] | None = None
    fault: AppError | None = None


class _Asked:
    """A tile on its way from question to answer."""

    def __init__(self, question: Question, tile: Tile) -> None:
        self.tile = tile
        self._question = question
        self._fault: AppError | None = None
        self.wanted: list[_Wanted] = []
        try:
            self.wanted = [_Wanted(want) for want in question.wants(tile)]
        except (Invalid, NotFound) as error:
            self._fault = error

    async def read(self, db: Connection) -> TileAnswer | AppError:
        fault = self._fault or next((w.fault for w in self.wanted if w.fault is not None), None)
        if fault is not None:
            return fault
        table = self._question.sight.catalog.table(self.tile.table)
        answers = [w.rows for w in self.wanted if w.rows is not None]
        try:
            return await read(db, Reading(self._question, self.tile, table, answers))
        except (Forbidden, Invalid) as error:
            return error


@dataclass
class _Look:
    """Wants answered by one look at the records."""

    wants: list[_Wanted] = field(default_factory=list[_Wanted])
    measures: list[Measure] = field(default_factory=list[Measure])

    def has_room_for(self, want: Want) -> bool:
        return len(self.measures) + len(want.measures) <= MOST_MEASURES

    def add(self, wanted: _Wanted) -> None:
        self.wants.append(wanted)
        self.measures += [m for m in wanted.want.measures if m not in self.measures]


async def _answer(db: Connection, sight: Sight, wanted: Iterable[_Wanted]) -> None:
    for look in _looks(wanted):
        try:
            await _ask(db, sight, look)
        except (Forbidden, Invalid) as error:
            await _ask_each(db, sight, look.wants, error)


def _looks(wanted: Iterable[_Wanted]) -> Iterator[_Look]:
    open_: dict[object, _Look] = {}
    for each in wanted:
        scope = each.want.scope
        look = open_.get(scope)
        if look is not None and not look.has_room_for(each.want):
            yield open_.pop(scope)
            look = None
        if look is None:
            look = open_[scope] = _Look()
        look.add(each)
    yield from open_.values()


async def _ask(db: Connection, sight: Sight, look: _Look) -> None:
    want = look.wants[0].want
    _, rows = await aggregate(db, want.table, sight, want.report(look.measures))
    for each in look.wants:
        places = [look.measures.index(measure) for measure in each.want.measures]
        each.rows = [_picked(row, places, want) for row in rows]


def _picked(row: Sequence[object], places: Sequence[int], want: Want) -> Raw:
    keys = 0 if want.dimension is None else 1
    return [*row[:keys], *(row[keys + place] for place in places)]


async def _ask_each(db: Connection, sight: Sight, wants: Sequence[_Wanted], error: AppError) -> None:
    """One tile's mistake must not take its neighbours along."""
    if len(wants) == 1:
        wants[0].fault = error
        return
    for each in wants:
        look = _Look()
        look.add(each)
        try:
            await _ask(db, sight, look)
        except (Forbidden, Invalid) as own:
            each.fault = own
