"""The door to flows: what they are, where their runs stand, switching and publishing."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, ConfigDict

from tuoke.access import audit
from tuoke.api.answers import answer
from tuoke.api.door import Door, enter, enter_as_administrator
from tuoke.flows.graph import TRIGGERS, FlowDefinition
from tuoke.flows.store import Published, list_flows, list_runs, publish, read_flow, standing, switch
from tuoke.kit.words import Words
from tuoke.notify.kinds import NODES
from tuoke.query.page import fetch_record

router = APIRouter(tags=["flows"])

Known = Annotated[Door, Depends(enter)]
Administrator = Annotated[Door, Depends(enter_as_administrator)]


@router.get("/flows")
async def flows(door: Known) -> Response:
    """Every published flow with its drawing's nodes and where its live runs stand."""
    async with door.begin() as db:
        found = await list_flows(db, NODES)
        stand = {flow.flow_id: await standing(db, flow.flow_id) for flow in found}
    return answer({"flows": [_facts(flow, stand[flow.flow_id]) for flow in found]})


@router.post("/flows")
async def publish_flow(body: FlowDefinition, door: Administrator) -> Response:
    """Publish a flow, new or a new version of the one with this key."""
    async with door.begin() as db:
        await publish(db, door.catalog, body, NODES, door.actor.user_id)
        await audit.record(db, door.actor.user_id, "flow.published", {"flow": body.key}, door.ip)
        found = next(flow for flow in await list_flows(db, NODES) if flow.key == body.key)
    return answer(_facts(found, []), 201)


@router.get("/flows/kinds")
async def kinds(door: Known) -> Response:
    """The palette: kinds of triggers and nodes with their settings."""
    return answer(
        {
            "nodes": [_kind(node.type, node.label, node.__doc__, node.Config) for node in NODES],
            "triggers": [_kind(t.type, t.label, t.__doc__, t.Config) for t in TRIGGERS],
        }
    )


def _kind(type: str, label: Words, help: str | None, config: type[BaseModel]) -> dict[str, Any]:
    return {
        "type": type,
        "label": {"zh": label.zh, "en": label.en},
        "help": (help or "").strip(),
        "config": config.model_json_schema(),
    }


@router.get("/flows/{flow}")
async def read(flow: int, door: Known) -> Response:
    async with door.begin() as db:
        found = await read_flow(db, NODES, flow)
        stand = await standing(db, flow)
    return answer({**_facts(found, stand), "definition": found.definition.model_dump(mode="json")})


class Switch(BaseModel):
    model_config = ConfigDict(extra="forbid")
    active: bool


@router.patch("/flows/{flow}")
async def switch_flow(flow: int, body: Switch, door: Administrator) -> Response:
    """On or off for new runs; those under way go on."""
    async with door.begin() as db:
        found = await read_flow(db, NODES, flow)
        await switch(db, flow, body.active)
        word = "flow.switched_on" if body.active else "flow.switched_off"
        await audit.record(db, door.actor.user_id, word, {"flow": found.key}, door.ip)
        found = await read_flow(db, NODES, flow)
    return answer(_facts(found, []))


@router.get("/flows/{flow}/runs")
async def runs(flow: int, door: Administrator, state: str = "", limit: int = 50) -> Response:
    states = [part for part in state.split(",") if part]
    async with door.begin() as db:
        await read_flow(db, NODES, flow)
        found = await list_runs(db, flow_id=flow, state=states, limit=max(1, min(limit, 500)))
    return answer({"runs": [_run(run, door) for run in found]})


@router.get("/tables/{table}/records/{id}/runs")
async def runs_of_record(table: str, id: int, door: Known) -> Response:
    """What flows did and will do with a record one may see."""
    known = door.catalog.table(table)
    async with door.begin() as db:
        await fetch_record(db, known, door.sight, id if 0 < id < 2**63 else 0)
        found = await list_runs(db, record=(known.id, id))
    return answer({"runs": [_run(run, door) for run in found]})


def _run(run: dict[str, Any], door: Door) -> dict[str, Any]:
    tables = {table.id: table.key for table in door.catalog}
    return {**{k: v for k, v in run.items() if k != "table_id"}, "table": tables.get(run["table_id"])}


def _facts(flow: Published, stand: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": flow.flow_id,
        "key": flow.key,
        "label": flow.label.model_dump(),
        "table": flow.flow.table,
        "active": flow.active,
        "number": flow.number,
        "mode": flow.flow.mode,
        "trigger": {
            "type": flow.flow.trigger.type,
            "label": {"zh": flow.flow.trigger.label.zh, "en": flow.flow.trigger.label.en},
            "when": flow.definition.trigger.when,
        },
        "nodes": [_node(flow, key) for key in flow.flow.nodes],
        "standing": stand,
    }


def _node(flow: Published, key: str) -> dict[str, Any]:
    node = flow.flow.nodes[key]
    said = node.kind.said(node.config)
    label = node.label.model_dump() if node.label else {"zh": node.kind.label.zh, "en": node.kind.label.en}
    ways = getattr(node.config, "ways", [])
    return {
        "key": key,
        "type": node.kind.type,
        "label": label,
        "said": {"zh": said.in_("zh"), "en": said.in_("en")},
        "ports": [{"port": port, "to": to} for port, to in node.ports.items()],
        "port_labels": {way.port: way.label.model_dump() for way in ways if way.label is not None},
    }
