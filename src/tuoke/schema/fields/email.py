from __future__ import annotations

import re
from typing import Any

from sqlalchemy import ColumnElement, Text, func

from tuoke.kit.errors import Invalid
from tuoke.kit.texts import cell_text, half_width
from tuoke.kit.words import say
from tuoke.schema.field_type import FieldType, NoOptions, Samples
from tuoke.schema.operators import TEXT
from tuoke.schema.values import text_of

_LONGEST = 254
_ADDRESS = re.compile(
    r"[^\s@<>(),;:\"\[\]\\]{1,64}@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_][\w-]{1,62}"
).fullmatch
_NAMED = re.compile(r".*<([^<>]+)>").fullmatch


class EmailField(FieldType):
    """An e-mail address. The part behind the @ is kept in small letters.

    电子邮箱。@ 之后的部分统一成小写。
    """

    type, widget, operators = "email", "email", TEXT
    label = say("邮箱", "E-mail")

    def column_type(self, options: NoOptions):
        return Text()

    def parse(self, raw: Any, options: NoOptions) -> str | None:
        address = half_width(text_of(raw, 1000))
        if not address:
            return None
        name, _, domain = address.rpartition("@")
        if len(address) > _LONGEST or not _ADDRESS(address) or ".." in name:
            raise Invalid(
                say(
                    "邮箱不正确：{text}。应写成 name@example.com 的样子",
                    "{text} is not an e-mail address; it looks like name@example.com",
                    text=address[:60],
                )
            )
        return f"{name}@{domain.lower()}"

    def read(self, cell: Any, options: NoOptions, zone: Any) -> str | None:
        written = half_width(cell_text(cell))
        named = _NAMED(written)
        return self.parse((named[1] if named else written).removeprefix("mailto:"), options)

    def search_text(self, column: ColumnElement[Any]) -> ColumnElement[str]:
        return column

    def mask(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        domain = func.substring(column, "@.*$", type_=Text())
        return func.left(column, 1, type_=Text()) + "***" + domain

    def json_schema(self, options: NoOptions) -> dict[str, Any]:
        return {"type": "string", "maxLength": _LONGEST, "examples": ["name@example.com"]}

    def samples(self) -> Samples:
        return Samples(
            valid={
                "plain": ("ann@example.com", "ann@example.com"),
                "capitals": (" Ann@Example.COM ", "Ann@example.com"),
                "a plus": ("a.b+c@mail.example.cn", "a.b+c@mail.example.cn"),
                "a Chinese domain": ("ann@例子.中国", "ann@例子.中国"),
            },
            invalid={
                "no sign": "ann.example.com",
                "two signs": "a@b@example.com",
                "no dot": "ann@localhost",
                "blank inside": "a nn@example.com",
                "a number": 7,
                "too long": "a" * 60 + "@" + "b" * 60 + "." + "c" * 200 + ".com",
                "two": "a@example.com,b@example.com",
            },
            cells={
                "full width": ("ann＠example．com", "ann@example.com"),
                "with a name": ("王芳 <ann@example.com>", "ann@example.com"),
                "a link": ("mailto:ann@example.com", "ann@example.com"),
            },
            bad_cells={"words": "无", "a number": 12.0},
        )
