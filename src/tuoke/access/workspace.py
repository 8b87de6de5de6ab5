"""The workspace's own settings: name, time zone, currency."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Annotated, Any
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BaseModel, ConfigDict, StringConstraints

from tuoke.access import audit
from tuoke.access.audit import By
from tuoke.access.departments import Name
from tuoke.access.working import WorkingTime
from tuoke.kit.calendar import WorkingCalendar
from tuoke.kit.database import Connection, run_sql
from tuoke.kit.errors import Invalid
from tuoke.kit.words import say

Currency = Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, pattern=r"^[A-Za-z]{3}$")]


@dataclass(frozen=True, slots=True)
class Workspace:
    name: str
    time_zone: str
    currency: str
    version: int
    """Grows with the metadata version; a cached copy is loaded anew with the model."""
    working: WorkingTime

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def calendar(self) -> WorkingCalendar:
        return self.working.calendar(self.zone)


class WorkspaceChange(BaseModel):
    """Only what is named changes."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: Name | None = None
    time_zone: str | None = None
    currency: Currency | None = None


async def load_workspace(db: Connection) -> Workspace:
    row = (
        await run_sql(db, "select name, time_zone, currency, meta_version, working from tuoke.workspace")
    ).one()
    name, zone, currency, version, working = row
    return Workspace(name, zone, currency, version, WorkingTime.of(working))


async def change_workspace(db: Connection, change: WorkspaceChange, by: By) -> Workspace:
    """The settings as they are from now on; every process follows at its next request. Raises Invalid."""
    if change.time_zone is not None:
        _require_zone(change.time_zone)
    # The row is locked, so that of two changes at once each says truly what it found.
    await run_sql(db, "select 1 from tuoke.workspace for update")
    old = await load_workspace(db)
    named: dict[str, Any] = change.model_dump(exclude_none=True)
    new = replace(old, **named)
    if new == old:
        return old
    await run_sql(
        db,
        "update tuoke.workspace set name = $1, time_zone = $2, currency = $3, meta_version = meta_version + 1",
        new.name,
        new.time_zone,
        new.currency,
    )
    both = {key: [getattr(old, key), getattr(new, key)] for key in named}
    changed = {key: pair for key, pair in both.items() if pair[0] != pair[1]}
    await audit.note(db, by, audit.WORKSPACE_CHANGED, changed=changed)
    return await load_workspace(db)


@cache
def _zones() -> frozenset[str]:
    # Opening a zone by its name would also take `posix/…` and other files of the machine's zone folder.
    return frozenset(available_timezones())


def _require_zone(name: str) -> None:
    if name not in _zones():
        fault = say(
            "没有时区「{name}」，应写成 Asia/Shanghai 的样子",
            "There is no time zone {name!r}; it looks like Asia/Shanghai",
            name=name[:60],
        )
        raise Invalid(fault, fields={"time_zone": fault})
