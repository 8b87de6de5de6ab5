"""Calls on their way, told faster than the log: from a click to the ringing nobody should notice the time.

What changes reaches browsers through the log's numbering and the live door's tick, up to a quarter of a second later.
While somebody's call goes out we look at it ourselves, a few times in the blink of an eye; else nothing is asked.
"""

from __future__ import annotations

import asyncio
import time

import structlog

from tuoke.access.org import org_version
from tuoke.access.world import World
from tuoke.api.calls import current_call
from tuoke.api.live import Listener, Live
from tuoke.kit.clock import utc_now
from tuoke.kit.database import Connection, begin
from tuoke.schema.load import meta_version
from tuoke.telephony.calls import Standing, standings

LOOK_S = 0.02
LONGEST_S = 90.0
"""A call that is neither answered nor over by then is left to the log."""

log = structlog.get_logger()


class Ringing:
    """The calls this process was asked for that are not yet answered."""

    def __init__(self, world: World, live: Live) -> None:
        self._world, self._live = world, live
        self._until: dict[int, float] = {}
        self._told: dict[int, Standing] = {}
        self._someone = asyncio.Event()

    def follow(self, user: int) -> None:
        """This person's call is going out."""
        self._until[user] = time.monotonic() + LONGEST_S
        self._told.pop(user, None)
        self._someone.set()

    async def run(self) -> None:
        """For ever."""
        while True:
            await self._someone.wait()
            try:
                await self._look()
            except Exception:
                # A database that restarts: the log will tell all of it.
                log.exception("ringing_failed")
                self._until.clear()
            if not self._until:
                self._someone.clear()
            await asyncio.sleep(LOOK_S)

    async def _look(self) -> None:
        async with self._world.glance.connect() as db:
            found = await standings(db, list(self._until))
        for user, until in list(self._until.items()):
            standing = found.get(user)
            if standing is not None and standing != self._told.get(user):
                self._told[user] = standing
                await self._tell(user)
            if standing is None or not standing.is_going_out or time.monotonic() > until:
                del self._until[user]

    async def _tell(self, user: int) -> None:
        listeners = self._live.of(user)
        if not listeners:
            return
        async with begin(self._world.engine) as db:
            versions = await org_version(db), await meta_version(db)
            for listener in listeners:
                await self._say(db, listener, versions)

    async def _say(self, db: Connection, listener: Listener, versions: tuple[int, int]) -> None:
        seen = listener.door.seen
        sight = await self._world.sight(seen.user_id, *versions, utc_now(), seen.narrowing)
        listener.put("call", await current_call(db, sight))
