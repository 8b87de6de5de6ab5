from __future__ import annotations

from tuoke.bus.log import Change, Kind
from tuoke.flows.node import Config
from tuoke.flows.trigger import Trigger
from tuoke.kit.words import say


class RecordCreated(Trigger):
    """A record was created: typed in, imported, or by another flow.

    新建了一条记录：手工录入、导入或由其他流程生成。
    """

    type, label = "record_created", say("新建记录时", "When a record is created")

    def matches(self, config: Config, change: Change) -> bool:
        return change.kind is Kind.CREATED
