from __future__ import annotations

from decimal import Decimal
from typing import Any

from pydantic import Field
from sqlalchemy import Numeric

from tuoke.kit.amounts import read_amount
from tuoke.kit.errors import Invalid
from tuoke.kit.words import Words, say
from tuoke.schema.field_type import FieldType, Options, Samples
from tuoke.schema.operators import ORDER
from tuoke.schema.values import exact, nearest, number_of, rounding_remark, within


class PercentOptions(Options):
    decimals: int = Field(default=2, ge=0, le=6)
    min: float | None = None
    max: float | None = None


class PercentField(FieldType):
    """A percentage, such as the chance to win. 12.5 stands for 12.5 %, in the record and in the API.

    百分数，如赢单率。12.5 就是 12.5%，记录和接口里都这样写。
    """

    type, widget, operators, Options = "percent", "percent", ORDER, PercentOptions
    label = say("百分比", "Percent")

    def column_type(self, options: PercentOptions):
        return Numeric()

    def parse(self, raw: Any, options: PercentOptions) -> Decimal:
        return within(exact(number_of(raw), options.decimals), options.min, options.max)

    def render(self, value: Decimal, options: PercentOptions) -> int | float:
        return float(value) if options.decimals else int(value)

    def read(self, cell: Any, options: PercentOptions, zone: Any) -> Decimal:
        amount = read_amount(cell)
        if amount.currency:
            raise Invalid(say("这里要填百分数，不是金额", "A percentage is expected here, not an amount"))
        value = amount.value
        # A sheet keeps a cell shown as 12.5% as the number 0.125, and its readers do not tell the format.
        if not isinstance(cell, str) and abs(value) <= 1:
            value *= 100
        return within(nearest(value, options.decimals), options.min, options.max)

    def remark(self, cell: Any, options: PercentOptions) -> Words | None:
        return rounding_remark(cell, options.decimals)

    def write(self, value: Decimal, options: PercentOptions, zone: Any, language: str) -> str:
        return f"{value:.{options.decimals}f}%"

    def json_schema(self, options: PercentOptions) -> dict[str, Any]:
        bounds = {"minimum": options.min, "maximum": options.max}
        kind = "number" if options.decimals else "integer"
        return {"type": kind} | {name: bound for name, bound in bounds.items() if bound is not None}

    def samples(self) -> Samples:
        return Samples(
            options={"min": 0, "max": 100},
            valid={
                "a fraction of one": (0.5, Decimal("0.5")),
                "whole": (30, Decimal(30)),
                "a string": ("12.5", Decimal("12.5")),
            },
            invalid={
                "a boolean": True,
                "with its sign": "30%",
                "above the most": 101,
                "below the least": -1,
                "too exact": 1.234,
            },
            cells={
                "with its sign": ("12.5%", Decimal("12.5")),
                "as sheets keep it": (0.125, Decimal("12.5")),
                "all of it": (1.0, Decimal(100)),
                "a plain number": (30, Decimal(30)),
                "text without sign": ("30", Decimal(30)),
                "full width": ("３０％", Decimal(30)),
            },
            bad_cells={"money": "30元", "words": "一半", "above the most": "120%"},
        )
