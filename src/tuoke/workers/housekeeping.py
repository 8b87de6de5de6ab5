"""What is done once a day: room for the months to come, and an end to what nobody needs any more."""

from __future__ import annotations

import asyncio
from datetime import datetime

from tuoke.access import cleaning
from tuoke.access.world import World
from tuoke.bus import idempotency, jobs, remarks
from tuoke.bus.partitions import ensure_partitions
from tuoke.connect import outbox
from tuoke.kit.clock import utc_now
from tuoke.kit.database import begin
from tuoke.kit.storage import Files
from tuoke.records.files import forget_expired

_DAY_S = 24 * 3600


async def keep_house(world: World) -> None:
    """For ever: at the start and then once a day."""
    while True:
        await tidy(world, utc_now())
        await asyncio.sleep(_DAY_S)


async def tidy(world: World, now: datetime) -> None:
    """Each step is a transaction of its own, so that one long delete holds up nothing else."""
    async with begin(world.engine) as db:
        await ensure_partitions(db, now.date())
    async with begin(world.engine) as db:
        await idempotency.forget_old(db)
    async with begin(world.engine) as db:
        await jobs.forget_old(db)
    async with begin(world.engine) as db:
        await cleaning.clean(db, now)
    async with begin(world.engine) as db:
        await outbox.forget_old(db, now)
    async with begin(world.engine) as db:
        await remarks.forget_old(db, now)
    files = Files(world.settings.files)
    async with begin(world.engine) as db:
        expired = await forget_expired(db, now)
    for key in expired:
        await asyncio.to_thread(files.delete, key)
    await asyncio.to_thread(files.empty_trash)
