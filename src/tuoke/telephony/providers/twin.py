from __future__ import annotations

import asyncio
import hashlib
import math
import random
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from pydantic import BaseModel, Field

from tuoke.kit.clock import utc_now
from tuoke.kit.words import say
from tuoke.telephony.call import Event, Outcome
from tuoke.telephony.provider import CallEvent, Can, Leg, Provider
from tuoke.telephony.speech import Voice, conversation, write_wav


class TwinSettings(BaseModel):
    """The simulated carrier and its population."""

    pace: float = Field(default=1.0, gt=0, le=1000)
    """How many times faster than life; recordings have the length of the talk as it was lived here."""
    talk_s: float = Field(default=95.0, gt=0)
    """Mean length of a talk."""
    human: float = Field(default=0.62, ge=0, le=1)
    voicemail: float = Field(default=0.08, ge=0, le=1)
    busy: float = Field(default=0.10, ge=0, le=1)
    invalid: float = Field(default=0.03, ge=0, le=1)
    """The rest ring out."""
    certain: dict[str, Outcome] = {
        "0001": Outcome.BUSY,
        "0002": Outcome.NO_ANSWER,
        "0003": Outcome.VOICEMAIL,
        "0004": Outcome.INVALID,
        "0005": Outcome.CONNECTED,
        "0006": Outcome.CONNECTED,
    }
    """Numbers with these last four digits always behave so: for training and tests."""
    patient: str = "0006"
    """Whose number ends like this goes on talking until we hang up: nobody is hurried while he learns."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of one dial, decided before it begins."""

    outcome: Outcome
    ring_s: float
    talk_s: float


RING_OUT_S = 26.0
PATIENCE_S = 3600.0


def fate(settings: TwinSettings, number: str, seed: int) -> Fate:
    """Pure: the same number, dial and settings always meet the same fate."""
    dice = random.Random(hashlib.sha256(f"{number}/{seed}".encode()).digest())
    outcome = settings.certain.get(number[-4:]) or _drawn(settings, dice)
    # Ring until answered: gamma of order three, mean nine seconds. Talk: log-normal, cv 1.1.
    ring = sum(dice.expovariate(1 / 3) for _ in range(3))
    sigma = math.sqrt(math.log(1 + 1.1**2))
    talk = dice.lognormvariate(math.log(settings.talk_s) - sigma**2 / 2, sigma)
    if dice.random() < 0.25:
        talk = dice.uniform(3, 12)
    if number[-4:] == settings.patient:
        talk = PATIENCE_S
    match outcome:
        case Outcome.CONNECTED:
            return Fate(outcome, min(ring, RING_OUT_S), max(talk, 3.0))
        case Outcome.VOICEMAIL:
            return Fate(outcome, min(ring + 12, RING_OUT_S), dice.uniform(6, 14))
        case Outcome.NO_ANSWER:
            return Fate(outcome, RING_OUT_S, 0)
        case _:
            return Fate(outcome, dice.uniform(0.4, 1.5), 0)


def _drawn(settings: TwinSettings, dice: random.Random) -> Outcome:
    shares = {
        Outcome.CONNECTED: settings.human,
        Outcome.VOICEMAIL: settings.voicemail,
        Outcome.BUSY: settings.busy,
        Outcome.INVALID: settings.invalid,
    }
    left = dice.random()
    for outcome, share in shares.items():
        if left < share:
            return outcome
        left -= share
    return Outcome.NO_ANSWER


class Twin(Provider):
    """A simulated carrier and population: everything works without a line.

    模拟运营商和客户：没有线路也能完整试用。
    """

    type, label, Settings = "twin", say("模拟线路", "Simulated line"), TwinSettings
    can = Can(record=True)

    def __init__(self, settings: TwinSettings | None = None) -> None:
        self._settings = settings or TwinSettings()
        self._events: asyncio.Queue[CallEvent] = asyncio.Queue()
        self._calls: dict[int, asyncio.Task[None]] = {}
        self._hung_up: dict[int, asyncio.Event] = {}
        self._talked: dict[int, float] = {}
        self._folder = Path(tempfile.mkdtemp(prefix="tuoke-twin-"))

    async def events(self) -> AsyncIterator[CallEvent]:
        while True:
            yield await self._events.get()

    async def originate(self, call: int, agent: int, number: str) -> None:
        if call not in self._calls:
            self._hung_up[call] = asyncio.Event()
            self._calls[call] = asyncio.create_task(self._live(call, fate(self._settings, number, call)))

    async def hang_up(self, call: int) -> None:
        if call in self._hung_up:
            self._hung_up[call].set()

    async def live(self) -> set[int]:
        return {call for call, task in self._calls.items() if not task.done()}

    async def legs(self, call: int) -> list[Leg]:
        seconds = self._talked.pop(call, 0.0)
        if seconds <= 0:
            return []
        return await asyncio.to_thread(_record, self._folder, call, seconds)

    async def _live(self, call: int, fate: Fate) -> None:
        self._tell(call, Event.DIALED)
        if fate.outcome is not Outcome.INVALID:
            self._tell(call, Event.RANG)
        if await self._ends_within(call, fate.ring_s / self._settings.pace):
            self._tell(call, Event.HUNG_UP, Outcome.CANCELLED, by_us=True)
            return
        if fate.talk_s <= 0:
            self._tell(call, Event.HUNG_UP, fate.outcome)
            return
        answered = utc_now()
        self._tell(call, Event.ANSWERED, at=answered)
        by_us = await self._ends_within(call, fate.talk_s / self._settings.pace)
        ended = utc_now()
        self._talked[call] = (ended - answered).total_seconds()
        self._tell(call, Event.HUNG_UP, fate.outcome, by_us=by_us, at=ended)

    async def _ends_within(self, call: int, seconds: float) -> bool:
        """Wait so long; True when we hang up before."""
        try:
            async with asyncio.timeout(seconds):
                await self._hung_up[call].wait()
        except TimeoutError:
            return False
        return True

    def _tell(
        self,
        call: int,
        event: Event,
        cause: Outcome | None = None,
        *,
        by_us: bool = False,
        at: datetime | None = None,
    ) -> None:
        id = f"twin.{call}.{event}"
        self._events.put_nowait(CallEvent(id, call, event, at or utc_now(), cause, by_us))


@cache
def _voices() -> tuple[Voice, Voice]:
    return Voice(118.0, 1), Voice(205.0, 2)


def _record(folder: Path, call: int, seconds: float) -> list[Leg]:
    agent, customer = conversation(seconds, *_voices(), seed=call)
    legs: list[Leg] = []
    for side, samples in (("agent", agent), ("customer", customer)):
        path = folder / f"{call}-{side}.wav"
        write_wav(path, samples)
        legs.append(Leg(side, path, seconds))
    return legs
