"""Fill an empty workspace with a firm and its leads, straight into the tables.

    python bench/seed.py --database postgresql://… --leads 1000000

Three people to measure as, all with the password `bench-lamp-4711`: `rep@bench.test` sees 1 % of the leads, own ones and
the team's pool; `lead@bench.test` sees 30 %; `admin@tuoke.local` sees all. The log gets nothing: these leads were always there.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import os
import sys
import time
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

import asyncpg
from bench.leads import CHUNK, COLUMNS, Chunk, Holder, Order, chunk_of

from tuoke.access.audit import By
from tuoke.access.departments import NewDepartment, create_department
from tuoke.access.people import NewUser, create_user
from tuoke.kit.database import Connection, begin, make_engine
from tuoke.main.prepare import ADMIN, prepare

PASSWORD = "bench-lamp-4711"
REP, LEAD = "rep@bench.test", "lead@bench.test"

REGIONS = ("华东大区", "华南大区", "华北大区")
TEAMS, REPS = 10, 4
"""Teams in a region, reps in a team."""

REP_OWN, REP_POOL = 0.008, 0.002
REGION, REGION_POOL = 0.30, 0.03
"""Shares of all leads: the first rep's own and his team's pool; the first region's and its pools."""


@dataclass(frozen=True)
class Team:
    department: int
    reps: tuple[int, ...]


async def seed(database: str, leads: int, number: int, now: datetime, with_tokens: bool = True) -> None:
    """Raises when the workspace holds leads already."""
    await prepare(database, PASSWORD)
    engine = make_engine(database)
    try:
        async with begin(engine) as db:
            regions = [await _region(db, place, now) for place in range(len(REGIONS))]
    finally:
        await engine.dispose()
    order = Order(leads, number, now, tuple(holders(regions)))
    await _load(database, order, with_tokens)


# --- the firm -------------------------------------------------------------------------------------


async def _region(db: Connection, place: int, now: datetime) -> list[Team]:
    region = await create_department(db, NewDepartment(name=REGIONS[place]), By())
    if place == 0:
        await _person(db, LEAD, "周主管", "team_lead", region, now)
    return [await _team(db, region, place * TEAMS + n, now) for n in range(TEAMS)]


async def _team(db: Connection, region: int, number: int, now: datetime) -> Team:
    department = await create_department(db, NewDepartment(name=f"销售{number + 1}组", parent=region), By())
    reps = [await _rep(db, department, number * REPS + n, now) for n in range(REPS)]
    return Team(department, tuple(reps))


async def _rep(db: Connection, department: int, number: int, now: datetime) -> int:
    if number == 0:
        return await _person(db, REP, "陈思雨", "rep", department, now)
    # Nobody logs in as the others: without a password there is nothing slow to compute.
    found = await db.exec_driver_sql(
        "insert into tuoke.user_account(email, name, department) values ($1, $2, $3) returning id",
        (f"rep{number}@bench.test", f"坐席{number}", department),
    )
    made = int(found.scalar_one())
    await db.exec_driver_sql("insert into tuoke.user_role(user_id, role) values ($1, 'rep')", (made,))
    return made


async def _person(db: Connection, email: str, name: str, role: str, department: int, now: datetime) -> int:
    new = NewUser(email=email, name=name, password=PASSWORD, roles=[role], department=department)
    return (await create_user(db, new, By(), now))[0]


def holders(regions: list[list[Team]]) -> Iterator[Holder]:
    """Who has which share of the leads: the first region 30 %, its first rep with his pool 1 %."""
    first = regions[0][0]
    yield Holder(first.reps[0], first.department, REP_OWN)
    yield Holder(None, first.department, REP_POOL)
    yield from _shared(regions[0], REGION - REP_OWN - REP_POOL, REGION_POOL, but=first.reps[0])
    rest = [team for region in regions[1:] for team in region]
    yield from _shared(rest, 1 - REGION, 0.07, but=None)


