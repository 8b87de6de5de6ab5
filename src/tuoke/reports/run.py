"""A dashboard as one person sees it now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tuoke.access.sight import Sight
from tuoke.kit.database import Connection
from tuoke.kit.errors import AppError, Forbidden, Invalid, NotFound
from tuoke.query.aggregate import aggregate
from tuoke.reports.answer import DashboardAnswer, Days, TileAnswer
from tuoke.reports.cells import MOST_CELLS, Cells, Raw, looks_of
from tuoke.reports.definition import DashboardDefinition, Tile
from tuoke.reports.period import period_of
from tuoke.reports.question import Question, Want
from tuoke.reports.tiles import Reading, bare, read


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


async def _answer(db: Connection, sight: Sight, wanted: Sequence[_Wanted]) -> None:
    answered: dict[int, list[Raw]] = {}
    for look in looks_of([each.want for each in wanted]):
        answered |= await _look(db, sight, look)
    for each in wanted:
        if id(each.want) in answered:
            each.rows = answered[id(each.want)]
        else:
            await _ask(db, sight, each)


async def _look(db: Connection, sight: Sight, look: Cells) -> dict[int, list[Raw]]:
    """What each want is answered, by its identity; nothing where one is at fault or the cells are too many."""
    try:
        _, rows = await aggregate(db, look.wants[0].table, sight, look.report)
    except (Forbidden, Invalid):
        # One tile's mistake must not take its neighbours along: each is asked by itself.
        return {}
    if len(rows) > MOST_CELLS:
        return {}
    return {id(want): look.answer(want, rows) for want in look.wants}


async def _ask(db: Connection, sight: Sight, wanted: _Wanted) -> None:
    try:
        _, wanted.rows = await aggregate(db, wanted.want.table, sight, wanted.want.report())
    except (Forbidden, Invalid) as error:
        wanted.fault = error
