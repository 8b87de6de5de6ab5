"""A running house for tests at the HTTP surface: the shipped app, people of three roles, and their clients."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import httpx
from argon2 import PasswordHasher
from fastapi import FastAPI
from starlette.datastructures import State

from tuoke.access.audit import By
from tuoke.access.departments import NewDepartment, create_department
from tuoke.access.people import NewUser, create_user
from tuoke.access.world import World
from tuoke.api.app import create_app
from tuoke.api.live import Live
from tuoke.api.ringing import Ringing
from tuoke.kit.clock import utc_now
from tuoke.kit.database import Engine, begin, make_engine
from tuoke.kit.settings import Settings
from tuoke.main.prepare import prepare

PASSWORD = "ocean-lamp-4711"

DEPARTMENTS = (("North", None), ("North East", "North"), ("South", None))
PEOPLE = (
    ("leader", "team_lead", "North"),
    ("ann", "rep", "North East"),
    ("bob", "rep", "North East"),
    ("eve", "rep", "South"),
)


_idle_apps: list[FastAPI] = []
"""A process has one, and reads its routes once; read for each test they were an eighth of the tests' time. What a
house knows it keeps in the app's state, and that is new."""


class Client:
    """One logged-in person: JSON in, JSON out, CSRF by itself."""

    def __init__(self, http: httpx.AsyncClient, user: dict[str, Any], csrf: str) -> None:
        self.http, self.user, self._csrf = http, user, csrf

    @property
    def id(self) -> int:
        return self.user["id"]

    async def send(self, method: str, path: str, **more: Any) -> httpx.Response:
        headers = {"X-CSRF": self._csrf, **more.pop("headers", {})}
        return await self.http.request(method, f"/api/v1{path}", headers=headers, **more)

    async def get(self, path: str, **params: Any) -> Any:
        return ok(await self.send("GET", path, params=params))

    async def post(self, path: str, body: Any = None, **more: Any) -> Any:
        return ok(await self.send("POST", path, json=body, **more))

    async def patch(self, path: str, body: Any) -> Any:
        return ok(await self.send("PATCH", path, json=body))

    async def delete(self, path: str, body: Any = None) -> Any:
        return ok(await self.send("DELETE", path, json=body))


def ok(response: httpx.Response) -> Any:
    assert response.is_success, f"{response.status_code} {response.text}"
    return response.json() if response.content else None


class House:
    """Departments North > North East, and South; a leader in North, two reps in North East, one in South."""

    def __init__(self, app: Any, admin: Client) -> None:
        self.app, self.admin = app, admin
        self.departments: dict[str, int] = {}
        self.people: dict[str, Client] = {}

    def __getitem__(self, name: str) -> Client:
        return self.admin if name == "admin" else self.people[name]

    async def log_in(self, email: str, password: str = PASSWORD) -> Client:
        return await _log_in(self.app, email, password)


async def _log_in(app: Any, email: str, password: str) -> Client:
    http = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://tuoke.test")
    answer = ok(await http.post("/api/v1/session", json={"email": email, "password": password}))
    return Client(http, answer["user"], answer["csrf"])


async def found_firm(database: str) -> None:
    """The shipped app and the people of `House`, in a migrated database."""
    with _quick_passwords():
        await _found_firm(database)


async def _found_firm(database: str) -> None:
    await prepare(database, PASSWORD)
    engine = make_engine(database)
    departments: dict[str, int] = {}
    try:
        async with begin(engine) as db:
            for name, parent in DEPARTMENTS:
                new = NewDepartment(name=name, parent=departments.get(parent or ""))
                departments[name] = await create_department(db, new, By())
            for name, role, department in PEOPLE:
                user = NewUser(
                    email=f"{name}@tuoke.test",
                    name=name,
                    password=PASSWORD,
                    roles=[role],
                    department=departments[department],
                )
                await create_user(db, user, By(), utc_now())
    finally:
        await engine.dispose()


def _quick_passwords() -> Any:
    """Six log-ins a house, each slow on purpose, would be most of what many tests do."""
    return patch("tuoke.access.passwords._HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@asynccontextmanager
async def open_house(engine: Engine, data: Path) -> AsyncGenerator[House]:
    """Over a `firm_workspace`, or over an empty one, which takes a second longer."""
    url = engine.url.render_as_string(hide_password=False).replace("+asyncpg", "")
    async with engine.connect() as db:
        founded = (await db.exec_driver_sql("select exists (select from tuoke.department)")).scalar_one()
    if not founded:
        await found_firm(url)
    settings = Settings(data=data, database=url)
    app = _idle_apps.pop() if _idle_apps else create_app(settings)
    app.state = State({"settings": settings})
    app.state.world = World(engine, app.state.settings)
    # Without the process's loops: tests that want them run them.
    app.state.live = Live(app.state.world)
    app.state.ringing = Ringing(app.state.world, app.state.live)
    with _quick_passwords():
        house = House(app, await _log_in(app, "admin@tuoke.local", PASSWORD))
        for name, _, _ in PEOPLE:
            house.people[name] = await house.log_in(f"{name}@tuoke.test")
    house.departments = {d["name"]: d["id"] for d in (await house.admin.get("/departments"))["departments"]}
    try:
        yield house
    finally:
        for client in [house.admin, *house.people.values()]:
            await client.http.aclose()
        _idle_apps.append(app)
