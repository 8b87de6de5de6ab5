from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic import Field

from tuoke.flows.fill import About, check_places, text
from tuoke.flows.known import Known
from tuoke.flows.node import Batch, Config, Done, Node, Outcome, Step
from tuoke.flows.people import Whom, check_whom, people
from tuoke.kit.words import Words, say
from tuoke.notify.notice import Notice, tell
from tuoke.records.written import Finding
from tuoke.schema.model import Label

SINGLY = 3
"""So many notices of one step somebody gets one by one; more are told together where the flow says how."""


class NotifyConfig(Config):
    to: list[Whom] = Field(min_length=1)
    """Each person once, however often he is meant."""
    title: Label
    """May hold `{field}` places of the record, and `{@record}`: its name."""
    several: Label | None = None
    """Instead of many notices at once to one person, after an import for instance: one, with `{count}`."""
    not_to_doer: bool = False
    """Whoever did himself what began the run is not told of it."""


class Notify(Node):
    """Tells people something inside the product.

    在系统内通知相关人员。
    """

    type, label, Config = "notify", say("通知", "Notify"), NotifyConfig

    def check(self, config: NotifyConfig, known: Known) -> Iterator[Finding]:
        for at, whom in enumerate(config.to):
            yield from ((("to", at, *path), words) for path, words in check_whom(whom, known))
        for language in ("zh", "en"):
            for words in check_places(getattr(config.title, language), known.table):
                yield ("title", language), words

    async def run_many(self, config: NotifyConfig, batch: Batch) -> Sequence[Outcome]:
        org = batch.tx.sight.org
        mine: dict[int, list[Step]] = {}
        counts: list[int] = []
        for step in batch.steps:
            doer = step.data.get("by") if config.not_to_doer else None
            everybody = {p for whom in config.to for p in people(org, whom, batch.table, step.row)}
            who = sorted(everybody - {doer})
            counts.append(len(who))
            for user in who:
                mine.setdefault(user, []).append(step)
        notices = [notice for user, steps in mine.items() for notice in _notices(config, batch, user, steps)]
        await tell(batch.tx.db, notices)
        return [Done(told={"people": count}) for count in counts]

    def said(self, config: NotifyConfig) -> Words:
        return Words(config.title.zh, config.title.en)


def _notices(config: NotifyConfig, batch: Batch, user: int, steps: Sequence[Step]) -> list[Notice]:
    if config.several is not None and len(steps) > SINGLY:
        return [_together(config.several, batch, user, steps)]
    return [_one(config, batch, user, step) for step in steps]


def _one(config: NotifyConfig, batch: Batch, user: int, step: Step) -> Notice:
    about = About(batch.table, step.row, batch.tx.sight)
    title = {"zh": text(config.title.zh, about, "zh"), "en": text(config.title.en, about, "en")}
    key = f"run{step.run}.{batch.node}.{user}"
    return Notice(user=user, title=title, table=batch.table.key, record=step.record, key=key)


def _together(several: Label, batch: Batch, user: int, steps: Sequence[Step]) -> Notice:
    count = str(len(steps))
    title = {"zh": several.zh.replace("{count}", count), "en": several.en.replace("{count}", count)}
    key = f"run{min(step.run for step in steps)}.{batch.node}.{user}"
    return Notice(user=user, title=title, table=batch.table.key, key=key)
