from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean

from tuoke.kit.errors import Invalid
from tuoke.kit.texts import cell_text, same_name
from tuoke.kit.words import say
from tuoke.schema.field_type import FieldType, NoOptions, Samples
from tuoke.schema.operators import EQUALITY

_YES = frozenset(
    ["是", "有", "对", "真", "开", "√", "✓", "✔", "☑", "y", "yes", "t", "true", "on", "1", "已", "需要"]
)
_NO = frozenset(
    [
        "否",
        "无",
        "没有",
        "不",
        "不是",
        "错",
        "假",
        "关",
        "×",
        "✗",
        "✘",
        "☐",
        "x",
        "n",
        "no",
        "f",
        "false",
        "off",
        "0",
        "未",
        "不需要",
    ]
)


class SwitchField(FieldType):
    """Yes or no.

    是或否。
    """

    type, widget, operators = "switch", "switch", EQUALITY
    label = say("开关", "Switch")

    def column_type(self, options: NoOptions):
        return Boolean()

    def parse(self, raw: Any, options: NoOptions) -> bool:
        if not isinstance(raw, bool):
            raise Invalid(say("只能是 true 或 false", "It is either true or false"))
        return raw

    def read(self, cell: Any, options: NoOptions, zone: Any) -> bool:
        written = same_name(cell_text(cell))
        if written in _YES or written in _NO:
            return written in _YES
        raise Invalid(
            say("请填“是”或“否”，这里是：{text}", "Write yes or no; this is {text}", text=written[:40])
        )

    def write(self, value: bool, options: NoOptions, zone: Any, language: str) -> str:
        yes, no = ("Yes", "No") if language.startswith("en") else ("是", "否")
        return yes if value else no

    def json_schema(self, options: NoOptions) -> dict[str, Any]:
        return {"type": "boolean"}

    def samples(self) -> Samples:
        return Samples(
            valid={"on": (True, True), "off": (False, False)},
            invalid={"a number": 1, "text": "true", "a list": [True]},
            cells={
                "yes": ("是", True),
                "no": ("否", False),
                "English": (" Yes ", True),
                "a tick": ("√", True),
                "a number": (1.0, True),
                "zero": (0, False),
                "a sheet's own": (True, True),
            },
            bad_cells={"a doubt": "也许", "another number": 2},
        )
