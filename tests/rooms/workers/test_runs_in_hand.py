"""A run that failed is tried again, one that waits is called off: by who may, once, whatever happens beside."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy.exc import DBAPIError

from tests.office import Office
from tests.rooms.workers.machine import Machine, open_machine
from tests.rooms.workers.test_flows_in_batches import brought, states
from tuoke.bus.runs_in_hand import Chosen, retry
from tuoke.kit.clock import utc_now
from tuoke.kit.database import Engine, begin, run_sql

FLOW = "assign_new_lead"


@pytest_asyncio.fixture
async def machine(fresh_workspace: Engine, tmp_path: Path) -> AsyncIterator[Machine]:
    async with open_machine(fresh_workspace, tmp_path, utc_now()) as opened:
        yield opened


@pytest.fixture
def office(machine: Machine, tmp_path: Path) -> Office:
    return Office(machine.house, tmp_path)


class Stuck:
    """A flow in which runs stand that failed: their leads could not be written, and now can."""

    def __init__(self, machine: Machine, flow: int) -> None:
        self.machine, self.flow = machine, flow

    async def press(self, act: str, who: str = "admin", **body: Any) -> int:
        return (await self.machine[who].post(f"/flows/{self.flow}/runs/{act}", body))["done"]

    async def failed(self) -> list[dict[str, Any]]:
        return (await self.machine["admin"].get(f"/flows/{self.flow}/runs", state="error"))["runs"]

    async def go_on(self) -> None:
        """The worker does what is due."""
        await self.machine.at(utc_now() + timedelta(seconds=1))


@pytest_asyncio.fixture
async def stuck(machine: Machine, office: Office) -> Stuck:
    await brought(office, "官网", 6)
    await machine.sql(
        "alter table work.lead add constraint poison check (phone > '+8613900000002' or owner is null)"
    )
    await machine.settle()
    await machine.sql("alter table work.lead drop constraint poison")
    flows = (await machine["admin"].get("/flows"))["flows"]
    found = Stuck(machine, next(flow["id"] for flow in flows if flow["key"] == FLOW))
    assert len(await found.failed()) == 3
    return found


async def test_failed_runs_go_on_from_where_they_failed_all_of_a_node_or_one(stuck: Stuck, office: Office):
    first, *others = await stuck.failed()

    one = await stuck.press("retry", runs=[first["id"]])
    rest = await stuck.press("retry", node=others[0]["node"])
    await stuck.go_on()

    assert (one, rest) == (1, 2)
    assert all(lead["owner"] for lead in await office.records())
    assert await states(stuck.machine, FLOW) == {"waiting": 6}
    run = await stuck.machine.run(first["record"], FLOW)
    assert any("retried" in (step["told"] or {}) for step in run["steps"])


async def test_two_administrators_who_press_at_once_have_one_effect(stuck: Stuck):
    pressed = await asyncio.gather(*(stuck.press("retry") for _ in range(4)))
    await stuck.go_on()

    assert sorted(pressed) == [0, 0, 0, 3]
    told = await stuck.machine.sql(
        "select count(*), count(distinct s.run) from bus.flow_step s where s.told ? 'retried'"
    )
    assert tuple(told.one()) == (3, 3)
    audited = await stuck.machine.sql("select count(*) from tuoke.audit where action = 'flow.runs_retried'")
    assert audited.scalar_one() == 1


async def test_a_run_whose_record_was_deleted_meanwhile_ends(stuck: Stuck):
    run = (await stuck.failed())[0]
    await stuck.machine["admin"].delete("/tables/lead/records", {"ids": [run["record"]]})

    await stuck.press("retry", runs=[run["id"]])
    await stuck.go_on()

    state = await stuck.machine.sql("select state, error from bus.flow_run where id = $1", run["id"])
    assert tuple(state.one()) == ("done", None)


async def test_a_run_that_fails_again_stands_there_again_with_its_reason(stuck: Stuck):
    await stuck.machine.sql("alter table work.lead add constraint poison check (owner is null) not valid")
    [run, *_] = await stuck.failed()

    await stuck.press("retry", runs=[run["id"]])
    await stuck.go_on()

    again = await stuck.machine.run(run["record"], FLOW)
    assert (again["state"], again["node"]) == ("error", run["node"])
    assert again["error"] is not None


async def test_a_connection_that_dies_in_the_middle_leaves_them_failed_and_the_next_press_works(stuck: Stuck):
    async def press_and_die() -> None:
        async with begin(stuck.machine.world.engine) as db:
            assert await retry(db, Chosen(flow_id=stuck.flow), None, utc_now()) == 3
            backend = (await run_sql(db, "select pg_backend_pid()")).scalar_one()
            await stuck.machine.sql("select pg_terminate_backend($1)", backend)

    with pytest.raises(DBAPIError):
        await press_and_die()
    left = len(await stuck.failed())

    assert (left, await stuck.press("retry")) == (3, 3)
    await stuck.go_on()
    assert await states(stuck.machine, FLOW) == {"waiting": 6}


async def test_a_worker_that_starts_after_the_failure_knows_the_version_of_the_run(
    stuck: Stuck, machine: Machine
):
    """The flow was published anew meanwhile, and nothing but failed runs stands on the old version."""
    await stuck.press("cancel", states=["waiting"])
    whole = (await machine["admin"].get(f"/flows/{stuck.flow}"))["definition"]
    await machine["admin"].post("/flows", {**whole, "label": {"zh": "改过的", "en": "changed"}})
    await machine.settle()

    await stuck.press("retry")
    await stuck.go_on()

    assert await states(machine, FLOW) == {"cancelled": 3, "waiting": 3}


async def test_what_is_called_off_goes_no_further_and_its_record_may_enter_again(
    stuck: Stuck, machine: Machine
):
    [run, *_] = await stuck.failed()

    assert await stuck.press("cancel", runs=[run["id"]]) == 1
    assert await stuck.press("retry", runs=[run["id"]]) == 0
    waiting = await stuck.press("cancel", states=["waiting", "due"])
    await machine.later(days=60)

    assert waiting == 3
    assert await states(machine, FLOW) == {"cancelled": 4, "error": 2}
    # The law that lets one live run a record stand counts it no more.
    again = await machine.sql(
        "update bus.flow_run set state = 'due' where id = $1 returning state", run["id"]
    )
    assert again.scalar_one() == "due"


async def test_only_administrators_take_runs_in_hand(stuck: Stuck, machine: Machine):
    for who in ("leader", "ann"):
        for act in ("retry", "cancel"):
            refused = await machine[who].send("POST", f"/flows/{stuck.flow}/runs/{act}", json={})
            assert refused.status_code == 403
    nobody = await machine["admin"].send("POST", "/flows/999999/runs/retry", json={})
    nothing = await machine["admin"].send("POST", f"/flows/{stuck.flow}/runs/retry", json={"runs": []})
    assert (nobody.status_code, nothing.status_code) == (404, 422)
    assert len(await stuck.failed()) == 3
