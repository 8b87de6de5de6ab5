"""Flows of the app: read with clear faults, and merged so that a firm's own flow stays its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import pytest_asyncio

from tests.rooms.appfile.shipped import APP, FILES
from tuoke.appfile.apply import apply_app
from tuoke.appfile.document import app_of, document_of
from tuoke.appfile.model import App
from tuoke.appfile.plan import PutPart
from tuoke.appfile.read import read_app
from tuoke.flows.graph import FlowDefinition
from tuoke.flows.store import list_flows, publish, switch, written_flows
from tuoke.kit.database import Connection
from tuoke.kit.errors import Invalid
from tuoke.notify.kinds import NODES
from tuoke.schema.load import load_catalog

FILE, KEY = "flows/assign_new_lead.yaml", "assign_new_lead"
TEXT = FILES[FILE].decode()


def faults(old: str, new: str) -> dict[str, tuple[str, str]]:
    """What is told of the shipped flow with one thing changed: place -> (zh, en)."""
    assert old in TEXT
    with pytest.raises(Invalid) as told:
        read_app({**FILES, FILE: TEXT.replace(old, new, 1).encode()})
    return {place: (words.in_("zh"), words.in_("en")) for place, words in told.value.fields.items()}


@pytest.mark.parametrize(
    ("old", "new", "place", "what"),
    [
        ("type: wait", "type: sleep", "nodes.three_days.type", "sleep"),
        ("unit: working_days", "unit: weeks", "nodes.three_days.config.unit", "working_days"),
        ("website: to_a", "website: to_c", "nodes.by_source.next", "to_c"),
        ("website: to_a", "web: to_a", "nodes.by_source.next", "web"),
        ("role: rep}", "role: seller}", "nodes.to_a.config.to.role", "seller"),
        ("table: task", "table: tasks", "nodes.to_do.config.table", "tasks"),
        ("kind: overdue", "kind: late", "nodes.to_do.config.set.kind", "late"),
        ("value: website}", "value: web}", "nodes.by_source.config.ways.0.when", "web"),
        ("field: owner, op: is_empty", "field: owners, op: is_empty", "trigger.when", "owners"),
        ("type: record_created", "type: record_born", "trigger.type", "record_born"),
        ("table: lead\n", "table: leads\n", "table", "leads"),
        ("key: to_b", "key: to_a", "nodes.to_a.key", "twice"),
        ("{@record}\n", "{surname}\n", "nodes.to_do.config.set.title", "surname"),
    ],
)
def test_a_fault_is_told_with_file_line_node_and_what_is_wrong(old: str, new: str, place: str, what: str):
    found = faults(old, new)

    told = {at.partition(" ")[2]: words for at, words in found.items() if at.startswith(f"{FILE}:")}
    assert place in told, found
    zh, en = told[place]
    assert what in en
    assert any("\u4e00" <= sign <= "\u9fff" for sign in zh)


def test_a_flow_lies_in_the_file_named_after_it():
    with pytest.raises(Invalid) as told:
        read_app({**FILES, "flows/other.yaml": FILES[FILE]})

    assert "flows/assign_new_lead.yaml" in str(next(iter(told.value.fields.values())))


# --- updates --------------------------------------------------------------------------------------


@pytest_asyncio.fixture
async def applied(db: Connection) -> Connection:
    await apply_app(db, APP)
    return db


def upgraded(change: Callable[[dict[str, Any]], None]) -> App:
    """The shipped app as its next version: `change` gets the flow as it is written, to alter."""
    document = document_of(APP)
    change(next(flow for flow in document["flows"] if flow["key"] == KEY)["content"])
    return app_of(APP.info, document)


def five_days(content: dict[str, Any]) -> None:
    next(node for node in content["nodes"] if node["key"] == "three_days")["config"]["length"] = 5


async def flow(db: Connection) -> FlowDefinition:
    [found] = [flow for flow in await written_flows(db) if flow.key == KEY]
    return found


def days(flow: FlowDefinition) -> int:
    return next(node for node in flow.nodes if node.key == "three_days").config["length"]


async def test_a_new_workspace_has_the_shipped_flows_switched_on(applied: Connection):
    found = await list_flows(applied, NODES)

    assert [flow.key for flow in found] == [flow.key for flow in APP.parts["flows"]]
    assert all(flow.active for flow in found)


async def test_a_flow_the_firm_left_alone_follows_the_update(applied: Connection):
    plan = await apply_app(applied, upgraded(five_days))

    assert [type(step) for step in plan.steps] == [PutPart]
    assert "流程" in plan.told()[0].in_("zh")
    assert days(await flow(applied)) == 5


async def test_a_flow_the_firm_switched_off_stays_off_and_is_kept_up_to_date(applied: Connection):
    [id] = [flow.flow_id for flow in await list_flows(applied, NODES) if flow.key == KEY]
    await switch(applied, id, active=False)

    same = await apply_app(applied, APP)
    await apply_app(applied, upgraded(five_days))

    found = await flow(applied)
    assert same.is_empty
    assert (found.active, days(found)) == (False, 5)


async def test_a_flow_the_firm_redrew_stays_the_firms_as_a_whole(applied: Connection):
    own = (await flow(applied)).model_dump(mode="json")
    own["nodes"] = own["nodes"][:1]
    own["nodes"][0]["next"] = None
    catalog = await load_catalog(applied)
    await publish(applied, catalog, FlowDefinition.model_validate(own), NODES)

    plan = await apply_app(applied, upgraded(five_days))

    assert len((await flow(applied)).nodes) == 1
    assert f"flows.{KEY}.content" in {".".join(kept.where) for kept in plan.kept}


async def test_a_flow_no_longer_shipped_goes_on_working(applied: Connection):
    document = document_of(APP)
    document["flows"] = [flow for flow in document["flows"] if flow["key"] != KEY]

    await apply_app(applied, app_of(APP.info, document))

    assert (await flow(applied)).active


async def test_a_flow_that_no_longer_fits_the_firms_tables_is_told_and_the_rest_is_applied(
    applied: Connection,
):
    def wants_more(content: dict[str, Any]) -> None:
        content["table"] = "no_such_table"

    plan = await apply_app(applied, upgraded(wants_more))

    assert len(plan.refused) == 1
    assert (await flow(applied)).table == "lead"
