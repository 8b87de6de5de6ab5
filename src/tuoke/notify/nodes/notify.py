from __future__ import annotations

from collections.abc import Sequence

from pydantic import Field

from tuoke.flows.fill import text
from tuoke.flows.node import Batch, Config, Done, Node, Outcome
from tuoke.flows.people import Whom, people
from tuoke.kit.words import Words, say
from tuoke.notify.notice import Notice, tell
from tuoke.schema.model import Label


class NotifyConfig(Config):
    to: list[Whom] = Field(min_length=1)
    title: Label
    """May hold `{field}` places of the record."""


class Notify(Node):
    """Tells people something inside the product.

    在系统内通知相关人员。
    """

    type, label, Config = "notify", say("通知", "Notify"), NotifyConfig

    async def run_many(self, config: NotifyConfig, batch: Batch) -> Sequence[Outcome]:
        org = batch.tx.sight.org
        notices: list[Notice] = []
        counts: list[int] = []
        for step in batch.steps:
            who = sorted({p for whom in config.to for p in people(org, whom, batch.table, step.row)})
            counts.append(len(who))
            title = {"zh": text(config.title.zh, step.row), "en": text(config.title.en, step.row)}
            notices += [
                Notice(
                    user=user,
                    title=title,
                    table=batch.table.key,
                    record=step.record,
                    key=f"run{step.run}.{batch.node}.{user}",
                )
                for user in who
            ]
        await tell(batch.tx.db, notices)
        return [Done(told={"people": count}) for count in counts]

    def said(self, config: NotifyConfig) -> Words:
        return Words(config.title.zh, config.title.en)
