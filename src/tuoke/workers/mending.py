"""Fills the search box's token tables again when somebody has emptied or dropped them."""

from __future__ import annotations

import asyncio

from tuoke.access.world import World
from tuoke.bus.log import position
from tuoke.kit.database import begin
from tuoke.query import index

LOOK_S = 5.0


async def mend_search(world: World) -> None:
    """For ever."""
    while True:
        if not await mend_a_piece(world):
            await asyncio.sleep(LOOK_S)


async def mend_a_piece(world: World) -> bool:
    """False = every token table is complete."""
    catalog = await world.catalog_now()
    async with world.glance.connect() as db:
        broken = await index.incomplete(db, catalog)
    if not broken:
        return False
    async with begin(world.engine) as db:
        # The reader's lock: what it writes after us is always newer than what we read.
        await position(db, index.READER)
        for table in await index.incomplete(db, broken):
            await index.fill_on(db, table)
    return True
