"""A sentence for people in the languages the product speaks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Words:
    """One sentence in every language; `{name}` places are filled from `values`."""

    zh: str
    en: str
    values: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.zh or not self.en:
            raise TypeError("words need both zh and en")

    def in_(self, language: str) -> str:
        text = self.en if language.startswith("en") else self.zh
        return text.format(**self.values) if self.values else text

    def __str__(self) -> str:
        return self.in_("en")


def say(zh: str, en: str, **values: Any) -> Words:
    """`Words` with its places filled: `say("没有字段 {key}", "There is no field {key}", key=key)`."""
    return Words(zh, en, values)
