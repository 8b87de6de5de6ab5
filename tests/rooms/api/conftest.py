"""An app of the people routers over a fresh workspace, and browsers to visit it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI

from tuoke.access.audit import By
from tuoke.access.people import NewUser, create_user
from tuoke.access.world import World
from tuoke.api import audit, people, problem, session, workspace
from tuoke.api.guard import Guard
from tuoke.kit.clock import utc_now
from tuoke.kit.database import Engine, begin
from tuoke.kit.settings import Settings

PASSWORD = "correct horse"


@dataclass
class Browser:
    """A visitor with a cookie jar, who sends the CSRF token once he is logged in."""

    client: httpx.AsyncClient
    csrf: str = ""

    async def log_in(self, email: str, password: str = PASSWORD) -> dict[str, Any]:
        answer = await self.post("/session", email=email, password=password)
        assert answer.status_code == 200, answer.text
        self.csrf = answer.json()["csrf"]
        return answer.json()["user"]

    async def get(self, path: str, **headers: str) -> httpx.Response:
        return await self.client.get(f"/api/v1{path}", headers=headers)

    async def post(self, path: str, **body: Any) -> httpx.Response:
        return await self.send("POST", path, body)

    async def patch(self, path: str, **body: Any) -> httpx.Response:
        return await self.send("PATCH", path, body)

    async def delete(self, path: str) -> httpx.Response:
        return await self.send("DELETE", path, None)

    async def send(self, method: str, path: str, body: Any, **headers: str) -> httpx.Response:
        sent = {"X-CSRF": self.csrf, **headers} if self.csrf else headers
        return await self.client.request(method, f"/api/v1{path}", json=body, headers=sent)


@pytest_asyncio.fixture
async def app(fresh_workspace: Engine, tmp_path: Path) -> FastAPI:
    built = FastAPI()
    built.state.world = World(fresh_workspace, Settings(tmp_path, ""))
    problem.install(built)
    for room in (session, people, audit, workspace):
        built.include_router(room.router, prefix="/api/v1")
    built.add_middleware(Guard)
    async with begin(fresh_workspace) as db:
        for email, roles in (("admin@x.cn", ["admin"]), ("ann@x.cn", [])):
            new = NewUser(email=email, name=email[:-5], password=PASSWORD, roles=roles)
            await create_user(db, new, By(), utc_now())
    return built


@pytest_asyncio.fixture
async def visit(app: FastAPI) -> AsyncIterator[Callable[..., Browser]]:
    """`visit()`: a new browser; `visit("10.0.0.8")`: from that address."""
    clients: list[httpx.AsyncClient] = []

    def new(ip: str = "10.0.0.7") -> Browser:
        transport = httpx.ASGITransport(app, client=(ip, 50000))
        clients.append(httpx.AsyncClient(transport=transport, base_url="http://tuoke.test"))
        return Browser(clients[-1])

    yield new
    for client in clients:
        await client.aclose()


@pytest.fixture
def browser(visit: Callable[..., Browser]) -> Browser:
    return visit()
