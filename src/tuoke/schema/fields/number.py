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


class NumberOptions(Options):
    decimals: int = Field(default=2, ge=0, le=8)
    """Places kept; 0 makes it a whole number."""
    min: float | None = None
    max: float | None = None
    unit: str = Field(default="", max_length=16)
    """Shown behind the number, and understood in sheets: `人`, `kg`."""


class NumberField(FieldType):
    """A number with a fixed count of decimal places, such as a score or a head count.

    固定小数位数的数字，如评分、人数。
    """

    type, widget, operators, Options = "number", "number", ORDER, NumberOptions
    label = say("数字", "Number")

    def column_type(self, options: NumberOptions):
        # Without precision: changing the decimals later needs no rewrite of the table.
        return Numeric()

    def parse(self, raw: Any, options: NumberOptions) -> Decimal:
        return within(exact(number_of(raw), options.decimals), options.min, options.max)

    def render(self, value: Decimal, options: NumberOptions) -> int | float:
        return float(value) if options.decimals else int(value)

    def read(self, cell: Any, options: NumberOptions, zone: Any) -> Decimal:
        amount = read_amount(self._without_unit(cell, options))
        if amount.is_percent:
            raise Invalid(say("这里要填数字，不是百分数", "A number is expected here, not a percentage"))
        return within(nearest(amount.value, options.decimals), options.min, options.max)

    def remark(self, cell: Any, options: NumberOptions) -> Words | None:
        return rounding_remark(self._without_unit(cell, options), options.decimals)

    def write(self, value: Decimal, options: NumberOptions, zone: Any, language: str) -> int | float:
        return self.render(value, options)

    def json_schema(self, options: NumberOptions) -> dict[str, Any]:
        schema: dict[str, Any] = {"type": "number" if options.decimals else "integer"}
        bounds = {"minimum": options.min, "maximum": options.max}
        return schema | {name: bound for name, bound in bounds.items() if bound is not None}

    @staticmethod
    def _without_unit(cell: Any, options: NumberOptions) -> Any:
        if options.unit and isinstance(cell, str):
            return cell.strip().removesuffix(options.unit)
        return cell

    def samples(self) -> Samples:
        return Samples(
            options={"decimals": 2, "min": -1000, "max": 1_000_000, "unit": "人"},
            valid={
                "whole": (7, Decimal(7)),
                "a fraction": (12.5, Decimal("12.50")),
                "in a string": ("12.50", Decimal("12.50")),
                "negative": (-3, Decimal(-3)),
                "the largest": (1_000_000, Decimal(1_000_000)),
            },
            invalid={
                "a boolean": True,
                "words": "many",
                "too many places": 1.234,
                "below the least": -1000.5,
                "above the most": 1_000_001,
                "not a number": float("nan"),
                "infinite": float("inf"),
                "groups": "1,200",
                "a list": [1],
            },
            cells={
                "computed": (0.1 + 0.2, Decimal("0.30")),
                "with groups": ("1,200", Decimal(1200)),
                "with its unit": ("50 人", Decimal(50)),
                "full width": ("１２", Decimal(12)),
                "rounded": ("1.235", Decimal("1.24")),
                "Chinese": ("三万", Decimal(30000)),
            },
            bad_cells={"words": "约50", "a percentage": "5%", "too large": "200万", "a boolean": True},
        )
