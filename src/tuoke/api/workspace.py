"""The workspace's own settings. For administrators."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from tuoke.access.workspace import Workspace, WorkspaceChange, change_workspace
from tuoke.api.door import Door, enter_as_administrator

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


def _told(workspace: Workspace) -> WorkspaceAnswer:
    return WorkspaceAnswer(name=workspace.name, time_zone=workspace.time_zone, currency=workspace.currency)
