from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, Literal

from pydantic import Field

from tuoke.flows.known import Known, check_condition
from tuoke.flows.node import Batch, Config, Done, Node, Outcome, Wait
from tuoke.kit.calendar import Due, WorkingCalendar
from tuoke.kit.words import Words, say
from tuoke.query.ast import condition_from
from tuoke.records.judge import judge
from tuoke.records.written import Finding

Unit = Literal["working_days", "working_hours", "working_minutes", "days", "hours", "minutes"]

_WORDS: dict[str, tuple[str, str]] = {
    "working_days": ("个工作日", "working days"),
    "working_hours": ("个工作小时", "working hours"),
    "working_minutes": ("分钟（工作时间）", "working minutes"),
    "days": ("天", "days"),
    "hours": ("小时", "hours"),
    "minutes": ("分钟", "minutes"),
}


class WaitConfig(Config):
    length: int = Field(ge=0, le=10_000)
    unit: Unit
    or_when: dict[str, Any] | None = None
    """Goes on at once, by the port `happened`, when the record comes to match this; else by `timeout`."""


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

    async def run_many(self, config: WaitConfig, batch: Batch) -> Sequence[Outcome]:
        happened = await self._happened(config, batch)
        outcomes: list[Outcome] = []
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
                due = self._due(config, step.at, batch.calendar)
                told = {"due": due.at.isoformat(), "said": _both(batch.calendar.said(due))}
                outcomes.append(Wait(due.at, config.or_when, due.provisional, told))
        return outcomes

    async def _happened(self, config: WaitConfig, batch: Batch) -> dict[int, bool]:
        """A run that begins to wait looks first: what it waits for may have happened already."""
        ids = [step.record for step in batch.steps]
        if config.or_when is None:
            return dict.fromkeys(ids, False)
        tx = batch.tx
        found = await judge(tx.db, batch.table, tx.sight, ids, [condition_from(config.or_when)])
        return {id: bool(found.get(id, [False])[0]) for id in ids}

    def _due(self, config: WaitConfig, start: datetime, calendar: WorkingCalendar) -> Due:
        match config.unit:
            case "working_days":
                return calendar.after_working_days(start, config.length)
            case "working_hours":
                return calendar.after_working_time(start, timedelta(hours=config.length))
            case "working_minutes":
                return calendar.after_working_time(start, timedelta(minutes=config.length))
            case "days" | "hours" | "minutes":
                return Due(start + timedelta(**{config.unit: config.length}), provisional=False)

    def said(self, config: WaitConfig) -> Words:
        zh, en = _WORDS[config.unit]
        return say("{n} {unit_zh}", "{n} {unit_en}", n=config.length, unit_zh=zh, unit_en=en)


def _both(words: Words) -> dict[str, str]:
    return {"zh": words.in_("zh"), "en": words.in_("en")}
