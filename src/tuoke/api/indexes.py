"""Indexes of a table for administrators: those that are, those that would help, made and dropped in the background."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, ConfigDict, Field

from tuoke.access import audit
from tuoke.api.answers import answer
from tuoke.api.door import Door, enter_as_administrator
from tuoke.bus import jobs
from tuoke.query.advise import carried_with
from tuoke.query.slow import Advice, advice, slow_filters
from tuoke.schema import indexes
from tuoke.schema.indexes import Index

router = APIRouter(prefix="/tables/{table}/indexes", tags=["indexes"])

Administrator = Annotated[Door, Depends(enter_as_administrator)]


class NewIndex(BaseModel):
    model_config = ConfigDict(extra="forbid")
    columns: list[str] = Field(min_length=1, max_length=indexes.MOST_KEYS)
    """Field keys in the order they are compared; `-` in front of one means descending."""
    included: list[str] | None = Field(default=None, max_length=12)
    """Fields that only travel along. Left out: what rights, count and sort read."""


@router.get("")
async def list_indexes(table: str, door: Administrator) -> Response:
    """The table's indexes, and what would make slow lists of late fast."""
    found = door.catalog.table(table)
    async with door.begin() as db:
        existing = await indexes.list_indexes(db, found)
        slow = await slow_filters(db, found)
    return answer(
        {
            "indexes": [_index(index) for index in existing],
            "proposed": [_advice(one, door) for one in advice(found, slow, existing)],
        }
    )


@router.post("")
async def create_index(table: str, body: NewIndex, door: Administrator) -> Response:
    """In the background, without holding up anybody who writes. 202 with the job."""
    found = door.catalog.table(table)
    included = carried_with(found, body.columns) if body.included is None else body.included
    async with door.begin() as db:
        existing = await indexes.list_indexes(db, found)
        indexes.check_columns(found, body.columns, included, existing)
        payload = {"table": found.key, "columns": body.columns, "included": included}
        job = await jobs.put(db, "index.create", payload, by=door.actor.user_id)
        await audit.record(db, door.actor.user_id, "index.created", payload, door.ip)
    return answer({"job": job}, 202)


@router.delete("/{name}")
async def drop_index(table: str, name: str, door: Administrator) -> Response:
    """One of the firm's own. 202 with the job."""
    found = door.catalog.table(table)
    async with door.begin() as db:
        indexes.own_index(name, await indexes.list_indexes(db, found))
        payload = {"table": found.key, "name": name}
        job = await jobs.put(db, "index.drop", payload, by=door.actor.user_id)
        await audit.record(db, door.actor.user_id, "index.dropped", payload, door.ip)
    return answer({"job": job}, 202)


def _index(index: Index) -> dict[str, Any]:
    return {
        "name": index.name,
        "columns": index.columns,
        "included": index.included,
        "valid": index.is_valid,
        "unique": index.is_unique,
        "own": index.is_own,
        "bytes": index.bytes,
        "scans": index.scans,
    }


def _advice(one: Advice, door: Door) -> dict[str, Any]:
    return {
        "columns": one.proposal.columns,
        "included": one.proposal.included,
        "reason": one.proposal.why.in_(door.language),
        "times": one.times,
        "last_ms": one.last_ms,
        "worst_ms": one.worst_ms,
        "last_at": one.last_at,
    }
