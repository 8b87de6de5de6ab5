"""The law of dashboards: every figure is what plain SQL says over the records its viewer may see, and the list its
filter leads to has exactly as many records; for three roles, over generated firms, on all shipped dashboards. And
the law is shown to bite: with the predicate broken on purpose, both sides of it fail."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import true

from tests.house import House, open_house
from tuoke.access.org import load_org
from tuoke.access.sight import Sight
from tuoke.appfile.shipped import shipped_apps
from tuoke.kit.database import Connection, Engine
from tuoke.query import secure
from tuoke.query.ast import Page, condition_from
from tuoke.query.page import count
from tuoke.reports.answer import DashboardAnswer, TileAnswer
from tuoke.reports.definition import DashboardDefinition
from tuoke.reports.measure import Value
from tuoke.reports.run import run
from tuoke.schema.load import load_catalog

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 18, 15, 20, 7, tzinfo=ZONE)
WHO = ("admin", "leader", "ann")
PERIODS = ("today", "this_week", "this_month", "last_30_days", "this_year", "2026-11-09..2026-11-17")
SHIPPED = {
    definition.key: definition
    for app in shipped_apps()
    for file in sorted(app.joinpath("dashboards").iterdir(), key=lambda f: f.name)
    for definition in [DashboardDefinition.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))]
}


FEW = ["website", "douyin", "baidu", None, None, None]
# More than a tile shows one by one: the rest of them is one part.
MANY = [
    "website",
    "event",
    "douyin",
    "baidu",
    "wechat",
    "xiaohongshu",
    "referral",
    "exhibition",
    None,
    None,
    None,
]
SOURCES = [FEW, MANY]


@dataclass
class Firm:
    house: House
    engine: Engine

    async def sight(self, db: Connection, who: str) -> Sight:
        org = await load_org(db)
        catalog = await load_catalog(db)
        return Sight(org.actor(self.house[who].id), org.policy, org, catalog, ZONE, NOW)

    def mine(self, who: str, owner: str = "owner", department: str = "department") -> str:
        """Whose own or whose department's a record is: the words of the roles, as SQL."""
        house, me = self.house, self.house[who]
        if who == "admin":
            return "true"
        if who == "leader":
            team = ",".join(str(house[name].id) for name in ("leader", "ann", "bob"))
            below = ",".join(str(house.departments[name]) for name in ("North", "North East"))
            return f"({owner} in ({team}) or ({owner} is null and {department} in ({below})))"
        return f"{owner} = {me.id}"

    def sees(self, who: str, table: str) -> str:
        """SQL for the records of `table` that `who` may see, written from the roles and not from the code."""
        own = self.mine(who)
        home = self.house[who].user["department"]
        pool = f"({own} or (owner is null and department = {home}))" if who == "ann" else own
        leads = f"select id from work.lead where deleted_at is null and {pool}"
        rule = {
            "lead": pool,
            "call": f"({own} or lead in ({leads}))",
            "task": f"({own} or lead in ({leads}))",
        }
        return f"deleted_at is null and {rule.get(table, own)}"


@pytest_asyncio.fixture(scope="module")
async def firm(module_workspace, tmp_path_factory) -> AsyncIterator[Firm]:
    async with open_house(module_workspace, tmp_path_factory.mktemp("figures")) as house:
        yield Firm(house, module_workspace)


# --- a generated firm -----------------------------------------------------------------------------


