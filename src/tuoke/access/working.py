"""The workspace's working time: hours by weekday, the firm's own holidays and make-up days."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, tzinfo
from typing import Annotated, Any, Literal, cast

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from tuoke.access import audit
from tuoke.access.audit import By
from tuoke.kit.calendar import USUAL, Hours, WorkingCalendar
from tuoke.kit.database import Connection, run_sql
from tuoke.kit.errors import Invalid
from tuoke.kit.jsontext import to_json
from tuoke.kit.words import Words, say

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

Clock = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$")]
"""`09:00`, in the workspace's time zone; `24:00` is the day's end."""

Spans = Annotated[list[tuple[Clock, Clock]], Field(max_length=4)]

MOST_DAYS = 1000


@dataclass(frozen=True)
class WorkingTime:
    hours: Mapping[int, Hours] = field(default_factory=lambda: USUAL)
    edited: Mapping[date, bool] = field(default_factory=dict[date, bool])

    def calendar(self, zone: tzinfo) -> WorkingCalendar:
        return WorkingCalendar(zone, self.hours, self.edited)

    @staticmethod
    def of(kept: Mapping[str, Any]) -> WorkingTime:
        """From the workspace's JSON; nothing kept = the usual hours."""
        hours = USUAL
        if "hours" in kept:
            hours = {WEEKDAYS.index(day): _hours(spans) for day, spans in kept["hours"].items()}
        return WorkingTime(
            hours, {date.fromisoformat(day): works for day, works in kept.get("days", {}).items()}
        )

    def kept(self) -> dict[str, Any]:
        return {
            "hours": self.hours_said(),
            "days": {day.isoformat(): works for day, works in self.edited.items()},
        }

    def hours_said(self) -> dict[str, list[list[str]]]:
        """Every weekday with its spans; a day off has none."""
        return {
            name: [[_said(opens), _said(closes)] for opens, closes in self.hours.get(at, ())]
            for at, name in enumerate(WEEKDAYS)
        }

    def days_said(self, works: bool) -> list[str]:
        return sorted(day.isoformat() for day, value in self.edited.items() if value is works)


class WorkingChange(BaseModel):
    """Only what is named changes; a list is the new list."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    hours: dict[Weekday, Spans] | None = None
    """Weekdays that are named get these hours; `[]` = off."""
    holidays: list[date] | None = Field(default=None, max_length=MOST_DAYS)
    """The firm's own days off."""
    workdays: list[date] | None = Field(default=None, max_length=MOST_DAYS)
    """The firm's own make-up days: worked although the calendar says otherwise."""


async def change_working(db: Connection, change: WorkingChange, by: By) -> None:
    """Runs that wait keep the moment they were told; new ones are reckoned by the new hours. Raises Invalid."""
    found = await run_sql(db, "select working from tuoke.workspace for update")
    old = WorkingTime.of(cast("dict[str, Any]", found.scalar_one()))
    new = _changed(old, change)
    if new.kept() == old.kept():
        return
    await run_sql(
        db,
        "update tuoke.workspace set working = $1::text::jsonb, meta_version = meta_version + 1",
        to_json(new.kept()),
    )
    await audit.note(
        db, by, audit.WORKING_CHANGED, changed={name: [o, n] for name, o, n in _differences(old, new)}
    )


def _changed(old: WorkingTime, change: WorkingChange) -> WorkingTime:
    _refuse(change)
    named = {WEEKDAYS.index(day): _hours(spans) for day, spans in (change.hours or {}).items()}
    hours = {day: spans for day, spans in {**old.hours, **named}.items() if spans}
    if not hours:
        raise Invalid(say("至少要有一天上班", "At least one day must have hours"))
    holidays = (
        change.holidays
        if change.holidays is not None
        else [d for d, works in old.edited.items() if not works]
    )
    workdays = (
        change.workdays if change.workdays is not None else [d for d, works in old.edited.items() if works]
    )
    both = sorted(set(holidays) & set(workdays))
    if both:
        fault = say("{day} 不能既上班又放假", "{day} cannot be both worked and off", day=both[0].isoformat())
        raise Invalid(fault, fields={"workdays": fault})
    edited = {**dict.fromkeys(holidays, False), **dict.fromkeys(workdays, True)}
    return WorkingTime(dict(sorted(hours.items())), dict(sorted(edited.items())))


def _refuse(change: WorkingChange) -> None:
    faults: dict[str, Words] = {}
    for day, spans in (change.hours or {}).items():
        clocks = [clock for span in spans for clock in span]
        # `24:00` sorts last as text, as it should.
        if any(earlier >= later for earlier, later in itertools.pairwise(clocks)):
            faults[f"hours.{day}"] = say(
                "时段要从早到晚，不能重叠", "Spans go from early to late and do not overlap"
            )
    if faults:
        raise Invalid(say("上班时间填写有误", "The working hours are not right"), fields=faults)


def _differences(old: WorkingTime, new: WorkingTime) -> list[tuple[str, str, str]]:
    before, after = _in_words(old), _in_words(new)
    return [(name, before[name], after[name]) for name in before if before[name] != after[name]]


def _in_words(working: WorkingTime) -> dict[str, str]:
    hours = working.hours_said()
    said = "; ".join(
        f"{day} {', '.join('–'.join(span) for span in spans)}" for day, spans in hours.items() if spans
    )
    return {
        "hours": said,
        "holidays": ", ".join(working.days_said(works=False)),
        "workdays": ", ".join(working.days_said(works=True)),
    }


def _hours(spans: Any) -> Hours:
    return tuple((_clock(opens), _clock(closes)) for opens, closes in spans)


def _clock(text: str) -> time:
    return time.max if text == "24:00" else time.fromisoformat(text)


def _said(clock: time) -> str:
    return "24:00" if clock == time.max else f"{clock:%H:%M}"
