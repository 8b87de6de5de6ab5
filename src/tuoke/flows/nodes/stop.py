from __future__ import annotations

from collections.abc import Sequence

from tuoke.flows.node import Batch, Config, Node, Outcome, Stop
from tuoke.kit.words import Words, say


class StopNode(Node):
    """The run ends here.

    流程到此结束。
    """

    type, label = "stop", say("结束", "Stop")

    def ports(self, config: Config) -> Sequence[str]:
        return ()

    async def run_many(self, config: Config, batch: Batch) -> Sequence[Outcome]:
        return [Stop() for _ in batch.steps]

    def said(self, config: Config) -> Words:
        return self.label
