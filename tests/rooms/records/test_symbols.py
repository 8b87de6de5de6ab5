"""Symbols: what they mean for one actor at one moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.rooms.records.conftest import ANN, NORTH_EAST, ORG, Firm
from tuoke.access.sight import Sight
from tuoke.kit.errors import Invalid
from tuoke.query.symbols import Span, bounds, resolve


@pytest.fixture
def sight(firm: Firm) -> Sight:
    # Wednesday 30 September 2026, half past midnight in Shanghai: still Tuesday in UTC.
    return firm.sees(ANN, datetime(2026, 9, 29, 16, 30, tzinfo=UTC))


@pytest.mark.parametrize(
    ("symbol", "meaning"),
    [
        ("@me", ANN),
        ("@my_department", NORTH_EAST),
        ("@today", Span(date(2026, 9, 30), date(2026, 9, 30))),
        ("@yesterday", Span(date(2026, 9, 29), date(2026, 9, 29))),
        ("@this_week", Span(date(2026, 9, 28), date(2026, 10, 4))),
        ("@this_month", Span(date(2026, 9, 1), date(2026, 9, 30))),
        ("@last_month", Span(date(2026, 8, 1), date(2026, 8, 31))),
        ("@this_quarter", Span(date(2026, 7, 1), date(2026, 9, 30))),
        ("@last_7_days", Span(date(2026, 9, 24), date(2026, 9, 30))),
        ("@next_3_days", Span(date(2026, 9, 30), date(2026, 10, 2))),
        ("@working_days_ago:3", Span(date(2026, 9, 24), date(2026, 9, 24))),
        ("@working_days_ahead:3", Span(date(2026, 10, 10), date(2026, 10, 10))),
        ("plain", "plain"),
    ],
)
def test_a_symbol_means_its_value_in_the_workspaces_day(sight, symbol, meaning):
    assert resolve(symbol, sight) == meaning


def test_days_begin_at_the_workspaces_midnight(sight):
    start, end = bounds(Span(date(2026, 9, 30), date(2026, 9, 30)), sight)

    assert start.astimezone(UTC) == datetime(2026, 9, 29, 16, tzinfo=UTC)
    assert (end - start).total_seconds() == 86400


def test_an_unknown_symbol_is_refused(sight):
    with pytest.raises(Invalid):
        resolve("@tomorow", sight)


def test_the_department_of_somebody_without_one_is_nobody(sight):
    nobody = replace(sight, actor=replace(ORG.actor(ANN), department=None))

    assert resolve("@my_department", nobody) is None
