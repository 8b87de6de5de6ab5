"""The flows' share of the worker: begin runs as the log tells of changes, step the due ones."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime

from tuoke.access.org import org_version
from tuoke.access.policy import Policy, Role
from tuoke.access.sight import Sight
from tuoke.access.world import World
from tuoke.bus.log import Change
from tuoke.flows.fire import READER, fire
from tuoke.flows.runner import step_batch
from tuoke.flows.store import Published, flows_version, live_versions
from tuoke.kit.actor import Actor
from tuoke.kit.clock import utc_now
from tuoke.kit.database import Connection, begin
from tuoke.notify.kinds import NODES
from tuoke.schema.load import meta_version
from tuoke.schema.model import Catalog, Label
from tuoke.workers.readers import Reader

IDLE_S = 5.0
REST_S = 0.03
"""Between two looks for runs that are due and that nobody can have, because another worker has them."""
SYSTEM = Actor(0, "流程", frozenset({"flow"}))
"""Who flows act as: no person, so that a flow survives its author."""
_POLICY = Policy.of([Role("flow", Label(zh="流程", en="Flow"), superuser=True)])


class Flows:
    """The published flows of the workspace, read again when one was published or switched."""

    def __init__(self, world: World, clock: Callable[[], datetime] = utc_now) -> None:
        self._world, self._clock = world, clock
        self._at: tuple[int, int, int] | None = None
        self._kept: dict[int, Published] = {}

    async def live(self, db: Connection) -> dict[int, Published]:
        at = await flows_version(db)
        if at != self._at:
            self._kept, self._at = await live_versions(db, NODES), at
        return self._kept

    async def sight(self, db: Connection, catalog: Catalog | None = None) -> Sight:
        version = await meta_version(db)
        workspace = await self._world.workspace(version)
        return Sight(
            actor=SYSTEM,
            policy=_POLICY,
            org=await self._world.org(await org_version(db)),
            catalog=catalog or await self._world.catalog(version),
            zone=workspace.zone,
            now=self._clock(),
            working=workspace.working,
        )


def flow_reader(flows: Flows, bell: asyncio.Event) -> Reader:
    async def take(db: Connection, catalog: Catalog, changes: Sequence[Change]) -> None:
        sight = await flows.sight(db, catalog)
        live = await flows.live(db)
        await fire(db, sight, live.values(), changes, sight.now)
        bell.set()

    return Reader(READER, take)


async def step_flows(world: World, flows: Flows, bell: asyncio.Event) -> None:
    """For ever: step what is due."""
    while True:
        bell.clear()
        if await step_once(world, flows):
            continue
        await asyncio.sleep(REST_S)
        try:
            async with asyncio.timeout(IDLE_S):
                await bell.wait()
        except TimeoutError:
            continue


async def step_once(world: World, flows: Flows) -> int:
    """One batch in a transaction of its own; returns how many runs moved."""
    async with begin(world.engine) as db:
        sight = await flows.sight(db)
        return await step_batch(db, sight, await flows.live(db), sight.now)
