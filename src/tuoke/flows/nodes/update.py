from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import Field

from tuoke.flows.fill import About, check_filled, filled
from tuoke.flows.known import Known
from tuoke.flows.node import Batch, Config, Done, Node, Outcome
from tuoke.kit.words import Words, say
from tuoke.records import effects
from tuoke.records.rows import update_rows
from tuoke.records.written import Finding


class UpdateConfig(Config):
    set: dict[str, Any] = Field(min_length=1)
    """Field -> constant, `$field` of the record, or a symbol such as `@now`; null empties."""


class Update(Node):
    """Changes fields of the record.

    修改这条记录的字段。
    """

    type, label, Config = "update", say("修改字段", "Change fields"), UpdateConfig

    def check(self, config: UpdateConfig, known: Known) -> Iterator[Finding]:
        yield from ((("set", *path), w) for path, w in check_filled(config.set, known.table, known.table))

    async def run_many(self, config: UpdateConfig, batch: Batch) -> Sequence[Outcome]:
        tx, table = batch.tx, batch.table
        changes = {s.record: filled(table, config.set, About(table, s.row, tx.sight)) for s in batch.steps}
        locked = {s.record: dict(s.row) for s in batch.steps}
        changed = await update_rows(tx, table, locked, changes)
        await effects.after_update(tx, table, {id: changes[id].keys() for id in changed})
        return [Done(told={"fields": sorted(config.set)}) for _ in batch.steps]

    def said(self, config: UpdateConfig) -> Words:
        return say("{n} 个字段", "{n} fields", n=len(config.set))
