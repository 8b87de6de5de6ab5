"""The door to flows: what they are, where their runs stand, switching and publishing."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, ConfigDict

from tuoke.access import audit
from tuoke.access.policy import Action
from tuoke.api.answers import answer
from tuoke.api.door import Door, enter, enter_as_administrator
from tuoke.flows.graph import TRIGGERS, FlowDefinition
from tuoke.flows.store import (
    Published,
    Wanted,
    list_flows,
    list_runs,
    live_records,
    publish,
    read_flow,
    standing,
    switch,
    versions,
)
from tuoke.kit.calendar import Due
from tuoke.kit.database import Connection
from tuoke.kit.errors import NotFound
from tuoke.kit.words import Words, say
from tuoke.notify.kinds import NODES
from tuoke.query.page import fetch_record, fetch_records

router = APIRouter(tags=["flows"])

Known = Annotated[Door, Depends(enter)]
Administrator = Annotated[Door, Depends(enter_as_administrator)]


CHUNK = 2000


@router.get("/flows")
async def flows(door: Known) -> Response:
    """Published flows on tables whose records one shares out, with where the live runs one may see stand."""
    async with door.begin() as db:
        found = [flow for flow in await list_flows(db, NODES) if _oversees(door, flow)]
        stand = {flow.flow_id: await _standing(db, door, flow) for flow in found}
    return answer({"flows": [_facts(flow, stand[flow.flow_id]) for flow in found]})


def _oversees(door: Door, flow: Published) -> bool:
    """Whoever shares out a table's records, or brings them in, may see by which rules that is done."""
    table = flow.flow.table
    ways = (Action.ASSIGN, Action.IMPORT)
    return door.is_administrator or any(door.policy.may(door.actor, table, way) for way in ways)


async def _overseen(db: Connection, door: Door, flow_id: int) -> Published:
    """Raises NotFound, also where there is a flow that is not the asker's business."""
    found = await read_flow(db, NODES, flow_id)
    if not _oversees(door, found):
        raise NotFound(say("没有这个流程", "There is no such flow"), flow=flow_id)
    return found


async def _standing(db: Connection, door: Door, flow: Published) -> list[dict[str, Any]]:
    return await standing(db, flow.flow_id, await _seen(db, door, flow))


async def _seen(db: Connection, door: Door, flow: Published) -> list[int] | None:
    """Records of live runs that the asker may see; None: all of them."""
    if door.is_administrator:
        return None
    table, ids = door.catalog.table(flow.flow.table), await live_records(db, flow.flow_id)
    seen: list[int] = []
    for start in range(0, len(ids), CHUNK):
        rows = await fetch_records(db, table, door.sight, ids[start : start + CHUNK], ())
        seen += [row["id"] for row in rows]
    return seen


@router.post("/flows")
async def publish_flow(body: FlowDefinition, door: Administrator) -> Response:
    """Publish a flow, new or a new version of the one with this key."""
    async with door.begin() as db:
        await publish(db, door.catalog, body, NODES, door.actor.user_id, roles=door.sight.policy.roles)
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
    """One flow with all that is written in it."""
    async with door.begin() as db:
        found = await _overseen(db, door, flow)
        stand = await _standing(db, door, found)
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
        stand = await standing(db, flow)
    return answer(_facts(found, stand))


@router.get("/flows/{flow}/runs")
async def runs(flow: int, door: Known, state: str = "", node: str = "", limit: int = 50) -> Response:
    """Runs of a flow on records one may see. `state`: `due,waiting,error,done,cancelled`, any of them."""
    states = [part for part in state.split(",") if part]
    async with door.begin() as db:
        published = await _overseen(db, door, flow)
        seen = await _seen(db, door, published)
        wanted = Wanted(flow_id=flow, state=states, node=node or None, records=seen)
        found = await list_runs(db, wanted, limit=max(1, min(limit, 500)))
        drawn = await versions(db, NODES, [run["version_id"] for run in found])
    return answer({"runs": [_run(run, door, drawn) for run in found]})


@router.get("/tables/{table}/records/{id}/runs")
async def runs_of_record(table: str, id: int, door: Known) -> Response:
    """What flows did and will do with a record one may see."""
    known = door.catalog.table(table)
    async with door.begin() as db:
        await fetch_record(db, known, door.sight, id if 0 < id < 2**63 else 0)
        found = await list_runs(db, Wanted(record=(known.id, id)))
        drawn = await versions(db, NODES, [run["version_id"] for run in found])
    return answer({"runs": [_run(run, door, drawn) for run in found]})


def _run(run: dict[str, Any], door: Door, drawn: dict[int, Published]) -> dict[str, Any]:
    """A run, with the node it stands on and those that may come next as its own version has them."""
    tables = {table.id: table.key for table in door.catalog}
    flow = drawn.get(run["version_id"])
    place = _node(flow, run["node"]) if flow and run["node"] in flow.flow.nodes else None
    return {
        **{key: value for key, value in run.items() if key not in ("table_id", "version_id")},
        "number": flow.number if flow else None,
        "table": tables.get(run["table_id"]),
        "place": {key: place[key] for key in ("label", "said")} if place else None,
        "ahead": _ahead(flow, place["ports"]) if flow and place else [],
        "due_said": _due_said(run, door),
    }


def _due_said(run: dict[str, Any], door: Door) -> dict[str, str] | None:
    """When a waiting run goes on by itself, in words: `周三 11月25日 10:20（暂定）`."""
    if run["state"] != "waiting":
        return None
    said = door.sight.calendar.said(Due(run["due_at"], run["provisional"]))
    return {"zh": said.in_("zh"), "en": said.in_("en")}


def _ahead(flow: Published, ports: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {"port": way["port"], "label": _node(flow, way["to"])["label"] if way["to"] else None}
        for way in ports
    ]


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
