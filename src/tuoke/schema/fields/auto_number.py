from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Literal

from pydantic import Field
from sqlalchemy import ColumnElement, Text

from tuoke.kit.texts import one_line
from tuoke.kit.words import say
from tuoke.schema.field_type import FieldType, Options, Samples
from tuoke.schema.operators import TEXT
from tuoke.schema.values import text_of

_FORMATS = {"": "", "YYYY": "%Y", "YYYYMM": "%Y%m", "YYYYMMDD": "%Y%m%d"}


class AutoNumberOptions(Options):
    prefix: str = Field(default="", max_length=16)
    date: Literal["", "YYYY", "YYYYMM", "YYYYMMDD"] = ""
    """Stands behind the prefix; counting begins anew with each."""
    digits: int = Field(default=5, ge=1, le=12)


class AutoNumberField(FieldType):
    """A number given by the system when the record is made, such as HT2026110001.

    新建时由系统给出的编号，如 HT2026110001。
    """

    type, widget, operators, Options = "auto_number", "text", TEXT, AutoNumberOptions
    label = say("自动编号", "Auto number")
    automatic: ClassVar[bool] = True

    def column_type(self, options: AutoNumberOptions):
        return Text()

    def period(self, options: AutoNumberOptions, on: date) -> str:
        """What the count of this day belongs to; counting begins at 1 in each period."""
        return on.strftime(_FORMATS[options.date])

    def compose(self, options: AutoNumberOptions, on: date, count: int) -> str:
        """The number of the `count`-th record of its period."""
        return f"{options.prefix}{self.period(options, on)}{count:0{options.digits}d}"

    def parse(self, raw: Any, options: AutoNumberOptions) -> str | None:
        return one_line(text_of(raw, 64)) or None

    def search_text(self, column: ColumnElement[Any]) -> ColumnElement[str]:
        return column

    def json_schema(self, options: AutoNumberOptions) -> dict[str, Any]:
        return {"type": "string", "maxLength": 64}

    def samples(self) -> Samples:
        return Samples(
            options={"prefix": "HT", "date": "YYYYMM", "digits": 4},
            valid={
                "as composed": (
                    self.compose(
                        AutoNumberOptions(prefix="HT", date="YYYYMM", digits=4), date(2026, 11, 22), 1
                    ),
                    "HT2026110001",
                )
            },
            invalid={"a number": 1, "too long": "9" * 65},
        )
