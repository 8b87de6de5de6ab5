"""All the web app needs at its start: who I am, the tables as I may see them, people, types."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response

from tuoke.access.policy import Action
from tuoke.api.answers import answer
from tuoke.api.door import Door, enter
from tuoke.checklists.store import dismissed_by, stored_checklists
from tuoke.kit.database import Connection
from tuoke.kit.words import Words
from tuoke.query.secure import masked_fields, visible_fields, writable_fields
from tuoke.reports.store import dashboards_for
from tuoke.schema.field_type import FieldType, Maskable, Refers, help_of
from tuoke.schema.model import FIELD_TYPES, Field, Table

router = APIRouter(tags=["meta"])

Known = Annotated[Door, Depends(enter)]


@router.get("/meta")
async def meta(door: Known) -> Response:
    """All the web app needs at its start: who I am, the tables as I may see them, people, departments,
    field types."""
    seen = door.seen
    async with door.begin() as db:
        boards = await dashboards_for(db, door.sight)
        first_steps = await _checklists(db, door)
    return answer(
        {
            "version": door.catalog.version,
            "language": seen.language,
            "workspace": {
                "name": door.workspace.name,
                "time_zone": door.workspace.time_zone,
                "currency": door.workspace.currency,
            },
            "user": {
                "id": seen.user_id,
                "name": seen.name,
                "email": seen.email,
                "roles": sorted(seen.roles),
                "department": seen.department,
                "language": seen.language,
                "must_change_password": seen.must_change_password,
                "is_administrator": door.is_administrator,
            },
            "tables": [table_facts(table, door) for table in door.catalog if is_known(table, door)],
            "users": [
                {"id": p.id, "name": p.name, "department": p.department, "active": p.is_active}
                for p in door.org.people.values()
            ],
            "departments": [
                {"id": d.id, "name": d.name, "parent": d.parent}
                for d in door.org.departments.values()
                if not d.is_archived
            ],
            "roles": [{"key": r.key, "label": r.label.model_dump()} for r in door.org.roles.values()],
            "dashboards": [
                board.model_dump(include={"key", "label", "menu", "home", "period"}) for board in boards
            ],
            "checklists": first_steps,
            "field_types": [_type_facts(kind) for kind in FIELD_TYPES],
        }
    )


async def _checklists(db: Connection, door: Door) -> list[dict[str, Any]]:
    """By name only, and whether he has put it away; what is ticked is asked by whoever looks."""
    if not door.is_administrator:
        return []
    away = await dismissed_by(db, door.actor.user_id)
    return [
        {"key": one.key, "label": one.label.model_dump(), "dismissed": one.key in away}
        for one in await stored_checklists(db)
    ]


def is_known(table: Table, door: Door) -> bool:
    """A table to which one has no right at all is as absent as one that does not exist."""
    return any(door.policy.may(door.actor, table.key, action) for action in Action)


def table_facts(table: Table, door: Door) -> dict[str, Any]:
    """The table as this person may see it: fields hidden from him are not there."""
    sight = door.sight
    may_read = door.policy.may(door.actor, table.key, Action.READ)
    visible = set(visible_fields(table, sight)) if may_read else set[str]()
    writable = writable_fields(table, sight, Action.UPDATE)
    creatable = writable_fields(table, sight, Action.CREATE)
    masked = masked_fields(table, sight) if may_read else set[str]()
    fields = [f for f in table.fields if f.key in visible | creatable]
    settings = table.settings.model_dump(exclude={"effects", "convert", "hold"})
    return {
        "key": table.key,
        "label": table.label.model_dump(),
        "source": table.source,
        "settings": _seen_settings(settings, {f.key for f in fields}),
        "converts": _converting(table, visible),
        "fields": [
            {
                **field_facts(f),
                "readable": f.key in visible,
                "writable": f.key in writable,
                "creatable": f.key in creatable,
                "masked": f.key in masked,
            }
            for f in fields
        ],
        "rights": {action.value: door.policy.may(door.actor, table.key, action) for action in Action},
    }


def _converting(table: Table, visible: set[str]) -> dict[str, Any] | None:
    """What of a conversion a screen needs: into which tables, and the values that say it is done."""
    rules = table.settings.convert
    if rules is None:
        return None
    return {
        "targets": [{"link": one.link, "table": one.table} for one in rules.targets if one.link in visible],
        "set": {key: value for key, value in rules.set.items() if key in visible},
    }


def _seen_settings(settings: dict[str, Any], visible: set[str]) -> dict[str, Any]:
    """Settings never name a field that is not there."""
    shown = dict(settings)
    for name in ("title", "subtitle", "owner", "department", "stage", "timeline", "return_reason"):
        if shown.get(name) not in visible:
            shown[name] = None
    for name in ("tracked", "match", "columns", "facts", "summary", "about"):
        shown[name] = [key for key in shown[name] if key in visible]
    if shown["script"] and not {shown["script"]["steps"], shown["script"]["answers"]} - {None} <= visible:
        shown["script"] = None
    return shown


def field_facts(field: Field) -> dict[str, Any]:
    kind = field.kind
    return {
        "key": field.key,
        "type": field.type,
        "label": field.label.model_dump(),
        "help": None if field.help is None else field.help.model_dump(),
        "options": field.options.model_dump(),
        "required": field.required,
        "unique": field.unique,
        "default": field.default,
        "source": field.source,
        "automatic": field.is_automatic,
        "widget": kind.widget,
        "operators": [{"op": op, "takes": o.takes.value} for op, o in kind.operators.items()],
        "refers": {"table": kind.target(field.options), "many": kind.many}
        if isinstance(kind, Refers)
        else None,
    }


def _type_facts(kind: FieldType) -> dict[str, Any]:
    return {
        "type": kind.type,
        "label": _both(kind.label),
        "help": _both(help_of(kind)),
        "widget": kind.widget,
        "automatic": bool(getattr(kind, "automatic", False)),
        "maskable": isinstance(kind, Maskable),
        "operators": [{"op": op, "takes": o.takes.value} for op, o in kind.operators.items()],
        "options": kind.Options.model_json_schema(),
    }


def _both(words: Words) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}
