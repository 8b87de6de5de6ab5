"""Long work and outside effects: put with the transaction that caused them, done by a worker, surely once a chunk.

The queue is pgqueuer's (schema `jobs`); what people see of a job is our row in `bus.job`. A worker holds a job
by a lease that it renews; whoever takes a job over gets the next `taken` number, and everything a job stores
goes through `progress`, `finish` or `fail`, which refuse an older number. So a worker that was thought dead and
is not can at worst waste its time.

A job is done in chunks, each a transaction of its own that ends with `progress(db, job, share, checkpoint)`.
After a crash the next worker gets the job with the last stored checkpoint.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from pgqueuer.adapters.persistence.qb import QueryBuilderEnvironment, QueryQueueBuilder, QuerySchedulerBuilder
from pgqueuer.domain.settings import DBSettings
from pgqueuer.domain.types import Channel, JobId, QueueEntrypoint, QueueManagerId
from pgqueuer.models import Job as Queued
from pgqueuer.queries import EntrypointExecutionParameter, Queries

from tuoke.bus.queue_driver import TransactionDriver
from tuoke.kit.database import Connection, run_sql
from tuoke.kit.errors import AppError, NotFound
from tuoke.kit.jsontext import to_json
from tuoke.kit.words import Words, say

LEASE_S = 8.0
"""A job whose worker gave no sign for so long is taken over."""
MAX_ATTEMPTS = 5
"""Takes of a job that ended with an error, without any progress between them."""
MAX_BROKEN_OFF = 8
"""Takes that ended with the worker. More, because a job that kills its worker and a machine that is switched off and
on again look the same; and further and further apart, so that the one does not keep everybody from working and the
other is over by then."""
_LONGEST_PAUSE_S = 60

Json = dict[str, Any]


class Superseded(Exception):
    """Another worker has taken this job over: stop, and store nothing."""


@dataclass(frozen=True, slots=True)
class Job:
    """A job as its handler gets it."""

    id: int
    kind: str
    payload: Json
    checkpoint: Json
    """As the last `progress` stored it; empty at the first start."""
    by: int | None
    """Whose job it is; None = the product's own."""
    taken: int
    """The lease: how many times the job was taken so far, this time included."""
    attempts: int
    """Takes since the last progress, this one included."""
    queued: Queued = field(repr=False)


@dataclass(frozen=True, slots=True)
class Status:
    """A job as people see it."""

    id: int
    kind: str
    state: str
    """`queued`, `running`, `done` or `failed`."""
    progress: float
    """0 … 1."""
    result: Json | None
    error: Json | None
    """`{"slug", "zh", "en"}` and the facts of the error."""
    by: int | None
    created_at: datetime
    finished_at: datetime | None


# Every name is given: pgqueuer would otherwise take missing ones from the environment.
_NAMES = DBSettings(
    prefix="",
    db_schema="jobs",
    channel=Channel("ch_pgqueuer"),
    function="fn_pgqueuer_changed",
    statistics_table="pgqueuer_statistics",
    queue_status_type="pgqueuer_status",
    queue_table="pgqueuer",
    queue_table_log="pgqueuer_log",
    trigger="tg_pgqueuer_changed",
    schedules_table="pgqueuer_schedules",
)
_ENVIRONMENT = QueryBuilderEnvironment(_NAMES)
_QUEUE = QueryQueueBuilder(_NAMES)
_SCHEDULER = QuerySchedulerBuilder(_NAMES)


def _queries(db: Connection) -> Queries:
    return Queries(TransactionDriver(db), _ENVIRONMENT, _QUEUE, _SCHEDULER)


async def put(
    db: Connection,
    kind: str,
    payload: Mapping[str, Any],
    *,
    by: int | None = None,
    key: str | None = None,
    run_at: datetime | None = None,
) -> int:
    """Queue a job in the caller's transaction: rolled back with it, visible to workers when it commits.

    `key`: at most one job ever has it; a second `put` answers with the first job's id. `run_at`: not before.
    """
    made = await run_sql(
        db,
        "insert into bus.job (kind, key, payload, by) values ($1, $2, $3::text::jsonb, $4)"
        " on conflict (key) do nothing returning id",
        kind,
        key,
        to_json(payload),
        by,
    )
    id = made.scalar()
    if id is None:
        return int((await run_sql(db, "select id from bus.job where key = $1", key)).scalar_one())
    await _enqueue(db, int(id), kind, run_at)
    return int(id)


async def _enqueue(db: Connection, id: int, kind: str, run_at: datetime | None = None) -> None:
    wait = None if run_at is None else max(run_at - datetime.now(UTC), timedelta())
    [queue_id] = await _queries(db).enqueue(kind, str(id).encode(), execute_after=wait)
    await run_sql(db, "update bus.job set queue_id = $2 where id = $1", id, int(queue_id))


