"""The telephone process: does what agents ask of the line, and writes down what the line says."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

import structlog

from tuoke.access.sight import Sight
from tuoke.access.world import World
from tuoke.kit.clock import utc_now
from tuoke.kit.database import Connection, begin
from tuoke.kit.errors import AppError
from tuoke.kit.storage import Files
from tuoke.records.transaction import Transaction, transaction
from tuoke.telephony import recording
from tuoke.telephony.call import Event, Outcome, State
from tuoke.telephony.calls import (
    apply_event,
    index_open_calls,
    lost,
    take_commands,
    take_place,
)
from tuoke.telephony.provider import CallEvent, Leg, Provider
from tuoke.telephony.providers.twin import Twin, TwinSettings

POLL_S = 2.0
"""Longest wait for a command whose bell we missed."""

log = structlog.get_logger()

SeeAs = Callable[[Connection], Awaitable[Sight]]


class Telephone:
    """One provider's calls. `sight`: what the process acts as."""

    def __init__(self, world: World, provider: Provider, sight: SeeAs) -> None:
        self._world, self._provider, self._sight = world, provider, sight

    async def reconcile(self) -> None:
        """At start-up: calls the provider does not know have ended while we were down."""
        async with begin(self._world.engine) as db:
            sight = await self._sight(db)
            await index_open_calls(db)
            async with transaction(db, sight) as tx:
                ended = await lost(tx, await self._provider.live(), utc_now())
        if ended:
            log.info("calls_lost", calls=ended)

    async def obey(self, bell: asyncio.Event) -> None:
        """For ever: take what agents asked for to the provider."""
        while True:
            bell.clear()
            async with self._world.glance.connect() as db:
                commands = await take_commands(db)
            for call, what, agent, number in commands:
                await self._do(call, what, agent, number)
            with suppress(TimeoutError):
                async with asyncio.timeout(POLL_S):
                    await bell.wait()

    async def _do(self, call: int, what: str, agent: int, number: str) -> None:
        try:
            if what == "originate":
                await self._provider.originate(call, agent, number)
            else:
                await self._provider.hang_up(call)
        except AppError as error:
            log.warning("call_refused", call=call, what=what, error=str(error))
            await self._hear(CallEvent(f"refused.{call}", call, Event.HUNG_UP, utc_now(), Outcome.FAILED))

    async def listen(self) -> None:
        """For ever: write down what the provider tells, in its order."""
        async for event in self._provider.events():
            await self._hear(event)

    async def _hear(self, event: CallEvent) -> None:
        legs: list[Leg] = []
        if event.event is Event.HUNG_UP and self._provider.can.record:
            legs = await self._provider.legs(event.call)
        kept = [(leg, await self._keep(leg)) for leg in legs]
        async with begin(self._world.engine) as db:
            sight = await self._sight(db)
            async with transaction(db, sight) as tx:
                await self._write(tx, event, kept)

    async def _write(self, tx: Transaction, event: CallEvent, kept: list[tuple[Leg, str]]) -> None:
        """The step and the recording hang together: both or neither."""
        state = await apply_event(tx, event)
        if state is State.ENDED:
            for leg, key in kept:
                await recording.add(tx, event.call, leg, key)

    async def _keep(self, leg: Leg) -> str:
        path: Path = leg.path
        stored = await Files(self._world.settings.files).save(recording.pieces(path), limit=1 << 30)
        path.unlink(missing_ok=True)
        return stored.key


async def telephone(world: World, sight: SeeAs, bell: asyncio.Event) -> None:
    """For ever: the line of this workspace, in one process at a time; the others wait for its place."""
    async with world.glance.connect() as place:
        while not await take_place(place):
            await asyncio.sleep(1)
        try:
            line = Telephone(world, Twin(TwinSettings(pace=world.settings.twin_pace)), sight)
            await line.reconcile()
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(line.obey(bell))
                tasks.create_task(line.listen())
        finally:
            # The place hangs on the connection. Given back to the pool it would hold it against ourselves.
            await place.invalidate()
