"""The shipped app with the flows' share of the worker, by hand and by a clock that tests set."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tests.house import Client, House, open_house
from tuoke.access.world import World
from tuoke.bus.log import Change, number_writes
from tuoke.flows.fire import READER, fire
from tuoke.kit.database import Connection, Engine, begin, run_sql
from tuoke.schema.model import Catalog
from tuoke.workers.flows import Flows, step_once
from tuoke.workers.readers import Reader, read_on

CHINA = ZoneInfo("Asia/Shanghai")


def at(text: str) -> datetime:
    """`2026-11-20 10:20`, in the workspace's zone."""
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


class Machine:
    """Reads the log and steps what is due, as far as there is something to do at `now`."""

    def __init__(self, house: House, now: datetime) -> None:
        self.house, self.now = house, now
        self.world: World = house.app.state.world
        self.flows = Flows(self.world, lambda: self.now)

    def __getitem__(self, name: str) -> Client:
        return self.house[name]

    async def settle(self) -> None:
        while await self.read() or await step_once(self.world, self.flows):
            pass

    async def read(self) -> bool:
        async with begin(self.world.engine) as db:
            await number_writes(db)
        return await read_on(self.world, Reader(READER, self._take))

    async def _take(self, db: Connection, catalog: Catalog, changes: Sequence[Change]) -> None:
        # The log's own clock is the database's; these tests bring theirs.
        now = [change._replace(at=self.now) for change in changes]
        await fire(
            db, await self.flows.sight(db, catalog), (await self.flows.live(db)).values(), now, self.now
        )

    async def at(self, moment: datetime | str) -> None:
        """It is this moment now, and everything due has been done."""
        self.now = at(moment) if isinstance(moment, str) else moment
        await self.settle()

    async def later(self, **length: float) -> None:
        await self.at(self.now + timedelta(**length))

    # --- what people do and see ---------------------------------------------------------------

    async def lead(self, source: str | None, who: str = "admin", **more: Any) -> int:
        """A lead in North East's pool, unless `more` says otherwise."""
        place = {} if "owner" in more else {"department": self.house.departments["North East"]}
        phone = f"138{next(_numbers):08d}"
        values = {"phone": phone, "source": source, **place, **more}
        return (await self[who].post("/tables/lead/records", values))["ids"][0]

    async def read_lead(self, id: int) -> dict[str, Any]:
        return await self["admin"].get(f"/tables/lead/records/{id}")

    async def owner(self, id: int) -> str | None:
        owner = (await self.read_lead(id))["owner"]
        return next((name for name, who in self.house.people.items() if who.id == owner), None)

    async def tasks(self, **match: Any) -> list[dict[str, Any]]:
        found = (await self["admin"].get("/tables/task/records", sort="id", limit=1000))["records"]
        return [task for task in found if all(task[key] == value for key, value in match.items())]

    async def notices(self, who: str) -> list[str]:
        """Titles, the oldest first."""
        found = (await self[who].get("/notices"))["notices"]
        return [notice["title"]["zh"] for notice in reversed(found)]

    async def runs(self, lead: int, table: str = "lead") -> list[dict[str, Any]]:
        return (await self["admin"].get(f"/tables/{table}/records/{lead}/runs"))["runs"]

    async def run(self, lead: int, flow: str) -> dict[str, Any]:
        [found] = [run for run in await self.runs(lead) if run["key"] == flow]
        return found

    async def sql(self, statement: str, *values: Any) -> Any:
        async with begin(self.world.engine) as db:
            return await run_sql(db, statement, *values)


_numbers = iter(range(1, 10**8))


@asynccontextmanager
async def open_machine(engine: Engine, folder: Path, now: datetime) -> AsyncGenerator[Machine]:
    async with open_house(engine, folder) as house:
        machine = Machine(house, now)
        await machine.settle()
        yield machine
