from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import Field

from tuoke.flows.fill import About, check_filled, filled
from tuoke.flows.known import Known
from tuoke.flows.length import Length
from tuoke.flows.node import Batch, Config, Done, Node, Outcome, Step
from tuoke.flows.people import Whom, check_whom, people
from tuoke.kit.words import Words, say
from tuoke.records import effects
from tuoke.records.about import complete
from tuoke.records.judge import are_there
from tuoke.records.rows import insert_rows
from tuoke.records.values import Values, with_department
from tuoke.records.written import Finding, check_written
from tuoke.schema.model import Table


class DueIn(Length):
    field: str
    """The new record's date-time field that is given the moment so much later."""


class CreateConfig(Config):
    table: str
    """Key of the table the record is made in."""
    set: dict[str, Any] = Field(min_length=1)
    """Field of the new record -> constant, `$field`, symbol, or a text with `{field}` places."""
    for_each: list[Whom] = Field(default=[])
    """One record for each of these people, who becomes its owner; absent: one record, owned as `set` says."""
    due: DueIn | None = None
    """`{field, length, unit}`: a date-time field that is given the moment so much later."""
    unless: dict[str, Any] = Field(default={})
    """Field of the new record -> constant or `$field`: nothing is made while a record with all of these is there."""


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
        unless = check_written(config.unless, target, known.table, automatic=True)
        yield from ((("unless", *path), words) for path, words in unless)
        due = target.by_key.get(config.due.field) if config.due else None
        if config.due is not None and (due is None or due.type != "datetime"):
            said = say("「{key}」不是日期时间字段", "{key!r} is not a date-time field", key=config.due.field)
            yield ("due", "field"), said

    async def run_many(self, config: CreateConfig, batch: Batch) -> Sequence[Outcome]:
        tx = batch.tx
        target = tx.sight.catalog.table(config.table)
        wanted = await self._wanted(config, batch, target)
        made = [
            self._made(config, batch, target, step) if w else []
            for step, w in zip(batch.steps, wanted, strict=True)
        ]
        rows = await complete(tx, target, [row for rows in made for row in rows])
        ids = [id for id in await insert_rows(tx, target, rows) if id is not None]
        await effects.after_create(tx, target, ids)
        return [Done(told={"table": config.table, "made": len(rows)}) for rows in made]

    async def _wanted(self, config: CreateConfig, batch: Batch, target: Table) -> list[bool]:
        """Per step whether there is no such record yet, those of earlier steps included."""
        if not config.unless:
            return [True] * len(batch.steps)
        tx = batch.tx
        matches = [filled(target, config.unless, About(batch.table, s.row, tx.sight)) for s in batch.steps]
        there = await are_there(tx, target, matches)
        return [
            not found and match not in matches[:at]
            for at, (match, found) in enumerate(zip(matches, there, strict=True))
        ]

    def _made(self, config: CreateConfig, batch: Batch, target: Table, step: Step) -> list[Values]:
        sight = batch.tx.sight
        values = filled(target, config.set, About(batch.table, step.row, sight))
        if config.due is not None:
            values[config.due.field] = config.due.after(step.at, batch.calendar).at
        made = [values]
        if config.for_each and target.settings.owner is not None:
            owners = {p for w in config.for_each for p in people(sight.org, w, batch.table, step.row)}
            made = [{**values, target.settings.owner: owner} for owner in sorted(owners)]
        return [with_department(target, one, sight) for one in made]

    def said(self, config: CreateConfig) -> Words:
        return say("新建 {table}", "A new {table}", table=config.table)
