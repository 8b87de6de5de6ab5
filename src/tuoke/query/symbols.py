"""Values that mean something else tomorrow or for somebody else: `@me`, `@today`, `@last_7_days`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from tuoke.access.sight import Sight
from tuoke.kit.errors import Invalid
from tuoke.kit.words import say


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `first` to `last`, both included, in the workspace's time zone."""

    first: date
    last: date


_COUNTED = re.compile(r"@(last|next)_(\d{1,4})_(days|weeks|months)")
_WORKING = re.compile(r"@working_days_(ago|ahead):(\d{1,3})")
_AGO = re.compile(r"@(\d{1,4})_(days|hours|minutes)_(ago|ahead)")


def resolve(value: Any, sight: Sight) -> Any:
    """A symbol's present value: a user or department id, a list of ids, a datetime, or a Span of days.

    Anything that does not begin with `@` comes back as it is. Raises Invalid on an unknown symbol.
    """
    if not isinstance(value, str) or not value.startswith("@"):
        return value
    person = _person(value, sight)
    if person is not None:
        return person[0]
    today = sight.now.astimezone(sight.zone).date()
    moment = _moment(value, sight, today)
    if moment is not None:
        return moment
    span = _working(value, sight, today) or _span(value, today)
    if span is None:
        raise Invalid(say("不认识的符号值「{value}」", "Unknown symbolic value {value!r}", value=value))
    return span


def _person(value: str, sight: Sight) -> tuple[Any] | None:
    """In a tuple of one, since the department of somebody without one is None."""
    actor = sight.actor
    match value:
        case "@me":
            return (actor.user_id,)
        case "@my_department":
            return (actor.department,)
        case "@my_departments_below":
            return (sorted(actor.departments_below),)
        case "@my_team":
            return (sorted(actor.team),)
        case _:
            return None


def _moment(value: str, sight: Sight, today: date) -> datetime | None:
    if value == "@now":
        return sight.now
    if value == "@end_of_today":
        return datetime.combine(today + timedelta(days=1), time(), sight.zone) - timedelta(microseconds=1)
    match = _AGO.fullmatch(value)
    if match is None:
        return None
    distance = timedelta(**{match[2]: int(match[1])})
    return sight.now - distance if match[3] == "ago" else sight.now + distance


def _working(value: str, sight: Sight, today: date) -> Span | None:
    match = _WORKING.fullmatch(value)
    if match is None:
        return None
    count = int(match[2])
    day = (
        sight.calendar.days_ago(today, count)
        if match[1] == "ago"
        else sight.calendar.days_ahead(today, count)
    )
    return Span(day, day)


def _span(value: str, today: date) -> Span | None:
    named = _named_span(value, today)
    if named is not None:
        return named
    match = _COUNTED.fullmatch(value)
    if match is None:
        return None
    count = int(match[2]) * {"days": 1, "weeks": 7, "months": 30}[match[3]]
    # "The last 7 days" ends today: people who ask for it want to see what they did this morning.
    if match[1] == "last":
        return Span(today - timedelta(days=count - 1), today)
    return Span(today, today + timedelta(days=count - 1))


def _named_span(value: str, today: date) -> Span | None:
    monday = today - timedelta(days=today.weekday())
    match value:
        case "@today":
            return Span(today, today)
        case "@yesterday":
            return Span(today - timedelta(days=1), today - timedelta(days=1))
        case "@tomorrow":
            return Span(today + timedelta(days=1), today + timedelta(days=1))
        case "@this_week":
            return Span(monday, monday + timedelta(days=6))
        case "@last_week":
            return Span(monday - timedelta(days=7), monday - timedelta(days=1))
        case "@next_week":
            return Span(monday + timedelta(days=7), monday + timedelta(days=13))
        case "@this_month":
            return _months(today, 0, 1)
        case "@last_month":
            return _months(today, -1, 1)
        case "@next_month":
            return _months(today, 1, 1)
        case "@this_quarter":
            return _months(today.replace(month=(today.month - 1) // 3 * 3 + 1), 0, 3)
        case "@this_year":
            return Span(date(today.year, 1, 1), date(today.year, 12, 31))
        case _:
            return None


def _months(day: date, offset: int, count: int) -> Span:
    return Span(_first_of(day, offset), _first_of(day, offset + count) - timedelta(days=1))


def _first_of(day: date, offset: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + offset, 12)
    return date(year, month + 1, 1)


def bounds(span: Span, sight: Sight) -> tuple[datetime, datetime]:
    """The span as moments: from its first midnight up to, not including, the midnight after its last day."""
    start = datetime.combine(span.first, time(), sight.zone)
    return start, datetime.combine(span.last + timedelta(days=1), time(), sight.zone)
