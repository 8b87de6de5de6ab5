"""Builds and drops the indexes that administrators ask for."""

from __future__ import annotations

from typing import Any

from tuoke.access.world import World
from tuoke.bus.jobs import Job
from tuoke.kit.database import begin
from tuoke.query.slow import forget_slow
from tuoke.schema import indexes

CREATE, DROP = "index.create", "index.drop"


async def create(world: World, job: Job) -> dict[str, Any]:
    # Tells no progress: a half-built index is no step that a next attempt could go on from.
    table = (await world.catalog_now()).table(job.payload["table"])
    async with world.glance.connect() as db:
        name = await indexes.build(db, table, job.payload["columns"], job.payload["included"])
    async with begin(world.engine) as db:
        await forget_slow(db, table, job.payload["columns"])
    return {"table": table.key, "index": name}


async def drop(world: World, job: Job) -> dict[str, Any]:
    async with world.glance.connect() as db:
        await indexes.drop(db, job.payload["name"])
    return {"table": job.payload["table"], "index": job.payload["name"]}
