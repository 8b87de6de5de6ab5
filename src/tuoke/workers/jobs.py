"""Does jobs: a few at a time, each under a lease, so that a long one never holds up the short ones."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from uuid import uuid4

import structlog

from tuoke.access.world import World
from tuoke.bus import jobs
from tuoke.bus.jobs import Job, Superseded
from tuoke.kit.database import Connection, Engine, begin, make_engine
from tuoke.kit.errors import AppError, Unavailable
from tuoke.kit.words import say
from tuoke.workers.handlers import Handler

AT_ONCE = 3
"""Jobs one worker does side by side; one kind takes at most all but one of these places."""
POLL_S = 0.25
BEAT_S = 1.0
_LEAVE_S = 0.8
_LONGEST_WAIT_S = 60
_PRESENCE = "tuoke-worker-"

log = structlog.get_logger()


class JobRunner:
    """One per worker process."""

    def __init__(self, world: World, handlers: Mapping[str, Handler]) -> None:
        self._world, self._handlers = world, handlers
        self._id = uuid4()
        self._running: dict[asyncio.Task[None], Job] = {}
        self._settled = asyncio.Event()

    async def run(self) -> None:
        """Until cancelled; then what runs is broken off and given back."""
        # The connection that says we live, and by ending says that we do not.
        presence = make_engine(
            self._world.settings.database, pool_size=1, application=f"{_PRESENCE}{self._id}"
        )
        try:
            await self._beat(presence)
            beating = asyncio.create_task(self._beat_for_ever(presence))
            try:
                await self._take_for_ever()
            finally:
                beating.cancel()
        finally:
            await self._leave()
            await presence.dispose()

    async def run_due(self) -> int:
        """Do what is due now, one after the other, and return how many: for tests and the command line."""
        done = 0
        async with self._world.glance.connect() as glance:
            while job := await self._take(glance):
                await self._do(job)
                done += 1
        return done

    async def _take_for_ever(self) -> None:
        async with self._world.glance.connect() as glance:
            while True:
                job = await self._take(glance) if len(self._running) < AT_ONCE else None
                if job is not None:
                    self._start(job)
                    continue
                self._settled.clear()
                try:
                    async with asyncio.timeout(POLL_S):
                        await self._settled.wait()
                except TimeoutError:
                    continue

    async def _take(self, glance: Connection) -> Job | None:
        busy = Counter(job.kind for job in self._running.values())
        kinds = [kind for kind in self._handlers if busy[kind] < AT_ONCE - 1]
        if not kinds:
            return None
        if not await jobs.is_any_due(glance):
            return None
        async with begin(self._world.engine) as db:
            return await jobs.take(db, self._id, kinds)

    def _start(self, job: Job) -> None:
        task = asyncio.create_task(self._do(job), name=f"job {job.id}")
        self._running[task] = job
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        del self._running[task]
        self._settled.set()
        if not task.cancelled() and (error := task.exception()) is not None:
            # The database was away when the outcome was to be stored; the lease runs out and somebody goes on.
            log.error("job_outcome_lost", job=task.get_name(), exc_info=error)

    async def _do(self, job: Job) -> None:
        try:
            await self._handle(job)
        except Superseded:
            log.warning("job_superseded", job=job.id, kind=job.kind)

    async def _handle(self, job: Job) -> None:
        if job.attempts > jobs.MAX_BROKEN_OFF:
            await self._fail(job, _BROKE_OFF)
            return
        try:
            result = await self._handlers[job.kind](self._world, job)
        except Superseded:
            raise
        except Unavailable as error:
            await self._retry(job, error)
        except AppError as error:
            await self._fail(job, error)
        except Exception:
            log.exception("job_raised", job=job.id, kind=job.kind, attempts=job.attempts)
            await self._retry(job, _internal(job))
        else:
            async with begin(self._world.engine) as db:
                await jobs.finish(db, job, result)

    async def _retry(self, job: Job, error: AppError) -> None:
        wait = timedelta(seconds=min(2.0 ** (job.attempts - 1), _LONGEST_WAIT_S))
        async with begin(self._world.engine) as db:
            retried = await jobs.retry(db, job, wait)
        if not retried:
            await self._fail(job, error)

    async def _fail(self, job: Job, error: AppError) -> None:
        log.warning("job_failed", job=job.id, kind=job.kind, reason=str(error))
        async with begin(self._world.engine) as db:
            await jobs.fail(db, job, error)

    async def _beat_for_ever(self, presence: Engine) -> None:
        while True:
            await asyncio.sleep(BEAT_S)
            try:
                await self._beat(presence)
            except Exception:
                # A lease that cannot be renewed is no reason to stop: the next chunk will tell whose it is.
                log.warning("job_beat_missed", exc_info=True)

    async def _beat(self, presence: Engine) -> None:
        async with presence.execution_options(isolation_level="AUTOCOMMIT").connect() as db:
            await jobs.beat(db, self._running.values())
            await jobs.free_orphans(db, _PRESENCE)

    async def _leave(self) -> None:
        left = dict(self._running)
        for task in left:
            task.cancel()
        if left:
            await asyncio.wait(left, timeout=_LEAVE_S)
        for job in left.values():
            await self._release(job)

    async def _release(self, job: Job) -> None:
        try:
            async with asyncio.timeout(_LEAVE_S), begin(self._world.engine) as db:
                await jobs.release(db, job)
        except Superseded:
            # It had just ended by itself.
            return
        except Exception:
            # The database leaves too, perhaps; the next worker sees that we are gone.
            log.warning("job_not_released", job=job.id)


_BROKE_OFF = Unavailable(
    say(
        "处理时程序多次意外退出，任务已停止；已完成的部分保留",
        "The program ended unexpectedly several times while doing this, so it was stopped; what was done is kept",
    )
)


def _internal(job: Job) -> Unavailable:
    return Unavailable(
        say(
            "内部错误，已多次重试仍失败；管理员可在日志里按任务号 {job} 查到原因",
            "An internal error came back at every try; the log has the reason under job {job}",
            job=job.id,
        )
    )
