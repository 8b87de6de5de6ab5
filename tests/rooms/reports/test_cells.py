"""One look answers what each question would have been answered by itself: same figures, fewer readings."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from sqlalchemy import event

from tests.rooms.reports.test_figures import PERIODS, SHIPPED, Firm, fill, firm  # noqa: F401
from tuoke.reports import run as runs


async def compare(firm: Firm, who: str, key: str, period: str, take_apart: Callable[[], None]) -> None:  # noqa: F811
    """The dashboard over a generated firm, and once more after `take_apart`."""
    readings: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if "FROM work.call" in statement:
            readings.append(statement)

    async with firm.engine.connect() as db:
        event.listen(firm.engine.sync_engine, "before_cursor_execute", note)
        try:
            await fill(db, firm, random.Random(11))
            sight = await firm.sight(db, who)
            together = await runs.run(db, sight, SHIPPED[key], period)
            few = len(readings)
            take_apart()
            apart = await runs.run(db, sight, SHIPPED[key], period)
        finally:
            event.remove(firm.engine.sync_engine, "before_cursor_execute", note)
            await db.rollback()
    assert together == apart
    assert few < len(readings) - few


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("key", sorted(SHIPPED))
async def test_one_look_answers_as_many_would(firm, key, period, monkeypatch):  # noqa: F811
    await compare(
        firm, "leader", key, period, lambda: monkeypatch.setattr(runs, "looks_of", lambda _wants: [])
    )


async def test_too_many_cells_are_asked_tile_by_tile(firm, monkeypatch):  # noqa: F811
    await compare(firm, "admin", "team", "this_year", lambda: monkeypatch.setattr(runs, "MOST_CELLS", 0))
