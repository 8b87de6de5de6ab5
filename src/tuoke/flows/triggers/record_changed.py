from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import Field

from tuoke.bus.log import Change, Kind
from tuoke.flows.known import Known
from tuoke.flows.node import Config
from tuoke.flows.trigger import Trigger
from tuoke.kit.words import say
from tuoke.records.written import Finding, check_written
from tuoke.schema.model import no_such_field


class ChangedConfig(Config):
    fields: list[str] = Field(default=[])
    """Only when one of these changed; empty = any."""
    to: dict[str, Any] = Field(default={})
    """Only when a field became this value."""


class RecordChanged(Trigger):
    """A record was changed; of certain fields, or to a certain value.

    记录被修改：可以限定哪些字段，或改成了什么值。
    """

    type, label, Config = "record_changed", say("修改记录时", "When a record is changed"), ChangedConfig

    def matches(self, config: ChangedConfig, change: Change) -> bool:
        after = change.after or {}
        if change.kind is not Kind.UPDATED:
            return False
        if config.fields and not set(config.fields) & after.keys():
            return False
        return all(key in after and after[key] == value for key, value in config.to.items())

    def check(self, config: ChangedConfig, known: Known) -> Iterator[Finding]:
        for at, key in enumerate(config.fields):
            if key not in known.table.by_key:
                yield ("fields", at), no_such_field(key).detail
        yield from (
            (("to", *path), words) for path, words in check_written(config.to, known.table, known.table)
        )
