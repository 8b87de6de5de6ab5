"""Who sees a flow and its runs, and that the figures on a drawing are those of the records one may see."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest_asyncio

from tests.house import House, open_house
from tests.journeys.test_live import Ears, heard
from tuoke.api.live import Live, Place, replayed
from tuoke.kit.database import Engine
from tuoke.workers.flows import Flows, flow_reader, step_flows
from tuoke.workers.readers import follow
from tuoke.workers.sequence import Bells, sequence

LEADS = "/tables/lead/records"


def label(zh: str) -> dict[str, str]:
    return {"zh": zh, "en": zh}


FLOW: dict[str, Any] = {
    "key": "after_three_days",
    "label": label("三天没跟进就提醒"),
    "table": "lead",
    "trigger": {"type": "record_created"},
    "nodes": [
        {
            "key": "wait",
            "type": "wait",
            "label": label("等三个工作日"),
            "config": {
                "length": 3,
                "unit": "working_days",
                "or_when": {"field": "next_follow_at", "op": "not_empty"},
            },
            "next": {"timeout": "tell", "happened": None},
        },
        {
            "key": "tell",
            "type": "create",
            "label": label("建待办"),
            "config": {"table": "task", "set": {"title": "跟进 {name}"}},
        },
    ],
}


@pytest_asyncio.fixture
async def ears(fresh_workspace: Engine, tmp_path: Path) -> AsyncIterator[Ears]:
    """A house whose flows run, and browsers that listen."""
    async with open_house(fresh_workspace, tmp_path) as house:
        world = house.app.state.world
        live, flows, news, bell = Live(world), Flows(world), asyncio.Event(), asyncio.Event()
        tasks = [
            asyncio.create_task(live.run()),
            asyncio.create_task(sequence(world, Bells({"news": news}))),
            asyncio.create_task(follow(world, flow_reader(flows, bell), news)),
            asyncio.create_task(step_flows(world, flows, bell)),
        ]
        await asyncio.sleep(0.3)
        yield Ears(house, live, world)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def standing(house: House, who: str, flow: int, count: int) -> list[dict[str, Any]]:
    """Where runs stand, once so many do."""
    stand: list[dict[str, Any]] = []
    for _ in range(100):
        stand = (await house[who].get(f"/flows/{flow}"))["standing"]
        if sum(place["count"] for place in stand if place["state"] == "waiting") == count:
            return stand
        await asyncio.sleep(0.05)
    raise AssertionError(f"{who} sees {stand}")


async def test_a_leads_figures_are_those_of_his_records_and_a_rep_sees_only_her_records_runs(ears: Ears):
    house = ears.house
    flow = (await house.admin.post("/flows", FLOW))["id"]
    listener = await ears.open("leader")
    [north] = (await house["ann"].post(LEADS, {"name": "王伟", "phone": "13800000001"}))["ids"]
    [south] = (await house["eve"].post(LEADS, {"name": "李娜", "phone": "13800000002"}))["ids"]

    await standing(house, "admin", flow, 2)
    await standing(house, "leader", flow, 1)
    told = await heard(listener, "runs")
    drilled = {
        who: [run["record"] for run in (await house[who].get(f"/flows/{flow}/runs", node="wait"))["runs"]]
        for who in ("admin", "leader")
    }
    all_of_hers = (await house["ann"].get(f"/tables/lead/records/{north}/runs"))["runs"]
    # The shipped flows run beside.
    [mine] = [run for run in all_of_hers if run["flow"] == flow]

    assert told["tables"] == {"lead": [north]}
    assert drilled == {"admin": [south, north], "leader": [north]}
    assert (mine["state"], mine["place"]["label"]["zh"]) == ("waiting", "等三个工作日")
    assert [(way["port"], way["label"] and way["label"]["zh"]) for way in mine["ahead"]] == [
        ("timeout", "建待办"),
        ("happened", None),
    ]
    assert (await house["ann"].get("/flows"))["flows"] == []
    for path in (f"/flows/{flow}", f"/flows/{flow}/runs"):
        assert (await house["ann"].send("GET", path)).status_code == 404
    assert (await house["leader"].send("PATCH", f"/flows/{flow}", json={"active": False})).status_code == 403


async def test_how_flows_went_on_while_a_page_was_loading_is_told_when_it_begins_to_listen(ears: Ears):
    house = ears.house
    flow = (await house.admin.post("/flows", FLOW))["id"]
    before = ears.live.place
    [north] = (await house["ann"].post(LEADS, {"name": "王伟", "phone": "13800000001"}))["ids"]
    await standing(house, "admin", flow, 1)
    await asyncio.sleep(0.5)

    missed, there = ears.live.just_now, ears.live.place
    told = {}
    for who in ("leader", "eve"):
        told[who] = await replayed((await ears.open(who)).door, missed, there)
    back = await replayed((await ears.open("leader")).door, Place(missed.seq, None), there)

    assert missed.step == before.step != there.step
    assert b'event: runs\ndata: {"tables":{"lead":[%d]}}' % north in told["leader"]
    assert b"event: runs" not in told["eve"]
    # Who was away does not know how far the steps had been told to him: all that he may see.
    assert b"event: runs" in back
    assert b'"lead":null' in back
    assert b'"task":null' in back
