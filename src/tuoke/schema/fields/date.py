from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo
from typing import Any

from sqlalchemy import Date

from tuoke.kit.dates import iso_date, read_date
from tuoke.kit.errors import Invalid
from tuoke.kit.words import say
from tuoke.schema.field_type import FieldType, NoOptions, Samples
from tuoke.schema.operators import ORDER


class DateField(FieldType):
    """A day without time, such as a signing date.

    只到天的日期，如签约日。
    """

    type, widget, operators = "date", "date", ORDER
    label = say("日期", "Date")

    def column_type(self, options: NoOptions):
        return Date()

    def parse(self, raw: Any, options: NoOptions) -> date:
        if not isinstance(raw, str):
            raise Invalid(say("日期要写成 2026-11-22 的样子", "A date is written like 2026-11-22"))
        return iso_date(raw.strip())

    def render(self, value: date, options: NoOptions) -> str:
        return value.isoformat()

    def read(self, cell: Any, options: NoOptions, zone: tzinfo) -> date:
        return read_date(cell, zone)

    def read_on(self, cell: Any, options: NoOptions, zone: tzinfo, today: date) -> date:
        return read_date(cell, zone, today)

    def write(self, value: date, options: NoOptions, zone: tzinfo, language: str) -> date:
        return value

    def json_schema(self, options: NoOptions) -> dict[str, Any]:
        return {"type": "string", "format": "date"}

    def samples(self) -> Samples:
        day = date(2026, 11, 22)
        return Samples(
            valid={
                "ISO": ("2026-11-22", day),
                "the first": ("1900-01-01", date(1900, 1, 1)),
                "the last": ("2200-12-31", date(2200, 12, 31)),
            },
            invalid={
                "no such day": "2026-02-30",
                "another form": "2026/11/22",
                "with a time": "2026-11-22T10:00:00Z",
                "a number": 45983,
                "before 1900": "1899-12-31",
                "after 2200": "2201-01-01",
                "words": "soon",
            },
            cells={
                "slashes": ("2026/11/22", day),
                "dots": ("2026.11.22", day),
                "digits only": ("20261122", day),
                "Chinese": ("2026年11月22日", day),
                "with a time": ("2026年11月22日 14:30", day),
                "Chinese digits": ("二〇二六年十一月二十二日", day),
                "American": ("11/22/2026", day),
                "with a month's name": ("22-Nov-26", day),
                "a serial": (46348.0, day),
                "a serial in text": ("46348", day),
                "a moment": (datetime(2026, 11, 22, 14, 30), day),
                "a moment with zone": (datetime(2026, 11, 21, 18, 0, tzinfo=UTC), day),
            },
            bad_cells={
                "no such day": "2026-02-30",
                "month or day": "03/04/2026",
                "a month": "2026-11",
                "a year": 2026,
                "words": "下周",
                "without a year": "11月22日",
                "a boolean": True,
            },
        )
