from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo
from typing import Any

from sqlalchemy import DateTime

from tuoke.kit.dates import iso_moment, read_moment
from tuoke.kit.errors import Invalid
from tuoke.kit.words import say
from tuoke.schema.field_type import FieldType, NoOptions, Samples
from tuoke.schema.operators import ORDER


class DateTimeField(FieldType):
    """A moment, such as the next follow-up. Shown in the workspace's time zone; the API needs a zone, sheets do not.

    某一时刻，如下次跟进时间。按工作区时区显示；接口必须写明时区，表格里可以不写。
    """

    type, widget, operators = "datetime", "date-time", ORDER
    label = say("日期时间", "Date and time")

    def column_type(self, options: NoOptions):
        return DateTime(timezone=True)

    def parse(self, raw: Any, options: NoOptions) -> datetime:
        if not isinstance(raw, str):
            raise Invalid(
                say(
                    "时间要写成文字，如 2026-11-22T10:00:00+08:00",
                    "A date-time is a string such as 2026-11-22T10:00:00+08:00",
                )
            )
        return iso_moment(raw.strip())

    def render(self, value: datetime, options: NoOptions) -> str:
        return value.astimezone(UTC).isoformat()

    def read(self, cell: Any, options: NoOptions, zone: tzinfo) -> datetime:
        return read_moment(cell, zone)

    def read_on(self, cell: Any, options: NoOptions, zone: tzinfo, today: date) -> datetime:
        return read_moment(cell, zone, today)

    def write(self, value: datetime, options: NoOptions, zone: tzinfo, language: str) -> datetime:
        # Sheets know clock times only.
        return value.astimezone(zone).replace(tzinfo=None)

    def json_schema(self, options: NoOptions) -> dict[str, Any]:
        return {"type": "string", "format": "date-time"}

    def samples(self) -> Samples:
        at = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
        return Samples(
            valid={
                "with an offset": ("2026-11-22T10:00:00+08:00", at),
                "in UTC": ("2026-11-22T02:00:00Z", at),
                "to the microsecond": ("2026-11-22T02:00:00.000001Z", at.replace(microsecond=1)),
                "a blank for the T": ("2026-11-22 10:00+08:00", at),
            },
            invalid={
                "no zone": "2026-11-22T10:00:00",
                "no time": "2026-11-22",
                "words": "now",
                "a number": 1_795_312_800,
                "no such hour": "2026-11-22T25:00:00Z",
                "before 1900": "1800-01-01T00:00:00Z",
                "the end of time": "9999-12-31T23:59:59-10:00",
            },
            cells={
                "clock time of the workspace": ("2026-11-22 10:00", at),
                "a day is its midnight": ("2026/11/22", datetime(2026, 11, 21, 16, 0, tzinfo=UTC)),
                "morning": ("2026年11月22日 上午10点", at),
                "afternoon": ("2026-11-22 下午2:30", datetime(2026, 11, 22, 6, 30, tzinfo=UTC)),
                "with a zone": ("2026-11-22T02:00:00Z", at),
                "a moment": (datetime(2026, 11, 22, 10, 0), at),
                "a serial": (46348.416666666664, at),
                "digits only": ("20261122100000", at),
            },
            bad_cells={"words": "尽快", "no such hour": "2026-11-22 25:00", "a time alone": "10:00"},
        )
