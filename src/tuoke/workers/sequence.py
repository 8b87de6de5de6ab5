"""Gives committed writes their numbers. Polling is the truth; the bells only save the readers a wait."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from tuoke.access.world import World
from tuoke.bus.log import has_unnumbered, number_writes
from tuoke.kit.database import begin

# No NOTIFY: it takes a lock that every commit of the server waits for.
BUSY_S = 0.03
IDLE_S = 0.08


async def sequence(world: World, bells: Sequence[asyncio.Event]) -> None:
    """For ever."""
    while True:
        async with world.glance.connect() as db:
            is_due = await has_unnumbered(db)
        if is_due:
            async with begin(world.engine) as db:
                await number_writes(db)
            for bell in bells:
                bell.set()
        await asyncio.sleep(BUSY_S if is_due else IDLE_S)
