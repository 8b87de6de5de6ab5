"""Taking a set of changes back, piece by piece. An undo is a set of changes itself: seen in the history, undoable.

Nobody's rights on single records are asked: who made a set, or an administrator, may take it back as a whole.
`updated_at` and `updated_by` tell of the undo, so that whoever follows them sees the old values come back.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy.exc import DBAPIError

from tuoke.access.sight import Sight
from tuoke.bus import change_sets, jobs
from tuoke.bus.change_sets import ChangeSet, Place, Touch
from tuoke.bus.log import open_change_set
from tuoke.kit.database import Connection, run_sql
from tuoke.kit.errors import Conflict, Forbidden, NotFound, Unavailable
from tuoke.kit.words import say
from tuoke.records.transaction import Transaction, transaction
from tuoke.records.undo_records import Outcome, take_back

JOB = "undo"
PIECE = 500
"""Changes one transaction takes back."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What one transaction did."""

    touches: int
    last: Place | None
    """Where the next piece ends; None = the set's beginning is reached."""
    outcome: Outcome


async def ask_undo(db: Connection, sight: Sight, id: int) -> int:
    """Put the job that undoes a set; returns its id.

    Raises NotFound for other people's sets, Conflict when it is undone already or still being made.
    """
    change_set = await change_sets.lock_set(db, id)
    if change_set.by != sight.actor.user_id and not sight.policy.is_administrator(sight.actor):
        raise change_sets.no_such_set(id)
    if not sight.policy.narrowing.is_open:
        raise Forbidden(say("受限的 API 密钥不能撤销", "A narrowed API key cannot undo"))
    if change_set.undone_at is not None:
        return await _undo_again(db, id)
    await _require_made(db, change_set)
    await change_sets.mark_undone(db, id, sight.actor.user_id)
    return await jobs.put(db, JOB, {"change_set": id}, by=sight.actor.user_id, key=job_key(id))


def job_key(change_set: int) -> str:
    return f"undo:{change_set}"


async def _undo_again(db: Connection, id: int) -> int:
    """A job that failed is queued once more and goes on where it stood."""
    # A set undone so long ago that its job is forgotten has none.
    job = (await jobs.read_by_keys(db, [job_key(id)])).get(job_key(id))
    if job is None or job.state != "failed":
        raise Conflict(
            say("这批改动已经撤销过", "These changes were undone already"),
            change_set=id,
            job=None if job is None else job.id,
        )
    await jobs.put_again(db, job.id)
    return job.id


async def _require_made(db: Connection, change_set: ChangeSet) -> None:
    making = change_set.facts.get("job")
    if not isinstance(making, int):
        return
    try:
        state = (await jobs.read(db, making)).state
    except NotFound:
        return
    if state in ("queued", "running"):
        raise Conflict(
            say("还在进行中，结束后才能撤销", "It is still running; undo it when it has ended"), job=making
        )


async def begin_undo(db: Connection, sight: Sight, id: int) -> int:
    """Open the change set that the undo is; returns its id."""
    of = await change_sets.lock_set(db, id)
    label = {"of": id, "kind": of.kind, "label": of.label}
    return await open_change_set(db, JOB, sight.actor.user_id, label, of.table, {"undoes": id})


async def undo_piece(
    db: Connection, sight: Sight, id: int, undo_set: int, before: Place | None, limit: int = PIECE
) -> Piece:
    """Take back the last changes of set `id` before a place. Raises Unavailable when a record is held too long."""
    touches = await change_sets.touches_before(db, id, before, limit)
    outcome = Outcome()
    if touches:
        async with _giving_way(db, sight, undo_set) as tx:
            outcome = await take_back(tx, id, _newest(touches), touches[-1].place.change)
    return Piece(len(touches), touches[-1].place if len(touches) == limit else None, outcome)


def _newest(touches: Sequence[Touch]) -> dict[int, dict[int, int]]:
    """table -> record -> its newest change among these."""
    found: dict[int, dict[int, int]] = {}
    for touch in touches:
        found.setdefault(touch.table_id, {}).setdefault(touch.record, touch.place.change)
    return found


async def undo_postponed(
    db: Connection, sight: Sight, id: int, undo_set: int, postponed: Mapping[int, Sequence[int]]
) -> Outcome:
    """When all else is taken back: the records whose former values were not free when their turn came."""
    newest = {
        table: await change_sets.newest_touch(db, id, table, records) for table, records in postponed.items()
    }
    async with _giving_way(db, sight, undo_set) as tx:
        return await take_back(tx, id, newest, 0)


@asynccontextmanager
async def _giving_way(db: Connection, sight: Sight, undo_set: int) -> AsyncGenerator[Transaction]:
    # Below the server's deadlock timeout: when we and somebody at the screen wait for each other, we give way.
    await run_sql(db, "set local lock_timeout = '700ms'")
    try:
        async with transaction(db, sight, undo_set) as tx:
            yield tx
    except DBAPIError as error:
        if "lock timeout" in str(error.orig):
            raise Unavailable(say("记录正被占用", "A record is in use")) from error
        raise
