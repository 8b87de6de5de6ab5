"""Exports in the background: ask, see how far they are, fetch the file, remove it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, ConfigDict, Field

from tuoke.api.answers import answer
from tuoke.api.door import Door, enter
from tuoke.api.jobs import told as told_of_job
from tuoke.bus.jobs import Status
from tuoke.query.ast import listed
from tuoke.transfer.export_job import own_exports, put_export, remove_export
from tuoke.transfer.exporting import Export

router = APIRouter(tags=["transfer"])

Known = Annotated[Door, Depends(enter)]


class Asked(BaseModel):
    """The same parameters as the list has, as text."""

    model_config = ConfigDict(extra="forbid")
    format: Literal["xlsx", "csv"] = "xlsx"
    filter: str = ""
    sort: str = ""
    fields: str = ""
    search: str = Field(default="", max_length=200)
    deleted: bool = False


class Put(BaseModel):
    job: int


class OwnExport(BaseModel):
    job: int
    table: str
    format: str
    name: str
    """Of the file."""
    records: int
    state: str
    progress: float
    error: dict[str, Any] | None
    url: str | None
    """Where the file is fetched; None until it is whole."""
    size: int | None
    expires_at: datetime | None
    created_at: datetime


class OwnExports(BaseModel):
    exports: list[OwnExport]


@router.post("/tables/{table}/exports", status_code=202, response_model=Put)
async def put(table: str, asked: Asked, door: Known) -> Response:
    """As `GET …/export`, in the background; `GET /exports` tells how far it is."""
    parameters = asked.model_dump(exclude={"format"})
    export = Export(door.catalog.table(table), door.sight, listed(**parameters), door.language)
    async with door.begin() as db:
        job = await put_export(db, export, parameters, asked.format, door.by, door.now)
    return answer({"job": job}, 202)


@router.get("/exports", response_model=OwnExports)
async def list_own(door: Known) -> Response:
    """One's own that run, failed, or can still be fetched, newest first. A file is kept for a day."""
    async with door.world.glance.connect() as db:
        found = await own_exports(db, door.sight)
    return answer({"exports": [_told(job, payload, door.language) for job, payload in found]})


def _told(job: Status, payload: dict[str, Any], language: str) -> dict[str, Any]:
    result = job.result or {}
    state = told_of_job(job, language)
    return {
        "job": job.id,
        **{key: payload[key] for key in ("table", "format", "name")},
        "records": result.get("records", payload["records"]),
        **{key: state[key] for key in ("state", "progress", "error", "created_at")},
        **{key: result.get(key) for key in ("url", "size", "expires_at")},
    }


@router.delete("/exports/{job}", status_code=204)
async def remove(job: int, door: Known) -> Response:
    """Stops one that runs; takes away the file of one that is done."""
    async with door.begin() as db:
        await remove_export(db, job if 0 < job < 2**63 else 0, door.sight)
    return Response(status_code=204)
