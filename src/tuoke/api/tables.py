"""The model while it runs: tables and fields made, changed and taken out."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, ConfigDict

from tuoke.access import audit
from tuoke.api.answers import answer
from tuoke.api.door import Door, enter, enter_as_administrator
from tuoke.api.meta import is_known, table_facts
from tuoke.kit.errors import NotFound
from tuoke.kit.words import say
from tuoke.schema import change
from tuoke.schema.definitions import FieldDefinition, TableDefinition
from tuoke.schema.model import Catalog, Label, Table, TableSettings

router = APIRouter(prefix="/tables", tags=["tables"])

Known = Annotated[Door, Depends(enter)]
Administrator = Annotated[Door, Depends(enter_as_administrator)]


@router.get("")
async def list_tables(door: Known) -> Response:
    """The tables one has any right to, with the fields and settings one may see."""
    return answer({"tables": [table_facts(t, door) for t in door.catalog if is_known(t, door)]})


@router.post("")
async def create_table(body: TableDefinition, door: Administrator) -> Response:
    """A new table with its fields; it is there for everybody at once."""
    async with door.begin() as db:
        catalog = await change.create_tables(db, [body])
        await audit.record(db, door.actor.user_id, "table.created", _named(catalog.table(body.key)), door.ip)
    return _told(door, catalog, body.key, 201)


@router.get("/{table}")
async def read_table(table: str, door: Known) -> Response:
    """One table, with its fields and settings as one may see them."""
    found = door.catalog.table(table)
    if not is_known(found, door):
        raise NotFound(say("没有「{key}」这张表", "There is no table {key!r}", key=table), table=table)
    return answer(_whole(found, door))


class TableChange(BaseModel):
    model_config = ConfigDict(extra="forbid")
    label: Label | None = None
    settings: TableSettings | None = None
    fields: list[str] | None = None
    """The keys of all its own fields, in the order they shall have."""


@router.patch("/{table}")
async def update_table(table: str, body: TableChange, door: Administrator) -> Response:
    """Label, settings, order of fields. Settings are whole: what is left out goes back to its default."""
    async with door.begin() as db:
        settings = None if body.settings is None else _with_unseen(body.settings, door.catalog.table(table))
        catalog = await change.update_table(db, table, body.label, settings)
        if body.fields is not None:
            catalog = await change.order_fields(db, table, body.fields)
        await audit.record(db, door.actor.user_id, "table.changed", _named(catalog.table(table)), door.ip)
    return _told(door, catalog, table)


def _with_unseen(settings: TableSettings, table: Table) -> TableSettings:
    """Screens do not see effects, nor what a conversion writes; saving a column order must not lose them."""
    unseen = {"effects", "convert"} - settings.model_fields_set
    return settings.model_copy(update={name: getattr(table.settings, name) for name in unseen})


@router.delete("/{table}")
async def delete_table(table: str, door: Administrator) -> Response:
    """Take a table out of the model; its records stay in the database. A shipped one stays."""
    async with door.begin() as db:
        await change.delete_table(db, table)
        await audit.record(
            db, door.actor.user_id, "table.deleted", _named(door.catalog.table(table)), door.ip
        )
    return Response(status_code=204)


@router.post("/{table}/fields")
async def add_fields(
    table: str, body: FieldDefinition | list[FieldDefinition], door: Administrator
) -> Response:
    """One field, or several at once."""
    fields = body if isinstance(body, list) else [body]
    async with door.begin() as db:
        catalog = await change.add_fields(db, table, fields)
        await audit.record(
            db,
            door.actor.user_id,
            "field.created",
            _named(catalog.table(table), *(f.key for f in fields)),
            door.ip,
        )
    return _told(door, catalog, table, 201)


@router.patch("/{table}/fields/{field}")
async def update_field(table: str, field: str, body: dict[str, Any], door: Administrator) -> Response:
    """Change what is named: label, help, options, default, whether it is required or unique."""
    async with door.begin() as db:
        catalog = await change.update_field(db, table, field, body)
        facts = _named(catalog.table(table), field)
        await audit.record(db, door.actor.user_id, "field.changed", facts, door.ip)
    return _told(door, catalog, table)


@router.delete("/{table}/fields/{field}")
async def delete_field(table: str, field: str, door: Administrator) -> Response:
    """Take a field out of the model; its values stay in the database. 422 while a setting needs it."""
    async with door.begin() as db:
        catalog = await change.delete_field(db, table, field)
        facts = _named(door.catalog.table(table), field)
        await audit.record(db, door.actor.user_id, "field.deleted", facts, door.ip)
    return _told(door, catalog, table)


def _named(table: Table, *fields: str) -> dict[str, Any]:
    """Facts of an audit entry. Labels as they are now: what is taken out later must still have its name."""
    facts: dict[str, Any] = {"table": table.key, "label": table.label.model_dump()}
    if fields:
        facts["fields"] = [{"key": key, "label": table.field(key).label.model_dump()} for key in fields]
    return facts


def _told(door: Door, catalog: Catalog, key: str, status: int = 200) -> Response:
    """The table as it stands after the change."""
    # The sight of this request was made before the change.
    after = Door(
        **{name: getattr(door, name) for name in door.__dataclass_fields__ if name != "sight"},
        sight=door.sight.with_catalog(catalog),
    )
    return answer(_whole(catalog.table(key), after), status)


def _whole(table: Table, door: Door) -> dict[str, Any]:
    """The table, for administrators with what only the making of forms and imports needs."""
    facts = table_facts(table, door)
    if door.is_administrator:
        facts["fields"] = [{**f, "aliases": list(table.by_key[f["key"]].aliases)} for f in facts["fields"]]
    return facts
