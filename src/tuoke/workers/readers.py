"""The readers of the change log whose effect lies in PostgreSQL: effect and position in one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

from tuoke.access.world import World
from tuoke.bus.log import Change, changes_in, is_behind, move, next_stretch, position
from tuoke.kit.database import Connection, begin
from tuoke.query import index
from tuoke.records import tracked
from tuoke.schema.load import meta_version
from tuoke.schema.model import Catalog

POLL_S = 5.0
"""Longest wait for a bell we missed."""
REST_S = 0.05
"""After a stretch. The first change is read at once; while many come, fewer and longer stretches cost half."""

Take: TypeAlias = Callable[[Connection, Catalog, list[Change]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Reader:
    name: str
    take: Take
    """Does what follows from a page of changes."""


READERS = (
    Reader(index.READER, index.index_changes),
    Reader(tracked.READER, tracked.track_changes),
)


async def follow(world: World, reader: Reader, bell: asyncio.Event) -> None:
    """For ever."""
    while True:
        bell.clear()
        if await read_on(world, reader):
            await asyncio.sleep(REST_S)
            continue
        try:
            async with asyncio.timeout(POLL_S):
                await bell.wait()
        except TimeoutError:
            continue


async def read_on(world: World, reader: Reader) -> bool:
    """One stretch of the log. False = there was nothing to read."""
    async with world.glance.connect() as db:
        if not await is_behind(db, reader.name):
            return False
    async with begin(world.engine) as db:
        stretch = await next_stretch(db, await position(db, reader.name))
        if stretch is None:
            return False
        # Asked after the stretch: a table is always older than its first record.
        catalog = await world.catalog(await meta_version(db))
        async for page in changes_in(db, stretch):
            await reader.take(db, catalog, page)
        await move(db, reader.name, stretch.upto)
    return True
