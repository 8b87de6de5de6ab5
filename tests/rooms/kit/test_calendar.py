"""Golden due moments, most of them across the make-up days of National Day 2026."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuoke.kit.calendar import Day, WorkingCalendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
CALENDAR = WorkingCalendar(SHANGHAI)


def at(month: int, day: int, hour: int = 10, minute: int = 20, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("arrival", "days", "due"),
    [
        (at(11, 20), 3, at(11, 25)),  # Friday -> Wednesday
        (at(9, 29), 3, at(10, 9)),  # over the holiday week: 30 Sep, 8 Oct, 9 Oct
        (at(9, 30), 3, at(10, 10)),  # Saturday 10 October is a make-up working day
        (at(10, 9), 3, at(10, 13)),  # 10 (make-up Saturday), 12, 13 October
        (at(10, 3, 22), 3, at(10, 12, 9, 0)),  # arrives in the holiday: counts from 8 October 09:00
        (at(11, 20, 19), 3, at(11, 26, 9, 0)),  # arrives after closing: counts from Monday's opening
        (at(11, 20, 7), 1, at(11, 23, 9, 0)),  # arrives before opening
    ],
)
def test_the_nth_working_day_keeps_the_clock_time(arrival, days, due):
    assert CALENDAR.after_working_days(arrival, days).at == due


@pytest.mark.parametrize(
    ("arrival", "hours", "due"),
    [
        (at(11, 20, 10), 2, at(11, 20, 12, 0).replace(minute=20)),
        (at(11, 20, 17, 0), 2, at(11, 23, 10, 0)),
        (at(9, 30, 17, 0), 2, at(10, 8, 10, 0)),
        (at(10, 10, 17, 0), 2, at(10, 12, 10, 0)),
    ],
)
def test_working_hours_stop_at_closing_and_go_on_at_opening(arrival, hours, due):
    assert CALENDAR.after_working_time(arrival, timedelta(hours=hours)).at == due


def test_a_year_not_announced_is_provisional_and_never_an_error():
    day = CALENDAR.day(date(2031, 10, 1))

    assert day == Day(works=False, provisional=True)
    assert CALENDAR.after_working_days(at(12, 30, year=2031), 3).provisional
    due = CALENDAR.after_working_days(at(12, 30, year=2031), 3)
    assert "暂定" in CALENDAR.said(due).in_("zh")


def test_the_firms_own_days_win():
    closed = WorkingCalendar(SHANGHAI, edited={date(2026, 11, 23): False})

    assert closed.after_working_days(at(11, 20), 1).at == at(11, 24)


def test_a_due_moment_is_said_in_words():
    said = CALENDAR.said(CALENDAR.after_working_days(at(11, 20), 3))

    assert said.in_("zh") == "周三 11月25日 10:20"
    assert said.in_("en") == "Wed 25 Nov 10:20"


@given(
    st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2030, 1, 1)),
    st.integers(0, 30),
    st.integers(0, 5),
)
def test_property_later_by_more_days_and_always_in_working_time(naive, days, more):
    moment = naive.replace(tzinfo=SHANGHAI)
    first = CALENDAR.after_working_days(moment, days).at
    later = CALENDAR.after_working_days(moment, days + more).at

    assert later >= first
    assert CALENDAR.day(first.date()).works
    assert time(9) <= first.time() <= time(18)


LUNCH = ((time(9), time(12)), (time(13, 30), time(18)))
SIX_DAYS = WorkingCalendar(SHANGHAI, hours={**dict.fromkeys(range(5), LUNCH), 5: ((time(9), time(12)),)})


@pytest.mark.parametrize(
    ("arrival", "hours", "due"),
    [
        (at(11, 20, 11, 0), 2, at(11, 20, 14, 30)),  # over lunch
        (at(11, 20, 12, 30), 2, at(11, 20, 15, 30)),  # arrives at lunch
        (at(11, 20, 17, 0), 2, at(11, 21, 10, 0)),  # Saturday morning is worked
        (at(10, 10, 11, 0), 2, at(10, 12, 10, 0)),  # a make-up Saturday has Saturday's hours
        (at(9, 20, 11, 0), 2, at(9, 20, 14, 30)),  # a make-up Sunday those of Monday
    ],
)
def test_hours_differ_by_weekday_and_stop_for_lunch(arrival, hours, due):
    assert SIX_DAYS.after_working_time(arrival, timedelta(hours=hours)).at == due


def test_a_clock_time_that_the_due_day_does_not_have_becomes_its_closing():
    assert SIX_DAYS.after_working_days(at(11, 20, 15, 0), 1).at == at(11, 21, 12, 0)


def test_a_statutory_holiday_wins_over_a_worked_saturday():
    assert not SIX_DAYS.day(date(2026, 10, 3)).works
    assert SIX_DAYS.day(date(2026, 10, 17)).works


def test_the_days_that_are_not_what_their_weekday_says_are_listed():
    own = WorkingCalendar(SHANGHAI, edited={date(2026, 12, 24): False})

    october = [(n.day.day, n.works) for n in own.notable(2026) if n.day.month == 10]

    assert october == [(1, False), (2, False), (5, False), (6, False), (7, False), (10, True)]
    assert [n.day for n in own.notable(2026) if n.own] == [date(2026, 12, 24)]
