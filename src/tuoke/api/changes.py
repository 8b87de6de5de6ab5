"""Imports, bulk edits and undos as wholes: a list of them, and the way back."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response

from tuoke.api.answers import answer
from tuoke.api.door import Door, enter
from tuoke.bus import change_sets, jobs
from tuoke.bus.change_sets import ChangeSet
from tuoke.bus.jobs import Status
from tuoke.records.undo import ask_undo, job_key

router = APIRouter(tags=["changes"])

Known = Annotated[Door, Depends(enter)]


@router.get("/change_sets")
async def list_sets(
    door: Known, before: int | None = None, limit: Annotated[int, Query(ge=1, le=200)] = 50
) -> Response:
    """One's own, newest first; administrators see everybody's. `undo` tells how far its undoing is."""
    by = None if door.is_administrator else door.actor.user_id
    async with door.begin() as db:
        found = await change_sets.list_sets(db, by, before, limit + 1)
        page = found[:limit]
        undos = await jobs.read_by_keys(db, [job_key(one.id) for one in page if one.undone_at is not None])
    return answer(
        {
            "change_sets": [_told(one, undos.get(job_key(one.id))) for one in page],
            "next": page[-1].id if len(found) > limit else None,
        }
    )


def _told(one: ChangeSet, undo: Status | None) -> dict[str, Any]:
    is_open = one.undone_at is None or (undo is not None and undo.state == "failed")
    return {
        "id": one.id,
        "kind": one.kind,
        "label": one.label,
        "table": one.table,
        "by": one.by,
        "at": one.at,
        "job": one.facts.get("job"),
        "records": one.facts.get("records"),
        "undoable": is_open,
        "undone_at": one.undone_at,
        "undone_by": one.undone_by,
        "undo": undo and {"job": undo.id, "state": undo.state, "progress": round(undo.progress, 4)},
    }


@router.post("/changes/{set}/undo", status_code=202)
async def undo(set: int, door: Known) -> Response:
    """Take a whole set back, in the background; its result tells what stayed because somebody changed it since."""
    async with door.begin() as db:
        job = await ask_undo(db, door.sight, set if 0 < set < 2**63 else 0)
    return answer({"job": job}, 202)
