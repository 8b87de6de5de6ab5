"""What I was told."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, ConfigDict, Field

from tuoke.api.answers import answer
from tuoke.api.door import Door, enter
from tuoke.notify.notice import mark_read, notices_of

router = APIRouter(prefix="/notices", tags=["notices"])

Known = Annotated[Door, Depends(enter)]


@router.get("")
async def mine(door: Known, before: int | None = None, limit: int = 30) -> Response:
    """What I was told, newest first, and how much of it I have not read."""
    async with door.begin() as db:
        return answer(await notices_of(db, door.actor.user_id, before, max(1, min(limit, 100))))


class Read(BaseModel):
    model_config = ConfigDict(extra="forbid")
    ids: list[int] | None = Field(default=None, max_length=1000)
    """Absent = all of mine."""


@router.post("/read")
async def read(body: Read, door: Known) -> Response:
    """Mark notices as read; without `ids` all of mine."""
    async with door.begin() as db:
        done = await mark_read(db, door.actor.user_id, body.ids)
    return answer({"read": done})
