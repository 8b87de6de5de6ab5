from __future__ import annotations

from decimal import Decimal
from typing import Any, cast

from pydantic import Field
from sqlalchemy import Numeric

from tuoke.kit.amounts import read_amount
from tuoke.kit.errors import Invalid
from tuoke.kit.words import Words, say
from tuoke.schema.field_type import FieldType, Options, Samples
from tuoke.schema.operators import ORDER
from tuoke.schema.values import exact, nearest, number_of, rounding_remark


class CurrencyOptions(Options):
    currency: str = Field(default="CNY", pattern=r"^[A-Z]{3}$")
    """ISO 4217 code of every amount in this field."""
    decimals: int = Field(default=2, ge=0, le=4)


class CurrencyField(FieldType):
    """A sum of money in one currency. Kept exactly, never as a binary fraction.

    一种货币的金额，按十进制精确保存。
    """

    type, widget, operators, Options = "currency", "currency", ORDER, CurrencyOptions
    label = say("金额", "Currency")

    def column_type(self, options: CurrencyOptions):
        return Numeric()

    def parse(self, raw: Any, options: CurrencyOptions) -> Decimal:
        if isinstance(raw, dict):
            sum_of = cast("dict[str, Any]", raw)
            self._same(sum_of.get("currency", options.currency), options)
            raw = sum_of.get("amount")
        return exact(number_of(raw), options.decimals)

    def render(self, value: Decimal, options: CurrencyOptions) -> str:
        return f"{value:.{options.decimals}f}"

    def read(self, cell: Any, options: CurrencyOptions, zone: Any) -> Decimal:
        amount = read_amount(cell)
        if amount.is_percent:
            raise Invalid(say("这里要填金额，不是百分数", "An amount is expected here, not a percentage"))
        self._same(amount.currency or options.currency, options)
        return nearest(amount.value, options.decimals)

    def remark(self, cell: Any, options: CurrencyOptions) -> Words | None:
        return rounding_remark(cell, options.decimals)

    def write(self, value: Decimal, options: CurrencyOptions, zone: Any, language: str) -> float:
        return float(value)

    def json_schema(self, options: CurrencyOptions) -> dict[str, Any]:
        places = rf"\.\d{{{options.decimals}}}" if options.decimals else ""
        return {"type": "string", "pattern": rf"^-?\d+{places}$", "description": options.currency}

    @staticmethod
    def _same(code: Any, options: CurrencyOptions) -> None:
        # The yen shares its sign with the yuan.
        if code != options.currency and (code, options.currency) != ("CNY", "JPY"):
            raise Invalid(
                say(
                    "这里的金额按 {ours} 记，不能填 {theirs}",
                    "Amounts here are in {ours}, not {theirs}",
                    ours=options.currency,
                    theirs=str(code)[:8],
                )
            )

    def samples(self) -> Samples:
        return Samples(
            valid={
                "a string": ("1200.50", Decimal("1200.50")),
                "whole": (1200, Decimal(1200)),
                "a float": (0.1, Decimal("0.10")),
                "with its currency": ({"amount": "8.00", "currency": "CNY"}, Decimal(8)),
                "negative": ("-3.10", Decimal("-3.10")),
            },
            invalid={
                "another currency": {"amount": "8.00", "currency": "USD"},
                "no amount": {"currency": "CNY"},
                "three places": "1.005",
                "a boolean": True,
                "words": "many",
                "too large": 10**13,
                "not a number": float("nan"),
            },
            cells={
                "with sign and groups": ("¥1,200.50", Decimal("1200.50")),
                "full-width sign": ("￥１２００", Decimal(1200)),
                "with a word": ("1200元", Decimal(1200)),
                "ten thousands": ("1.2万", Decimal(12000)),
                "hundred millions": ("3亿", Decimal(300_000_000)),
                "by its code": ("RMB 1200", Decimal(1200)),
                "a number": (1200.5, Decimal("1200.50")),
                "in brackets": ("(1,200)", Decimal(-1200)),
                "computed": (33.333333333, Decimal("33.33")),
            },
            bad_cells={"dollars": "$1,200", "words": "面议", "a percentage": "5%", "odd groups": "1,2 0 0"},
        )
