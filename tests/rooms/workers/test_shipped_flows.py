"""The flows the app ships, end to end: log, reader, runner, effects, notices; only the clock is ours."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.rooms.workers.machine import Machine, at, open_machine
from tuoke.kit.database import Engine

FRIDAY = at("2026-11-20 10:20")
WEDNESDAY = at("2026-11-25 10:20")
ASSIGN = "assign_new_lead"


@pytest_asyncio.fixture
async def machine(fresh_workspace: Engine, tmp_path: Path) -> AsyncIterator[Machine]:
    async with open_machine(fresh_workspace, tmp_path, FRIDAY) as opened:
        yield opened


async def test_website_leads_go_to_the_departments_reps_in_turn(machine: Machine):
    leads = [await machine.lead("website") for _ in range(4)]

    await machine.settle()

    assert [await machine.owner(id) for id in leads] == ["ann", "bob", "ann", "bob"]


async def test_event_leads_go_to_whoever_has_fewest_open_ones(machine: Machine):
    for _ in range(2):
        await machine.lead(None, owner=machine["ann"].id)
    for _ in range(3):
        await machine.lead(None, owner=machine["bob"].id, status="invalid")
    leads = [await machine.lead("event") for _ in range(3)]

    await machine.settle()

    assert [await machine.owner(id) for id in leads] == ["bob", "bob", "ann"]


@pytest.mark.parametrize("source", [None, "list", "referral"])
async def test_leads_of_other_sources_stay_in_the_pool(machine: Machine, source: str | None):
    lead = await machine.lead(source)

    await machine.settle()

    assert await machine.owner(lead) is None
    assert (await machine.run(lead, ASSIGN))["state"] == "done"


async def test_a_lead_that_has_an_owner_keeps_him(machine: Machine):
    lead = await machine.lead("website", owner=machine["eve"].id)

    await machine.settle()

    assert await machine.owner(lead) == "eve"
    assert [run["key"] for run in await machine.runs(lead)] != [ASSIGN]


async def test_turns_are_fair_in_every_department_however_their_leads_alternate(machine: Machine):
    leads: list[int] = []
    for _ in range(4):
        leads.append(await machine.lead("website"))
        await machine.lead("website", department=machine.house.departments["South"])

    await machine.settle()

    assert [await machine.owner(id) for id in leads] == ["ann", "bob", "ann", "bob"]
