"""The working calendar: statutory holidays with make-up days (调休), a firm's own days, opening hours, due moments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import NamedTuple, TypeAlias

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

Hours: TypeAlias = tuple[tuple[time, time], ...]
"""Opening and closing of one day, in order: a lunch break makes two."""

USUAL: Mapping[int, Hours] = dict.fromkeys(range(5), ((time(9), time(18)),))
"""Monday is 0. A weekday that is absent is off."""


@dataclass(frozen=True, slots=True)
class Day:
    works: bool
    provisional: bool
    """The year's holidays were not announced when this was computed: weekends and fixed holidays only."""


class Due(NamedTuple):
    """When something is due. `provisional`: a day on the way may yet become a holiday or a make-up day."""

    at: datetime
    provisional: bool


@dataclass(frozen=True, slots=True)
class Notable:
    """A day that is not what its weekday says."""

    day: date
    works: bool
    own: bool
    """The firm's own word, not the state's."""


@lru_cache(maxsize=4096)
def _statutory(day: date) -> bool | None:
    """What the state says of this day in mainland China; None = nothing, its weekday counts. Raises
    NotImplementedError for a year not announced yet."""
    off, name = chinese_calendar.get_holiday_detail(day)
    return None if name is None else not off


def is_announced(year: int) -> bool:
    """Whether the state has said which days of this year are off."""
    try:
        _statutory(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


@dataclass(frozen=True)
class WorkingCalendar:
    """One workspace's working time."""

    zone: tzinfo
    hours: Mapping[int, Hours] = field(default_factory=lambda: USUAL)
    """Weekday -> its hours; see USUAL."""
    edited: Mapping[date, bool] = field(default_factory=dict[date, bool])
    """The firm's own word on single days: True = works."""

    def day(self, day: date) -> Day:
        """Whether people work on this day; never raises."""
        own = self.edited.get(day)
        if own is not None:
            return Day(own, provisional=False)
        usual = bool(self.hours.get(day.weekday()))
        try:
            said = _statutory(day)
        except NotImplementedError:
            return Day(usual and (day.month, day.day) not in _FIXED, provisional=True)
        return Day(usual if said is None else said, provisional=False)

    def hours_on(self, day: date) -> Hours:
        """The hours of a day that works: a make-up day at the weekend has those of the week's first day."""
        return self.hours.get(day.weekday()) or next((h for _, h in sorted(self.hours.items()) if h), ())

    def opening(self, moment: datetime) -> Due:
        """`moment` itself when it lies in working time, else the next opening."""
        local = moment.astimezone(self.zone)
        today = self.day(local.date())
        if today.works:
            for opens, closes in self.hours_on(local.date()):
                if local.time() < closes:
                    return Due(max(local, self._at(local.date(), opens)), today.provisional)
        first, provisional = self._next_working_day(local.date())
        return Due(self._at(first, self._first_hour(first)), provisional or today.provisional)

    def after_working_days(self, moment: datetime, days: int) -> Due:
        """The same clock time on the `days`-th working day after; an arrival out of hours counts from the next
        opening. Where that day opens later or closes earlier, its opening or closing."""
        start = self.opening(moment)
        day, provisional = start.at.date(), start.provisional
        for _ in range(days):
            day, doubtful = self._next_working_day(day)
            provisional = provisional or doubtful
        return Due(self._at(day, self._within(day, start.at.timetz().replace(tzinfo=None))), provisional)

    def after_working_time(self, moment: datetime, length: timedelta) -> Due:
        """The moment by which `length` of working time has passed."""
        start = self.opening(moment)
        at, provisional, left = start.at, start.provisional, length
        while True:
            for opens, closes in self._spans(at.date()):
                begins = max(at, opens)
                if begins < closes:
                    if left <= closes - begins:
                        return Due(begins + left, provisional)
                    left -= closes - begins
            day, doubtful = self._next_working_day(at.date())
            at, provisional = self._at(day, time()), provisional or doubtful

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

    def notable(self, year: int) -> Iterator[Notable]:
        """Holidays, make-up days and the firm's own days of a year, in order."""
        day = date(year, 1, 1)
        while day.year == year:
            own = self.edited.get(day)
            usual = bool(self.hours.get(day.weekday()))
            works = self.day(day).works
            if own is not None or works != usual:
                yield Notable(day, works, own is not None)
            day += timedelta(days=1)

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

    def _spans(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        for opens, closes in self.hours_on(day):
            yield self._at(day, opens), self._at(day, closes)

    def _first_hour(self, day: date) -> time:
        return next((opens for opens, _ in self.hours_on(day)), time())

    def _within(self, day: date, clock: time) -> time:
        hours = self.hours_on(day)
        return min(max(clock, hours[0][0]), hours[-1][1]) if hours else clock

    def _at(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self.zone)
