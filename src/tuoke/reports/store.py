"""Dashboards as they are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import structlog
from pydantic import ValidationError

from tuoke.access.sight import Sight
from tuoke.kit.actor import Actor
from tuoke.kit.database import Connection, run_sql
from tuoke.kit.errors import Conflict, Invalid, NotFound
from tuoke.kit.jsontext import to_json
from tuoke.kit.words import Words, say
from tuoke.reports.check import check_dashboard
from tuoke.reports.definition import DashboardDefinition

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Stored:
    definition: DashboardDefinition
    source: str
    """`app` when shipped, `user` when the firm made it."""


async def stored_dashboards(db: Connection) -> list[Stored]:
    """All of them, in their order."""
    rows = await run_sql(db, "select key, definition, source from tuoke.dashboard order by key")
    found = [stored for row in rows if (stored := _stored(row)) is not None]
    return sorted(found, key=lambda stored: (stored.definition.place, stored.definition.key))


def _stored(row: Any) -> Stored | None:
    try:
        return Stored(DashboardDefinition.model_validate(row[1]), row[2])
    except ValidationError as error:
        # Written by a version that understood more: one page is missing, the others are not.
        _log.warning("dashboard.unreadable", key=row[0], fault=str(error))
        return None


def is_for(definition: DashboardDefinition, sight: Sight) -> bool:
    roles = definition.roles
    return not roles or sight.policy.is_administrator(sight.actor) or _has_one(sight.actor, roles)


def _has_one(actor: Actor, roles: list[str]) -> bool:
    return not actor.roles.isdisjoint(roles)


async def dashboards_for(db: Connection, sight: Sight) -> list[DashboardDefinition]:
    """Those meant for the actor, in their order."""
    return [s.definition for s in await stored_dashboards(db) if is_for(s.definition, sight)]


async def dashboard_for(db: Connection, sight: Sight, key: str) -> DashboardDefinition:
    """Raises NotFound, for one of others as for one that does not exist."""
    for definition in await dashboards_for(db, sight):
        if definition.key == key:
            return definition
    raise _missing(key)


async def create_dashboard(db: Connection, definition: DashboardDefinition, sight: Sight) -> None:
    """Raises Invalid with every fault, Conflict when the key is taken."""
    require_fitting(definition, sight)
    if any(stored.definition.key == definition.key for stored in await stored_dashboards(db)):
        raise Conflict(say("已有看板「{key}」", "There is a dashboard {key!r} already", key=definition.key))
    await save_dashboard(db, definition, by=sight.actor.user_id)


async def replace_dashboard(db: Connection, key: str, definition: DashboardDefinition, sight: Sight) -> None:
    """Raises Invalid with every fault, NotFound."""
    if definition.key != key:
        raise Invalid(say("编码不能改", "The key cannot change"), field="key")
    require_fitting(definition, sight)
    await require_stored(db, key)
    await save_dashboard(db, definition, by=sight.actor.user_id)


async def delete_dashboard(db: Connection, key: str) -> None:
    """Raises NotFound."""
    await require_stored(db, key)
    await run_sql(db, "delete from tuoke.dashboard where key = $1", key)


async def require_stored(db: Connection, key: str) -> Stored:
    """Raises NotFound."""
    found = next((s for s in await stored_dashboards(db) if s.definition.key == key), None)
    if found is None:
        raise _missing(key)
    return found


async def save_dashboard(
    db: Connection, definition: DashboardDefinition, *, source: str = "user", by: int | None = None
) -> None:
    """New or instead of the one with this key, which stays whose it was. The caller has checked it."""
    await run_sql(
        db,
        "insert into tuoke.dashboard (key, definition, source, updated_by) values ($1, $2::text::jsonb, $3, $4)"
        " on conflict (key) do update set definition = excluded.definition, updated_at = now(),"
        " updated_by = excluded.updated_by",
        definition.key,
        to_json(definition.model_dump(mode="json")),
        source,
        by,
    )


def require_fitting(definition: DashboardDefinition, sight: Sight) -> None:
    """Raises Invalid with every fault at its place."""
    faults = {_said(definition, path): words for path, words in check_dashboard(definition, sight)}
    if faults:
        raise Invalid(_told(faults), fields=faults)


def _told(faults: dict[str, Words]) -> Words:
    place, words = next(iter(faults.items()))
    return say(
        "看板有 {n} 处错误。第一处：{place}：{what}",
        "The dashboard has {n} faults. The first: {place}: {what_en}",
        n=len(faults),
        place=place,
        what=words.in_("zh"),
        what_en=words.in_("en"),
    )


def _said(definition: DashboardDefinition, path: tuple[str | int, ...]) -> str:
    """`tiles.calls.filter`: people know a tile by its key."""
    match path:
        case ("tiles", int(at), *rest):
            return ".".join(["tiles", definition.tiles[at].key, *map(str, rest)])
        case _:
            return ".".join(map(str, path))


def _missing(key: str) -> NotFound:
    return NotFound(say("没有这个看板", "There is no such dashboard"), dashboard=key)
