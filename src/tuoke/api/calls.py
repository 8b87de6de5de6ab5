"""The door to the telephone: dial, hang up, wrap up, listen."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import FileResponse
from pydantic import BaseModel, ConfigDict, Field

from tuoke.access.policy import Action
from tuoke.access.sight import Sight
from tuoke.api.answers import answer
from tuoke.api.door import Door, enter
from tuoke.kit.database import Connection
from tuoke.kit.storage import Files
from tuoke.query.page import fetch_record
from tuoke.records.transaction import transaction
from tuoke.records.view import shown
from tuoke.schema.model import Table
from tuoke.telephony import calls, recording
from tuoke.telephony.calls import CALL
from tuoke.telephony.wrap_up import wrap_up

router = APIRouter(tags=["calls"])

Known = Annotated[Door, Depends(enter)]

PROVIDER = "twin"


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class About(Body):
    table: str
    record: int = Field(gt=0, lt=2**63)


class DialBody(About):
    field: str
    about: About | None = None


@router.get("/calls/current")
async def current(door: Known) -> Response:
    """My live call, or the one whose wrap-up I owe, with its draft."""
    async with door.begin() as db:
        return answer(await current_call(db, door.sight))


async def current_call(db: Connection, sight: Sight) -> dict[str, Any]:
    """`call`, `draft` and what a wrap-up asks for; `call` None when the line is free."""
    table = sight.catalog.tables.get(CALL)
    if table is None or not sight.policy.may(sight.actor, CALL, Action.READ):
        return {"call": None, "draft": None, "wrap_up": None}
    found = await calls.open_call(db, sight)
    settings = table.settings.wrap_up
    return {
        "call": None if found is None else await _facts(db, table, sight, found["id"]),
        "draft": None if found is None else found["draft"],
        "wrap_up": None if settings is None else settings.model_dump(),
    }


async def _facts(db: Connection, table: Table, sight: Sight, call: int) -> dict[str, Any]:
    """A call as the softphone shows it."""
    row = await fetch_record(db, table, sight, call)
    fields = [key for key in row if key not in ("id", "version")]
    [record] = await shown(db, table, sight, [row], fields)
    links = {f.key for f in table.references if not (f.target or "@").startswith("@")}
    plain = {key: value for key, value in record.items() if key not in links}
    return {**plain, "links": {key: record[key] for key in links if record.get(key) is not None}}


@router.post("/calls")
async def dial(body: DialBody, door: Known, request: Request) -> Response:
    """Call the number in a record's field: `{table, record, field}`, never a number. `about`: the record that links
    to it and is the reason."""
    about = None if body.about is None else (body.about.table, body.about.record)
    async with door.begin() as db, transaction(db, door.sight) as tx:
        id = await calls.request_call(tx, calls.Dial(body.table, body.record, body.field, about), PROVIDER)
    request.app.state.ringing.follow(door.actor.user_id)
    return answer({"call": id}, 201)


@router.post("/calls/{call}/hang_up")
async def hang_up(call: int, door: Known) -> Response:
    """End one's own call."""
    async with door.begin() as db, transaction(db, door.sight) as tx:
        await calls.hang_up(tx, call)
    return answer({"call": call}, 202)


@router.put("/calls/{call}/draft")
async def draft(call: int, body: dict[str, Any], door: Known) -> Response:
    """What is typed so far; found again by whoever opens the browser next."""
    async with door.begin() as db:
        await calls.save_draft(db, door.sight, call, body)
    return answer({"call": call})


class WrapUpBody(Body):
    values: dict[str, Any]
    stage: str | None = None


@router.post("/calls/{call}/wrap_up")
async def save_wrap_up(call: int, body: WrapUpBody, door: Known) -> Response:
    """Need, next time and stage; 422 names what is missing."""
    async with door.begin() as db, transaction(db, door.sight) as tx:
        made = await wrap_up(tx, call, body.values, body.stage)
    return answer({"id": made}, 201)


@router.get("/recordings/{id}/audio")
async def audio(id: int, door: Known) -> Response:
    """The sound of one leg. Every listening is in the audit log."""
    async with door.begin() as db:
        file = await recording.listen(db, door.sight, id if 0 < id < 2**63 else 0, door.ip)
    return FileResponse(
        Files(door.world.settings.files).path(file.key),
        media_type="audio/wav",
        # What a browser keeps is heard again without anybody knowing.
        headers={"Cache-Control": "no-store"},
    )
