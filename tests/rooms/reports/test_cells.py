"""One look answers what each question would have been answered by itself: same figures, fewer readings."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from sqlalchemy import event

from tests.rooms.reports.test_figures import PERIODS, SHIPPED, Firm, fill, firm  # noqa: F401
from tuoke.reports import run as runs
from tuoke.reports.definition import DashboardDefinition


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


async def test_a_measure_may_filter_by_a_list(firm):  # noqa: F811
    tile = {
        "key": "calls",
        "kind": "trend",
        "label": {"zh": "外呼", "en": "Calls"},
        "table": "call",
        "period": "started_at",
        "measures": [{"where": {"field": "outcome", "op": "in", "value": ["connected", "busy"]}}],
    }
    shown = DashboardDefinition.model_validate({"key": "lists", "label": tile["label"], "tiles": [tile]})

    async with firm.engine.connect() as db:
        await fill(db, firm, random.Random(3))
        answer = await runs.run(db, await firm.sight(db, "admin"), shown, "this_year")
        asked = (
            "select count(*) from work.call where deleted_at is null and outcome in ('connected', 'busy')"
            " and started_at >= '2026-01-01 00:00+08' and started_at < '2027-01-01 00:00+08'"
        )
        expected = (await db.exec_driver_sql(asked)).scalar_one()
        await db.rollback()

    assert [tile.values[0].value for tile in answer.tiles] == [expected]
    assert sum(part.values[0].count for part in answer.tiles[0].parts) == expected


async def test_a_dashboard_is_planned_for_its_own_period_however_often_it_is_asked(firm):  # noqa: F811
    async with firm.engine.connect() as db:
        await fill(db, firm, random.Random(3))
        sight = await firm.sight(db, "leader")
        # From the sixth time on PostgreSQL would take a plan that fits any period and any reader.
        for _ in range(8):
            await runs.run(db, sight, SHIPPED["team"], "this_year")
        planned = await db.exec_driver_sql(
            "select coalesce(sum(generic_plans), 0), sum(custom_plans) from pg_prepared_statements"
            " where statement like 'SELECT %count(*) AS m0%'"
        )
        generic, custom = planned.one()
        await db.rollback()

    assert (generic, custom >= 8) == (0, True)
