"""Slow lists become proposals, proposals become indexes, at the HTTP surface."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import pytest_asyncio

from tests.house import House, open_house
from tuoke.api import records
from tuoke.workers.handlers import HANDLERS
from tuoke.workers.jobs import JobRunner

LEADS = "/tables/lead/records"
INDEXES = "/tables/lead/indexes"
FILTER = json.dumps(
    {
        "all": [
            {"field": "city", "op": "eq", "value": "杭州"},
            {"field": "amount", "op": "gte", "value": "100"},
        ]
    }
)


@pytest_asyncio.fixture
async def house(firm_workspace, tmp_path) -> AsyncIterator[House]:
    async with open_house(firm_workspace, tmp_path) as opened:
        yield opened


async def work(house) -> None:
    await JobRunner(house.app.state.world, HANDLERS).run_due()


async def test_a_slow_list_is_proposed_built_on_request_and_dropped_again(house, monkeypatch):
    monkeypatch.setattr(records, "SLOW_MS", 0)
    await house["ann"].get(LEADS, filter=FILTER)
    await house["leader"].get(LEADS, filter=FILTER)
    monkeypatch.undo()

    [proposed] = (await house.admin.get(INDEXES))["proposed"]
    assert proposed["columns"] == ["city", "amount"]
    assert set(proposed["included"]) == {"created_at", "owner", "department", "id"}
    assert proposed["times"] == 2
    assert "「城市」、「预计金额」" in proposed["reason"]

    made = await house.admin.send("POST", INDEXES, json={"columns": proposed["columns"]})
    assert made.status_code == 202
    await work(house)

    after = await house.admin.get(INDEXES)
    [own] = [index for index in after["indexes"] if index["own"]]
    assert (own["columns"], own["included"], own["valid"]) == (
        ["city", "amount"],
        ["created_at", "owner", "department", "id"],
        True,
    )
    assert after["proposed"] == []

    dropped = await house.admin.send("DELETE", f"{INDEXES}/{own['name']}")
    assert dropped.status_code == 202
    await work(house)
    assert not [i for i in (await house.admin.get(INDEXES))["indexes"] if i["own"]]


async def test_a_quick_list_leaves_no_note(house, monkeypatch):
    monkeypatch.setattr(records, "SLOW_MS", 60_000)

    await house.admin.get(LEADS, filter=FILTER)

    assert (await house.admin.get(INDEXES))["proposed"] == []


async def test_only_administrators_see_and_touch_indexes(house):
    for name in ("leader", "ann"):
        for method, path, body in (
            ("GET", INDEXES, None),
            ("POST", INDEXES, {"columns": ["city"]}),
            ("DELETE", f"{INDEXES}/lead.city", None),
        ):
            answer = await house[name].send(method, path, json=body)
            assert answer.status_code == 403, (name, method)


async def test_what_makes_no_sense_is_refused_with_a_reason(house):
    for body in (
        {"columns": []},
        {"columns": ["colour"]},
        {"columns": ["remark"]},
        {"columns": ["city", "-city"]},
        {"columns": ["city"], "included": ["city"]},
    ):
        answer = await house.admin.send("POST", INDEXES, json=body)
        assert answer.status_code == 422, body

    kept = await house.admin.send("DELETE", f"{INDEXES}/lead_pkey")
    gone = await house.admin.send("DELETE", f"{INDEXES}/lead.city")
    assert (kept.status_code, gone.status_code) == (422, 404)
