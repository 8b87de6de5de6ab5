"""A large export as a job: it tells how far it is, may be stopped, and leaves a file that is kept for a while.

After a crash it begins anew: its rows are those of one moment. A file is there when it is whole, or not at all.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tuoke.access.audit import By
from tuoke.access.policy import Action
from tuoke.access.sight import Sight
from tuoke.access.world import World
from tuoke.bus import jobs
from tuoke.bus.jobs import Job, Status
from tuoke.kit.clock import utc_now
from tuoke.kit.database import Connection, Engine, begin
from tuoke.kit.errors import Conflict
from tuoke.kit.storage import Files, pieces_of
from tuoke.kit.words import say
from tuoke.query.ast import listed
from tuoke.records.files import File, add_file, expire
from tuoke.transfer.acting import acting_sight, kept_narrowing
from tuoke.transfer.exporting import TYPES, Export, begin_export, check_right, file_name, write_export

KIND = "export"
MOST_AT_ONCE = 5
"""Exports of one person that wait or run; more would keep everybody else's from beginning."""
KEPT = timedelta(days=1)
"""So long a finished export can be fetched."""
LARGEST = 2**34
_TELL_S = 0.5
_PACKED = 0.97
"""What a job that has read every row has done."""
_FORGOTTEN_S = 86_400

Json = dict[str, Any]


async def put_export(
    db: Connection, export: Export, asked: Mapping[str, Any], format: str, by: By, now: datetime
) -> int:
    """Queue it; returns the job. `asked`: the parameters of `listed`. Raises Forbidden or Invalid at once."""
    if await jobs.count_open(db, KIND, export.sight.actor.user_id) >= MOST_AT_ONCE:
        raise Conflict(
            say(
                "您已有 {n} 个导出在进行，等完成或取消一个再导出",
                "{n} of your exports are under way; wait for one, or stop one",
                n=MOST_AT_ONCE,
            )
        )
    records = await begin_export(db, export, format, by)
    payload = {
        "table": export.table.key,
        "asked": dict(asked),
        "format": format,
        "language": export.language,
        "name": file_name(export, format, now),
        "records": records,
        **kept_narrowing(export.sight.policy),
    }
    return await jobs.put(db, KIND, payload, by=export.sight.actor.user_id)


async def own_exports(db: Connection, sight: Sight) -> list[tuple[Status, Json]]:
    """Those that run, failed, or can still be fetched, newest first."""
    found = await jobs.read_own(db, KIND, sight.actor.user_id)
    return [(job, told) for job, told in found if not _is_over(job, sight.now) and _is_mine(sight, job, told)]


def _is_mine(sight: Sight, job: Status, told: Json) -> bool:
    """Why one failed is told to him whose it was; its rows are for who may export them still."""
    return job.result is None or sight.policy.may(sight.actor, told["table"], Action.EXPORT)


def _is_over(job: Status, now: datetime) -> bool:
    ended = job.finished_at
    return ended is not None and ended + KEPT <= now


async def remove_export(db: Connection, id: int, sight: Sight) -> None:
    """Stop it, or take its file away. Raises NotFound for other people's, and through a key that may not export."""
    if id not in [job.id for job, _ in await own_exports(db, sight)]:
        raise jobs.no_such_job(id)
    result = await jobs.forget(db, id, KIND, sight.actor.user_id)
    if result is not None:
        await expire(db, result["file"], sight.actor.user_id, sight.now)


async def run_export(world: World, job: Job) -> Json:
    """The handler of export jobs."""
    sight, told = await acting_sight(world, job), job.payload
    table = sight.catalog.table(told["table"])
    export = Export(table, sight, listed(**told["asked"]), told["language"])
    check_right(export)
    progress = _Progress(world.engine, job, told["records"])
    with _workplace(world, job) as folder:
        path = folder / "export"
        await write_export(world.engine, export, told["format"], path, progress.add)
        file = await _keep(world, job, path)
    return {
        "file": file.id,
        "url": f"/api/v1/files/{file.id}",
        "size": file.size,
        "records": progress.done,
        "expires_at": file.expires_at and file.expires_at.isoformat(),
    }


async def _keep(world: World, job: Job, path: Path) -> File:
    files = Files(world.settings.files)
    stored = await files.save(pieces_of(path), limit=LARGEST)
    name, type, expires = job.payload["name"], TYPES[job.payload["format"]], utc_now() + KEPT
    try:
        async with begin(world.engine) as db:
            # First, so that a file nobody waits for any more is not kept.
            await jobs.note(db, job, 0.99)
            return await add_file(
                db, name, stored.size, type, stored.key, job.by or 0, expires, job.payload["table"]
            )
    except BaseException:
        files.delete(stored.key)
        raise


@dataclass
class _Progress:
    """Stored now and then, which is also when the job learns that it was stopped."""

    engine: Engine
    job: Job
    total: int
    done: int = 0
    told_at: float = 0.0

    async def add(self, rows: int) -> None:
        self.done += rows
        now = time.monotonic()
        if now - self.told_at < _TELL_S:
            return
        self.told_at = now
        async with begin(self.engine) as db:
            await jobs.note(db, self.job, min(self.done / max(self.total, 1), 1) * _PACKED)


@contextmanager
def _workplace(world: World, job: Job) -> Generator[Path]:
    """A folder for this lease of the job; what its earlier ones and long dead ones left is cleared away."""
    spool = world.settings.data / "spool"
    spool.mkdir(parents=True, exist_ok=True, mode=0o700)
    forgotten = time.time() - _FORGOTTEN_S
    for left in spool.glob("export-*"):
        # Another export may clear its own away at this moment.
        with suppress(FileNotFoundError):
            if left.name.startswith(f"export-{job.id}-") or left.stat().st_mtime < forgotten:
                shutil.rmtree(left, ignore_errors=True)
    folder = spool / f"export-{job.id}-{job.taken}"
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
