from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import Field

from tuoke.flows.fill import About, check_filled, filled
from tuoke.flows.known import Known
from tuoke.flows.node import Batch, Config, Done, Node, Outcome
from tuoke.flows.people import Whom, check_whom, people
from tuoke.kit.words import Words, say
from tuoke.records import effects
from tuoke.records.about import complete
from tuoke.records.rows import insert_rows
from tuoke.records.values import Values, with_department
from tuoke.records.written import Finding


class CreateConfig(Config):
    table: str
    set: dict[str, Any] = Field(min_length=1)
    """Field of the new record -> constant, `$field`, symbol, or a text with `{field}` places."""
    for_each: list[Whom] = Field(default=[])
    """One record for each of these people, who becomes its owner; absent: one record, owned as `set` says."""


class Create(Node):
    """Makes a record in another table, a to-do for instance; for several people one each.

    在其他表新建记录，如待办；可给多人各建一条。
    """

    type, label, Config = "create", say("新建记录", "Create a record"), CreateConfig

    def check(self, config: CreateConfig, known: Known) -> Iterator[Finding]:
        target = known.tables.get(config.table)
        if target is None:
            yield ("table",), say("没有「{key}」这张表", "There is no table {key!r}", key=config.table)
            return
        yield from ((("set", *path), w) for path, w in check_filled(config.set, target, known.table))
        for at, whom in enumerate(config.for_each):
            yield from ((("for_each", at, *path), words) for path, words in check_whom(whom, known))

    async def run_many(self, config: CreateConfig, batch: Batch) -> Sequence[Outcome]:
        tx = batch.tx
        target = tx.sight.catalog.table(config.table)
        rows: list[Values] = []
        counts: list[int] = []
        for step in batch.steps:
            values = filled(target, config.set, About(batch.table, step.row, tx.sight))
            made = [values]
            if config.for_each and target.settings.owner is not None:
                owners = {p for w in config.for_each for p in people(tx.sight.org, w, batch.table, step.row)}
                made = [{**values, target.settings.owner: owner} for owner in sorted(owners)]
            rows += [with_department(target, one, tx.sight) for one in made]
            counts.append(len(made))
        rows = await complete(tx, target, rows)
        ids = [id for id in await insert_rows(tx, target, rows) if id is not None]
        await effects.after_create(tx, target, ids)
        return [Done(told={"table": config.table, "made": count}) for count in counts]

    def said(self, config: CreateConfig) -> Words:
        return say("新建 {table}", "A new {table}", table=config.table)
