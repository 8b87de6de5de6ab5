from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from pydantic import Field
from sqlalchemy import ColumnElement, Text, case, func

from tuoke.kit.errors import Invalid
from tuoke.kit.phone import first_phone, to_e164
from tuoke.kit.texts import cell_text, half_width
from tuoke.kit.words import Words, say
from tuoke.schema.field_type import FieldType, Options, Samples
from tuoke.schema.operators import TEXT, Operator, Takes
from tuoke.schema.values import starred_middle

_CHINESE_MOBILE = re.compile(r"\+86(1[3-9]\d{9})", re.ASCII).fullmatch
_NOT_DIALLED = re.compile(r"[^\d+*;=ext]")


class PhoneOptions(Options):
    country: str = Field(default="CN", pattern=r"^[A-Z]{2}$")
    """Where numbers without a country code are dialled from."""


def _dialled(text: Any) -> str:
    """A piece of a number as people type it into a filter, without blanks and dashes."""
    return _NOT_DIALLED.sub("", half_width(str(text)))


class PhoneField(FieldType):
    """A telephone number. Written in any usual way, kept as E.164 (`+8613812345678`), an extension behind `;ext=`.

    电话号码。怎么写都认得，统一存成国际格式（+8613812345678），分机号写在 ;ext= 之后。
    """

    type, widget, Options = "phone", "phone", PhoneOptions
    operators: ClassVar[Mapping[str, Operator]] = {
        **TEXT,
        "contains": Operator(Takes.TEXT, lambda c, v: c.contains(_dialled(v), autoescape=True)),
        "starts_with": Operator(
            Takes.TEXT,
            # People begin a Chinese number with its own first digit, not with +86.
            lambda c, v: func.replace(c, "+86", "").startswith(
                _dialled(v).removeprefix("+86"), autoescape=True
            ),
        ),
    }
    label = say("电话", "Phone")

    def column_type(self, options: PhoneOptions):
        return Text()

    def parse(self, raw: Any, options: PhoneOptions) -> str | None:
        if isinstance(raw, bool) or not isinstance(raw, str | int):
            raise Invalid(say("请填写电话号码", "A telephone number is expected here"))
        text = str(raw)
        return str(to_e164(text, options.country)) if text.strip() else None

    def read(self, cell: Any, options: PhoneOptions, zone: Any) -> str:
        if isinstance(cell, bool):
            raise Invalid(say("请填写电话号码", "A telephone number is expected here"))
        return str(first_phone(cell_text(cell), options.country).phone)

    def remark(self, cell: Any, options: PhoneOptions) -> Words | None:
        if not isinstance(cell, str) or len(cell) < 13:
            return None
        rest = first_phone(cell, options.country).rest
        return (
            say(
                "只取了第一个号码，其余内容没有导入：{rest}",
                "Only the first number was taken; left out: {rest}",
                rest=rest[:80],
            )
            if rest
            else None
        )

    def write(self, value: str, options: PhoneOptions, zone: Any, language: str) -> str:
        mobile = _CHINESE_MOBILE(value)
        return mobile[1] if mobile and options.country == "CN" else value

    def search_text(self, column: ColumnElement[Any]) -> ColumnElement[str]:
        return column

    def mask(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        number = func.split_part(column, ";", 1)
        mobile = starred_middle(func.substr(number, 4), 3, 4)
        length = func.char_length(number)
        other = starred_middle(number, func.greatest(length - 8, 1), func.least(length // 3, 4))
        return case((column.op("~")(r"^\+861[3-9]\d{9}(;|$)"), mobile), else_=other)

    def json_schema(self, options: PhoneOptions) -> dict[str, Any]:
        # No pattern: who may not see the number gets it starred.
        return {"type": "string", "examples": ["+8613812345678", "+8657188886666;ext=801"]}

    def samples(self) -> Samples:
        mobile, landline = "+8613812345678", "+8657188886666"
        return Samples(
            valid={
                "eleven digits": ("13812345678", mobile),
                "E.164": (mobile, mobile),
                "a number": (13812345678, mobile),
                "a range the library may not know": ("16600000000", "+8616600000000"),
                "blanks and dashes": ("138-1234 5678", mobile),
                "a landline": ("0571-88886666", landline),
                "an extension": ("0571-88886666转801", f"{landline};ext=801"),
                "as it is kept": (f"{landline};ext=801", f"{landline};ext=801"),
                "abroad": ("+1 650 253 0000", "+16502530000"),
            },
            invalid={
                "too short": "1381234567",
                "too long": "138123456789",
                "no area code": "88886666",
                "letters": "abc13812345678",
                "two numbers": "13812345678/13912345678",
                "starred": "138****5678",
                "a boolean": True,
                "a fraction": 1.5,
            },
            cells={
                "full width": ("１３８１２３４５６７８", mobile),
                "with country code": ("+86 138 1234 5678", mobile),
                "0086": ("0086-13812345678", mobile),
                "a label before it": ("手机：138 1234 5678", mobile),
                "brackets": ("(0571)8888 6666", landline),
                "a float": (13812345678.0, mobile),
                "scientific": ("1.3812345678E10", mobile),
                "an apostrophe": ("'13812345678", mobile),
                "invisible characters": ("\u202d13812345678\u202c", mobile),
                "a service number": ("400-800-1234", "+864008001234"),
                "the first of two": ("13812345678/13912345678", mobile),
                "a remark behind it": ("13812345678（王总）", mobile),
            },
            bad_cells={
                "words": "无",
                "digits lost by Excel": "1.38E+10",
                "a date": "2026-11-22",
                "a boolean": True,
            },
        )
