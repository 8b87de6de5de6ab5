from __future__ import annotations

from typing import Any

from pydantic import Field
from sqlalchemy import ColumnElement, Text

from tuoke.kit.texts import cell_text, one_line
from tuoke.kit.words import say
from tuoke.schema.field_type import FieldType, Options, Samples
from tuoke.schema.operators import TEXT
from tuoke.schema.values import starred_middle, text_of


class TextOptions(Options):
    longest: int = Field(default=1000, ge=1, le=4000)
    """Characters allowed."""


class TextField(FieldType):
    """One line of text, such as a name. Blanks at both ends are removed, line ends become blanks.

    单行文字，如姓名。首尾空格会去掉，换行变为空格。
    """

    type, widget, operators, Options = "text", "text", TEXT, TextOptions
    label = say("单行文本", "Text")

    def column_type(self, options: TextOptions):
        return Text()

    def parse(self, raw: Any, options: TextOptions) -> str | None:
        return one_line(text_of(raw, options.longest)) or None

    def read(self, cell: Any, options: TextOptions, zone: Any) -> str | None:
        return self.parse(cell_text(cell), options)

    def search_text(self, column: ColumnElement[Any]) -> ColumnElement[str]:
        return column

    def mask(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        return starred_middle(column, 1, None)

    def json_schema(self, options: TextOptions) -> dict[str, Any]:
        return {"type": "string", "maxLength": options.longest}

    def samples(self) -> Samples:
        return Samples(
            valid={
                "trimmed": (" Ann ", "Ann"),
                "several lines": ("杭州\n西湖", "杭州 西湖"),
                "control characters": ("王\x07芳", "王芳"),
                "an emoji": ("好👍", "好👍"),
                "quotes and percent": ("50% 'off' \\_", "50% 'off' \\_"),
            },
            invalid={
                "a number": 7,
                "a list": ["a"],
                "NUL": "a\x00b",
                "too long": "字" * 1001,
                "a boolean": True,
            },
            cells={
                "a whole number": (13.0, "13"),
                "a fraction": (0.1 + 0.2, "0.3"),
                "text": (" 王芳 ", "王芳"),
            },
            bad_cells={"too long": "字" * 1001},
        )
