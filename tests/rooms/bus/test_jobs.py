"""Jobs: stored with their cause, held by a lease, done chunk by chunk, never twice."""

from __future__ import annotations

from uuid import uuid4

from tuoke.bus import jobs
from tuoke.kit.database import Connection, run_sql

KINDS = ["import"]


async def test_a_job_is_taken_with_what_was_put(db: Connection) -> None:
    id = await jobs.put(db, "import", {"file": 7}, by=3)
    await _later(db)

    job = await jobs.take(db, uuid4(), KINDS)

    assert job is not None
    assert (job.id, job.kind, job.payload, job.checkpoint, job.by, job.taken, job.attempts) == (
        id, "import", {"file": 7}, {}, 3, 1, 1,
    )  # fmt: skip
    assert (await jobs.read(db, id)).state == "running"
    assert await jobs.take(db, uuid4(), KINDS) is None


async def _later(db: Connection) -> None:
    """pgqueuer compares with the transaction's time, which stands still inside a test."""
    await run_sql(db, "update jobs.pgqueuer set execute_after = execute_after - interval '1 ms'")
