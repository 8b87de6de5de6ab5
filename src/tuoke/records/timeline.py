"""The 360° story of a record: what points at it, and how its stage and owner moved."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import DateTime, any_, cast, func, literal, or_, select, union_all

from tuoke.access.policy import Action
from tuoke.access.sight import Sight
from tuoke.kit.database import Connection, run_sql
from tuoke.query.page import fetch_record, fetch_records
from tuoke.query.secure import masked_fields, readable, visible_fields
from tuoke.records.view import shown
from tuoke.schema.model import Field, Table

MOST = 100


async def timeline(
    db: Connection, table: Table, sight: Sight, record: int, limit: int = 50, before: datetime | None = None
) -> tuple[list[dict[str, Any]], datetime | None]:
    """Entries newest first, and the moment to ask `before` for the next ones. Raises NotFound."""
    await fetch_record(db, table, sight, record)
    limit = max(1, min(limit, MOST))
    events = await _moments(db, table, sight, record, limit + 1, before)
    events += await _moves(db, table, sight, record, limit + 1, before)
    events.sort(key=lambda event: (event["at"], event["id"]), reverse=True)
    page = events[:limit]
    await _fill(db, sight, page)
    return page, page[-1]["at"] if len(events) > limit else None


async def _moments(
    db: Connection, table: Table, sight: Sight, record: int, limit: int, before: datetime | None
) -> list[dict[str, Any]]:
    """When which record that points here happened: one query over all tables, through `readable`."""
    parts = []
    for other in sight.catalog:
        links = _links_to(other, table)
        if other.settings.timeline is None or not links:
            continue
        if not sight.policy.may(sight.actor, other.key, Action.READ):
            continue
        source = readable(other, sight, {other.settings.timeline, "created_at", *(f.key for f in links)})
        moment = other.settings.timeline if other.settings.timeline in source.c else "created_at"
        points = [_points(source.c[f.key], f, record) for f in links if f.key in source.c]
        if not points:
            continue
        at = func.coalesce(cast(source.c[moment], DateTime(timezone=True)), source.c.created_at)
        part = select(literal(other.key).label("table"), source.c.id, at.label("at")).where(or_(*points))
        if before is not None:
            part = part.where(at < before)
        parts.append(part.order_by(at.desc(), source.c.id.desc()).limit(limit).subquery().select())
    if not parts:
        return []
    together = union_all(*parts).subquery()
    rows = await db.execute(
        select(together).order_by(together.c.at.desc(), together.c.id.desc()).limit(limit)
    )
    return [{"kind": "record", "table": row[0], "id": row[1], "at": row[2]} for row in rows]


def _links_to(other: Table, table: Table) -> list[Field]:
    return [f for f in other.references if f.target == table.key]


def _points(column: Any, field: Field, record: int) -> Any:
    return record == any_(column) if field.refers_to_many else column == record


async def _moves(
    db: Connection, table: Table, sight: Sight, record: int, limit: int, before: datetime | None
) -> list[dict[str, Any]]:
    """How the tracked fields moved, as far as the actor may see them plainly."""
    fields = set(table.settings.tracked) & (set(visible_fields(table, sight)) - masked_fields(table, sight))
    rows = await run_sql(
        db,
        "select c.id, c.at, w.by, c.kind, c.before, c.after, w.change_set from bus.change c"
        " join bus.write w on w.txn = c.txn"
        " where c.table_id = $1 and c.record = $2 and (c.kind <> 2 or c.after ?| $3::text[])"
        " and ($4::timestamptz is null or c.at < $4) order by c.id desc limit $5",
        table.id,
        record,
        sorted(fields),
        before,
        limit,
    )
    return [_move(row, table, fields) for row in rows]


_WORDS = {1: "created", 2: "changed", 3: "deleted", 4: "restored"}


def _move(row: Any, table: Table, fields: set[str]) -> dict[str, Any]:
    id, at, by, kind, before, after, change_set = row
    changes = [
        {"field": key, "from": (before or {}).get(key), "to": value}
        for key, value in (after or {}).items()
        if key in fields
    ]
    return {
        "kind": "change",
        "what": _WORDS.get(kind, "changed"),
        "table": table.key,
        "id": id,
        "at": at,
        "by": by,
        "change_set": change_set,
        "changes": changes,
    }


async def _fill(db: Connection, sight: Sight, events: list[dict[str, Any]]) -> None:
    """The summary fields of the records on this page, one query a table."""
    wanted: dict[str, list[int]] = {}
    for event in events:
        if event["kind"] == "record":
            wanted.setdefault(event["table"], []).append(event["id"])
    for key, ids in wanted.items():
        table = sight.catalog.table(key)
        visible = set(visible_fields(table, sight))
        keys = dict.fromkeys(
            [table.settings.title, *table.settings.summary, table.settings.owner, "created_by"]
        )
        fields = [k for k in keys if k and k in visible]
        rows = await fetch_records(db, table, sight, ids, fields)
        by_id = {row["id"]: row for row in await shown(db, table, sight, rows, fields)}
        for event in events:
            if event["kind"] == "record" and event["table"] == key:
                event["record"] = by_id.get(event["id"])
                event["by"] = (event["record"] or {}).get("created_by")
