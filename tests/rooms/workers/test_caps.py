"""A cap on what one person holds is a promise: however many claim and however many workers give out at once."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.rooms.workers.machine import Machine, at, open_machine
from tests.rules import deal_out
from tuoke.bus.runs import claim
from tuoke.flows import runner
from tuoke.flows.nodes import assign
from tuoke.kit.database import Engine
from tuoke.records.capacity import held_by
from tuoke.workers.flows import Flows, step_once

LEADS = "/tables/lead/records"
MOST = 5


@pytest_asyncio.fixture
async def machine(firm_workspace: Engine, tmp_path: Path) -> AsyncIterator[Machine]:
    async with open_machine(firm_workspace, tmp_path, at("2026-11-20 10:20")) as opened:
        await opened.sql(
            "update tuoke.table_def set settings = settings || $1::text::jsonb where key = 'lead'",
            '{"hold": {"most": 5, "counting": {"field": "status", "op": "ne", "value": "converted"}}}',
        )
        await opened.sql("update tuoke.workspace set meta_version = meta_version + 1")
        yield opened


async def pool(machine: Machine, many: int, source: str | None = None) -> list[int]:
    return [await machine.lead(source) for _ in range(many)]


async def holdings(machine: Machine) -> Counter[str]:
    found = (await machine["admin"].get(LEADS, limit=1000))["records"]
    names = {client.id: name for name, client in machine.house.people.items()}
    return Counter(names[row["owner"]] for row in found if row["owner"] is not None)


async def test_sixteen_claims_of_one_rep_at_once_stay_within_the_cap(machine: Machine):
    leads = await pool(machine, 16)

    answers = await asyncio.gather(*(machine["ann"].post(f"{LEADS}/claim", {"ids": [id]}) for id in leads))

    done = [id for answer in answers for id in answer["done"]]
    refused = [one for answer in answers for one in answer["refused"]]
    assert (len(done), len(refused)) == (MOST, 16 - MOST)
    assert {one["detail"] for one in refused} == {"您名下已达 5 条上限，请先处理或退回一些"}
    assert await holdings(machine) == {"ann": MOST}


async def test_sixteen_claimers_of_the_same_leads_get_each_lead_once(machine: Machine):
    leads = await pool(machine, 8)

    answers = await asyncio.gather(
        *(
            machine[name].post(f"{LEADS}/claim", {"ids": leads[start:] + leads[:start]})
            for start in range(8)
            for name in ("ann", "bob")
        )
    )

    done = [id for answer in answers for id in answer["done"]]
    assert len(done) == len(set(done)) == 8
    assert all(len(answer["done"]) + len(answer["refused"]) == 8 for answer in answers)
    held = await holdings(machine)
    assert sum(held.values()) == 8
    assert max(held.values()) <= MOST


async def test_what_does_not_count_leaves_room(machine: Machine):
    for _ in range(MOST):
        await machine.lead(None, owner=machine["ann"].id, status="converted")
    leads = await pool(machine, MOST + 1)

    answer = await machine["ann"].post(f"{LEADS}/claim", {"ids": leads})

    assert answer["done"] == leads[:MOST]
    assert [one["id"] for one in answer["refused"]] == leads[MOST:]


async def test_two_workers_and_sixteen_claimers_never_pass_the_cap(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
):
    # Small batches, so that the two workers are in the midst of it together.
    monkeypatch.setattr(runner, "claim", partial(claim, limit=3))
    await machine["admin"].post("/flows", deal_out())
    # Without a source the flow leaves them in the pool.
    claimed = await pool(machine, 16)
    given = await pool(machine, 24, "douyin")
    await machine.read()

    await asyncio.gather(
        work(machine), work(machine), *(claims(machine, who, claimed) for who in ("ann", "bob"))
    )

    assert await holdings(machine) == {"ann": MOST, "bob": MOST}
    runs = await machine.sql(
        "select r.state, count(*) from bus.flow_run r join tuoke.flow f on f.id = r.flow_id"
        " where f.key = 'deal_out' and record = any($1::bigint[]) group by 1", given,
    )  # fmt: skip
    assert set(dict(map(tuple, runs))) <= {"waiting", "done"}


async def test_who_claims_while_a_rule_counts_waits_for_the_rule(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
):
    await machine["admin"].post("/flows", deal_out())
    for name, many in (("ann", MOST - 1), ("bob", MOST)):
        for _ in range(many):
            await machine.lead(None, owner=machine[name].id)
    [wanted] = await pool(machine, 1)
    await machine.settle()
    await pool(machine, 1, "douyin")
    claims = list[asyncio.Task[Any]]()

    async def meanwhile(*asked: Any) -> dict[int, int]:
        found = await held_by(*asked)
        claims.append(asyncio.create_task(machine["ann"].post(f"{LEADS}/claim", {"ids": [wanted]})))
        await asyncio.wait(claims, timeout=0.5)
        return found

    monkeypatch.setattr(assign, "held_by", meanwhile)
    await machine.settle()

    assert [(await claim)["done"] for claim in claims] == [[]]
    assert await holdings(machine) == {"ann": MOST, "bob": MOST}


async def work(machine: Machine) -> None:
    flows = Flows(machine.world, lambda: machine.now)
    while await step_once(machine.world, flows):
        pass


async def claims(machine: Machine, who: str, leads: list[int]) -> None:
    async def one(number: int, id: int) -> None:
        await asyncio.sleep(0.03 * number)
        await machine[who].post(f"{LEADS}/claim", {"ids": [id]})

    await asyncio.gather(*(one(number, id) for number, id in enumerate(leads[::2])))
