"""The workspace's own settings: name, time zone, currency."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from tuoke.kit.database import Connection, run_sql


@dataclass(frozen=True, slots=True)
class Workspace:
    name: str
    time_zone: str
    currency: str
    version: int
    """Grows with the metadata version; a cached copy is loaded anew with the model."""

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


async def load_workspace(db: Connection) -> Workspace:
    row = (
        await run_sql(db, "select name, time_zone, currency, meta_version from tuoke.workspace")
    ).one()
    return Workspace(*row)
