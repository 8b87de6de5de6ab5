"""An app as text: what its folder may hold. Unknown keys are refused, never dropped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from tuoke.access.roles import RoleDefinition
from tuoke.kit.words import Words
from tuoke.schema.definitions import TableDefinition
from tuoke.schema.model import KEY, Label

INFO, ROLES, TABLES = "app.yaml", "roles.yaml", "tables"
SAMPLES = "samples"
"""Files to try the app with; no part of its text."""

KEY_PATTERN = f"^{KEY.pattern}$"


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Help(Strict):
    """A longer text in both languages."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)


class AppInfo(Strict):
    """`app.yaml`."""

    key: str = Field(pattern=KEY_PATTERN)
    label: Label
    version: str = Field(pattern=r"^\d+\.\d+\.\d+$")
    help: Help | None = None


class RolesFile(Strict):
    """`roles.yaml`."""

    roles: list[RoleDefinition] = []


class View(Strict):
    """One shipped view of a table's settings."""

    key: str = Field(pattern=KEY_PATTERN)
    label: Label
    filter: dict[str, Any] | None = None
    """A filter tree; absent = all records."""
    sort: str = ""
    """`-created_at,name`: field keys, `-` for descending."""
    columns: list[str] = []
    """Absent = the table's own columns."""


@dataclass(frozen=True)
class App:
    """A whole app: everything its folder says."""

    info: AppInfo
    tables: tuple[TableDefinition, ...]
    """In the order of their keys."""
    roles: tuple[RoleDefinition, ...]
    """In the order written: the one with the most rights first."""
    parts: Mapping[str, tuple[Any, ...]] = field(default_factory=dict[str, tuple[Any, ...]])
    """Every further kind of document, by its folder: `flows`, in the order of their keys."""


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong in an app folder, for the person who wrote it."""

    file: str
    line: int
    path: str
    """`fields.phone.type`"""
    words: Words

    @property
    def place(self) -> str:
        return f"{self.file}:{self.line} {self.path}".rstrip()
