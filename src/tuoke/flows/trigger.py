"""What starts a flow."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from tuoke.bus.log import Change
from tuoke.flows.node import Config
from tuoke.kit.words import Words


class Trigger(ABC):
    """Looks at one change; the flow's own condition is asked of the record afterwards, for all at once."""

    type: ClassVar[str]
    label: ClassVar[Words]
    Config: ClassVar[type[Config]] = Config

    @abstractmethod
    def matches(self, config: Any, change: Change) -> bool:
        """Whether this change of a record of the flow's table starts it."""
