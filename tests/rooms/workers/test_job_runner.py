"""The worker's jobs: side by side, tried again, taken over from the dead, given back when it leaves."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.product import environment_with
from tests.rooms.workers.chunks import count
from tests.rooms.workers.conftest import address
from tuoke.access.world import World
from tuoke.bus import jobs
from tuoke.bus.jobs import Job, Status
from tuoke.kit.database import begin, run_sql
from tuoke.kit.errors import Invalid, Unavailable
from tuoke.kit.words import say
from tuoke.workers.handlers import Handler
from tuoke.workers.jobs import AT_ONCE, JobRunner

ROOT = Path(__file__).parents[3]


async def put(world: World, kind: str, **payload: Any) -> int:
    async with begin(world.engine) as db:
        return await jobs.put(db, kind, payload)


async def read(world: World, id: int) -> Status:
    async with world.glance.connect() as db:
        return await jobs.read(db, id)


async def until(world: World, id: int, *states: str, patience_s: float = 20) -> Status:
    started = time.monotonic()
    while (job := await read(world, id)).state not in states:
        assert time.monotonic() - started < patience_s, job
        await asyncio.sleep(0.02)
    return job


@asynccontextmanager
async def working(world: World, handlers: Mapping[str, Handler]) -> AsyncGenerator[None]:
    running = asyncio.create_task(JobRunner(world, handlers).run())
    try:
        yield
    finally:
        running.cancel()
        await asyncio.wait([running])


async def make_counted(world: World) -> None:
    async with begin(world.engine) as db:
        await run_sql(db, "create table work.counted (n int, taken int)")


async def counted(world: World) -> list[tuple[int, int]]:
    async with world.glance.connect() as db:
        return [(row[0], row[1]) for row in await run_sql(db, "select n, taken from work.counted order by n")]


async def quick(world: World, job: Job) -> dict[str, Any]:
    return {"done": True}


async def test_long_jobs_of_one_kind_do_not_hold_up_the_others(world: World) -> None:
    may_end = asyncio.Event()

    async def long(world: World, job: Job) -> dict[str, Any]:
        await may_end.wait()
        return {}

    slow = [await put(world, "long") for _ in range(AT_ONCE + 1)]
    async with working(world, {"long": long, "quick": quick}):
        await until(world, slow[0], "running")
        short = await put(world, "quick")
        done = await until(world, short, "done")
        states = [(await read(world, id)).state for id in slow]
        may_end.set()
        for id in slow:
            await until(world, id, "done")

    assert done.result == {"done": True}
    assert states.count("running") == AT_ONCE - 1


async def test_a_refusal_ends_the_job_with_its_reason(world: World) -> None:
    async def refuse(world: World, job: Job) -> dict[str, Any]:
        raise Invalid(say("这不是表格", "This is no sheet"))

    id = await put(world, "refuse")
    await JobRunner(world, {"refuse": refuse}).run_due()

    assert (await read(world, id)).error == {"slug": "invalid", "zh": "这不是表格", "en": "This is no sheet"}


@pytest.mark.parametrize("error", [Unavailable(say("邮局关门", "The post is closed")), ValueError("secret")])
async def test_an_accident_is_tried_again_and_given_up_in_the_end(world: World, error: Exception) -> None:
    tries: list[int] = []

    async def stumble(world: World, job: Job) -> dict[str, Any]:
        tries.append(job.attempts)
        raise error

    id = await put(world, "stumble")
    runner = JobRunner(world, {"stumble": stumble})
    while (await read(world, id)).state != "failed":
        await _now(world)
        await runner.run_due()

    told = (await read(world, id)).error
    assert tries == [1, 2, 3, 4, 5]
    assert told is not None
    assert told["slug"] == "unavailable"
    assert "secret" not in str(told)
    assert told["zh"]
    assert told["en"]


async def _now(world: World) -> None:
    """The wait before the next try is over."""
    async with begin(world.engine) as db:
        await run_sql(db, "update jobs.pgqueuer set execute_after = now() - interval '1 s'")


async def test_a_job_that_kills_its_worker_every_time_is_given_up(world: World) -> None:
    id = await put(world, "quick")
    async with begin(world.engine) as db:
        await run_sql(db, "update bus.job set attempts = $1", jobs.MAX_BROKEN_OFF)

    await JobRunner(world, {"quick": quick}).run_due()

    job = await read(world, id)
    assert job.state == "failed"
    assert job.error is not None
    assert "多次" in job.error["zh"]


async def test_the_next_worker_waits_longer_the_more_a_job_has_lost(world: World) -> None:
    """Everything may have been switched off and on again: then the storm is over before the job is given up."""
    id = await put(world, "quick")
    pauses: list[float] = []
    for _ in range(jobs.MAX_BROKEN_OFF):
        async with begin(world.engine) as db:
            job = await jobs.take(db, uuid4(), ["quick"])
        assert job is not None
        async with begin(world.engine) as db:
            # Of this worker there is no connection: it is gone. Seen twice, it is one loss.
            assert (await jobs.free_orphans(db, "gone:"), await jobs.free_orphans(db, "gone:")) == (1, 0)
            due = "extract(epoch from heartbeat + make_interval(secs => $1) - now())::float"
            found = await run_sql(db, f"select {due} from jobs.pgqueuer", jobs.LEASE_S)
            pauses.append(found.scalar_one())
            await run_sql(db, "update jobs.pgqueuer set heartbeat = '-infinity'")

    assert pauses == [0, 1, 2, 4, 8, 16, 32, 60]
    await JobRunner(world, {"quick": quick}).run_due()
    assert (await read(world, id)).state == "failed"


async def test_a_worker_that_is_told_to_stop_leaves_at_once_and_gives_back(world: World) -> None:
    await make_counted(world)
    id = await put(world, "count", upto=1000, pause_s=0.01)
    async with working(world, {"count": count}):
        while len(await counted(world)) < 3:
            await asyncio.sleep(0.01)
        started = time.monotonic()

    assert time.monotonic() - started < 2
    job = await read(world, id)
    assert job.state == "queued"
    assert job.progress > 0
    async with begin(world.engine) as db:
        again = await jobs.take(db, uuid4(), ["count"])
    assert again is not None
    assert again.attempts == 1
    assert again.checkpoint == {"done": len(await counted(world))}


async def test_after_kill_9_the_next_worker_goes_on_at_once_and_nothing_is_done_twice(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    await make_counted(world)
    id = await put(world, "count", upto=40, pause_s=0.02)
    first = _spawn(world)
    try:
        while len(await counted(world)) < 5:
            assert first.poll() is None
            await asyncio.sleep(0.02)
    finally:
        first.kill()
        first.wait()

    killed = time.monotonic()
    async with working(world, {"count": count}):
        while (await read(world, id)).progress < 1 and not any(
            taken == 2 for _, taken in await counted(world)
        ):
            await asyncio.sleep(0.01)
        went_on_s = time.monotonic() - killed
        await until(world, id, "done")

    rows = await counted(world)
    assert [n for n, _ in rows] == list(range(1, 41))
    assert {taken for _, taken in rows} == {1, 2}
    with capsys.disabled():
        print(f"\n  gone on {went_on_s:.2f} s after kill -9", end=" ")
    # Well below the lease: the dead worker's connection has told.
    assert went_on_s < jobs.LEASE_S / 2


def _spawn(world: World) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-m", "tests.rooms.workers.chunks", address(world.engine)]
    return subprocess.Popen(words, cwd=ROOT, env=environment_with())
