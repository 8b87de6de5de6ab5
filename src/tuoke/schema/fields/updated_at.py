from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from typing import Any, ClassVar

from sqlalchemy import DateTime

from tuoke.kit.dates import iso_moment
from tuoke.kit.errors import Invalid
from tuoke.kit.words import say
from tuoke.schema.field_type import FieldType, NoOptions, Samples
from tuoke.schema.operators import ORDER


class UpdatedAtField(FieldType):
    """When the record was last changed.

    记录最近一次修改的时刻。
    """

    type, widget, operators = "updated_at", "date-time", ORDER
    label = say("更新时间", "Updated at")
    automatic: ClassVar[bool] = True

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

    def write(self, value: datetime, options: NoOptions, zone: tzinfo, language: str) -> datetime:
        return value.astimezone(zone).replace(tzinfo=None)

    def json_schema(self, options: NoOptions) -> dict[str, Any]:
        return {"type": "string", "format": "date-time"}

    def samples(self) -> Samples:
        return Samples(
            valid={"with an offset": ("2026-11-22T10:00:00+08:00", datetime(2026, 11, 22, 2, 0, tzinfo=UTC))},
            invalid={"no zone": "2026-11-22T10:00:00", "a number": 7, "words": "now"},
        )
