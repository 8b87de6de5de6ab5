"""What a telephony provider must do, in our words. A carrier's words stay in its own file."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from pydantic import BaseModel

from tuoke.kit.words import Words
from tuoke.telephony.call import Event, Outcome


@dataclass(frozen=True, slots=True)
class Can:
    """What this provider is able to do; screens hide the rest."""

    record: bool = False


@dataclass(frozen=True, slots=True)
class CallEvent:
    event_id: str
    """Unique at the provider: a repeated event is known by it."""
    call: int
    """Our call's id, given to `originate`."""
    event: Event
    at: datetime
    cause: Outcome | None = None
    """With HUNG_UP: what the carrier says."""
    ended_by_us: bool = False


@dataclass(frozen=True, slots=True)
class Leg:
    """One side of a recorded call."""

    side: str
    """`agent` or `customer`."""
    path: Path
    """WAV; the caller moves it away."""
    seconds: float


class Provider(ABC):
    type: ClassVar[str]
    label: ClassVar[Words]
    Settings: ClassVar[type[BaseModel]]
    can: ClassVar[Can]

    @abstractmethod
    def events(self) -> AsyncIterator[CallEvent]:
        """Every call event, until cancelled."""

    @abstractmethod
    async def originate(self, call: int, agent: int, number: str) -> None:
        """Dial `number` (E.164) for the agent. Asking twice for the same call dials once. Raises Unavailable."""

    @abstractmethod
    async def hang_up(self, call: int) -> None:
        """End the call; silent when it has ended."""

    @abstractmethod
    async def live(self) -> set[int]:
        """Calls the provider still knows: after a restart the others are ended."""

    @abstractmethod
    async def legs(self, call: int) -> list[Leg]:
        """The recording of an ended call, a leg each; empty when there is none."""
