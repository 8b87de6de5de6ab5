"""The job that takes a set of changes back."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Any

from tuoke.access.world import World
from tuoke.bus import change_sets, jobs
from tuoke.bus.change_sets import Place
from tuoke.bus.jobs import Job
from tuoke.bus.runs import cancel_change_set
from tuoke.kit.clock import utc_now
from tuoke.kit.database import begin
from tuoke.kit.errors import Unavailable
from tuoke.records.undo import Piece, begin_undo, undo_piece, undo_postponed
from tuoke.records.undo_options import put_back_options, take_back_options
from tuoke.records.undo_records import Outcome

MOST_TOLD = 1000
"""Conflicts listed in the result; all are counted."""
_TRIES = 20
_PAUSE_S = 0.3


@dataclass(frozen=True)
class Stand:
    """How far an undo is: the job's checkpoint."""

    undo_set: int
    place: Place | None = None
    """Everything of the set from here on is taken back."""
    walked: int = 0
    total: int = 0
    is_over: bool = False
    """The walk has reached the set's beginning."""
    undone: int = 0
    conflict_count: int = 0
    conflicts: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    postponed: dict[str, list[int]] = field(default_factory=dict[str, list[int]])
    """table -> records, for the very end."""

    @staticmethod
    def of(kept: dict[str, Any]) -> Stand:
        place: list[int] | None = kept["place"]
        values: dict[str, Any] = {**kept, "place": None if place is None else Place(*place)}
        return Stand(**values)

    def kept(self) -> dict[str, Any]:
        return {**vars(self), "place": None if self.place is None else list(self.place)}

    def after(self, piece: Piece) -> Stand:
        later = dict(self.postponed)
        for table, records in piece.outcome.postponed.items():
            later[str(table)] = [*later.get(str(table), []), *records]
        walked = replace(
            self,
            place=piece.last,
            is_over=piece.last is None,
            walked=self.walked + piece.touches,
            postponed=later,
        )
        return walked.counting(piece.outcome)

    def counting(self, outcome: Outcome) -> Stand:
        told = [refusal.as_json() for refusal in outcome.refused]
        return replace(
            self,
            undone=self.undone + outcome.undone,
            conflict_count=self.conflict_count + len(told),
            conflicts=[*self.conflicts, *told][:MOST_TOLD],
        )

    @property
    def share(self) -> float:
        return self.walked / max(self.total, self.walked, 1)

    def result(self) -> dict[str, Any]:
        return {
            "undone": self.undone,
            "conflicts": self.conflicts,
            "conflict_count": self.conflict_count,
            "change_set": self.undo_set,
        }


async def undo(world: World, job: Job) -> dict[str, Any]:
    """`job.payload`: {"change_set"}."""
    change_set: int = job.payload["change_set"]
    stand = Stand.of(job.checkpoint) if job.checkpoint else await _begin(world, job, change_set)
    while not stand.is_over:
        stand = await _patiently(_walk_on, world, job, stand)
    if stand.postponed:
        stand = await _patiently(_postponed, world, job, stand)
    await _options(world, job, stand)
    return stand.result()


async def _begin(world: World, job: Job, change_set: int) -> Stand:
    sight = await world.sight_now(job.by or 0, utc_now())
    async with begin(world.engine) as db:
        _, total = await change_sets.extent(db, change_set)
        facts = (await change_sets.lock_set(db, change_set)).facts
        # What flows still meant to do because of the set, they do not do any more.
        await cancel_change_set(db, change_set)
        # Options first: values that come back may need them.
        await put_back_options(db, facts.get("removed_choices", []))
        stand = Stand(await begin_undo(db, sight, change_set), total=total)
        await jobs.progress(db, job, 0, stand.kept())
    return stand


async def _patiently(
    step: Callable[[World, Job, Stand], Awaitable[Stand]], world: World, job: Job, stand: Stand
) -> Stand:
    """Waits a little where somebody holds a record; the whole job is put back when that does not help."""
    for _ in range(_TRIES):
        try:
            return await step(world, job, stand)
        except Unavailable:
            await asyncio.sleep(_PAUSE_S)
    return await step(world, job, stand)


async def _walk_on(world: World, job: Job, stand: Stand) -> Stand:
    sight = await world.sight_now(job.by or 0, utc_now())
    async with begin(world.engine) as db:
        piece = await undo_piece(db, sight, job.payload["change_set"], stand.undo_set, stand.place)
        stand = stand.after(piece)
        await jobs.progress(db, job, stand.share, stand.kept())
    return stand


async def _postponed(world: World, job: Job, stand: Stand) -> Stand:
    sight = await world.sight_now(job.by or 0, utc_now())
    postponed = {int(table): records for table, records in stand.postponed.items()}
    async with begin(world.engine) as db:
        outcome = await undo_postponed(db, sight, job.payload["change_set"], stand.undo_set, postponed)
        stand = replace(stand.counting(outcome), postponed={})
        await jobs.progress(db, job, stand.share, stand.kept())
    return stand


async def _options(world: World, job: Job, stand: Stand) -> None:
    async with begin(world.engine) as db:
        facts = (await change_sets.lock_set(db, job.payload["change_set"])).facts
        removed = await take_back_options(db, facts.get("choices", []))
        if removed:
            await change_sets.note_facts(db, stand.undo_set, {"removed_choices": removed})
        await jobs.progress(db, job, 1, stand.kept())