_READ = "select id, kind, state, progress, result, error, by, created_at, finished_at from bus.job"


async def read(db: Connection, id: int) -> Status:
    """Raises NotFound."""
    row = (await run_sql(db, f"{_READ} where id = $1", id)).first()
    if row is None:
        raise no_such_job(id)
    return Status(*row)


async def read_by_keys(db: Connection, keys: Sequence[str]) -> dict[str, Status]:
    """By the key they were put with; those nobody put are absent."""
    if not keys:
        return {}
    rows = await run_sql(
        db, _READ.replace("select ", "select key, ") + " where key = any($1::text[])", list(keys)
    )
    return {row[0]: Status(*row[1:]) for row in rows}


async def read_own(db: Connection, kind: str, by: int, limit: int = 100) -> list[tuple[Status, Json]]:
    """Somebody's newest jobs of a kind, each with its payload."""
    rows = await run_sql(
        db,
        _READ.replace(" from ", ", payload from ") + " where kind = $1 and by = $2 order by id desc limit $3",
        kind,
        by,
        limit,
    )
    return [(Status(*row[:-1]), row[-1]) for row in rows]


async def count_open(db: Connection, kind: str, by: int) -> int:
    """How many of somebody's jobs of a kind wait or run."""
    found = await run_sql(
        db,
        "select count(*) from bus.job where kind = $1 and by = $2 and state in ('queued', 'running')",
        kind,
        by,
    )
    return int(found.scalar_one())


async def forget(db: Connection, id: int, kind: str, by: int) -> Json | None:
    """Remove somebody's job, and return the result it had. A worker that is at it stores nothing more and stops.

    Raises NotFound.
    """
    gone = await run_sql(
        db, "delete from bus.job where id = $1 and kind = $2 and by = $3 returning result", id, kind, by
    )
    row = gone.first()
    if row is None:
        raise no_such_job(id)
    return row[0]


def no_such_job(id: int) -> NotFound:
    return NotFound(say("没有这个任务", "There is no such job"), job=id)


async def put_again(db: Connection, id: int) -> None:
    """Queue a failed job once more; it goes on at its checkpoint."""
    row = (
        await run_sql(
            db,
            "update bus.job set state = 'queued', attempts = 0, error = null, finished_at = null"
            " where id = $1 and state = 'failed' returning kind",
            id,
        )
    ).first()
    if row is not None:
        await _enqueue(db, id, row[0])


# --- for handlers ---------------------------------------------------------------------------------


async def progress(db: Connection, job: Job, share: float, checkpoint: Mapping[str, Any]) -> None:
    """Store how far the job is, in the transaction of the chunk it tells of. `share`: 0 … 1.

    Raises Superseded, which must roll that transaction back, when another worker has taken the job over.
    """
    stored = await run_sql(
        db,
        "update bus.job set progress = $3, checkpoint = $4::text::jsonb, attempts = 0"
        " where id = $1 and taken = $2 and state = 'running'",
        job.id,
        job.taken,
        min(max(share, 0.0), 1.0),
        to_json(checkpoint),
    )
    _require_lease(stored.rowcount, job)


async def note(db: Connection, job: Job, share: float) -> None:
    """Tell how far a job is that begins anew after a crash: it has no checkpoint, and this is no reason to try for ever.

    Raises Superseded as `progress` does.
    """
    stored = await run_sql(
        db,
        "update bus.job set progress = $3 where id = $1 and taken = $2 and state = 'running'",
        job.id,
        job.taken,
        min(max(share, 0.0), 1.0),
    )
    _require_lease(stored.rowcount, job)


async def finish(db: Connection, job: Job, result: Mapping[str, Any]) -> None:
    """The job is done. The worker calls it with what the handler returned. Raises Superseded."""
    stored = await run_sql(
        db,
        "update bus.job set state = 'done', progress = 1, result = $3::text::jsonb, finished_at = now(),"
        " worker = null where id = $1 and taken = $2 and state = 'running'",
        job.id,
        job.taken,
        to_json(result),
    )
    _require_lease(stored.rowcount, job)
    await _queries(db).log_jobs([(job.queued, "successful", None)])


async def fail(db: Connection, job: Job, error: AppError) -> None:
    """The job is given up; its owner reads why. Raises Superseded."""
    stored = await run_sql(
        db,
        "update bus.job set state = 'failed', error = $3::text::jsonb, finished_at = now(), worker = null"
        " where id = $1 and taken = $2 and state = 'running'",
        job.id,
        job.taken,
        to_json({"slug": error.slug, **_both(error.detail), **error.facts}),
    )
    _require_lease(stored.rowcount, job)
    await _queries(db).log_jobs([(job.queued, "exception", None)])


def _both(words: Words) -> dict[str, str]:
    return {"zh": words.in_("zh"), "en": words.in_("en")}


