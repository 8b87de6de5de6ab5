from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Text

from tuoke.kit.texts import cell_text, one_line, same_name
from tuoke.kit.words import Words, say
from tuoke.schema import choices
from tuoke.schema.choices import ChoiceOptions
from tuoke.schema.field_type import FieldType, Samples
from tuoke.schema.operators import EQUALITY


class DropdownField(FieldType):
    """One option out of a list. The record keeps the option's key, so labels may change at any time.

    从列表里选一项。记录里存的是选项的键，名称随时可以改。
    """

    type, widget, operators, Options = "dropdown", "dropdown", EQUALITY, ChoiceOptions
    label = say("单选下拉", "Drop-down")

    def column_type(self, options: ChoiceOptions):
        return Text()

    def parse(self, raw: Any, options: ChoiceOptions) -> str:
        return choices.known_key(raw, options)

    def read(self, cell: Any, options: ChoiceOptions, zone: Any) -> str:
        written = one_line(cell_text(cell))
        key = options.by_name.get(same_name(written))
        if key is None:
            raise choices.unknown_options([written])
        return key

    def write(self, value: str, options: ChoiceOptions, zone: Any, language: str) -> str:
        return choices.label_in(options, value, language)

    def choices(self, options: ChoiceOptions) -> Mapping[str, Words]:
        return choices.labels(options)

    def with_choice(self, options: ChoiceOptions, label: str) -> tuple[ChoiceOptions, str]:
        return choices.with_choice(options, label)

    def json_schema(self, options: ChoiceOptions) -> dict[str, Any]:
        return (
            {"type": "string", "enum": [choice.key for choice in options.choices]}
            if options.choices
            else {"type": "string"}
        )

    def samples(self) -> Samples:
        return Samples(
            options={
                "choices": [
                    {"key": "new", "label": {"zh": "新线索", "en": "New"}, "color": "indigo"},
                    {"key": "a_plus", "label": {"zh": "A+", "en": "A+"}},
                    {"key": "old", "label": {"zh": "旧", "en": "Old"}, "hidden": True},
                ]
            },
            valid={"its key": ("new", "new"), "one no longer offered": ("old", "old")},
            invalid={
                "its label": "新线索",
                "an unknown key": "newer",
                "a number": 1,
                "a boolean": True,
                "a list": ["new"],
            },
            cells={
                "its key": ("new", "new"),
                "its Chinese label": (" 新线索", "new"),
                "its English label": ("NEW", "new"),
                "full width": ("Ａ＋", "a_plus"),
            },
            bad_cells={"another label": "二手", "another sign": "A", "a number": 3.0},
        )
