"""The door to saved views."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from tuoke.api.answers import answer
from tuoke.api.door import Door, enter
from tuoke.records import saved_views
from tuoke.records.saved_views import Audience, Look, SavedView
from tuoke.schema.model import Table

router = APIRouter(prefix="/tables/{table}/views", tags=["views"])

Known = Annotated[Door, Depends(enter)]
Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=60, pattern=r"^[^\x00-\x1f\x7f]*$"),
]
Key = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[^\x00]*$")]


class Shared(BaseModel):
    """With whom a view is shared; nobody when all of it is empty."""

    model_config = ConfigDict(extra="forbid")
    everyone: bool = False
    departments: list[Annotated[int, Field(ge=1, lt=2**63)]] = Field(default=[], max_length=200)
    """Ids; those below are included."""
    roles: list[Key] = Field(default=[], max_length=100)

    def audience(self) -> Audience:
        return Audience(self.everyone, frozenset(self.departments), frozenset(self.roles))


class NewView(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: Name
    filter: dict[str, Any] | None = None
    """A filter tree."""
    sort: str = Field(default="", max_length=400, pattern=r"^[^\x00]*$")
    columns: list[Key] = Field(default=[], max_length=200)
    """Empty = as the table says."""
    shared: Shared = Shared()


class ViewChange(BaseModel):
    """Only what is named changes."""

    model_config = ConfigDict(extra="forbid")
    version: int | None = None
    """What the writer last saw; when somebody changed the view since, the answer is 409."""
    name: Name | None = None
    filter: dict[str, Any] | None = None
    sort: str | None = Field(default=None, max_length=400, pattern=r"^[^\x00]*$")
    columns: list[Key] | None = Field(default=None, max_length=200)
    shared: Shared | None = None

    def named(self) -> dict[str, Any]:
        found = {key: getattr(self, key) for key in self.model_fields_set - {"version", "shared"}}
        if self.shared is not None:
            found["audience"] = self.shared.audience()
        # An empty filter is a change; an empty name or order is none.
        return {key: value for key, value in found.items() if value is not None or key == "filter"}


class View(BaseModel):
    """A saved view as its reader may use it."""

    id: int
    key: str
    """How an address names it."""
    name: str
    filter: dict[str, Any] | None
    sort: str
    columns: list[str]
    skipped: dict[str, int]
    """How many columns, orders and conditions are left out: fields that are gone, or hidden from the reader."""
    owner: int
    shared: Shared
    editable: bool
    version: int
    updated_at: datetime
    updated_by: int


class MayShare(BaseModel):
    everybody: bool
    """With everyone, any department and any role."""
    departments: list[int]


class Views(BaseModel):
    views: list[View]
    default: str | None
    """Key of the view my list opens with, also of a shipped one."""
    may_share: MayShare


@router.get("", response_model=Views)
async def list_views(table: str, door: Known) -> Response:
    """My views of a table and those shared with me."""
    found = door.catalog.table(table)
    async with door.begin() as db:
        views = await saved_views.list_views(db, found, door.sight)
        default = await saved_views.default_view(db, found, door.actor.user_id)
    may = saved_views.sharing(found, door.sight)
    return answer(
        {
            "views": [_told(view, found, door) for view in views],
            "default": default,
            "may_share": {"everybody": may.everybody, "departments": sorted(may.departments)},
        }
    )


@router.post("", response_model=View, status_code=201)
async def create_view(table: str, body: NewView, door: Known) -> Response:
    """Save a view; without `shared` it is one's own."""
    found = door.catalog.table(table)
    look = Look(body.name, body.filter, body.sort, tuple(dict.fromkeys(body.columns)))
    async with door.begin() as db:
        door.policy.grants(door.actor, table, "read")
        id = await saved_views.add_view(db, found, door.sight, look, body.shared.audience())
        view = await saved_views.read_view(db, found, door.sight, id)
    return answer(_told(view, found, door), 201)


@router.patch("/{id}", response_model=View)
async def change_view(table: str, id: int, body: ViewChange, door: Known) -> Response:
    """Rename, change or share it. 409 when somebody changed it since `version`."""
    found = door.catalog.table(table)
    async with door.begin() as db:
        await saved_views.change_view(db, found, door.sight, _sane(id), body.named(), body.version)
        view = await saved_views.read_view(db, found, door.sight, id)
    return answer(_told(view, found, door))


@router.delete("/{id}", status_code=204)
async def delete_view(table: str, id: int, door: Known) -> Response:
    """For everybody who uses it."""
    async with door.begin() as db:
        await saved_views.delete_view(db, door.catalog.table(table), door.sight, _sane(id))
    return Response(status_code=204)


class Default(BaseModel):
    model_config = ConfigDict(extra="forbid")
    view: Key | None
    """Key of a shipped or saved view; null = as the table is shipped."""


@router.put("/default", status_code=204)
async def choose_default(table: str, body: Default, door: Known) -> Response:
    """With which view my list of this table opens."""
    async with door.begin() as db:
        await saved_views.choose_default(db, door.catalog.table(table), door.sight, body.view)
    return Response(status_code=204)


def _told(view: SavedView, table: Table, door: Door) -> dict[str, Any]:
    look, skipped = saved_views.seen_by(view, table, door.sight)
    audience = view.audience
    return {
        "id": view.id,
        "key": view.key,
        "name": look.name,
        "filter": look.filter,
        "sort": look.sort,
        "columns": list(look.columns),
        "skipped": dict(skipped),
        "owner": view.owner,
        "shared": {
            "everyone": audience.everyone,
            "departments": sorted(audience.departments),
            "roles": sorted(audience.roles),
        },
        "editable": saved_views.may_edit(view, table, door.sight),
        "version": view.version,
        "updated_at": view.updated_at,
        "updated_by": view.updated_by,
    }


def _sane(id: int) -> int:
    """Numbers beyond bigint are no view's."""
    return id if 0 < id < 2**63 else 0