async def fill(db: Connection, firm: Firm, dice: random.Random) -> None:
    """Some of everything, at times that lie on both sides of every midnight and every period."""
    house = firm.house
    owners = [None, *(house[name].id for name in ("admin", "leader", "ann", "ann", "bob", "eve"))]
    departments = list(house.departments.values())
    for number in range(1, dice.randrange(8, 30)):
        await insert(
            db,
            "lead",
            id=number,
            phone=f"+86138{number:08d}",
            source=dice.choice(dice.choice(SOURCES)),
            status=dice.choice(["new", "following", "converted"]),
            first_response_at=dice.choice([None, moment(dice)]),
            created_at=moment(dice),
            **whose(dice, owners, departments),
        )
    leads = number
    for _ in range(dice.randrange(10, 60)):
        outcome = dice.choice(["connected", "connected", "busy", "no_answer", None])
        await insert(
            db,
            "call",
            number="+8613800000000",
            direction=dice.choice(["outbound", "outbound", "outbound", "inbound"]),
            state="ended" if outcome else "ringing",
            outcome=outcome,
            talk_seconds=dice.choice([None, 5, 60, 61, 300]),
            started_at=moment(dice),
            lead=dice.choice([None, dice.randrange(1, leads + 1)]),
            **whose(dice, owners, departments),
        )
    for _ in range(dice.randrange(20)):
        await insert(
            db,
            "opportunity",
            name="商机",
            stage=dice.choice(["first_contact", "needs", "quote", "negotiation", "won", "lost"]),
            amount=dice.choice([None, Decimal(dice.randrange(10**7)) / 100]),
            created_at=moment(dice),
            **whose(dice, owners, departments),
        )
    for _ in range(dice.randrange(20)):
        await insert(
            db,
            "payment",
            number=f"HK{dice.randrange(10**12)}",
            amount=Decimal(dice.randrange(10**7)) / 100,
            paid_on=moment(dice).astimezone(ZONE).date(),
            **whose(dice, owners, departments),
        )
    for _ in range(dice.randrange(20)):
        await insert(
            db,
            "task",
            title="回访",
            kind=dice.choice(["follow_up", "follow_up", "visit"]),
            status=dice.choice(["open", "done"]),
            due_at=moment(dice, ahead=5),
            lead=dice.choice([None, dice.randrange(1, leads + 1)]),
            **whose(dice, owners, departments),
        )


def moment(dice: random.Random, ahead: int = 0) -> datetime:
    if dice.random() < 0.3:
        # The very edges: the midnights of today, and the clock of now on earlier days.
        edge = dice.choice([NOW, NOW.replace(hour=0, minute=0, second=0)])
        return edge - timedelta(days=dice.choice([0, 1, 7, 30]), microseconds=dice.choice([0, 1]))
    return NOW - timedelta(
        hours=dice.choice([1, 24, 24 * 7, 24 * 60, 24 * 500]) * (dice.random() - 0.02 * ahead)
    )


def whose(dice: random.Random, owners: list[int | None], departments: list[int]) -> dict[str, Any]:
    deleted = NOW if dice.random() < 0.1 else None
    return {"owner": dice.choice(owners), "department": dice.choice(departments), "deleted_at": deleted}


async def insert(db: Connection, table: str, **values: Any) -> None:
    values = {"version": 1, "created_at": NOW, "updated_at": NOW, **values}
    places = ", ".join(f"${place}" for place in range(1, len(values) + 1))
    await db.exec_driver_sql(
        f"insert into work.{table} ({', '.join(values)}) overriding system value values ({places})",
        tuple(values.values()),
    )


# --- the law --------------------------------------------------------------------------------------


async def check_everything(firm: Firm, who: str, key: str, period: str, seed: int) -> None:
    async with firm.engine.connect() as db:
        outer = await db.begin()
        await fill(db, firm, random.Random(seed))
        sight = await firm.sight(db, who)
        answer = await run(db, sight, SHIPPED[key], period, tells_faults=True)
        assert not [tile.fault for tile in answer.tiles if tile.fault]
        await check_lists(db, sight, answer)
        await check_figures(db, firm, who, answer)
        await outer.rollback()


async def check_lists(db: Connection, sight: Sight, answer: DashboardAnswer) -> None:
    """The list behind every figure has the records it claims."""
    for tile in answer.tiles:
        for value in values_of(tile):
            listed = await _count(db, sight, tile.table, value.filter)
            assert listed == value.count, (tile.key, value)
            if value.of is not None:
                assert await _count(db, sight, tile.table, value.of_filter) == value.of, (tile.key, value)


