"""A report query: dimensions and measures over what the asker may see."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, ConfigDict

from tuoke.api.answers import answer
from tuoke.api.door import Door, enter
from tuoke.query.aggregate import Dimension, Measure, Report, aggregate
from tuoke.query.ast import condition_from

router = APIRouter(tags=["query"])


class Grouped(BaseModel):
    model_config = ConfigDict(extra="forbid")
    field: str
    bucket: str | None = None


class Measured(BaseModel):
    model_config = ConfigDict(extra="forbid")
    aggregate: str
    field: str | None = None
    since: str | None = None
    """A moment: the seconds from it to the moment in `field` are measured."""
    filter: Any = None
    """Only the records for which this holds too."""


class Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")
    table: str
    dimensions: list[Grouped] = []
    measures: list[Measured] = [Measured(aggregate="count")]
    filter: Any = None


@router.post("/query")
async def query(body: Asked, door: Annotated[Door, Depends(enter)]) -> Response:
    """A report query: dimensions and measures over the records one may see."""
    report = Report(
        tuple(Dimension(d.field, d.bucket) for d in body.dimensions),
        tuple(Measure(m.aggregate, m.field, m.since, condition_from(m.filter)) for m in body.measures),
        condition_from(body.filter),
    )
    async with door.begin() as db:
        columns, rows = await aggregate(db, door.catalog.table(body.table), door.sight, report)
    return answer({"columns": columns, "rows": rows})
