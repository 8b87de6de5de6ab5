from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Text
from sqlalchemy.dialects.postgresql import ARRAY

from tuoke.kit.texts import cell_text, one_line, same_name
from tuoke.kit.words import Words, say
from tuoke.schema import choices
from tuoke.schema.choices import ChoiceOptions
from tuoke.schema.field_type import FieldType, Samples
from tuoke.schema.operators import LIST
from tuoke.schema.values import as_list

_BETWEEN = re.compile(r"[、,，;；/|\n]")


class MultiSelectField(FieldType):
    """Any number of options out of a list, such as tags.

    从列表里选任意多项，如标签。
    """

    type, widget, operators, Options = "multi_select", "multi-select", LIST, ChoiceOptions
    label = say("多选", "Multi-select")

    def column_type(self, options: ChoiceOptions):
        return ARRAY(Text())

    def parse(self, raw: Any, options: ChoiceOptions) -> list[str] | None:
        return list(dict.fromkeys(choices.known_key(one, options) for one in as_list(raw))) or None

    def read(self, cell: Any, options: ChoiceOptions, zone: Any) -> list[str] | None:
        """One label, or several with 、 , ; / | or a line end between."""
        written = cell_text(cell)
        whole = options.by_name.get(same_name(written))
        if whole:
            return [whole]
        names = [name for name in map(one_line, _BETWEEN.split(written)) if name]
        keys = [options.by_name.get(same_name(name)) for name in names]
        unknown = [name for name, key in zip(names, keys, strict=True) if key is None]
        if unknown:
            raise choices.unknown_options(unknown)
        return list(dict.fromkeys(key for key in keys if key)) or None

    def write(self, value: list[str], options: ChoiceOptions, zone: Any, language: str) -> str:
        between = ", " if language.startswith("en") else "、"
        return between.join(choices.label_in(options, key, language) for key in value)

    def choices(self, options: ChoiceOptions) -> Mapping[str, Words]:
        return choices.labels(options)

    def with_choice(self, options: ChoiceOptions, label: str) -> tuple[ChoiceOptions, str]:
        return choices.with_choice(options, label)

    def json_schema(self, options: ChoiceOptions) -> dict[str, Any]:
        one: dict[str, Any] = {"type": "string"}
        if options.choices:
            one["enum"] = [choice.key for choice in options.choices]
        return {"type": "array", "items": one, "uniqueItems": True}

    def samples(self) -> Samples:
        return Samples(
            options={
                "choices": [
                    {"key": "vip", "label": {"zh": "重点", "en": "VIP"}},
                    {"key": "both", "label": {"zh": "甲/乙", "en": "Both"}},
                    {"key": "cold", "label": {"zh": "冷", "en": "Cold"}, "color": "gray"},
                ]
            },
            valid={
                "two": (["vip", "cold"], ["vip", "cold"]),
                "the same twice": (["vip", "vip"], ["vip"]),
                "one alone": ("vip", ["vip"]),
            },
            invalid={
                "a label": ["重点"],
                "an unknown key": ["vip", "hot"],
                "a number": 1,
                "a list in the list": [["vip"]],
            },
            cells={
                "two labels": ("重点、冷", ["vip", "cold"]),
                "mixed signs": ("VIP;cold，重点", ["vip", "cold"]),
                "a label with a sign in it": ("甲/乙", ["both"]),
            },
            bad_cells={"one unknown": "重点、热"},
        )