async def _count(db: Connection, sight: Sight, table: str, tree: Any) -> int:
    return await count(db, sight.catalog.table(table), sight, Page(where=condition_from(tree)))


def values_of(tile: TileAnswer) -> Iterator[Value]:
    yield from tile.values
    yield from tile.previous or []
    for part in tile.parts:
        yield from part.values


async def check_figures(db: Connection, firm: Firm, who: str, answer: DashboardAnswer) -> None:
    """The figures themselves, by hand."""
    mine = f"and owner = {firm.house[who].id}" if answer.key == "mine" else ""

    async def sql(table: str, select: str, where: str, tail: str = "") -> list[tuple[Any, ...]]:
        seen = firm.sees(who, table)
        rows = await db.exec_driver_sql(
            f"select {select} from work.{table} where {seen} {mine} and {where} {tail}"
        )
        return [tuple(row) for row in rows]

    tiles = {tile.key: tile for tile in answer.tiles}
    for tile in answer.tiles:
        assert tile.previous is None or tile.kind == "figure"
    outbound = "direction = 'outbound'"
    ended = f"{outbound} and state = 'ended'"
    if "calls" in tiles:
        (row,) = await sql("call", "count(*)", f"{outbound} and {inside(answer, 'started_at', 'calls')}")
        assert tiles["calls"].values[0].value == row[0]
        (row,) = await sql("call", "count(*)", f"{outbound} and {before(answer, 'started_at', 'calls')}")
        assert (tiles["calls"].previous or [])[0].value == row[0]
    if "connect_rate" in tiles:
        share = "avg((outcome is not distinct from 'connected')::int)::float8"
        (row,) = await sql("call", share, f"{ended} and {inside(answer, 'started_at', 'connect_rate')}")
        assert tiles["connect_rate"].values[0].value == pytest.approx(row[0]) or row[0] is None
    if "effective_share" in tiles:
        share = "avg((coalesce(talk_seconds, 0) > 60)::int)::float8"
        (row,) = await sql("call", share, f"{ended} and {inside(answer, 'started_at', 'effective_share')}")
        assert tiles["effective_share"].values[0].value == pytest.approx(row[0]) or row[0] is None
    if "first_response" in tiles:
        rows = await sql(
            "lead",
            "extract(epoch from first_response_at - created_at)::float8",
            f"first_response_at is not null and {inside(answer, 'created_at', 'first_response')}",
            "order by 1",
        )
        assert_close(tiles["first_response"].values[0].value, middle([row[0] for row in rows]))
    if "paid" in tiles:
        (row,) = await sql("payment", "coalesce(sum(amount), 0)", inside_days(answer, "paid_on", "paid"))
        assert Decimal(str(tiles["paid"].values[0].value)) == row[0]
    if "funnel" in tiles:
        steps = ["first_contact", "needs", "quote", "negotiation", "won"]
        rows = await sql("opportunity", "stage", inside(answer, "created_at", "funnel"))
        stages = [row[0] for row in rows if row[0] in steps]
        reached = [sum(steps.index(stage) >= place for stage in stages) for place in range(5)]
        assert [part.values[0].value for part in tiles["funnel"].parts] == reached
    if "payments" in tiles:
        rows = await sql(
            "payment", "owner, sum(amount)", inside_days(answer, "paid_on", "payments"), "group by owner"
        )
        assert {part.key: Decimal(str(part.values[0].value)) for part in tiles["payments"].parts} == dict(
            rows
        )
    if "sources" in tiles:
        rows = await sql(
            "lead",
            "source, count(*), count(*) filter (where status = 'converted')",
            inside(answer, "created_at", "sources"),
            "group by source",
        )
        parts = tiles["sources"].parts
        shown = {p.key: (p.values[0].value, p.values[1].count) for p in parts if not p.is_rest}
        assert shown.items() <= {row[0]: row[1:] for row in rows}.items()
        for place in (0, 1):
            assert sum(p.values[place].count for p in parts) == sum(row[place + 1] for row in rows)
    if "calls_trend" in tiles:
        where = f"{outbound} and {inside(answer, 'started_at', 'calls_trend')}"
        (row,) = await sql("call", "count(*), count(*) filter (where outcome = 'connected')", where)
        parts = tiles["calls_trend"].parts
        assert tuple(sum(part.values[at].count for part in parts) for at in (0, 1)) == row
    if "overdue" in tiles:
        late = f"kind = 'follow_up' and status = 'open' and due_at < '{NOW.isoformat()}'"
        (row,) = await sql("task", "count(*)", late)
        assert tiles["overdue"].values[0].value == row[0]
        assert len(tiles["overdue"].records) == min(row[0], 6)


