"""A sales floor over a running product, for benches and for tests that kill it: people, imports, and what became of them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import asyncpg
from bench.wire import log_in

from tuoke.main.prepare import ADMIN

PASSWORD = "bench-lamp-4711"
SOURCES = ("官网", "市场活动")
TEAMS = ("销售A组", "销售B组")
REPS = 5
"""In each of the two teams."""
PATIENCE_S = 240.0


class Floor:
    """Two teams, their rules, and what one asks of the database itself. Outlives a database that is killed."""

    def __init__(self, data: Path, port: int) -> None:
        self._url, self._port = f"postgresql://tuoke@/tuoke?host={data / 'pg'}", port
        self._db: asyncpg.Connection | None = None
        self._phones = 0
        self.reps: dict[int, list[int]] = {}
        """Department -> its reps."""
        self.leaders: dict[int, int] = {}

    async def open(self) -> None:
        self.admin = await log_in(self._port, ADMIN, PASSWORD)

    async def close(self) -> None:
        self.admin.close()
        if self._db is not None:
            await self._db.close()

    async def rows(self, statement: str, *values: Any) -> list[Any]:
        """Asked again while the database is away: only for what may be done twice."""
        end = time.monotonic() + PATIENCE_S
        while True:
            try:
                self._db = self._db or await asyncpg.connect(self._url)
                return await self._db.fetch(statement, *values)
            except (OSError, asyncpg.PostgresConnectionError, asyncpg.InterfaceError) as error:
                self._drop(error, end)
            except asyncpg.OperatorInterventionError as error:
                self._drop(error, end)
            await asyncio.sleep(0.05)

    def _drop(self, error: Exception, end: float) -> None:
        if time.monotonic() > end:
            raise error
        if self._db is not None:
            self._db.terminate()
        self._db = None

    async def number(self, statement: str, *values: Any) -> int:
        return int((await self.rows(statement, *values))[0][0])

    async def hire(self) -> None:
        for team in TEAMS:
            pool = int((await self.admin.send("POST", "/departments", {"name": team}))["id"])
            self.leaders[pool] = await self._person(f"lead-{team}", "team_lead", pool)
            self.reps[pool] = [await self._person(f"{team}{n}", "rep", pool) for n in range(REPS)]

    async def one_flow(self, definition: dict[str, Any]) -> None:
        """From now on this flow and no other."""
        for flow in (await self.admin.get("/flows"))["flows"]:
            await self.admin.send("PATCH", f"/flows/{flow['id']}", {"active": False})
        await self.admin.send("POST", "/flows", definition)

    async def _person(self, name: str, role: str, department: int) -> int:
        # Nobody logs in as them: without a password there is nothing slow to compute.
        return await self.number(
            "with made as (insert into tuoke.user_account(email, name, department) values ($1, $2, $3) returning id),"
            " role as (insert into tuoke.user_role(user_id, role) select id, $4 from made),"
            " told as (update tuoke.org_version set version = version + 1) select id from made",
            f"{name}@bench.test", name, department, role,
        )  # fmt: skip

    def phone(self) -> str:
        self._phones += 1
        return f"138{self._phones:08d}"

    async def upload(self, rows: int, sources: Sequence[str] = SOURCES) -> int:
        """Begin to import so many leads without owner, the sources and the teams mixed; returns the job."""
        # With a department: what nobody owns then lies in its pool and waits for the rule.
        lines = [
            f"王{n % 997},{self.phone()},{sources[n % len(sources)]},{TEAMS[n // len(sources) % len(TEAMS)]}"
            for n in range(rows)
        ]
        body, kind = _form("\n".join(["姓名,手机,来源,部门", *lines]))
        asked = self.admin.request("POST", "/tables/lead/import", body, kind)
        return (await self.admin.ask(asked)).json()["job"]

    def forget(self, rows: int) -> None:
        """An upload that was not taken: its numbers may be sent again."""
        self._phones -= rows

    async def bring(self, rows: int) -> tuple[float, float]:
        """Import so many leads; (seconds it took, when it began by the clock)."""
        began = time.perf_counter()
        job = await self.upload(rows)
        while (told := await self.admin.get(f"/jobs/{job}"))["state"] not in ("done", "failed"):
            await asyncio.sleep(0.05)
        assert told["state"] == "done", told
        assert told["result"]["created"] == rows, told["result"]
        return time.perf_counter() - began, began

    async def count(self, what: str) -> int:
        return await self.number(f"select count(*) {what}")

    async def until(self, what: str, many: int) -> None:
        """Until so many rows are there."""
        end = time.monotonic() + PATIENCE_S
        while (now := await self.count(what)) < many:
            assert time.monotonic() < end, f"{now} of {many} {what}"
            await asyncio.sleep(0.05)

    async def settled(self, before: int, many: int, flow: str) -> None:
        """Until that many runs of the flow, begun behind `before`, wait for their three days."""
        flow = f"(select id from tuoke.flow where key = '{flow}')"
        await self.until(
            f"from bus.flow_run where id > {before} and state = 'waiting' and flow_id = {flow}", many
        )

    async def last_run(self) -> int:
        return await self.number("select coalesce(max(id), 0) from bus.flow_run")


def _form(text: str) -> tuple[bytes, str]:
    boundary = "tuoke-bench"
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="new.csv"\r\n\r\n'
    body = head.encode() + text.encode() + f"\r\n--{boundary}--\r\n".encode()
    return body, f"multipart/form-data; boundary={boundary}"
