from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Text

from tuoke.kit.texts import cell_text, many_lines
from tuoke.kit.words import say
from tuoke.schema.field_type import FieldType, NoOptions, Samples
from tuoke.schema.operators import TEXT
from tuoke.schema.values import starred_middle, text_of

_LONGEST = 100_000


class LongTextField(FieldType):
    """Text of several lines, such as a remark.

    多行文字，如备注。
    """

    type, widget, operators = "long_text", "long-text", TEXT
    label = say("多行文本", "Long text")

    def column_type(self, options: NoOptions):
        return Text()

    def parse(self, raw: Any, options: NoOptions) -> str | None:
        return many_lines(text_of(raw, _LONGEST)) or None

    def read(self, cell: Any, options: NoOptions, zone: Any) -> str | None:
        return self.parse(cell_text(cell), options)

    def search_text(self, column: ColumnElement[Any]) -> ColumnElement[str]:
        return column

    def mask(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        return starred_middle(column, 1, None)

    def json_schema(self, options: NoOptions) -> dict[str, Any]:
        return {"type": "string", "maxLength": _LONGEST}

    def samples(self) -> Samples:
        return Samples(
            valid={
                "two lines": ("甲\r\n乙", "甲\n乙"),
                "an indented line": ("  甲\n", "  甲"),
                "a tab": ("甲\t乙", "甲\t乙"),
                "control characters": ("甲\x00".rstrip("\x00") + "\x08乙", "甲乙"),
            },
            invalid={"a number": 7, "NUL": "a\x00b", "too long": "字" * (_LONGEST + 1)},
            cells={"a number": (13.0, "13"), "two lines": ("甲\n乙", "甲\n乙")},
            bad_cells={"too long": "字" * (_LONGEST + 1)},
        )
