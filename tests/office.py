"""A house whose people import, and a worker that does what they asked."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl

from tests.house import Client, House, ok, open_house
from tuoke.access.world import World
from tuoke.kit.database import Engine
from tuoke.workers.handlers import HANDLERS
from tuoke.workers.jobs import JobRunner


@dataclass
class Office:
    """The house with its worker, and what one does with files there."""

    house: House
    folder: Path

    @property
    def world(self) -> World:
        return self.house.app.state.world

    def sheet(self, rows: list[list[Any]], name: str = "leads.xlsx") -> Path:
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)  # type: ignore[union-attr]
        book.save(self.folder / name)
        return self.folder / name

    async def ask(self, path: Path, who: Client, table: str = "lead", **options: Any) -> int:
        """Send the file; returns the job."""
        sent = {"file": (path.name, path.read_bytes())}
        answer = await who.send(
            "POST", f"/tables/{table}/import", files=sent, data={"options": json.dumps(options)}
        )
        return ok(answer)["job"]

    async def work(self) -> None:
        """Do all jobs that wait."""
        await JobRunner(self.world, HANDLERS).run_due()

    async def bring(self, path: Path, who: Client | None = None, table: str = "lead", **options: Any) -> Any:
        """Import the file and return the result. A failed job fails the test."""
        who = who or self.house.admin
        job = await self.ask(path, who, table, **options)
        await self.work()
        told = await who.get(f"/jobs/{job}")
        assert told["state"] == "done", told["error"]
        return told["result"]

    async def refusal(self, path: Path, who: Client | None = None, **options: Any) -> str:
        """Import a file that cannot be imported, and return why."""
        who = who or self.house.admin
        job = await self.ask(path, who, **options)
        await self.work()
        told = await who.get(f"/jobs/{job}")
        assert told["state"] == "failed", told["result"]
        return told["error"]["detail"]

    async def records(
        self, who: Client | None = None, table: str = "lead", **asked: Any
    ) -> list[dict[str, Any]]:
        asked = {"sort": "id", "limit": 1000, **asked}
        return (await (who or self.house.admin).get(f"/tables/{table}/records", **asked))["records"]


@asynccontextmanager
async def open_office(engine: Engine, folder: Path) -> AsyncIterator[Office]:
    async with open_house(engine, folder / "data") as house:
        yield Office(house, folder)
