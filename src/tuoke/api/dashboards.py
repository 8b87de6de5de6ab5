"""The door to dashboards: whose there are, their figures for a period, and their definitions."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel

from tuoke.access import audit
from tuoke.api.answers import answer
from tuoke.api.door import Door, enter, enter_as_administrator
from tuoke.kit.database import Connection
from tuoke.reports.answer import DashboardAnswer
from tuoke.reports.definition import DashboardDefinition
from tuoke.reports.run import run
from tuoke.reports.store import (
    create_dashboard,
    dashboard_for,
    dashboards_for,
    delete_dashboard,
    replace_dashboard,
    require_stored,
)
from tuoke.schema.model import Label

router = APIRouter(prefix="/dashboards", tags=["dashboards"])

Known = Annotated[Door, Depends(enter)]
Administrator = Annotated[Door, Depends(enter_as_administrator)]


class Listed(BaseModel):
    key: str
    label: Label
    period: str
    """The one shown unless another is asked for."""
    menu: bool
    home: bool
    roles: list[str]


class Dashboards(BaseModel):
    dashboards: list[Listed]


@router.get("", response_model=Dashboards)
async def dashboards(door: Known) -> Response:
    """The dashboards meant for me, in their order."""
    async with door.begin() as db:
        found = await dashboards_for(db, door.sight)
    return answer({"dashboards": [_listed(each) for each in found]})


def _listed(definition: DashboardDefinition) -> dict[str, object]:
    return definition.model_dump(include=set(Listed.model_fields))


@router.post("", response_model=DashboardDefinition, status_code=201)
async def create(body: DashboardDefinition, door: Administrator) -> Response:
    """A new dashboard. Checked whole: all faults are told at once, by the key of their tile."""
    async with door.begin() as db:
        await create_dashboard(db, body, door.sight)
        await _record(door, db, "dashboard.created", body.key)
    return answer(body.model_dump(mode="json"), 201)


@router.get("/{key}", response_model=DashboardAnswer)
async def figures(
    key: str,
    door: Known,
    period: Annotated[
        str | None,
        Query(
            description="today, yesterday, this_week, last_week, this_month, last_month, last_30_days, this_year,"
            " or days such as 2026-11-01..2026-11-22, in the time zone of the workspace"
        ),
    ] = None,
) -> Response:
    """All tiles as I may see them. Every figure comes with the filter that finds its records: a list with it
    has exactly `count` records for whoever asked."""
    async with door.begin() as db:
        definition = await dashboard_for(db, door.sight, key)
        found = await run(
            db,
            door.sight,
            definition,
            period or definition.period,
            language=door.language,
            tells_faults=door.is_administrator,
        )
    return answer(found)


@router.get("/{key}/definition", response_model=DashboardDefinition)
async def definition(key: str, door: Administrator) -> Response:
    """The dashboard as it is written."""
    async with door.begin() as db:
        found = await require_stored(db, key)
    return answer(found.definition.model_dump(mode="json", exclude_defaults=True))


@router.put("/{key}", response_model=DashboardDefinition)
async def replace(key: str, body: DashboardDefinition, door: Administrator) -> Response:
    """The dashboard as a whole instead of the present one. What the firm changes, no upgrade takes back."""
    async with door.begin() as db:
        await replace_dashboard(db, key, body, door.sight)
        await _record(door, db, "dashboard.changed", key)
    return answer(body.model_dump(mode="json"))


@router.delete("/{key}", status_code=204)
async def delete(key: str, door: Administrator) -> Response:
    """Take the dashboard away; the records it showed are untouched."""
    async with door.begin() as db:
        await delete_dashboard(db, key)
        await _record(door, db, "dashboard.deleted", key)
    return Response(status_code=204)


async def _record(door: Door, db: Connection, what: str, key: str) -> None:
    await audit.record(db, door.actor.user_id, what, {"dashboard": key}, door.ip)
