"""How long: in working time or in plain time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from pydantic import Field

from tuoke.flows.node import Config
from tuoke.kit.calendar import Due, WorkingCalendar
from tuoke.kit.words import Words, say

Unit = Literal["working_days", "working_hours", "working_minutes", "days", "hours", "minutes"]

_WORDS: dict[str, tuple[str, str]] = {
    "working_days": ("个工作日", "working days"),
    "working_hours": ("个工作小时", "working hours"),
    "working_minutes": ("分钟（工作时间）", "working minutes"),
    "days": ("天", "days"),
    "hours": ("小时", "hours"),
    "minutes": ("分钟", "minutes"),
}


class Length(Config):
    length: int = Field(ge=0, le=10_000)
    """How many of the unit."""
    unit: Unit
    """`working_days`, `working_hours`, `working_minutes`, `days`, `hours` or `minutes`."""

    def after(self, start: datetime, calendar: WorkingCalendar) -> Due:
        """The moment that lies so much later."""
        match self.unit:
            case "working_days":
                return calendar.after_working_days(start, self.length)
            case "working_hours":
                return calendar.after_working_time(start, timedelta(hours=self.length))
            case "working_minutes":
                return calendar.after_working_time(start, timedelta(minutes=self.length))
            case "days" | "hours" | "minutes":
                return Due(start + timedelta(**{self.unit: self.length}), provisional=False)

    def in_words(self) -> Words:
        zh, en = _WORDS[self.unit]
        return say("{n} {unit_zh}", "{n} {unit_en}", n=self.length, unit_zh=zh, unit_en=en)
