"""The audit: what people did that must be told later. For administrators."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import AwareDatetime, BaseModel

from tuoke.access import audit
from tuoke.access.audit import Wanted
from tuoke.api.door import Door, enter_as_administrator

router = APIRouter(tags=["audit"])


class EntryAnswer(BaseModel):
    id: int
    at: datetime
    user: int | None
    """None: the machine itself, or somebody unknown."""
    action: str
    facts: dict[str, Any]
    ip: str


class AuditAnswer(BaseModel):
    entries: list[EntryAnswer]
    next: int | None
    """Ask with `before=` this for older ones; null when there are none."""


@router.get("/audit")
async def list_audit(
    door: Annotated[Door, Depends(enter_as_administrator)],
    user: int | None = None,
    action: Annotated[str | None, Query(max_length=60, pattern=r"^[a-z_.]+$")] = None,
    since: AwareDatetime | None = None,
    until: AwareDatetime | None = None,
    before: int | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> AuditAnswer:
    """Log-ins, passwords, rights and exports, newest first. `action=session` finds all about sessions; `until` is not included."""
    async with door.begin() as db:
        wanted = Wanted(user, action, since, until, before, limit + 1)
        found = await audit.list_entries(db, wanted)
    page = found[:limit]
    return AuditAnswer(
        entries=[
            EntryAnswer(
                id=one.id, at=one.at, user=one.user, action=one.action, facts=dict(one.facts), ip=one.ip
            )
            for one in page
        ],
        next=page[-1].id if len(found) > limit else None,
    )
