from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from tuoke.bus.log import Change, Kind
from tuoke.flows.known import Known
from tuoke.flows.node import Config
from tuoke.flows.trigger import Trigger
from tuoke.kit.words import say
from tuoke.records.written import Finding
from tuoke.schema.model import no_such_field


class WrittenConfig(Config):
    fields: list[str] = Field(default=[])
    """Of changes: only when one of these changed; empty = any. A new record always counts."""


class RecordWritten(Trigger):
    """A record was created or changed: for what holds however the value came about, such as having an owner.

    新建或修改了一条记录：不论怎么来的都算，例如有了负责人。
    """

    type, label, Config = (
        "record_written",
        say("新建或修改记录时", "When a record is created or changed"),
        WrittenConfig,
    )

    def matches(self, config: WrittenConfig, change: Change) -> bool:
        match change.kind:
            case Kind.CREATED:
                return True
            case Kind.UPDATED:
                return not config.fields or bool(set(config.fields) & (change.after or {}).keys())
            case _:
                return False

    def check(self, config: WrittenConfig, known: Known) -> Iterator[Finding]:
        for at, key in enumerate(config.fields):
            if key not in known.table.by_key:
                yield ("fields", at), no_such_field(key).detail
