"""Checklists as they are kept, and who does not want to see one any more."""

from __future__ import annotations

from typing import Any

import structlog
from pydantic import ValidationError

from tuoke.checklists.definition import ChecklistDefinition
from tuoke.kit.database import Connection, run_sql
from tuoke.kit.errors import NotFound
from tuoke.kit.jsontext import to_json
from tuoke.kit.words import say

_log = structlog.get_logger(__name__)


async def stored_checklists(db: Connection) -> list[ChecklistDefinition]:
    """All of them, by key."""
    rows = await run_sql(db, "select key, definition from tuoke.checklist order by key")
    return [found for row in rows if (found := _stored(row)) is not None]


def _stored(row: Any) -> ChecklistDefinition | None:
    try:
        return ChecklistDefinition.model_validate(row[1])
    except ValidationError as error:
        # Written by a version that understood more: nothing else depends on it.
        _log.warning("checklist.unreadable", key=row[0], fault=str(error))
        return None


async def read_checklist(db: Connection, key: str) -> ChecklistDefinition:
    """Raises NotFound."""
    for found in await stored_checklists(db):
        if found.key == key:
            return found
    raise NotFound(say("没有这份清单", "There is no such checklist"), checklist=key)


async def save_checklist(db: Connection, definition: ChecklistDefinition, *, source: str) -> None:
    """New or instead of the one with this key, which stays whose it was. The caller has checked it."""
    await run_sql(
        db,
        "insert into tuoke.checklist (key, definition, source) values ($1, $2::text::jsonb, $3)"
        " on conflict (key) do update set definition = excluded.definition, updated_at = now()",
        definition.key,
        to_json(definition.model_dump(mode="json")),
        source,
    )


async def dismissed_by(db: Connection, user: int) -> set[str]:
    """Keys of the checklists he put away."""
    rows = await run_sql(db, "select checklist from tuoke.checklist_dismissal where user_id = $1", user)
    return {row[0] for row in rows}


async def dismiss(db: Connection, key: str, user: int) -> None:
    """Not shown to him by itself any more. Raises NotFound."""
    await read_checklist(db, key)
    await run_sql(
        db,
        "insert into tuoke.checklist_dismissal (user_id, checklist) values ($1, $2) on conflict do nothing",
        user,
        key,
    )


async def bring_back(db: Connection, key: str, user: int) -> None:
    """Shown to him again while something in it is left to do. Raises NotFound."""
    await read_checklist(db, key)
    await run_sql(
        db, "delete from tuoke.checklist_dismissal where user_id = $1 and checklist = $2", user, key
    )
