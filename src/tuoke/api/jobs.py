"""Long work in the background: how far it is and what came of it."""

from __future__ import annotations

from typing import Annotated, Any, cast

from fastapi import APIRouter, Depends, Response

from tuoke.api.answers import answer
from tuoke.api.door import Door, enter
from tuoke.bus import jobs
from tuoke.bus.jobs import Status, no_such_job

router = APIRouter(tags=["jobs"])


@router.get("/jobs/{id}")
async def read(id: int, door: Annotated[Door, Depends(enter)]) -> Response:
    """`state` is `queued`, `running`, `done` or `failed`; `progress` goes from 0 to 1. One's own jobs only."""
    async with door.world.glance.connect() as db:
        job = await jobs.read(db, id if 0 < id < 2**63 else 0)
    if job.by != door.actor.user_id and not door.is_administrator:
        raise no_such_job(id)
    return answer(told(job, door.language))


def told(job: Status, language: str) -> dict[str, Any]:
    return {
        "id": job.id,
        "kind": job.kind,
        "state": job.state,
        "progress": round(job.progress, 4),
        "result": in_language(job.result, language),
        "error": _error(job, language),
        "created_at": job.created_at,
        "finished_at": job.finished_at,
    }


def _error(job: Status, language: str) -> dict[str, Any] | None:
    if job.error is None:
        return None
    error = dict(job.error)
    detail = {key: error.pop(key, "") for key in ("zh", "en")}
    return {
        "type": f"/problems/{error.pop('slug', 'internal')}",
        "detail": in_language(detail, language),
        **error,
    }


def in_language(kept: Any, language: str) -> Any:
    """A stored result with its sentences, `{"zh", "en"}`, in the reader's language."""
    if isinstance(kept, dict):
        held = cast("dict[str, Any]", kept)
        if held.keys() == {"zh", "en"}:
            return held["en"] if language.startswith("en") else held["zh"]
        return {key: in_language(value, language) for key, value in held.items()}
    if isinstance(kept, list):
        return [in_language(value, language) for value in cast("list[Any]", kept)]
    return kept
