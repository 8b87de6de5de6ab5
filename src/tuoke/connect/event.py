"""What a message says: the record as the webhook's owner may see it now, and what changed of it."""

from __future__ import annotations

from typing import Any

from tuoke.access.sight import Sight
from tuoke.connect.outbox import PING, Message
from tuoke.kit.database import Connection
from tuoke.kit.jsontext import to_json
from tuoke.query.page import fetch_records
from tuoke.query.secure import masked_fields, visible_fields
from tuoke.records.view import shown
from tuoke.schema.model import Table


async def body_of(db: Connection, sight: Sight, message: Message) -> str | None:
    """None when he may not see the record, or it is gone for ever."""
    head = {"id": name_of(message), "at": message.at, "by": message.by}
    if message.event == PING:
        return to_json({**head, "type": PING})
    table = next((t for t in sight.catalog.tables.values() if t.id == message.table_id), None)
    if table is None or message.record is None:
        return None
    record = await _record(db, table, sight, message.record)
    if record is None:
        return None
    return to_json(
        {
            **head,
            "type": f"{table.key}.{message.event}",
            "table": table.key,
            "change": message.change,
            "record": record,
            "changes": _changes(table, sight, message),
        }
    )


def name_of(message: Message) -> str:
    """The same for every repetition: receivers tell by it what they have had."""
    return f"msg_{message.id}"


async def _record(db: Connection, table: Table, sight: Sight, id: int) -> dict[str, Any] | None:
    # By the time it is told a record may have been deleted, or brought back.
    for deleted in (False, True):
        rows = await fetch_records(db, table, sight, [id], deleted=deleted)
        if rows:
            fields = [key for key in rows[0] if key not in ("id", "version")]
            return (await shown(db, table, sight, rows, fields))[0]
    return None


def _changes(table: Table, sight: Sight, message: Message) -> list[dict[str, Any]]:
    """The log keeps plain values, so of masked fields nothing is told."""
    told = set(visible_fields(table, sight)) - masked_fields(table, sight)
    before = message.before or {}
    return [
        {"field": key, "from": before.get(key), "to": value}
        for key, value in (message.after or {}).items()
        if key in told
    ]
