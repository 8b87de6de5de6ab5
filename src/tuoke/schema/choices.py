"""The list of options a drop-down offers, and how text finds an option."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from hashlib import blake2s
from typing import Any, Literal, Self, cast

from pydantic import BaseModel, ConfigDict, Field, model_validator

from tuoke.kit.errors import Invalid
from tuoke.kit.texts import one_line, same_name
from tuoke.kit.words import Words, say
from tuoke.schema.field_type import Options

Color = Literal["jade", "amber", "indigo", "violet", "cinnabar", "gray"]
"""Names of the design's own colours; the front end knows their shades."""

MOST_CHOICES = 1000
LONGEST_LABEL = 80


class ChoiceLabel(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    zh: str = Field(min_length=1, max_length=LONGEST_LABEL)
    en: str = Field(min_length=1, max_length=LONGEST_LABEL)


class Choice(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    key: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.\-]{0,47}$")
    """Stored in the record; never changes."""
    label: ChoiceLabel
    color: Color | None = None
    hidden: bool = False
    """No longer offered; records that have it keep it."""

    @model_validator(mode="before")
    @classmethod
    def _one_label_for_both(cls, raw: Any) -> Any:
        if not isinstance(raw, dict):
            return raw
        given = cast("dict[str, Any]", raw)
        label = given.get("label")
        return {**given, "label": {"zh": label, "en": label}} if isinstance(label, str) else given


class ChoiceOptions(Options):
    """`choices`: the options in the order shown. May also be written as the bare list."""

    choices: tuple[Choice, ...] = Field(default=(), max_length=MOST_CHOICES)

    @model_validator(mode="before")
    @classmethod
    def _bare_list(cls, raw: Any) -> Any:
        return {"choices": cast("Any", raw)} if isinstance(raw, list | tuple) else raw

    @model_validator(mode="after")
    def _keys_differ(self) -> Self:
        keys = [choice.key for choice in self.choices]
        twice = sorted({key for key in keys if keys.count(key) > 1}) if len(set(keys)) < len(keys) else []
        if twice:
            raise ValueError(f"two choices have the key {twice[0]!r}")
        return self

    @cached_property
    def by_key(self) -> dict[str, Choice]:
        return {choice.key: choice for choice in self.choices}

    @cached_property
    def by_name(self) -> dict[str, str]:
        """Key by every name people write: its key and its labels; the first choice of a name has it."""
        written = [(choice.key, choice.key) for choice in self.choices]
        written += [(choice.label.zh, choice.key) for choice in self.choices]
        written += [(choice.label.en, choice.key) for choice in self.choices]
        # The last one written wins, so the strongest claim goes last.
        return {same_name(name): key for name, key in reversed(written)}


def labels(options: ChoiceOptions) -> Mapping[str, Words]:
    return {choice.key: Words(choice.label.zh, choice.label.en) for choice in options.choices}


def label_in(options: ChoiceOptions, key: str, language: str) -> str:
    choice = options.by_key.get(key)
    if choice is None:
        return key
    return choice.label.en if language.startswith("en") else choice.label.zh


def known_key(raw: Any, options: ChoiceOptions) -> str:
    """`raw` when it is the key of a choice. Raises Invalid."""
    if isinstance(raw, str) and raw in options.by_key:
        return raw
    raise Invalid(
        say("没有「{raw}」这个选项", "There is no option {raw!r}", raw=str(raw)[:40]),
        known=[choice.key for choice in options.choices if not choice.hidden][:50],
    )


def unknown_options(written: list[str]) -> Invalid:
    """`facts["unknown"]` lists the texts, so that an import can add them."""
    shown = "、".join(text[:40] for text in written[:5])
    return Invalid(
        say("选项里没有「{text}」", "There is no option called {text}", text=shown), unknown=written
    )


def with_choice(options: ChoiceOptions, label: str) -> tuple[ChoiceOptions, str]:
    """`options` with one more choice, and its key. A name already known gives its key and changes nothing.

    The key follows from the label alone, so that two imports at once add the same choice, not two.
    Raises Invalid when the list is full or the label too long.
    """
    label = one_line(label)
    known = options.by_name.get(same_name(label))
    if known:
        return options, known
    if not label or len(label) > LONGEST_LABEL:
        raise Invalid(
            say("选项名称要有 1 到 {n} 个字", "An option's name has 1 to {n} characters", n=LONGEST_LABEL)
        )
    if len(options.choices) >= MOST_CHOICES:
        raise Invalid(say("选项最多 {n} 个", "A field has at most {n} options", n=MOST_CHOICES))
    choice = Choice(key=_key_for(label), label=ChoiceLabel(zh=label, en=label))
    return ChoiceOptions(choices=(*options.choices, choice)), choice.key


def _key_for(label: str) -> str:
    name = same_name(label)
    if re.fullmatch(r"[a-z0-9][a-z0-9_]{0,47}", name):
        return name
    return "o_" + blake2s(name.encode(), digest_size=5).hexdigest()
