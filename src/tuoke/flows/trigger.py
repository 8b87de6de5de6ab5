"""What starts a flow."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any, ClassVar

from tuoke.bus.log import Change
from tuoke.flows.known import Known
from tuoke.flows.node import Config
from tuoke.kit.words import Words
from tuoke.records.written import Finding


class Trigger(ABC):
    """Looks at one change; the flow's own condition is asked of the record afterwards, for all at once."""

    type: ClassVar[str]
    label: ClassVar[Words]
    Config: ClassVar[type[Config]] = Config

    @abstractmethod
    def matches(self, config: Any, change: Change) -> bool:
        """Whether this change of a record of the flow's table starts it."""

    def check(self, config: Any, known: Known) -> Iterable[Finding]:
        """What in these settings does not fit the workspace."""
        return ()