def assert_close(found: Any, expected: float | None) -> None:
    assert found == (None if expected is None else pytest.approx(expected, abs=0.001))


def middle(ordered: list[float]) -> float | None:
    if not ordered:
        return None
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


TODAY = NOW.date()
SPANS = {
    "today": (TODAY, TODAY, date(2026, 11, 17), date(2026, 11, 17)),
    "this_week": (date(2026, 11, 16), date(2026, 11, 22), date(2026, 11, 9), date(2026, 11, 11)),
    "this_month": (date(2026, 11, 1), date(2026, 11, 30), date(2026, 10, 1), date(2026, 10, 18)),
    "last_30_days": (date(2026, 10, 20), TODAY, date(2026, 9, 20), date(2026, 10, 19)),
    "this_year": (date(2026, 1, 1), date(2026, 12, 31), date(2025, 1, 1), date(2025, 11, 18)),
    "2026-11-09..2026-11-17": (
        date(2026, 11, 9), date(2026, 11, 17), date(2026, 10, 31), date(2026, 11, 8)
    ),
}  # fmt: skip
"""By the calendar on the wall: first and last day, and the same of the period before as far as it is compared."""


def span(answer: DashboardAnswer, key: str) -> tuple[date, date, date, date]:
    shown = next(tile for tile in answer.tiles if tile.key == key).period
    assert shown is not None
    return SPANS[shown]


def inside(answer: DashboardAnswer, column: str, key: str) -> str:
    first, last, _, _ = span(answer, key)
    local = f"({column} at time zone 'Asia/Shanghai')"
    return f"{local} >= '{first}' and {local} < '{last + timedelta(days=1)}'"


def inside_days(answer: DashboardAnswer, column: str, key: str) -> str:
    first, last, _, _ = span(answer, key)
    return f"{column} between '{first}' and '{last}'"


def before(answer: DashboardAnswer, column: str, key: str) -> str:
    _, _, first, last = span(answer, key)
    local = f"({column} at time zone 'Asia/Shanghai')"
    is_over = ".." in answer.period
    end = f"{last + timedelta(days=1)}" if is_over else f"{last} {NOW.time()}"
    return f"{local} >= '{first}' and {local} < '{end}'"


@settings(max_examples=25)
@given(
    seed=st.integers(0, 10**6),
    who=st.sampled_from(WHO),
    key=st.sampled_from(sorted(SHIPPED)),
    period=st.sampled_from(PERIODS),
)
async def test_every_figure_is_what_its_viewer_may_see_and_its_list_is_as_long(firm, seed, who, key, period):
    await check_everything(firm, who, key, period, seed)


# One's own figures stay one's own: they ask for the owner themselves.
@pytest.mark.parametrize("key", sorted(SHIPPED.keys() - {"mine"}))
@pytest.mark.parametrize("who", ["leader", "ann"])
async def test_the_law_fails_when_the_predicate_is_broken(firm, who, key, monkeypatch):
    """Proves that the test above can fail."""
    monkeypatch.setattr(secure, "_rows", lambda *_: true())

    async def three_firms() -> None:
        for seed in range(3):
            await check_everything(firm, who, key, "this_year", seed)

    with pytest.raises(AssertionError):
        await three_firms()
