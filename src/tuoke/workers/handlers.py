"""Which function does a job of which kind. A feature adds its kind here and nowhere else.

A handler is `async def handle(world: World, job: Job) -> dict`: what it returns is the job's result. It works in
chunks, each `async with begin(world.engine) as db: …; await jobs.progress(db, job, share, checkpoint)`, and begins
at `job.checkpoint`. An AppError ends the job at once with that reason, save Unavailable, which is tried again like
every other exception. Work on the processor longer than a blink goes through `asyncio.to_thread`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias

from tuoke.access.world import World
from tuoke.bus.jobs import Job
from tuoke.connect import outbox
from tuoke.records import undo
from tuoke.transfer import export_job, importing
from tuoke.workers import indexing, undoing, webhooks

Handler: TypeAlias = Callable[[World, Job], Awaitable[dict[str, Any]]]

HANDLERS: Mapping[str, Handler] = {
    importing.KIND: importing.run_import,
    export_job.KIND: export_job.run_export,
    undo.JOB: undoing.undo,
    indexing.CREATE: indexing.create,
    indexing.DROP: indexing.drop,
    outbox.JOB: webhooks.send,
}