def _require_lease(rows: int, job: Job) -> None:
    if rows != 1:
        raise Superseded(job.id)


# --- for the worker -------------------------------------------------------------------------------


async def is_any_due(db: Connection) -> bool:
    """Whether `take` may find something; a glance that takes no lock."""
    found = await run_sql(
        db,
        f"select exists (select from {_NAMES.qualified.queue_table} where status = 'queued'"
        " and execute_after <= now() or status = 'picked' and heartbeat < now() - make_interval(secs => $1))",
        LEASE_S,
    )
    return bool(found.scalar_one())


async def take(db: Connection, worker: UUID, kinds: Collection[str]) -> Job | None:
    """The next job of one of these kinds that is due, or whose worker is gone; None when there is none."""
    found = await _queries(db).dequeue(
        1,
        {QueueEntrypoint(kind): EntrypointExecutionParameter(0) for kind in kinds},
        QueueManagerId(worker),
        None,
        timedelta(seconds=LEASE_S),
    )
    if not found:
        return None
    [queued] = found
    # Waits for the last transaction of a worker that is being taken over from, and then sees its checkpoint.
    row = (
        await run_sql(
            db,
            "update bus.job set state = 'running', worker = $2, taken = taken + 1, attempts = attempts + 1,"
            " started_at = coalesce(started_at, now())"
            " where id = $3 and queue_id = $1 and state in ('queued', 'running')"
            " returning id, kind, payload, checkpoint, by, taken, attempts",
            int(queued.id),
            worker,
            int(queued.payload or b"0"),
        )
    ).first()
    if row is None:
        # Nothing is left that anybody waits for.
        await _queries(db).log_jobs([(queued, "deleted", None)])
        return None
    return Job(*row, queued=queued)


async def beat(db: Connection, jobs: Collection[Job]) -> None:
    """Renew the leases of these jobs."""
    if jobs:
        await _queries(db).update_heartbeat([JobId(int(job.queued.id)) for job in jobs])


async def retry(db: Connection, job: Job, wait: timedelta) -> bool:
    """Put the job back; it goes on at its checkpoint after `wait`. Raises Superseded.

    False, and nothing done, when it was taken too often without any progress.
    """
    found = await run_sql(db, "select attempts from bus.job where id = $1 for update", job.id)
    if found.scalar_one() >= MAX_ATTEMPTS:
        return False
    await _give_back(db, job, wait, 0)
    return True


async def release(db: Connection, job: Job) -> None:
    """Put the job back because this worker leaves: that is no failed attempt. Raises Superseded."""
    await _give_back(db, job, timedelta(), 1)


async def _give_back(db: Connection, job: Job, wait: timedelta, uncounted: int) -> None:
    stored = await run_sql(
        db,
        "update bus.job set state = 'queued', worker = null, attempts = greatest(attempts - $3::int, 0)"
        " where id = $1 and taken = $2 and state = 'running'",
        job.id,
        job.taken,
        uncounted,
    )
    _require_lease(stored.rowcount, job)
    await _queries(db).retry_job(job.queued, wait, None)


async def free_orphans(db: Connection, application: str) -> int:
    """End the leases of workers that are gone; returns of how many jobs. Who has lost several workers already waits.

    A worker keeps one connection open whose application name is `application` followed by its id. When its
    process ends, however it ends, the server closes that connection at once, so nobody waits for a lease.
    """
    freed = await run_sql(
        db,
        f"update {_NAMES.qualified.queue_table} q set queue_manager_id = null,"
        # None after the first worker, then 1 s, 2 s, 4 s …
        " heartbeat = now() - make_interval(secs => $2 - least($3, floor(2.0 ^ (coalesce("
        "(select attempts from bus.job where queue_id = q.id), 0) - 2))))"
        " where status = 'picked' and queue_manager_id is not null and not exists ("
        " select from pg_stat_activity where datname = current_database()"
        " and application_name = $1::text || queue_manager_id::text)",
        application,
        LEASE_S,
        float(_LONGEST_PAUSE_S),
    )
    return int(freed.rowcount)


async def forget_old(db: Connection, days: int = 90) -> None:
    """Jobs finished long ago, and pgqueuer's own notes about them."""
    await run_sql(
        db,
        "delete from bus.job where state in ('done', 'failed') and finished_at < now() - make_interval(days => $1::int)",
        days,
    )
    await run_sql(
        db,
        f"delete from {_NAMES.qualified.queue_table_log} where created < now() - make_interval(days => $1::int)",
        days,
    )


async def count_by_state(db: Connection) -> dict[str, int]:
    rows = await run_sql(db, "select state, count(*) from bus.job group by state")
    return {"queued": 0, "running": 0, "done": 0, "failed": 0, **{row[0]: row[1] for row in rows}}
