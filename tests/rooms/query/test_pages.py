"""A list is what a plain reading of its filter, sort and rights says, on whichever way it is fetched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cmp_to_key
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.rooms.records.conftest import ADMIN, ANN, BOB, EVE, LEADER, NOON, NORTH, NORTH_EAST, ORG, SOUTH
from tuoke.kit.database import run_sql
from tuoke.query import page as pages
from tuoke.query.ast import Page, condition_from, sort_from
from tuoke.query.page import count, fetch_ids, fetch_page
from tuoke.records.transaction import transaction
from tuoke.records.verbs import create_records

PEOPLE = [ADMIN, LEADER, ANN]
WAYS = {"collected": 10**9, "walked": -1}

Row = dict[str, Any]

# --- records --------------------------------------------------------------------------------------

NAMES = ["王芳", "王", "Ann", "ann b", "50%_\\"]
CITIES = ["杭州", "上海", "Hangzhou", None]
TAGS = [["vip"], ["new"], ["vip", "new"], None]
TIMES = [NOON + timedelta(hours=h) for h in (-40, -13, -12, 0, 3, 12)]


def some_records(random: Random) -> list[Row]:
    return [
        {
            "name": random.choice(NAMES),
            "city": random.choice(CITIES),
            "amount": random.choice([None, "0", "12.50", "100", "9999.99"]),
            "tags": random.choice(TAGS),
            "next_at": random.choice([None, *(at.isoformat() for at in TIMES)]),
            "owner": random.choice([None, None, ANN, ANN, BOB, EVE, LEADER]),
            "department": random.choice([None, NORTH, NORTH_EAST, NORTH_EAST, SOUTH]),
        }
        for _ in range(70)
    ]


async def stored(db, firm) -> list[Row]:
    """The records as Python values, some of them created later than the rest."""
    async with transaction(db, firm.sees(ADMIN)) as tx:
        ids = await create_records(tx, firm.customer, some_records(Random(11)))
    await run_sql(db, "update work.customer set created_at = created_at - (id % 3) * interval '1 day'")
    rows = await run_sql(
        db,
        "select id, created_at, name, city, amount, tags, next_at, owner, department from work.customer"
        " where id = any($1::bigint[]) order by id",
        ids,
    )
    return [dict(row) for row in rows.mappings()]


# --- the plain reading ----------------------------------------------------------------------------


def may_see(user: int, row: Row) -> bool:
    actor = ORG.actor(user)
    if user == ADMIN:
        return True
    if user == LEADER:
        in_pool = row["owner"] is None and row["department"] in actor.departments_below
        return row["owner"] in actor.team or in_pool
    return row["owner"] == user or (row["owner"] is None and row["department"] == actor.department)


def value_of(field: str, written: Any) -> Any:
    if written is None:
        return None
    if field == "amount":
        return Decimal(written)
    if field == "next_at" and len(written) > 10:
        return datetime.fromisoformat(written)
    return written


def day_of(moment: datetime) -> date:
    return (moment + timedelta(hours=8)).date()


LEAF: dict[str, Callable[[Any, Any], bool]] = {
    "is_empty": lambda v, _: v is None,
    "not_empty": lambda v, _: v is not None,
    "eq": lambda v, w: v == w,
    "ne": lambda v, w: v != w,
    "in": lambda v, w: v is not None and v in w,
    "not_in": lambda v, w: v is None or v not in w,
    "gt": lambda v, w: v is not None and v > w,
    "gte": lambda v, w: v is not None and v >= w,
    "lt": lambda v, w: v is not None and v < w,
    "lte": lambda v, w: v is not None and v <= w,
    "between": lambda v, w: v is not None and w[0] <= v <= w[1],
    "contains": lambda v, w: v is not None and w.lower() in v.lower(),
    "starts_with": lambda v, w: v is not None and v.lower().startswith(w.lower()),
    "has": lambda v, w: v is not None and w in v,
    "any_of": lambda v, w: v is not None and bool(set(v) & set(w)),
    "all_of": lambda v, w: v is not None and set(w) <= set(v),
    "none_of": lambda v, w: v is None or not set(v) & set(w),
}


def matches(tree: Any, row: Row) -> bool:
    """A record matches or it does not: unknown is no."""
    if "all" in tree:
        return all(matches(part, row) for part in tree["all"])
    if "any" in tree:
        return any(matches(part, row) for part in tree["any"])
    if "not" in tree:
        return not matches(tree["not"], row)
    field, op, written = tree["field"], tree["op"], tree.get("value")
    value = row[field]
    if field == "next_at" and isinstance(written, str) and len(written) == 10:
        value, written = value and day_of(value), date.fromisoformat(written)
        return LEAF[op](value, written)
    if isinstance(written, list):
        return LEAF[op](value, [value_of(field, one) for one in written])
    return LEAF[op](value, value_of(field, written))


def in_order(rows: list[Row], sort: str) -> list[Row]:
    orders = [(key.lstrip("-"), key.startswith("-")) for key in sort.split(",") if key] or [
        ("created_at", True)
    ]
    if "id" not in [key for key, _ in orders]:
        orders.append(("id", orders[0][1]))

    def compare(a: Row, b: Row) -> int:
        for key, descending in orders:
            if a[key] == b[key]:
                continue
            if a[key] is None or b[key] is None:
                return 1 if a[key] is None else -1
            return (1 if a[key] > b[key] else -1) * (-1 if descending else 1)
        return 0

    return sorted(rows, key=cmp_to_key(compare))


# --- queries --------------------------------------------------------------------------------------


def one(field: str, ops: list[str], values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.builds(lambda op, v: {"field": field, "op": op, "value": v}, st.sampled_from(ops), values)


_AMOUNTS = st.sampled_from(["0", "12.5", "99.99", "100", "5000"])
_MOMENTS = st.sampled_from([at.isoformat() for at in [*TIMES, NOON + timedelta(minutes=1)]])
_DAYS = st.sampled_from(["2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23"])
_ORDERED = ["eq", "ne", "gt", "gte", "lt", "lte"]
LEAVES = st.one_of(
    st.builds(
        lambda field, op: {"field": field, "op": op},
        st.sampled_from(["name", "city", "amount", "tags", "next_at", "owner", "department"]),
        st.sampled_from(["is_empty", "not_empty"]),
    ),
    one("city", ["eq", "ne"], st.sampled_from(["杭州", "上海", "苏州"])),
    one("city", ["in", "not_in"], st.lists(st.sampled_from(["杭州", "Hangzhou", "苏州"]), max_size=3)),
    one("name", ["contains", "starts_with"], st.sampled_from(["王", "芳", "AN", "n b", "%", "_", "\\", "x"])),
    one("amount", _ORDERED, _AMOUNTS),
    one("amount", ["between"], st.tuples(_AMOUNTS, _AMOUNTS).map(list)),
    one("tags", ["has"], st.sampled_from(["vip", "new"])),
    one(
        "tags",
        ["any_of", "all_of", "none_of"],
        st.lists(st.sampled_from(["vip", "new"]), min_size=1, max_size=2),
    ),
    one("next_at", _ORDERED, st.one_of(_MOMENTS, _DAYS)),
    one("owner", ["eq", "ne"], st.sampled_from([ANN, BOB, EVE])),
    one("owner", ["in", "not_in"], st.lists(st.sampled_from([ANN, LEADER]), max_size=2)),
    one("department", ["eq"], st.sampled_from([NORTH, NORTH_EAST])),
)
FILTERS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda parts: {"all": parts}),
        st.lists(inner, max_size=3).map(lambda parts: {"any": parts}),
        inner.map(lambda part: {"not": part}),
    ),
    max_leaves=5,
)
_KEYS = ["name", "city", "amount", "next_at", "owner", "created_at", "id"]
SORTS = st.lists(
    st.tuples(st.sampled_from(["", "-"]), st.sampled_from(_KEYS)), max_size=3, unique_by=lambda pair: pair[1]
).map(lambda pairs: ",".join(sign + key for sign, key in pairs))

generous = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(params=WAYS, ids=str)
def way(request, monkeypatch):
    monkeypatch.setattr(pages, "FEW", WAYS[request.param])


@generous
@given(st.data())
async def test_every_page_and_count_is_what_the_filter_says(db, firm, way, data):
    kept = await _once(db, firm)
    user, tree, sort = data.draw(st.sampled_from(PEOPLE)), data.draw(FILTERS), data.draw(SORTS)
    limit, offset = data.draw(st.integers(1, 40)), data.draw(st.integers(0, 30))
    expected = [
        row["id"] for row in in_order([r for r in kept if may_see(user, r) and matches(tree, r)], sort)
    ]
    page = Page(("name",), condition_from(tree), sort_from(sort), limit, offset)

    found = await fetch_page(db, firm.customer, firm.sees(user), page, counted=True)

    assert [row["id"] for row in found.rows] == expected[offset : offset + limit]
    assert found.count == len(expected) == await count(db, firm.customer, firm.sees(user), page)
    assert await fetch_ids(db, firm.customer, firm.sees(user), page, 100) == sorted(expected)
    assert (found.next is None) == (offset + limit >= len(expected))


@generous
@given(st.data())
async def test_cursors_lead_through_all_records_once_in_order(db, firm, way, data):
    kept = await _once(db, firm)
    user, tree, sort = data.draw(st.sampled_from(PEOPLE)), data.draw(FILTERS), data.draw(SORTS)
    expected = [
        row["id"] for row in in_order([r for r in kept if may_see(user, r) and matches(tree, r)], sort)
    ]
    page = Page(("name",), condition_from(tree), sort_from(sort), limit=data.draw(st.integers(1, 25)))

    walked: list[int] = []
    while True:
        found = await fetch_page(db, firm.customer, firm.sees(user), page, counted=True)
        walked += [row["id"] for row in found.rows]
        assert found.count == len(expected)
        if found.next is None:
            break
        page = replace(page, cursor=found.next)

    assert walked == expected


_KEPT: dict[int, list[Row]] = {}


async def _once(db, firm) -> list[Row]:
    """The records of this test's transaction, made for its first example."""
    if id(firm) not in _KEPT:
        _KEPT.clear()
        _KEPT[id(firm)] = await stored(db, firm)
    return _KEPT[id(firm)]


async def test_both_ways_show_what_is_masked_alike(db, firm, monkeypatch):
    await stored(db, firm)
    page = Page(
        where=condition_from({"field": "amount", "op": "not_empty"}), sort=sort_from("-amount,city"), limit=7
    )
    answers = []
    for most in WAYS.values():
        monkeypatch.setattr(pages, "FEW", most)
        answers.append(await fetch_page(db, firm.customer, firm.sees(ANN), page, counted=True))

    assert answers[0] == answers[1]
    assert "reason" not in answers[0].fields


async def test_a_page_behind_the_end_still_counts(db, firm, way):
    await stored(db, firm)

    found = await fetch_page(db, firm.customer, firm.sees(ADMIN), Page(limit=10, offset=500), counted=True)

    assert (found.rows, found.next, found.count) == ([], None, 70)
