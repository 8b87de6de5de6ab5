"""Tables and fields as people and app files write them; turned into metadata by `schema.change`."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from tuoke.schema.model import Label, TableSettings


class FieldDefinition(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    key: str
    type: str
    label: Label
    options: dict[str, Any] = {}
    required: bool = False
    unique: bool = False
    aliases: list[str] = []
    help: Label | None = None
    default: Any = None


class TableDefinition(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    key: str
    label: Label
    fields: list[FieldDefinition] = Field(default=[], max_length=400)
    settings: TableSettings = TableSettings()
