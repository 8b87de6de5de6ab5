"""The workspace's own settings. For administrators."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from tuoke.access.working import WorkingChange, change_working
from tuoke.access.workspace import Workspace, WorkspaceChange, change_workspace, load_workspace
from tuoke.api.door import Door, enter_as_administrator
from tuoke.kit.calendar import is_announced

router = APIRouter(prefix="/workspace", tags=["workspace"])

Administrator = Annotated[Door, Depends(enter_as_administrator)]


class WorkspaceAnswer(BaseModel):
    name: str
    time_zone: str
    """IANA name. Days, `@today` and times without zone mean this one."""
    currency: str
    """ISO 4217 code; what new fields of money begin with."""


@router.get("")
async def read_workspace(door: Administrator) -> WorkspaceAnswer:
    """Name, time zone and currency."""
    return _told(door.workspace)


@router.patch("")
async def change(body: WorkspaceChange, door: Administrator) -> WorkspaceAnswer:
    """Change what is named."""
    async with door.begin() as db:
        return _told(await change_workspace(db, body, door.by))


class SpecialDay(BaseModel):
    day: date
    works: bool
    own: bool
    """The firm's own day, not a statutory one."""


class CalendarYear(BaseModel):
    year: int
    provisional: bool
    """Its holidays are not announced yet: reckoned by weekdays, fixed holidays and the firm's own days."""
    days: list[SpecialDay]
    """Days that are not what their weekday says, in order."""


class CalendarAnswer(BaseModel):
    hours: dict[str, list[list[str]]]
    """`mon` … `sun` -> spans such as `["09:00", "18:00"]`; a day off has none."""
    holidays: list[date]
    """The firm's own days off."""
    workdays: list[date]
    """The firm's own make-up days."""
    years: list[CalendarYear]
    """This year and the next."""


@router.get("/calendar")
async def read_calendar(door: Administrator) -> CalendarAnswer:
    """Working hours, own holidays and make-up days, and what follows from them for this year and the next."""
    async with door.begin() as db:
        return _calendar(await load_workspace(db), door)


@router.patch("/calendar")
async def change_calendar(body: WorkingChange, door: Administrator) -> CalendarAnswer:
    """Change what is named. What waits already keeps its due moment."""
    async with door.begin() as db:
        await change_working(db, body, door.by)
        return _calendar(await load_workspace(db), door)


def _calendar(workspace: Workspace, door: Door) -> CalendarAnswer:
    calendar, working = workspace.calendar, workspace.working
    this_year = door.sight.now.astimezone(workspace.zone).year
    return CalendarAnswer(
        hours=working.hours_said(),
        holidays=[date.fromisoformat(day) for day in working.days_said(works=False)],
        workdays=[date.fromisoformat(day) for day in working.days_said(works=True)],
        years=[
            CalendarYear(
                year=year,
                provisional=not is_announced(year),
                days=[SpecialDay(day=d.day, works=d.works, own=d.own) for d in calendar.notable(year)],
            )
            for year in (this_year, this_year + 1)
        ],
    )


def _told(workspace: Workspace) -> WorkspaceAnswer:
    return WorkspaceAnswer(name=workspace.name, time_zone=workspace.time_zone, currency=workspace.currency)
