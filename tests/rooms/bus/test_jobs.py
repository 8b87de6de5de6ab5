"""Jobs: stored with their cause, held by a lease, done chunk by chunk, never twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from importlib import resources
from uuid import UUID, uuid4

import pytest
import pytest_asyncio
from pgqueuer.adapters.persistence.qb import QueryBuilderEnvironment
from pgqueuer.domain.settings import DBSettings

from tuoke.bus import jobs
from tuoke.bus.jobs import Job, Superseded
from tuoke.kit.database import Connection, Engine, begin, run_sql, split_statements
from tuoke.kit.errors import Invalid, NotFound
from tuoke.kit.words import say

KINDS = ["import", "mail"]
ME, OTHER = uuid4(), uuid4()


@pytest_asyncio.fixture
async def store(engine: Engine) -> AsyncIterator[Engine]:
    """Jobs are about several transactions, so these tests commit; nothing is left behind."""
    yield engine
    async with begin(engine) as db:
        await run_sql(db, "truncate bus.job, jobs.pgqueuer, jobs.pgqueuer_log")


async def put(engine: Engine, kind: str = "import", **more: object) -> int:
    async with begin(engine) as db:
        return await jobs.put(db, kind, {}, **more)  # type: ignore[arg-type]


async def take(engine: Engine, worker: UUID = ME) -> Job | None:
    async with begin(engine) as db:
        return await jobs.take(db, worker, KINDS)


async def took(engine: Engine, worker: UUID = ME) -> Job:
    job = await take(engine, worker)
    assert job is not None
    return job


async def state(engine: Engine, id: int) -> str:
    async with engine.connect() as db:
        return (await jobs.read(db, id)).state


async def lose_lease(engine: Engine) -> None:
    """As if the worker that holds the jobs had given no sign for long."""
    async with begin(engine) as db:
        await run_sql(db, "update jobs.pgqueuer set heartbeat = now() - interval '1 hour'")


async def test_a_job_is_taken_with_what_was_put(store: Engine) -> None:
    async with begin(store) as db:
        id = await jobs.put(db, "import", {"file": 7}, by=3)

    job = await took(store)

    assert (job.id, job.kind, job.payload, job.checkpoint, job.by) == (id, "import", {"file": 7}, {}, 3)
    assert await state(store, id) == "running"
    assert await take(store, OTHER) is None


async def test_a_job_goes_with_the_transaction_that_put_it(store: Engine) -> None:
    async with store.connect() as db:
        id = await jobs.put(db, "import", {})
        assert await take(store) is None
        await db.rollback()

    assert await take(store) is None
    async with store.connect() as db:
        with pytest.raises(NotFound):
            await jobs.read(db, id)


async def test_a_key_puts_a_job_once(store: Engine) -> None:
    first = await put(store, key="undo:1")
    again = await put(store, key="undo:1")

    assert first == again
    assert (await took(store)).id == first
    assert await take(store) is None


async def test_a_job_waits_for_its_time(store: Engine) -> None:
    await put(store, run_at=datetime.now(UTC) + timedelta(hours=1))

    assert await take(store) is None


async def test_many_takers_never_get_the_same_job(store: Engine) -> None:
    async with begin(store) as db:
        ids = [await jobs.put(db, "mail", {"n": n}) for n in range(40)]

    async def taker() -> list[int]:
        taken: list[int] = []
        while (job := await take(store, uuid4())) is not None:
            taken.append(job.id)
        return taken

    taken = [id for part in await asyncio.gather(*(taker() for _ in range(6))) for id in part]

    assert sorted(taken) == ids


async def test_who_takes_over_goes_on_at_the_checkpoint_and_who_was_thought_dead_stores_nothing(
    store: Engine,
) -> None:
    id = await put(store)
    slow = await took(store)
    async with begin(store) as db:
        await jobs.progress(db, slow, 0.25, {"line": 250})
    await lose_lease(store)

    heir = await took(store, OTHER)

    assert (heir.id, heir.checkpoint, heir.taken) == (id, {"line": 250}, 2)
    with pytest.raises(Superseded):
        await _store_chunk(store, slow)
    with pytest.raises(Superseded):
        async with begin(store) as db:
            await jobs.finish(db, slow, {})
    async with store.connect() as db:
        assert (await run_sql(db, "select to_regclass('work.chunk')")).scalar_one() is None
        assert (await jobs.read(db, id)).progress == 0.25


async def _store_chunk(engine: Engine, job: Job) -> None:
    async with begin(engine) as db:
        await run_sql(db, "create table work.chunk (n int)")
        await jobs.progress(db, job, 0.5, {"line": 500})


async def test_taking_over_waits_for_the_chunk_that_is_being_stored(store: Engine) -> None:
    await put(store)
    slow = await took(store)
    await lose_lease(store)

    async with begin(store) as db:
        await jobs.progress(db, slow, 0.5, {"line": 500})
        taking = asyncio.create_task(took(store, OTHER))
        done, _ = await asyncio.wait([taking], timeout=0.2)
        assert not done

    assert (await taking).checkpoint == {"line": 500}


async def test_a_sign_of_life_keeps_the_lease(store: Engine) -> None:
    await put(store)
    job = await took(store)
    await lose_lease(store)

    async with begin(store) as db:
        await jobs.beat(db, [job])

    assert await take(store, OTHER) is None


async def test_the_end_is_told_with_result_or_reason(store: Engine) -> None:
    good, bad = await put(store), await put(store)
    one, two = await took(store), await took(store)

    async with begin(store) as db:
        await jobs.finish(db, one, {"created": 5})
        await jobs.fail(db, two, Invalid(say("文件坏了：{n}", "Broken: {n}", n=1), line=3))

    async with store.connect() as db:
        done, failed = await jobs.read(db, good), await jobs.read(db, bad)
        left = (await run_sql(db, "select count(*) from jobs.pgqueuer")).scalar_one()
    assert (done.state, done.progress, done.result) == ("done", 1.0, {"created": 5})
    assert (failed.state, failed.error) == (
        "failed",
        {"slug": "invalid", "zh": "文件坏了：1", "en": "Broken: 1", "line": 3},
    )
    assert left == 0


async def test_a_failed_job_may_be_put_again_and_goes_on(store: Engine) -> None:
    id = await put(store)
    job = await took(store)
    async with begin(store) as db:
        await jobs.progress(db, job, 0.5, {"line": 5})
        await jobs.fail(db, job, Invalid(say("坏", "bad")))

    async with begin(store) as db:
        await jobs.put_again(db, id)

    again = await took(store)
    assert (again.id, again.checkpoint, again.attempts) == (id, {"line": 5}, 1)


async def test_attempts_count_only_while_nothing_gets_done(store: Engine) -> None:
    await put(store)
    attempts: list[int] = []
    for round in range(4):
        job = await took(store)
        attempts.append(job.attempts)
        async with begin(store) as db:
            if round == 1:
                await jobs.progress(db, job, 0.5, {})
            assert await jobs.retry(db, job, timedelta())

    assert attempts == [1, 2, 1, 2]


async def test_a_worker_that_leaves_gives_back_without_counting(store: Engine) -> None:
    await put(store)
    for _ in range(3):
        job = await took(store)
        async with begin(store) as db:
            await jobs.release(db, job)

    assert job.attempts == 1


async def test_old_jobs_are_forgotten(store: Engine) -> None:
    old, new = await put(store), await put(store)
    async with begin(store) as db:
        await run_sql(
            db,
            "update bus.job set state = 'done', finished_at = now() - interval '91 days' where id = $1",
            old,
        )
        await jobs.forget_old(db)
        assert await jobs.count_by_state(db) == {"queued": 1, "running": 0, "done": 0, "failed": 0}
        assert (await jobs.read(db, new)).state == "queued"


async def test_our_migration_is_what_the_installed_pgqueuer_installs(db: Connection) -> None:
    """When this fails after an upgrade of pgqueuer, its own upgrade belongs into a new migration."""
    theirs = QueryBuilderEnvironment(DBSettings(db_schema="jobs")).build_install_query()
    theirs = theirs.partition("CREATE FUNCTION")[0]
    ours = resources.files("tuoke.migrations").joinpath("0003_jobs.sql").read_text("utf-8")
    ours = ours.partition("-- Ours.")[0]

    assert split_statements(ours) == split_statements(theirs)
