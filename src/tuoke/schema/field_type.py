"""What a field type is. All members are pure. See docs/howto/add-a-field-type.md."""

from __future__ import annotations

import inspect
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, tzinfo
from typing import Any, ClassVar, Protocol, runtime_checkable

from pydantic import BaseModel, ConfigDict
from sqlalchemy import ColumnElement
from sqlalchemy.types import TypeEngine

from tuoke.kit.words import Words
from tuoke.schema.operators import EQUALITY, Operator


class Options(BaseModel):
    """Settings of one field. Unknown settings are refused: what is not understood is not dropped."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class NoOptions(Options):
    """A field type without settings."""


@dataclass(frozen=True)
class Samples:
    """Examples the contract tests and the docs both use."""

    valid: Mapping[str, tuple[Any, Any]]
    """why -> (JSON in, Python value stored)"""
    invalid: Mapping[str, Any] = field(default_factory=dict)
    """why -> JSON that must be refused"""
    cells: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    """why -> (cell of a sheet as `read` gets it, Python value stored)"""
    bad_cells: Mapping[str, Any] = field(default_factory=dict)
    """why -> cell that must be refused"""
    options: Mapping[str, Any] = field(default_factory=dict)
    """The settings these samples were made for."""


class FieldType(ABC):
    """The class docstring of a concrete type is the help an administrator reads."""

    type: ClassVar[str]
    label: ClassVar[Words]
    Options: ClassVar[type[Options]] = NoOptions
    widget: ClassVar[str]
    """Name of the front end's widget: `web/src/widgets/fields/<widget>.tsx`."""
    operators: ClassVar[Mapping[str, Operator]] = EQUALITY

    @abstractmethod
    def column_type(self, options: Any) -> TypeEngine[Any]:
        """The PostgreSQL type of the column."""

    @abstractmethod
    def parse(self, raw: Any, options: Any) -> Any:
        """JSON -> Python. Never sees None. Raises Invalid; returns None only for an empty text or list."""

    def render(self, value: Any, options: Any) -> Any:
        """Python -> JSON that orjson encodes by itself."""
        return value

    @abstractmethod
    def json_schema(self, options: Any) -> dict[str, Any]:
        """JSON Schema of the rendered value, without null."""

    @abstractmethod
    def samples(self) -> Samples: ...


# Abilities: small protocols a type may also have. `isinstance(kind, Readable)` asks.


@runtime_checkable
class Readable(Protocol):
    """Understands what people write in spreadsheets."""

    def read(self, cell: Any, options: Any, zone: tzinfo) -> Any:
        """str | int | float | bool | date | datetime | time of a sheet -> Python. Raises Invalid.

        A type without this ability is read by `parse` from the trimmed text.
        """
        ...


@runtime_checkable
class Writable(Protocol):
    """Looks different in a sheet than in JSON."""

    def write(self, value: Any, options: Any, zone: tzinfo, language: str) -> Any:
        """Python -> str | int | float | date | datetime for xlsx and csv."""
        ...


@runtime_checkable
class Searchable(Protocol):
    """Takes part in the search box."""

    def search_text(self, column: ColumnElement[Any]) -> ColumnElement[str]:
        """SQL text the words of a search must stand in; never NULL-safe by itself."""
        ...


@runtime_checkable
class Maskable(Protocol):
    """Can be shown in part."""

    def mask(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        """SQL of the same type with the secret part starred; filters and sorts see only this."""
        ...


@runtime_checkable
class Refers(Protocol):
    """Its value is one id, or a list of ids, of rows elsewhere."""

    many: ClassVar[bool]

    def target(self, options: Any) -> str:
        """Key of a table, or `@user`, `@department`, `@file`."""
        ...


@runtime_checkable
class Chooses(Protocol):
    """Its value is taken from a list of options that can grow."""

    def choices(self, options: Any) -> Mapping[str, Words]:
        """key -> label, in the order shown."""
        ...

    def with_choice(self, options: Any, label: str) -> tuple[Any, str]:
        """`options` with one more choice called `label`, and the new choice's key."""
        ...


@runtime_checkable
class Automatic(Protocol):
    """Filled by the system; people cannot write it."""

    automatic: ClassVar[bool]


@runtime_checkable
class ReadsToday(Protocol):
    """Understands cells whose meaning depends on the day, such as 今天 or `11月22日`."""

    def read_on(self, cell: Any, options: Any, zone: tzinfo, today: date) -> Any:
        """As `read`, with `today` in the workspace's zone."""
        ...


@runtime_checkable
class Remarks(Protocol):
    """May take a cell over in part, and then says so."""

    def remark(self, cell: Any, options: Any) -> Words | None:
        """What of a readable cell was left out or changed; None when nothing was. Shown as a warning."""
        ...


def help_of(kind: FieldType) -> Words:
    """The help an administrator reads: the class docstring, an English and then a Chinese paragraph.

    Raises TypeError when a language is missing.
    """
    parts = [" ".join(part.split()) for part in (inspect.getdoc(kind) or "").split("\n\n")]
    if len(parts) != 2:
        raise TypeError(f"{kind.type}: the docstring needs an English and a Chinese paragraph")
    return Words(zh=parts[1], en=parts[0])