def _shared(teams: list[Team], share: float, pool: float, but: int | None) -> Iterator[Holder]:
    """Reps differ: the best fed has about five times the leads of the last."""
    pools = [team.department for team in teams if but not in team.reps]
    yield from (Holder(None, department, pool / len(pools)) for department in pools)
    reps = [(rep, team.department) for team in teams for rep in team.reps if rep != but]
    weights = [1 / (10 + place) for place in range(len(reps))]
    for (rep, department), weight in zip(reps, weights, strict=True):
        yield Holder(rep, department, (share - pool) * weight / sum(weights))


# --- the rows -------------------------------------------------------------------------------------

_FILLED = "insert into search.lead (id, tokens) values (0, '{}') on conflict (id) do update set tokens = excluded.tokens"
"""Says that the token table is complete, or a worker would compute it all over again."""


async def _load(database: str, order: Order, with_tokens: bool) -> None:
    connection = await asyncpg.connect(database)
    try:
        if await connection.fetchval("select exists (select from work.lead)"):
            raise SystemExit("This workspace has leads already; seed an empty one.")
        await connection.execute("set synchronous_commit = off; set maintenance_work_mem = '512MB'")
        async with _without_indexes(connection, "work.lead"), _without_indexes(connection, "search.lead"):
            async for chunk in _chunks(order, with_tokens):
                await _copy(connection, "work", COLUMNS, chunk.leads)
                await _copy(connection, "search", ("id", "tokens"), chunk.tokens)
        if with_tokens:
            await connection.execute(_FILLED)
        last = order.first_id + order.leads
        await connection.execute(f"select setval(pg_get_serial_sequence('work.lead', 'id'), {last}, false)")
        await connection.execute("vacuum analyze work.lead")
        await connection.execute("vacuum analyze search.lead")
    finally:
        await connection.close()


async def _copy(connection: asyncpg.Connection, schema: str, columns: tuple[str, ...], lines: bytes) -> None:
    if lines:
        await connection.copy_to_table("lead", schema_name=schema, columns=columns, source=io.BytesIO(lines))


async def _chunks(order: Order, with_tokens: bool) -> AsyncIterator[Chunk]:
    """In order, while the next ones are being made."""
    numbers = range((order.leads + CHUNK - 1) // CHUNK)
    make = partial(chunk_of, order, with_tokens=with_tokens)
    workers = max(1, min(4, os.cpu_count() or 1))
    with ProcessPoolExecutor(workers) as pool:
        loop = asyncio.get_running_loop()
        ahead = [loop.run_in_executor(pool, make, n) for n in numbers[: workers + 1]]
        for n in numbers:
            yield await ahead.pop(0)
            if n + workers + 1 in numbers:
                ahead.append(loop.run_in_executor(pool, make, n + workers + 1))


@asynccontextmanager
async def _without_indexes(connection: asyncpg.Connection, table: str) -> AsyncIterator[None]:
    """Indexes built at once are several times faster than row by row."""
    found = await connection.fetch(
        "select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index"
        " where indrelid = $1::regclass and not indisprimary",
        table,
    )
    for index in found:
        await connection.execute(f"drop index {index['name']}")
    yield
    for index in found:
        await connection.execute(index["definition"])


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("--database", required=True)
    arguments.add_argument("--leads", type=int, default=1_000_000)
    arguments.add_argument("--seed", type=int, default=7)
    arguments.add_argument("--now", type=datetime.fromisoformat, default=datetime.now(UTC))
    arguments.add_argument("--no-search", action="store_true", help="leave the search index empty")
    given = arguments.parse_args()
    started = time.monotonic()
    asyncio.run(seed(given.database, given.leads, given.seed, given.now, not given.no_search))
    print(f"{given.leads} leads in {time.monotonic() - started:.1f} s", file=sys.stderr)
    print(f"log in as {REP}, {LEAD} or {ADMIN} with {PASSWORD}", file=sys.stderr)


if __name__ == "__main__":
    main()
