"""The door to runs somebody takes in hand: try failed ones again, call off those that wait or failed."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, ConfigDict, Field

from tuoke.access import audit
from tuoke.api.answers import answer
from tuoke.api.door import Door, enter_as_administrator
from tuoke.bus.runs_in_hand import Chosen, cancel, retry
from tuoke.flows.store import read_flow
from tuoke.kit.database import Connection
from tuoke.kit.errors import Invalid
from tuoke.kit.words import say
from tuoke.notify.kinds import NODES

router = APIRouter(prefix="/flows/{flow}/runs", tags=["flows"])

Administrator = Annotated[Door, Depends(enter_as_administrator)]
Id = Annotated[int, Field(ge=1, lt=2**63)]


class Retry(BaseModel):
    model_config = ConfigDict(extra="forbid")
    runs: list[Id] | None = Field(default=None, max_length=1000)
    """Null: all that failed, on `node` or anywhere in the flow."""
    node: str | None = None


class Cancel(Retry):
    states: list[Literal["due", "waiting", "error"]] = Field(default=["error"], min_length=1)
    """Which of them: those named by `runs` must stand so too."""


class Done(BaseModel):
    done: int
    """How many it was; those somebody else was quicker with are not counted."""


@router.post("/retry", response_model=Done)
async def retry_runs(flow: int, body: Retry, door: Administrator) -> Response:
    """Failed runs take their step once more. A run whose record was deleted meanwhile ends there."""
    async with door.begin() as db:
        chosen = await _chosen(db, flow, body)
        done = await retry(db, chosen, door.actor.user_id, door.now)
        await _audited(db, door, flow, "flow.runs_retried", body, done)
    return answer({"done": done})


@router.post("/cancel", response_model=Done)
async def cancel_runs(flow: int, body: Cancel, door: Administrator) -> Response:
    """Runs go no further; what they did stays, and their records are free for new ones."""
    async with door.begin() as db:
        chosen = await _chosen(db, flow, body)
        done = await cancel(db, chosen, body.states, door.actor.user_id, door.now)
        await _audited(db, door, flow, "flow.runs_cancelled", body, done)
    return answer({"done": done})


async def _chosen(db: Connection, flow: int, body: Retry) -> Chosen:
    """Raises NotFound for a flow that is not there, Invalid when nothing was chosen."""
    found = await read_flow(db, NODES, flow)
    if body.runs is not None and not body.runs:
        raise Invalid(say("没有选中任何一条", "Nothing was chosen"))
    return Chosen(flow_id=found.flow_id, runs=body.runs, node=body.node)


async def _audited(db: Connection, door: Door, flow: int, word: str, body: Retry, done: int) -> None:
    """Who pressed in vain has done nothing."""
    if done == 0:
        return
    found = await read_flow(db, NODES, flow)
    facts = {"flow": found.key, "node": body.node, "runs": body.runs, "done": done}
    await audit.record(db, door.actor.user_id, word, facts, door.ip)
