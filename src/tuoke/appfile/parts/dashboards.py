from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tuoke.appfile.part import WHOLE, Around, Part
from tuoke.kit.database import Connection
from tuoke.kit.words import say
from tuoke.records.written import Finding
from tuoke.reports.check import all_seeing, check_dashboard
from tuoke.reports.definition import DashboardDefinition
from tuoke.reports.store import save_dashboard, stored_dashboards


class Dashboards(Part):
    """Pages of figures. A tile the firm changed stays the firm's as a whole; its own tiles stay beside new ones."""

    type, label, Model = "dashboards", say("看板", "dashboard"), DashboardDefinition

    def check(self, written: DashboardDefinition, around: Around) -> Iterator[Finding]:
        return check_dashboard(written, all_seeing(around.tables, around.roles))

    def plain(self, written: DashboardDefinition) -> dict[str, Any]:
        said = self.text(written)
        tiles = [{"key": tile["key"], WHOLE: tile} for tile in said.pop("tiles")]
        return {**said, "tiles": tiles}

    def model(self, plain: Mapping[str, Any]) -> DashboardDefinition:
        return DashboardDefinition.model_validate(
            {**plain, "tiles": [each[WHOLE] for each in plain["tiles"]]}
        )

    def text(self, written: DashboardDefinition) -> dict[str, Any]:
        return written.model_dump(mode="json", exclude_defaults=True)

    async def stored(self, db: Connection) -> Iterable[DashboardDefinition]:
        return [stored.definition for stored in await stored_dashboards(db)]

    async def put(self, db: Connection, written: DashboardDefinition, source: str) -> None:
        await save_dashboard(db, written, source=source)
