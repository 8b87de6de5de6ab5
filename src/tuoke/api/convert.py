"""The door to converting: what a record would become, and the step itself."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, ConfigDict, Field

from tuoke.access.hidden import tell_of_hidden
from tuoke.api.answers import answer
from tuoke.api.door import Door, enter
from tuoke.api.records import leash, sane
from tuoke.bus.log import open_change_set
from tuoke.kit.errors import Duplicate, Unavailable
from tuoke.query.page import titles
from tuoke.records.conversion import Proposal
from tuoke.records.convert import Became, Choice, convert, preview, rules_of
from tuoke.records.transaction import transaction
from tuoke.schema.model import Table

router = APIRouter(prefix="/tables/{table}", tags=["records"])

Known = Annotated[Door, Depends(enter)]

TRIES = 3
"""When somebody holds the record or its calls for a moment."""


class TargetChoice(BaseModel):
    """`id`: a record that is there already; otherwise a new one, with `values` in place of what is proposed."""

    model_config = ConfigDict(extra="forbid")
    id: int | None = Field(default=None, gt=0, lt=2**63)
    values: dict[str, Any] = {}


class Conversion(BaseModel):
    model_config = ConfigDict(extra="forbid")
    targets: dict[str, TargetChoice | None] = {}
    """By the link that remembers the target; null leaves an optional one out; absent: as proposed."""
    version: int | None = None
    """As last seen: 409 when a field that is taken over was changed since."""


@router.get("/records/{id}/convert")
async def read_conversion(table: str, id: int, door: Known) -> Response:
    """What the record would become: per target the values taken over, what to ask, and records that are here already.
    Nothing is written."""
    async with door.begin() as db:
        version, found, became = await preview(db, door.catalog.table(table), door.sight, sane(id))
        if any(not match["visible"] for one in found for match in one.matches):
            await tell_of_hidden(db, door.actor.user_id, table, door.ip, door.now)
    return answer({"version": version, "became": became, "targets": [_told(one) for one in found]})


def _told(one: Proposal) -> dict[str, Any]:
    return {
        "link": one.target.link,
        "table": one.target.table,
        "optional": one.target.optional,
        "creatable": one.creatable,
        "fields": one.fields,
        "values": one.values,
        "unseen": one.unseen,
        "matches": one.matches,
    }


@router.post("/records/{id}/convert")
async def convert_record(table: str, id: int, body: Conversion, door: Known) -> Response:
    """Convert the record in one step: 409 `already-converted` with what it became when somebody was faster. The
    change set can be undone."""
    found = door.catalog.table(table)
    rules_of(found)
    for _ in range(TRIES - 1):
        try:
            return await _convert(found, sane(id), body, door)
        except Unavailable:
            continue
    return await _convert(found, sane(id), body, door)


async def _convert(table: Table, id: int, body: Conversion, door: Door) -> Response:
    choices = {
        link: None if one is None else Choice(one.id, one.values) for link, one in body.targets.items()
    }
    try:
        async with door.begin() as db:
            label = (await titles(db, table, door.sight, [id])).get(id)
            change_set = await open_change_set(
                db, "convert", door.actor.user_id, {"record": id, "title": label}, table.key
            )
            async with transaction(db, door.sight, change_set) as tx:
                made = await convert(tx, table, id, choices, body.version)
    except Duplicate as error:
        await leash(door, error)
        raise
    return answer({"became": _became(table, made), "change_set": change_set}, 201)


def _became(table: Table, made: Became) -> list[dict[str, Any]]:
    targets = {one.link: one.table for one in rules_of(table).targets}
    return [{"link": link, "table": targets[link], "id": id} for link, id in made.items()]
