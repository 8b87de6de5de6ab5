"""The steps of a trend: which they are, and which filter finds the records of one. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from tuoke.query.symbols import Span
from tuoke.reports.definition import Bucket, Tree
from tuoke.reports.period import days_of

MOST_POINTS = 400
_FIRST_HOUR, _LAST_HOUR = 8, 19
"""Drawn even when nothing happened: half an empty morning tells something too."""
_DAYS = {"day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365}

Step = date | datetime
"""A day, or for hours the clock time of the workspace."""


def bucket_for(asked: Bucket, span: Span, *, has_hours: bool) -> str:
    """The asked bucket where it fits the span: neither one point nor a thousand of them."""
    days = days_of(span)
    if asked == "auto":
        usual = "hour" if days == 1 else "day" if days <= 45 else "week" if days <= 200 else "month"
    else:
        usual = asked
    if usual == "hour":
        usual = "hour" if has_hours and days <= MOST_POINTS // 24 else "day"
    for bucket, length in _DAYS.items():
        if usual != "hour" and length >= _DAYS[usual] and days / length <= MOST_POINTS:
            return bucket
    return usual


def steps(bucket: str, span: Span) -> list[Step]:
    """Every step of the span, in order."""
    if bucket == "hour":
        days_ = (span.first + timedelta(days=day) for day in range(days_of(span)))
        return [datetime.combine(day, time(hour)) for day in days_ for hour in range(24)]
    at = _start(bucket, span.first)
    made: list[Step] = []
    while at <= span.last:
        made.append(at)
        at = _next(bucket, at)
    return made


def edge(step: Step, zone: tzinfo, *, has_hours: bool) -> Step:
    """Where a step begins, as the field's own kind of value."""
    # In UTC, or edges on both sides of a change of clocks would be put in the order of the clock on the wall.
    if isinstance(step, datetime):
        return step.replace(tzinfo=zone).astimezone(UTC)
    return datetime.combine(step, time(), zone).astimezone(UTC) if has_hours else step


def worth_showing(made: Sequence[Step], found: Collection[Step], today: date) -> list[Step]:
    """Without what is still ahead, and without the nights, unless something was found there."""
    hours = [step.hour for step in found if isinstance(step, datetime)]
    first, last = min([_FIRST_HOUR, *hours]), max([_LAST_HOUR, *hours])
    end = max([today, *(step for step in found if not isinstance(step, datetime))])
    shown = [
        step for step in made if (first <= step.hour <= last if isinstance(step, datetime) else step <= end)
    ]
    return shown or list(made[:1])


def _start(bucket: str, day: date) -> date:
    """As PostgreSQL's date_trunc."""
    match bucket:
        case "week":
            return day - timedelta(days=day.weekday())
        case "month":
            return day.replace(day=1)
        case "quarter":
            return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
        case "year":
            return day.replace(month=1, day=1)
        case _:
            return day


def _next(bucket: str, day: date) -> date:
    if bucket in ("day", "week"):
        return day + timedelta(days=_DAYS[bucket])
    months = {"month": 1, "quarter": 3, "year": 12}[bucket]
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def within(bucket: str, step: Step, field: str, span: Span, zone: tzinfo) -> Tree:
    """Finds the records of one step, as far as it lies within the span."""
    if isinstance(step, datetime):
        start = step.replace(tzinfo=zone)
        end = (step + timedelta(hours=1)).replace(tzinfo=zone)
        return {
            "all": [
                {"field": field, "op": "gte", "value": start.isoformat()},
                {"field": field, "op": "lt", "value": end.isoformat()},
            ]
        }
    last = _next(bucket, step) - timedelta(days=1)
    return days(field, Span(max(step, span.first), min(last, span.last)))


def days(field: str, span: Span) -> Tree:
    """Finds the records of whole days."""
    return {"field": field, "op": "between", "value": [span.first.isoformat(), span.last.isoformat()]}
