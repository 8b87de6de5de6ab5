"""Flows: begun by the log, stepped in batches, each step once, the guilty run alone in error."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from tests.rooms.records.conftest import ADMIN, ANN, BOB, LEADER, NORTH_EAST, ORG, Firm, firm
from tuoke.access.policy import Policy
from tuoke.access.sight import Sight
from tuoke.bus.log import changes_after, number_writes
from tuoke.bus.runs_in_hand import Chosen, retry
from tuoke.flows import runner
from tuoke.flows.fire import fire
from tuoke.flows.graph import FlowDefinition, checked
from tuoke.flows.node import Node
from tuoke.flows.nodes.assign import Assign
from tuoke.flows.nodes.wait import WaitNode
from tuoke.flows.runner import step_batch
from tuoke.flows.store import list_runs, live_versions, publish, standing
from tuoke.kit.actor import Actor
from tuoke.kit.database import Connection, run_sql
from tuoke.kit.errors import Invalid
from tuoke.kit.registry import Registry
from tuoke.query.ast import Page
from tuoke.query.page import fetch_page, fetch_record
from tuoke.records.transaction import transaction
from tuoke.records.verbs import Patch, create_records, update_records

KINDS = Registry("node", Node).load("tuoke.flows.nodes")
FRIDAY = datetime(2026, 11, 20, 2, 20, tzinfo=UTC)  # 10:20 in Shanghai

__all__ = ["firm"]


def label(text: str) -> dict[str, str]:
    return {"zh": text, "en": text}


FOLLOW_UP: dict[str, Any] = {
    "key": "follow_up",
    "label": label("New customer"),
    "table": "customer",
    "trigger": {"type": "record_created", "when": {"field": "owner", "op": "is_empty"}},
    "nodes": [
        {
            "key": "by_city",
            "type": "branch",
            "config": {
                "ways": [{"port": "near", "when": {"field": "city", "op": "eq", "value": "Hangzhou"}}]
            },
            "next": {"near": "assign", "else": None},
        },
        {
            "key": "assign",
            "type": "assign",
            "config": {"to": {"who": "role", "role": "rep"}},
            "next": {"next": "wait"},
        },
        {
            "key": "wait",
            "type": "wait",
            "config": {
                "length": 3,
                "unit": "working_days",
                "or_when": {"field": "next_at", "op": "not_empty"},
            },
            "next": {"timeout": "remind", "happened": None},
        },
        {
            "key": "remind",
            "type": "create",
            "config": {
                "table": "note",
                "set": {"said": "{name} waits", "customer": "$id"},
                "for_each": [{"who": "owner"}, {"who": "superior", "role": "team_lead"}],
            },
        },
    ],
}


class Machine:
    """The reader and the runner, by hand."""

    def __init__(self, db: Connection, firm: Firm) -> None:
        self.db, self.firm, self.seq, self.now = db, firm, 0, FRIDAY

    @property
    def sight(self) -> Sight:
        system = Actor(0, "flow", frozenset({"admin"}))
        return replace(self.firm.sees(ADMIN, self.now), actor=system, policy=Policy(ORG.policy.roles))

    async def read(self) -> int:
        await number_writes(self.db)
        # The log's own clock is the database's; these tests bring theirs.
        changes = [c._replace(at=self.now) for c in await changes_after(self.db, self.seq)]
        self.seq = changes[-1].seq if changes else self.seq
        flows = await live_versions(self.db, KINDS)
        return await fire(self.db, self.sight, flows.values(), changes, self.now)

    async def step(self) -> int:
        flows, moved = await live_versions(self.db, KINDS), 0
        while count := await step_batch(self.db, self.sight, flows, self.now):
            moved += count
        return moved

    async def settle(self) -> None:
        while await self.read() + await self.step():
            pass

    async def make(self, *rows: dict[str, Any], user: int = ADMIN) -> list[int]:
        async with transaction(self.db, self.firm.sees(user, self.now)) as tx:
            return await create_records(tx, self.firm.customer, rows)

    async def owners(self, ids: Sequence[int]) -> list[int | None]:
        page = await fetch_page(self.db, self.firm.customer, self.sight, Page(limit=1000))
        by_id = {row["id"]: row["owner"] for row in page.rows}
        return [by_id[id] for id in ids]

    async def notes(self) -> list[dict[str, Any]]:
        return (await fetch_page(self.db, self.firm.note, self.sight, Page(limit=1000))).rows


@pytest.fixture
def machine(db: Connection, firm: Firm) -> Machine:
    return Machine(db, firm)


def near(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "city": "Hangzhou", "department": NORTH_EAST, **more}


async def test_a_new_record_is_assigned_in_turn_and_waits_in_working_days(db, firm, machine):
    await publish(db, firm.catalog, FlowDefinition.model_validate(FOLLOW_UP), KINDS)
    ids = await machine.make(near("a"), near("b"), near("c"), near("d", city="Ningbo"))

    await machine.settle()

    assert await machine.owners(ids) == [ANN, BOB, ANN, None]
    runs = await list_runs(db)
    waiting = [run for run in runs if run["state"] == "waiting"]
    assert {run["due_at"] for run in waiting} == {datetime(2026, 11, 25, 2, 20, tzinfo=UTC)}
    assert waiting[0]["steps"][-1]["told"]["said"]["zh"] == "周三 11月25日 10:20"
    [place] = [p for p in await standing(db, runs[0]["flow"]) if p["state"] == "waiting"]
    assert (place["node"], place["count"]) == ("wait", 3)


async def test_after_three_working_days_owner_and_superior_are_reminded_once(db, firm, machine):
    await publish(db, firm.catalog, FlowDefinition.model_validate(FOLLOW_UP), KINDS)
    [id] = await machine.make(near("Acme"))
    await machine.settle()

    machine.now = datetime(2026, 11, 25, 2, 19, tzinfo=UTC)
    await machine.settle()
    assert await machine.notes() == []
    machine.now = datetime(2026, 11, 25, 2, 20, tzinfo=UTC)
    await machine.settle()
    await machine.settle()

    assert sorted((note["owner"], note["said"], note["customer"]) for note in await machine.notes()) == [
        (LEADER, "Acme waits", id),
        (ANN, "Acme waits", id),
    ]


async def test_what_was_waited_for_ends_the_waiting_at_once(db, firm, machine):
    await publish(db, firm.catalog, FlowDefinition.model_validate(FOLLOW_UP), KINDS)
    [id] = await machine.make(near("Acme"))
    await machine.settle()

    async with transaction(db, firm.sees(ANN, machine.now)) as tx:
        await update_records(tx, firm.customer, [Patch(id, {"next_at": "2026-12-01T10:00:00+08:00"})])
    await machine.settle()
    machine.now += timedelta(days=30)
    await machine.settle()

    assert await machine.notes() == []
    assert [run["state"] for run in await list_runs(db)] == ["done"]


async def test_reading_the_log_twice_begins_no_second_run(db, firm, machine):
    await publish(db, firm.catalog, FlowDefinition.model_validate(FOLLOW_UP), KINDS)
    await machine.make(near("a"), near("b"))

    assert await machine.read() == 2
    machine.seq = 0
    assert await machine.read() == 0


async def test_one_poisoned_record_among_a_thousand_fails_alone(db, firm, machine):
    poison = {
        **FOLLOW_UP,
        "key": "poison",
        # `phone` is unique: the record that already has this one's phone cannot be given it.
        "nodes": [
            {"key": "set", "type": "update", "config": {"set": {"amount": "$amount", "name": "$reason"}}}
        ],
    }
    await publish(db, firm.catalog, FlowDefinition.model_validate(poison), KINDS)
    rows = [near(f"n{i}", reason=f"r{i}", phone=f"138{i:08d}") for i in range(1000)]
    ids = await machine.make(*rows)
    await machine.read()
    # A value no column takes: the whole batch fails in the database until the guilty run stands alone.
    await run_sql(
        db,
        "alter table work.customer add constraint poison check (name <> 'r500')",
    )

    await machine.step()

    runs = await list_runs(db, limit=2000)
    failed = [run for run in runs if run["state"] == "error"]
    assert [run["record"] for run in failed] == [ids[500]]
    assert sum(run["state"] == "done" for run in runs) == 999
    row = await fetch_record(db, firm.customer, machine.sight, ids[501])
    assert row["name"] == "r501"


async def test_two_flows_on_one_record_both_step(db, firm, machine):
    for key in ("one", "two"):
        flow = {
            **FOLLOW_UP,
            "key": key,
            "nodes": [{"key": "note", "type": "create", "config": {"table": "note", "set": {"said": key}}}],
        }
        await publish(db, firm.catalog, FlowDefinition.model_validate(flow), KINDS)
    await machine.make(near("Acme"))

    await machine.settle()

    assert sorted(note["said"] for note in await machine.notes()) == ["one", "two"]


async def test_a_cap_is_never_passed(db, firm, machine):
    capped = {
        **FOLLOW_UP,
        "nodes": [
            {"key": "assign", "type": "assign", "config": {"to": {"who": "role", "role": "rep"}, "cap": 2}}
        ],
    }
    await publish(db, firm.catalog, FlowDefinition.model_validate(capped), KINDS)
    ids = await machine.make(*(near(f"n{i}") for i in range(7)))

    await machine.settle()

    owners = await machine.owners(ids)
    assert {owner: owners.count(owner) for owner in owners} == {ANN: 2, BOB: 2, None: 3}


@pytest.mark.parametrize(
    ("nodes", "fault"),
    [
        ([{"key": "a", "type": "stop"}, {"key": "a", "type": "stop"}], "twice"),
        ([{"key": "a", "type": "nothing"}], "Unknown"),
        ([{"key": "a", "type": "wait", "config": {"length": 1, "unit": "days"}, "next": "b"}], "b"),
        ([{"key": "a", "type": "wait", "config": {"length": -1, "unit": "days"}}], "length"),
        ([{"key": "a", "type": "wait", "config": {"length": 1, "unit": "days"}, "next": "a"}], "back"),
    ],
)
def test_a_flow_that_cannot_run_is_not_published(nodes, fault):
    with pytest.raises(Invalid) as error:
        checked(FlowDefinition.model_validate({**FOLLOW_UP, "nodes": nodes}), KINDS)

    said = [str(error.value), *(str(words) for words in error.value.fields.values())]
    assert fault in " ".join(said)


async def test_publishing_the_same_again_makes_no_new_version(db, firm):
    first = await publish(db, firm.catalog, FlowDefinition.model_validate(FOLLOW_UP), KINDS)
    again = await publish(db, firm.catalog, FlowDefinition.model_validate(FOLLOW_UP), KINDS)
    changed = {**FOLLOW_UP, "label": label("Other")}
    second = await publish(db, firm.catalog, FlowDefinition.model_validate(changed), KINDS)

    assert first == again
    assert second > first


async def test_a_way_too_long_for_one_transaction_goes_on_in_the_next(db, firm, machine, monkeypatch):
    monkeypatch.setattr(runner, "WALK_S", 0)
    await publish(db, firm.catalog, FlowDefinition.model_validate(FOLLOW_UP), KINDS)
    ids = await machine.make(near("a"), near("b"))
    await machine.read()
    flows = await live_versions(db, KINDS)

    stood = []
    while await step_batch(db, machine.sight, flows, machine.now):
        [place] = await standing(db, next(iter(flows.values())).flow_id)
        stood.append((place["node"], place["state"]))

    assert stood == [("assign", "due"), ("wait", "due"), ("wait", "waiting")]
    assert await machine.owners(ids) == [ANN, BOB]
    [run, _] = await list_runs(db)
    assert [step["node"] for step in run["steps"]] == ["by_city", "assign", "wait"]
    assert run["since"] == FRIDAY


@pytest.mark.parametrize("state", ["40P01", "55P03", "57P01"])
async def test_a_deadlock_is_no_runs_fault(db, firm, machine, monkeypatch, state):
    await publish(db, firm.catalog, FlowDefinition.model_validate(FOLLOW_UP), KINDS)
    await machine.make(near("a"), near("b"))
    await machine.read()

    async def in_the_way(*_: Any) -> Any:
        await run_sql(db, f"do $$ begin raise exception 'x' using errcode = '{state}'; end $$")

    with monkeypatch.context() as broken:
        broken.setattr(Assign, "run_many", in_the_way)
        with pytest.raises(DBAPIError):
            async with db.begin_nested():
                await step_batch(db, machine.sight, await live_versions(db, KINDS), machine.now)
    await machine.settle()

    assert {run["state"] for run in await list_runs(db)} == {"waiting"}


async def test_a_run_that_failed_as_it_woke_does_not_wait_again(db, firm, machine, monkeypatch):
    await publish(db, firm.catalog, FlowDefinition.model_validate(FOLLOW_UP), KINDS)
    await machine.make(near("a"))
    await machine.settle()
    machine.now += timedelta(days=7)
    with monkeypatch.context() as broken:

        async def fails(*_: Any) -> Any:
            raise ValueError("broken")

        broken.setattr(WaitNode, "run_many", fails)
        await machine.step()
    [run] = await list_runs(db)
    assert (run["state"], run["node"]) == ("error", "wait")

    await retry(db, Chosen(flow_id=run["flow"]), None, machine.now)
    await machine.settle()

    [run] = await list_runs(db)
    assert run["state"] == "done"
    assert len(await machine.notes()) == 2


GROWS: dict[str, Any] = {
    "key": "grows",
    "label": label("Grows"),
    "table": "customer",
    "mode": "each",
    "trigger": {"type": "record_changed", "config": {"fields": ["city"]}},
    "nodes": [{"key": "set", "type": "update", "config": {"set": {"city": "{city}+"}}}],
}


def flow(key: str, watched: str, written: str) -> FlowDefinition:
    """Whenever `watched` changes, `written` grows by a letter."""
    node = {"key": "set", "type": "update", "config": {"set": {written: "{" + written + "}" + key}}}
    trigger = {"type": "record_changed", "config": {"fields": [watched]}}
    return FlowDefinition.model_validate({**GROWS, "key": key, "trigger": trigger, "nodes": [node]})


async def test_a_flow_does_not_start_itself_by_what_it_writes(db, firm, machine):
    await publish(db, firm.catalog, FlowDefinition.model_validate(GROWS), KINDS)
    [id] = await machine.make(near("Acme"))
    async with transaction(db, firm.sees(ADMIN, machine.now)) as tx:
        await update_records(tx, firm.customer, [Patch(id, {"city": "Ningbo"})])

    for _ in range(20):
        await machine.read()
        await machine.step()

    assert (await fetch_record(db, firm.customer, machine.sight, id))["city"] == "Ningbo+"
    assert len(await list_runs(db)) == 1


async def test_flows_that_set_each_other_off_stop_with_a_clear_error(db, firm, machine):
    await publish(db, firm.catalog, flow("a", "city", "name"), KINDS)
    await publish(db, firm.catalog, flow("b", "name", "city"), KINDS)
    [id] = await machine.make(near("Acme"))
    async with transaction(db, firm.sees(ADMIN, machine.now)) as tx:
        await update_records(tx, firm.customer, [Patch(id, {"city": "N"})])

    for _ in range(40):
        await machine.read()
        await machine.step()

    runs = await list_runs(db)
    record = await fetch_record(db, firm.customer, machine.sight, id)
    assert (record["name"], record["city"]) == ("Acmeaaaa", "Nbbbb")
    assert [run["state"] for run in runs] == ["error"] + ["done"] * 8
    assert "8" in runs[0]["error"]["zh"]
    assert "循环" in runs[0]["error"]["zh"]


async def test_a_flow_that_makes_records_of_its_own_table_ends_too(db, firm, machine):
    breeds = {
        **GROWS,
        "key": "breeds",
        "trigger": {"type": "record_created"},
        "nodes": [
            {"key": "make", "type": "create", "config": {"table": "customer", "set": {"name": "{name}'"}}}
        ],
    }
    await publish(db, firm.catalog, FlowDefinition.model_validate(breeds), KINDS)
    await machine.make({"name": "x"})

    for _ in range(40):
        await machine.read()
        await machine.step()

    states = [run["state"] for run in await list_runs(db)]
    assert states == ["error"] + ["done"] * 8


async def test_a_flow_that_does_not_fit_its_table_is_refused_by_node(db, firm):
    wrong = {
        **FOLLOW_UP,
        "trigger": {"type": "record_created", "when": {"field": "owners", "op": "is_empty"}},
        "nodes": [
            {"key": "give", "type": "assign", "config": {"to": {"who": "role", "role": "nobody"}}},
            {
                "key": "wait",
                "type": "wait",
                "config": {"length": 1, "unit": "days", "or_when": {"field": "x"}},
            },
            {
                "key": "note",
                "type": "create",
                "config": {"table": "note", "set": {"says": "{nam}", "said": "{nam}"}},
            },
            {"key": "gone", "type": "create", "config": {"table": "notes", "set": {"said": "x"}}},
        ],
    }

    with pytest.raises(Invalid) as told:
        await publish(db, firm.catalog, FlowDefinition.model_validate(wrong), KINDS, roles=["rep"])

    assert sorted(told.value.fields) == [
        "nodes.give.config.to.role",
        "nodes.gone.config.table",
        "nodes.note.config.set.said",
        "nodes.note.config.set.says",
        "nodes.wait.config.or_when",
        "trigger.when",
    ]
    assert all(words.zh and words.en for words in told.value.fields.values())
