"""A worker process whose only job counts to a number, a chunk at a time: to be killed."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

from tuoke.access.world import World
from tuoke.bus import jobs
from tuoke.bus.jobs import Job
from tuoke.kit.database import begin, make_engine, run_sql
from tuoke.kit.settings import Settings
from tuoke.workers.jobs import JobRunner


async def count(world: World, job: Job) -> dict[str, Any]:
    """`job.payload`: {"upto", "pause_s"}. Stores each number with the lease it was done under."""
    upto: int = job.payload["upto"]
    for n in range(job.checkpoint.get("done", 0) + 1, upto + 1):
        await asyncio.sleep(job.payload["pause_s"])
        async with begin(world.engine) as db:
            await run_sql(db, "insert into work.counted (n, taken) values ($1, $2)", n, job.taken)
            await jobs.progress(db, job, n / upto, {"done": n})
    return {"counted": upto}


async def main(database: str) -> None:
    world = World(make_engine(database), Settings(Path(), database))
    await JobRunner(world, {"count": count}).run()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
