"""Gives committed writes their numbers, and rings whoever has something to do.

One glance many times a second for all of them: each of them asking for itself cost a twentieth of a processor while
nothing happened. Polling is the truth; the bells only save a wait, and who misses one looks by himself soon.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

from tuoke.access.world import World
from tuoke.bus.log import number_writes
from tuoke.bus.watch import Seen, Watch
from tuoke.kit.database import begin

# No NOTIFY: it takes a lock that every commit of the server waits for.
LOOK_S = 0.03


@dataclass(frozen=True)
class Bells:
    readers: Mapping[str, asyncio.Event] = field(default_factory=dict[str, asyncio.Event])
    """By the reader's name."""
    stepping: asyncio.Event = field(default_factory=asyncio.Event)
    commands: asyncio.Event = field(default_factory=asyncio.Event)

    def ring(self, seen: Seen) -> None:
        for name, bell in self.readers.items():
            if seen.unnumbered or name in seen.late:
                bell.set()
        if seen.due:
            self.stepping.set()
        if seen.commands:
            self.commands.set()


async def sequence(world: World, bells: Bells) -> None:
    """For ever."""
    async with world.glance.connect() as db:
        watch = await Watch.over(db)
        while True:
            seen = await watch.look()
            if seen.unnumbered:
                async with begin(world.engine) as numbering:
                    await number_writes(numbering)
            bells.ring(seen)
            await asyncio.sleep(LOOK_S)
