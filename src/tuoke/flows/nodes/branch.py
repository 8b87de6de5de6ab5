from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import Field

from tuoke.flows.known import Known, check_condition
from tuoke.flows.node import Batch, Config, Done, Node, Outcome
from tuoke.kit.words import Words, say
from tuoke.query.ast import condition_from
from tuoke.records.judge import judge
from tuoke.records.written import Finding
from tuoke.schema.model import Label


class Way(Config):
    port: str = Field(pattern=r"^[a-z][a-z0-9_]{0,47}$")
    label: Label | None = None
    when: dict[str, Any]


class BranchConfig(Config):
    ways: list[Way] = Field(min_length=1, max_length=20)
    """The first that the record matches is taken, else the port `else`."""


class Branch(Node):
    """Goes different ways by condition; the first that fits is taken.

    按条件走不同分支，取第一个满足的。
    """

    type, label, Config = "branch", say("条件分支", "Branch"), BranchConfig

    def ports(self, config: BranchConfig) -> Sequence[str]:
        return [*(way.port for way in config.ways), "else"]

    def check(self, config: BranchConfig, known: Known) -> Iterator[Finding]:
        for at, way in enumerate(config.ways):
            for words in check_condition(way.when, known.table, known.tables):
                yield ("ways", at, "when"), words

    async def run_many(self, config: BranchConfig, batch: Batch) -> Sequence[Outcome]:
        conditions = [condition_from(way.when) for way in config.ways]
        tx = batch.tx
        verdicts = await judge(tx.db, batch.table, tx.sight, [s.record for s in batch.steps], conditions)
        return [Done(self._way(config, verdicts.get(step.record, ()))) for step in batch.steps]

    def _way(self, config: BranchConfig, verdicts: Sequence[bool]) -> str:
        return next((w.port for w, fits in zip(config.ways, verdicts, strict=False) if fits), "else")

    def said(self, config: BranchConfig) -> Words:
        return say("{n} 个条件", "{n} conditions", n=len(config.ways))
