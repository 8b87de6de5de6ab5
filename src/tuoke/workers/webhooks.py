"""The webhooks' share of the worker: queue messages as the log tells of changes, send them as jobs."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from tuoke.access.sight import Sight
from tuoke.access.world import World
from tuoke.bus import jobs
from tuoke.bus.jobs import Job
from tuoke.bus.log import is_behind, move, newest, next_stretch, position
from tuoke.connect import outbox, webhooks
from tuoke.connect.post import Post
from tuoke.connect.sender import Sender
from tuoke.kit.clock import utc_now
from tuoke.kit.database import begin
from tuoke.kit.errors import NotFound
from tuoke.workers.readers import POLL_S, REST_S

LONGEST_S = 30.0
"""After so long a job ends and another goes on, or one slow receiver would hold up the other jobs."""


async def follow_webhooks(world: World, bell: asyncio.Event) -> None:
    """For ever."""
    while True:
        bell.clear()
        if await read_on(world):
            await asyncio.sleep(REST_S)
            continue
        try:
            async with asyncio.timeout(POLL_S):
                await bell.wait()
        except TimeoutError:
            continue


async def read_on(world: World) -> bool:
    """One stretch of the log, in one statement. False = there was nothing to read."""
    async with world.glance.connect() as db:
        if not await is_behind(db, outbox.READER):
            return False
    async with begin(world.engine) as db:
        at = await position(db, outbox.READER)
        if not await outbox.has_listeners(db):
            seen = await newest(db)
            await move(db, outbox.READER, max(at, seen))
            return seen > at
        stretch = await next_stretch(db, at)
        if stretch is None:
            return False
        await outbox.collect(db, stretch, utc_now())
        await move(db, outbox.READER, stretch.upto)
    return True


async def send(world: World, job: Job) -> dict[str, Any]:
    """Send what is due of one webhook; what must wait gets a job of its own."""
    id, sent, until = int(job.payload["webhook"]), 0, time.monotonic() + LONGEST_S
    async with Post(world.settings.webhooks_local) as post:
        sender = Sender(world.engine, post, lambda user: _sight(world, user), utc_now)
        while time.monotonic() < until:
            async with begin(world.engine) as db:
                await jobs.progress(db, job, 0.5, {"sent": sent})
                try:
                    webhook = await webhooks.read(db, id)
                except NotFound:
                    break
            if not webhook.active or (webhook.paused_until or utc_now()) > utc_now():
                break
            some = await sender.send_some(webhook)
            if some == 0:
                break
            sent += some
    await _go_on_later(world, job, id)
    return {"sent": sent}


async def _go_on_later(world: World, job: Job, id: int) -> None:
    async with begin(world.engine) as db:
        try:
            webhook = await webhooks.read(db, id)
        except NotFound:
            return
        at = await outbox.next_due(db, id)
        if at is not None and webhook.active:
            await outbox.send_later(db, id, max(at, webhook.paused_until or at), utc_now(), job.id)


async def _sight(world: World, user: int) -> Sight | None:
    """None for somebody who is not there any more, or may not log in."""
    try:
        sight = await world.sight_now(user, utc_now())
        return sight if sight.org.person(user).is_active else None
    except NotFound:
        return None
