from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import Field

from tuoke.flows.fill import About, check_filled, filled
from tuoke.flows.known import Known, check_condition
from tuoke.flows.length import Length
from tuoke.flows.node import Batch, Done, Node, Outcome, Wait
from tuoke.kit.calendar import WorkingCalendar
from tuoke.kit.words import Words, say
from tuoke.query.ast import condition_from
from tuoke.records import effects
from tuoke.records.judge import judge
from tuoke.records.rows import update_rows
from tuoke.records.written import Finding

DUE = "@due"
"""In `set`: the moment the wait ends."""


class WaitConfig(Length):
    or_when: dict[str, Any] | None = None
    """Goes on at once, by the port `happened`, when the record comes to match this; else by `timeout`."""
    set: dict[str, Any] = Field(default={})
    """What the record is given when the wait begins, so that it shows: constants, or `@due`, the moment it ends."""


class WaitNode(Node):
    """Waits a time, or a time in working hours; may go on earlier when something happens to the record.

    等一段时间（可按工作时间算）；记录满足条件时可提前往下走。
    """

    type, label, Config = "wait", say("等待", "Wait"), WaitConfig

    def ports(self, config: WaitConfig) -> Sequence[str]:
        return ("next",) if config.or_when is None else ("timeout", "happened")

    def check(self, config: WaitConfig, known: Known) -> Iterator[Finding]:
        for words in check_condition(config.or_when, known.table, known.tables):
            yield ("or_when",), words
        plain = {key: value for key, value in config.set.items() if value != DUE}
        yield from ((("set", *path), words) for path, words in check_filled(plain, known.table, known.table))
        for key in config.set.keys() - plain.keys():
            field = known.table.by_key.get(key)
            if field is None or field.type != "datetime":
                yield (
                    ("set", key),
                    say("「{key}」不是日期时间字段", "{key!r} is not a date-time field", key=key),
                )

    async def run_many(self, config: WaitConfig, batch: Batch) -> Sequence[Outcome]:
        happened = await self._happened(config, batch)
        outcomes: list[Outcome] = []
        begun: dict[int, Wait] = {}
        alike: dict[datetime, Wait] = {}
        for step in batch.steps:
            if config.or_when is not None and happened[step.record]:
                outcomes.append(Done("happened"))
            elif step.waited and not step.noticed:
                outcomes.append(Done("next" if config.or_when is None else "timeout"))
            elif step.waited:
                # Noticed, and no longer so when we look: the time that was set still counts.
                until = datetime.fromisoformat(str(step.data["until"]))
                outcomes.append(Wait(until, config.or_when))
            else:
                # Those of one import begin at the same moment.
                if step.at not in alike:
                    alike[step.at] = _wait(config, step.at, batch.calendar)
                begun[step.record] = alike[step.at]
                outcomes.append(alike[step.at])
        if config.set:
            await self._show(config, batch, begun)
        return outcomes

    async def _show(self, config: WaitConfig, batch: Batch, begun: Mapping[int, Wait]) -> None:
        """The record says what is waited for."""
        tx, table = batch.tx, batch.table
        rows = {step.record: step.row for step in batch.steps if step.record in begun}
        constants = {key: value for key, value in config.set.items() if value != DUE}
        changes = {
            id: {
                **filled(table, constants, About(table, row, tx.sight)),
                **dict.fromkeys(config.set.keys() - constants.keys(), begun[id].until),
            }
            for id, row in rows.items()
        }
        changed = await update_rows(tx, table, rows, changes)
        await effects.after_update(tx, table, {id: changes[id].keys() for id in changed})

    async def _happened(self, config: WaitConfig, batch: Batch) -> dict[int, bool]:
        """A run that begins to wait looks first: what it waits for may have happened already."""
        ids = [step.record for step in batch.steps]
        if config.or_when is None:
            return dict.fromkeys(ids, False)
        tx = batch.tx
        found = await judge(tx.db, batch.table, tx.sight, ids, [condition_from(config.or_when)])
        return {id: bool(found.get(id, [False])[0]) for id in ids}

    def said(self, config: WaitConfig) -> Words:
        return config.in_words()


def _wait(config: WaitConfig, start: datetime, calendar: WorkingCalendar) -> Wait:
    due = config.after(start, calendar)
    told = {"due": due.at.isoformat(), "said": _both(calendar.said(due))}
    return Wait(due.at, config.or_when, due.provisional, told)


def _both(words: Words) -> dict[str, str]:
    return {"zh": words.in_("zh"), "en": words.in_("en")}
