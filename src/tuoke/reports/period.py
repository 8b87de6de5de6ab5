"""The span of days a dashboard is asked for, and the span before it with which it is compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tuoke.access.sight import Sight
from tuoke.kit.errors import Invalid
from tuoke.kit.words import say
from tuoke.query.symbols import Span

NAMED = (
    "today",
    "yesterday",
    "this_week",
    "last_week",
    "this_month",
    "last_month",
    "last_30_days",
    "this_year",
)
_CUSTOM = re.compile(r"(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)")
LONGEST_DAYS = 3660


@dataclass(frozen=True, slots=True)
class Period:
    """Days in the workspace's time zone."""

    name: str
    span: Span
    previous: Span
    """As many days before, up to as far as the present period has come."""
    until: datetime | None
    """Where `previous` ends within its last day; None = with the day."""

    @property
    def days(self) -> int:
        return days_of(self.span)


def days_of(span: Span) -> int:
    return (span.last - span.first).days + 1


def period_of(name: str, sight: Sight) -> Period:
    """`today`, `this_week`, …, or `2026-11-01..2026-11-22`. Raises Invalid on any other word."""
    today = sight.now.astimezone(sight.zone).date()
    span = _custom(name) or _span(name, today)
    if span is None:
        raise Invalid(
            say("不认识的时段「{name}」", "Unknown period {name!r}", name=name),
            known=[*NAMED, "2026-11-01..2026-11-22"],
        )
    before = _before(name, span)
    return _so_far(Period(name, span, before, None), today, sight)


def no_shorter(period: Period, least: str | None, sight: Sight) -> Period:
    """`period`, or the one called `least` where that holds all of it and more."""
    if least is None:
        return period
    longer = period_of(least, sight)
    today = sight.now.astimezone(sight.zone).date()
    is_present = period.span.first <= today <= period.span.last
    return longer if is_present and longer.days > period.days else period


def _custom(name: str) -> Span | None:
    match = _CUSTOM.fullmatch(name)
    if match is None:
        return None
    try:
        span = Span(date.fromisoformat(match[1]), date.fromisoformat(match[2]))
    except ValueError as error:
        raise Invalid(say("没有这一天：{name}", "There is no such day: {name}", name=name)) from error
    if not 1 <= days_of(span) <= LONGEST_DAYS or span.first.year < 1900 or span.last.year > 2200:
        raise Invalid(
            say(
                "时段要从早到晚，最多十年",
                "A period goes from the earlier day to the later, at most ten years",
            )
        )
    return span


def _span(name: str, today: date) -> Span | None:
    monday = today - timedelta(days=today.weekday())
    match name:
        case "today":
            return Span(today, today)
        case "yesterday":
            return Span(today - timedelta(days=1), today - timedelta(days=1))
        case "this_week":
            return Span(monday, monday + timedelta(days=6))
        case "last_week":
            return Span(monday - timedelta(days=7), monday - timedelta(days=1))
        case "this_month":
            return Span(today.replace(day=1), _month_end(today))
        case "last_month":
            last = today.replace(day=1) - timedelta(days=1)
            return Span(last.replace(day=1), last)
        case "last_30_days":
            return Span(today - timedelta(days=29), today)
        case "this_year":
            return Span(date(today.year, 1, 1), date(today.year, 12, 31))
        case _:
            return None


def _month_end(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _before(name: str, span: Span) -> Span:
    """A month is compared with the month before, whatever the number of its days."""
    if name in ("this_month", "last_month"):
        last = span.first - timedelta(days=1)
        return Span(last.replace(day=1), last)
    if name == "this_year":
        return Span(date(span.first.year - 1, 1, 1), date(span.first.year - 1, 12, 31))
    length = timedelta(days=days_of(span))
    return Span(span.first - length, span.last - length)


def _so_far(period: Period, today: date, sight: Sight) -> Period:
    """Half a day against a whole one would always look like a loss: both are taken as far as the clock has come."""
    span, before = period.span, period.previous
    if not span.first <= today <= span.last:
        return period
    day = before.first + (today - span.first)
    if day > before.last:
        return period
    clock = sight.now.astimezone(sight.zone).time()
    until = datetime.combine(day, clock, sight.zone)
    return Period(period.name, span, Span(before.first, day), until)
