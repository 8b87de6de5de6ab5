"""When the firm works: working days of the calendar, and two stretches with a lunch between them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo
from functools import cache
from random import Random

from tuoke.kit.calendar import WorkingCalendar

_LUNCH = time(12), time(13, 30)
_SLOT_S = 900


class Shifts:
    """The year up to `now` by the firm's own calendar."""

    def __init__(self, calendar: WorkingCalendar, now: datetime) -> None:
        # A firm that has crossed out every day works as others do, or there would be no story.
        self._calendar = calendar if any(calendar.hours.values()) else WorkingCalendar(calendar.zone)
        self.zone, self.now = calendar.zone, now.timestamp()
        self.today = now.astimezone(self.zone).date()
        self.first = self.today - timedelta(days=365)
        self.works = cache(lambda day: self._calendar.day(day).works)
        self.stretches = cache(self._stretches_of)

    def days(self) -> list[date]:
        return [self.first + timedelta(days=n) for n in range((self.today - self.first).days + 1)]

    def _stretches_of(self, day: date) -> tuple[tuple[float, float], ...]:
        spans = self._calendar.hours_on(day)
        if len(spans) == 1 and spans[0][0] < _LUNCH[0] and _LUNCH[1] < spans[0][1]:
            spans = ((spans[0][0], _LUNCH[0]), (_LUNCH[1], spans[0][1]))
        return tuple((self.at(day, opens), self.at(day, closes)) for opens, closes in spans)

    def at(self, day: date, clock: time) -> float:
        return datetime.combine(day, clock, self.zone).timestamp()

    def day_of(self, moment: float) -> date:
        return day_in(moment, self.zone)

    def room(self, day: date, moment: float, length: float) -> float | None:
        """The first moment from `moment` on at which `length` seconds fit into a stretch of that day."""
        for opens, closes in self.stretches(day):
            start = max(moment, opens)
            if start + length <= closes:
                return start
        return None

    def later(self, moment: float, days: float, random: Random) -> float:
        """A quarter of an hour one would promise somebody, on the first working day about `days` later."""
        day = self.day_of(moment) + timedelta(days=max(0, round(days)))
        while not self.works(day):
            day += timedelta(days=1)
        slot = self._slot(day, random)
        return slot if slot > moment + 1800 else self.later(moment, days + 1, random)

    def _slot(self, day: date, random: Random) -> float:
        # Mid-morning and mid-afternoon are what people agree on; nobody says ten to six.
        opens, closes = self.stretches(day)[0 if random.random() < 0.45 else -1]
        return opens + _SLOT_S * random.randrange(1, max(2, int((closes - opens) / _SLOT_S) - 1))

    def during(self, day: date, random: Random) -> float:
        """Some moment of a working day."""
        opens, closes = random.choice(self.stretches(day))
        return round(random.uniform(opens, closes - 60), 3)

    def after_hours(self, moment: float, hours: float) -> float:
        """When so many hours of working time have passed."""
        start = datetime.fromtimestamp(moment, self.zone)
        return self._calendar.after_working_time(start, timedelta(hours=hours)).at.timestamp()

    def working_day(self, day: date) -> date:
        """`day`, or the next one that works."""
        while not self.works(day):
            day += timedelta(days=1)
        return day


def day_in(moment: float, zone: tzinfo) -> date:
    return datetime.fromtimestamp(moment, zone).date()
