"""The door to comments on records."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from tuoke.api.answers import answer
from tuoke.api.door import Door, enter
from tuoke.notify import comments

router = APIRouter(prefix="/tables/{table}/records/{id}/comments", tags=["comments"])

Known = Annotated[Door, Depends(enter)]
Id = Annotated[int, Field(ge=1, lt=2**63)]


class Said(BaseModel):
    model_config = ConfigDict(extra="forbid")
    text: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=5000, pattern=r"^[^\x00]*$")
    ]
    """Kept as it is typed; nothing in it is markup."""
    mentions: list[Id] = Field(default=[], max_length=100)
    """Ids of people who may read the record; each gets a notice once."""


class Comment(BaseModel):
    id: int
    text: str
    mentions: list[int]
    by: int
    at: datetime
    edited_at: datetime | None


class Comments(BaseModel):
    comments: list[Comment]
    next: datetime | None


class Reader(BaseModel):
    id: int
    name: str


class Readers(BaseModel):
    people: list[Reader]


@router.get("", response_model=Comments)
async def list_comments(
    table: str,
    id: int,
    door: Known,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    before: datetime | None = None,
) -> Response:
    """What was said about a record, newest first."""
    found = door.catalog.table(table)
    async with door.begin() as db:
        said = await comments.list_comments(db, found, door.sight, _sane(id), before, limit + 1)
    page = said[:limit]
    return answer({"comments": page, "next": page[-1]["at"] if len(said) > limit else None})


@router.post("", response_model=Comment, status_code=201)
async def add_comment(table: str, id: int, body: Said, door: Known) -> Response:
    """Say something; whom it mentions is told."""
    found = door.catalog.table(table)
    async with door.begin() as db:
        made = await comments.add_comment(db, found, door.sight, _sane(id), body.text, body.mentions)
    return answer(made, 201)


@router.get("/people", response_model=Readers)
async def people(
    table: str, id: int, door: Known, name: Annotated[str, Query(max_length=80)] = ""
) -> Response:
    """Whom one can mention: people who may read this record, by part of their name."""
    found = door.catalog.table(table)
    async with door.begin() as db:
        return answer({"people": await comments.readers(db, found, door.sight, _sane(id), name)})


@router.patch("/{comment}", response_model=Comment)
async def change_comment(table: str, id: int, comment: int, body: Said, door: Known) -> Response:
    """One's own."""
    found = door.catalog.table(table)
    async with door.begin() as db:
        return answer(
            await comments.change_comment(
                db, found, door.sight, _sane(id), _sane(comment), body.text, body.mentions
            )
        )


@router.delete("/{comment}", status_code=204)
async def delete_comment(table: str, id: int, comment: int, door: Known) -> Response:
    """One's own; an administrator anybody's."""
    async with door.begin() as db:
        await comments.delete_comment(db, door.catalog.table(table), door.sight, _sane(id), _sane(comment))
    return Response(status_code=204)


def _sane(id: int) -> int:
    """Numbers beyond bigint are no record's."""
    return id if 0 < id < 2**63 else 0
