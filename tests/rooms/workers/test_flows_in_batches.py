"""Flows over an import, with two workers, with caps: every step once, whatever happens at the same time."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.office import Office
from tests.rooms.workers.machine import Machine, at, open_machine
from tuoke.kit.database import Engine
from tuoke.workers.flows import Flows, step_once

FRIDAY, WEDNESDAY = at("2026-11-20 10:20"), at("2026-11-25 10:20")


@pytest_asyncio.fixture
async def machine(fresh_workspace: Engine, tmp_path: Path) -> AsyncIterator[Machine]:
    async with open_machine(fresh_workspace, tmp_path, FRIDAY) as opened:
        yield opened


@pytest.fixture
def office(machine: Machine, tmp_path: Path) -> Office:
    return Office(machine.house, tmp_path)


async def brought(office: Office, source: str, count: int, first: int = 0) -> dict[str, Any]:
    rows = [["手机", "来源"], *([f"1390000{n:04d}", source] for n in range(first, first + count))]
    return await office.bring(office.sheet(rows), office.house["leader"])


async def undone(office: Office, result: dict[str, Any]) -> dict[str, Any]:
    job = (await office.house["leader"].post(f"/changes/{result['change_set']}/undo"))["job"]
    await office.work()
    told = await office.house["leader"].get(f"/jobs/{job}")
    assert told["state"] == "done", told
    return told["result"]


async def states(machine: Machine, flow: str) -> Counter[str]:
    rows = await machine.sql(
        "select r.state, count(*) from bus.flow_run r join tuoke.flow f on f.id = r.flow_id where f.key = $1 group by 1",
        flow,
    )
    return Counter(dict(tuple(row) for row in rows))


async def test_undoing_an_import_takes_back_what_flows_did_and_stops_their_runs(
    machine: Machine, office: Office
):
    result = await brought(office, "官网", 6)
    await machine.settle()
    assigned = Counter(lead["owner"] for lead in await office.records())

    told = await undone(office, result)
    await machine.at(WEDNESDAY)

    assert sorted(assigned.values()) == [3, 3]
    assert told["conflict_count"] == 0
    assert await office.records() == await machine.tasks() == []
    assert await states(machine, "assign_new_lead") == {"cancelled": 6}
    assert await states(machine, "first_response") == {"cancelled": 6}


async def test_undoing_an_import_takes_back_the_reminders_that_came_of_it(machine: Machine, office: Office):
    result = await brought(office, "官网", 2)
    await machine.settle()
    await machine.at(WEDNESDAY)
    made = len(await machine.tasks())

    await undone(office, result)

    assert made == 6
    assert await machine.tasks() == []


async def test_only_what_people_changed_since_is_a_conflict(machine: Machine, office: Office):
    result = await brought(office, "官网", 3)
    await machine.settle()
    [first, *_] = await office.records()
    await machine["admin"].patch(
        "/tables/lead/records", {"records": [{"id": first["id"], "remark": "老客户"}]}
    )

    told = await undone(office, result)

    assert told["conflict_count"] == 1
    [kept] = await office.records()
    assert (kept["id"], kept["remark"]) == (first["id"], "老客户")


async def both(machine: Machine) -> None:
    """Two workers step at the same time until neither finds anything."""
    workers = [Flows(machine.world, lambda: machine.now) for _ in range(2)]
    while any(await asyncio.gather(*(step_once(machine.world, flows) for flows in workers))):
        pass


async def test_two_workers_take_every_step_once_and_share_fairly(machine: Machine, office: Office):
    await brought(office, "官网", 40)
    await brought(office, "市场活动", 40, first=100)
    while await machine.read():
        await both(machine)

    machine.now = WEDNESDAY
    await both(machine)
    while await machine.read():
        await both(machine)

    owners = Counter(lead["owner"] for lead in await office.records())
    late = Counter(t["owner"] for t in await machine.tasks(kind="overdue") if "3天" in t["title"])
    steps = await machine.sql(
        "select run, node, count(*) from bus.flow_step where port is not null group by 1, 2 having count(*) > 1"
    )
    assert sorted(owners.values()) == [40, 40]
    assert sorted(late.values()) == [40, 40, 80]
    assert steps.all() == []
    assert await states(machine, "assign_new_lead") == {"done": 80}


async def test_two_workers_never_pass_a_cap(machine: Machine, office: Office):
    flow = next(f for f in (await machine["admin"].get("/flows"))["flows"] if f["key"] == "assign_new_lead")
    written = (await machine["admin"].get(f"/flows/{flow['id']}"))["definition"]
    for node in written["nodes"]:
        if node["type"] == "assign":
            node["config"]["cap"] = 5
    await machine["admin"].post("/flows", written)
    await brought(office, "官网", 20)
    await brought(office, "市场活动", 20, first=100)

    while await machine.read():
        await both(machine)

    owners = Counter(lead["owner"] for lead in await office.records())
    reps = {machine[who].id for who in ("ann", "bob")}
    assert {owner: owners[owner] for owner in reps} == dict.fromkeys(reps, 5)
    assert owners[None] == 30
    assert await states(machine, "assign_new_lead") == {"done": 30, "waiting": 10}


async def test_two_flows_that_are_due_on_one_lead_both_act(machine: Machine, office: Office):
    await brought(office, "官网", 10)
    await machine.settle()

    # Both the clock and the three working days are over when the worker comes back.
    machine.now = WEDNESDAY
    await both(machine)
    await machine.settle()

    leads = await office.records()
    assert {lead["first_response"] for lead in leads} == {"overdue"}
    per_lead = Counter(task["lead"]["id"] for task in await machine.tasks(kind="overdue"))
    assert per_lead == {lead["id"]: 3 for lead in leads}


async def test_one_lead_that_cannot_be_written_fails_alone(machine: Machine, office: Office):
    await brought(office, "官网", 50)
    await machine.sql(
        "alter table work.lead add constraint poison check (phone <> '+8613900000017' or owner is null)"
    )

    await machine.settle()

    leads = {lead["phone"]: lead for lead in await office.records()}
    assert [phone for phone, lead in leads.items() if lead["owner"] is None] == ["+8613900000017"]
    assert await states(machine, "assign_new_lead") == {"waiting": 49, "error": 1}
