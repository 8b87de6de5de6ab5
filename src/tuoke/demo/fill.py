"""`tuoke demo`: an empty workspace becomes a firm's, in one transaction."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tuoke.access.audit import By
from tuoke.access.departments import NewDepartment, create_department
from tuoke.access.passwords import one_time_password
from tuoke.access.people import NewUser, create_user
from tuoke.access.workspace import Workspace, WorkspaceChange, change_workspace, load_workspace
from tuoke.bus.partitions import ensure_partitions
from tuoke.demo import sound
from tuoke.demo.book import Person
from tuoke.demo.people import FIRM, Firm
from tuoke.demo.store import store
from tuoke.demo.unfinished import Kept
from tuoke.demo.year import Story, story
from tuoke.kit.clock import utc_now
from tuoke.kit.database import Connection, Engine, begin, make_engine, run_sql
from tuoke.kit.errors import Conflict, Invalid
from tuoke.kit.storage import Files
from tuoke.kit.words import say
from tuoke.main.prepare import ADMIN, prepare
from tuoke.main.reach import reachable_or_new
from tuoke.schema.load import load_catalog
from tuoke.schema.model import Catalog

_LOCK = 7_030_011
_MONTHS = 14


@dataclass(frozen=True, slots=True)
class Order:
    leads: int
    seed: int
    now: datetime


@dataclass(frozen=True, slots=True)
class Made:
    """What was made, and who may look at it."""

    password: str
    log_ins: list[tuple[str, Person]]
    first_admin: str | None
    """The one-time password of admin@tuoke.local when this workspace had no administrator before."""
    counts: dict[str, int]
    seconds: float

    def said(self) -> str:
        counts = ", ".join(f"{count} {key}" for key, count in self.counts.items())
        lines = [
            f"演示数据已就绪 The demo is ready: {FIRM}, {self.seconds:.0f} s",
            f"  {counts}",
            f"以下账号的密码都是 password of everybody below:  {self.password}",
            *(f"  {role:<26}{person.email:<34}{person.name}" for role, person in self.log_ins),
            "公司其他人也用这个密码登录。只显示这一次。 So do the firm's other people. It is shown only now.",
        ]
        if self.first_admin:
            lines.append(
                f"首个管理员 first administrator: {ADMIN}  一次性密码 one-time password:  {self.first_admin}"
            )
        return "\n".join(lines)


def fill(data: Path, database: str, order: Order) -> Made:
    """Raises Conflict for a workspace that has records, Unavailable, Invalid."""
    if order.now.tzinfo is None or order.now > utc_now():
        raise Invalid(
            say(
                "--now 要写成 2026-11-20T15:00+08:00 的样子，且不能晚于现在",
                "--now looks like 2026-11-20T15:00+08:00 and is not later than now",
            )
        )
    if not 1 <= order.leads <= 200_000:
        raise Invalid(say("--leads 要在 1 到 200000 之间", "--leads is between 1 and 200000"))
    with reachable_or_new(data, database) as url:
        return asyncio.run(_fill(url, data, order))


async def _fill(url: str, data: Path, order: Order) -> Made:
    started = time.monotonic()
    first_admin = await prepare(url, None)
    engine = make_engine(url, pool_size=2, application="tuoke-demo")
    try:
        made = await fill_database(engine, data, order)
        await _analyse(engine, made.counts)
    finally:
        await engine.dispose()
    return Made(made.password, made.log_ins, first_admin, made.counts, time.monotonic() - started)


async def fill_database(engine: Engine, data: Path, order: Order) -> Made:
    """All or nothing; a workspace that is prepared. Raises Conflict when it has records."""
    started = time.monotonic()
    async with begin(engine) as db:
        await _refuse_records(db, await load_catalog(db))
        workspace = await load_workspace(db)
        await ensure_partitions(db, order.now.date().replace(year=order.now.year - 1, day=1), _MONTHS)
    password = one_time_password()
    with _without_collecting(), Kept(data) as kept:
        told = story(order.seed, order.leads, order.now, workspace.calendar)
        async with begin(engine) as db:
            await _write(db, workspace, told, password, kept, Files(data / "files"))
    counts = {key: len(rows) for key, rows in told.book.rows.items()}
    return Made(password, _log_ins(told.firm), None, counts, time.monotonic() - started)


@contextmanager
def _without_collecting() -> Generator[None]:
    """A million objects that all stay: looking through them again and again costs a quarter of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


async def _write(
    db: Connection, workspace: Workspace, told: Story, password: str, kept: Kept, files: Files
) -> None:
    # One transaction takes longer than anybody at a screen may leave one open.
    await run_sql(db, "set local idle_in_transaction_session_timeout = 0")
    if not (await run_sql(db, "select pg_try_advisory_xact_lock($1::bigint)", _LOCK)).scalar_one():
        raise Conflict(say("另一个 tuoke demo 正在写入", "Another tuoke demo is at work"))
    catalog = await load_catalog(db)
    await _refuse_records(db, catalog)
    await change_workspace(db, WorkspaceChange(name=FIRM), By())
    await _employ(db, told.firm, password)
    await sound.record(db, told.book, files, kept.keys)
    await store(db, catalog, told.book, workspace.zone)


async def _refuse_records(db: Connection, catalog: Catalog) -> None:
    for table in catalog:
        found = await run_sql(db, f'select exists (select from work."{table.key}")')
        if found.scalar_one():
            raise Conflict(
                say(
                    "这个工作区已经有数据（{table}），演示数据只能写进空的工作区。请用 --data 指定一个新目录。",
                    "This workspace has records ({table}); the demo fills only an empty one. "
                    "Name a new folder with --data.",
                    table=table.key,
                )
            )


async def _employ(db: Connection, firm: Firm, password: str) -> None:
    for department in firm.departments:
        parent = department.parent.id if department.parent else None
        department.id = await create_department(db, NewDepartment(name=department.name, parent=parent), By())
    for person in firm.people:
        new = NewUser(
            email=person.email,
            name=person.name,
            password=password,
            roles=[person.role],
            department=person.department.id,
        )
        joined = datetime.fromtimestamp(person.joined).astimezone()
        person.id, _ = await create_user(db, new, By(), joined)


def _log_ins(firm: Firm) -> list[tuple[str, Person]]:
    team = firm.teams[0]
    return [
        ("老板 owner", firm.owner),
        ("主管 team lead", team.lead),
        ("坐席 rep", max(team.reps, key=lambda rep: (-rep.joined, rep.pace * rep.charm))),
        ("管理员 administrator", firm.administrator),
    ]


async def _analyse(engine: Engine, counts: dict[str, int]) -> None:
    """The planner knows nothing of what has just come."""
    async with engine.connect() as connection:
        db = await connection.execution_options(isolation_level="AUTOCOMMIT")
        for key in counts:
            await run_sql(db, f'vacuum analyze work."{key}"')
            await run_sql(db, f'vacuum analyze search."{key}"')
        for table in ("bus.change", "bus.write", "bus.field_change"):
            await run_sql(db, f"vacuum analyze {table}")
