"""The working calendar: statutory holidays with make-up days (调休), a firm's own days, opening hours, due moments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache

import chinese_calendar

from tuoke.kit.words import Words, say

_FIXED = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}
"""Holidays whose dates do not depend on the moon or on a yearly notice."""

_WEEKDAYS = (
    ("周一", "Mon"),
    ("周二", "Tue"),
    ("周三", "Wed"),
    ("周四", "Thu"),
    ("周五", "Fri"),
    ("周六", "Sat"),
    ("周日", "Sun"),
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Day:
    works: bool
    provisional: bool
    """The year's holidays were not announced when this was computed: weekends and fixed holidays only."""


@dataclass(frozen=True, slots=True)
class Due:
    """When something is due. `provisional`: a day on the way may yet become a holiday or a make-up day."""

    at: datetime
    provisional: bool


@lru_cache(maxsize=4096)
def statutory(day: date) -> Day:
    """Whether people work on this day in mainland China; never raises."""
    try:
        return Day(chinese_calendar.is_workday(day), provisional=False)
    except NotImplementedError:
        holiday = (day.month, day.day) in _FIXED
        return Day(day.weekday() < 5 and not holiday, provisional=True)


@dataclass(frozen=True)
class WorkingCalendar:
    """One workspace's working time."""

    zone: tzinfo
    opens: time = time(9)
    closes: time = time(18)
    edited: Mapping[date, bool] = field(default_factory=dict[date, bool])
    """The firm's own word on single days: True = works."""

    def day(self, day: date) -> Day:
        own = self.edited.get(day)
        return statutory(day) if own is None else Day(own, provisional=False)

    def opening(self, moment: datetime) -> Due:
        """`moment` itself when it lies in working time, else the next opening."""
        local = moment.astimezone(self.zone)
        today = self.day(local.date())
        if today.works and local.time() < self.closes:
            return Due(max(local, self._at(local.date(), self.opens)), today.provisional)
        first, provisional = self._next_working_day(local.date())
        return Due(self._at(first, self.opens), provisional or today.provisional)

    def after_working_days(self, moment: datetime, days: int) -> Due:
        """The same clock time on the `days`-th working day after; an arrival out of hours counts from the next
        opening."""
        start = self.opening(moment)
        day, provisional = start.at.date(), start.provisional
        for _ in range(days):
            day, doubtful = self._next_working_day(day)
            provisional = provisional or doubtful
        return Due(self._at(day, start.at.timetz().replace(tzinfo=None)), provisional)

    def after_working_time(self, moment: datetime, length: timedelta) -> Due:
        """The moment by which `length` of working time has passed."""
        start = self.opening(moment)
        at, provisional, left = start.at, start.provisional, length
        while True:
            today = self._at(at.date(), self.closes) - at
            if left <= today:
                return Due(at + left, provisional)
            left -= today
            day, doubtful = self._next_working_day(at.date())
            at, provisional = self._at(day, self.opens), provisional or doubtful

    def days_ago(self, day: date, days: int) -> date:
        """The `days`-th working day before `day`."""
        for _ in range(days):
            day -= timedelta(days=1)
            while not self.day(day).works:
                day -= timedelta(days=1)
        return day

    def days_ahead(self, day: date, days: int) -> date:
        """The `days`-th working day after `day`."""
        for _ in range(days):
            day, _ = self._next_working_day(day)
        return day

    def said(self, due: Due) -> Words:
        """`周三 11月25日 10:20`, with a mark when the year is not announced yet."""
        local = due.at.astimezone(self.zone)
        zh, en = _WEEKDAYS[local.weekday()]
        clock = f"{local:%H:%M}"
        return say(
            "{weekday_zh} {month}月{day}日 {clock}{mark_zh}",
            "{weekday_en} {day} {name} {clock}{mark_en}",
            weekday_zh=zh,
            weekday_en=en,
            month=local.month,
            day=local.day,
            name=_MONTHS[local.month - 1],
            clock=clock,
            mark_zh="（暂定）" if due.provisional else "",
            mark_en=" (provisional)" if due.provisional else "",
        )

    def _next_working_day(self, day: date) -> tuple[date, bool]:
        """The next day that works, and whether any day looked at is provisional."""
        provisional = False
        # A year without any working day is a mistake of the firm's edits, not a reason to hang.
        for _ in range(366):
            day += timedelta(days=1)
            found = self.day(day)
            provisional = provisional or found.provisional
            if found.works:
                return day, provisional
        return day, True

    def _at(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self.zone)
