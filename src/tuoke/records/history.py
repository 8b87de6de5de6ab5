"""Who changed what, and when: the log of one record, as far as the asker may see its fields."""

from __future__ import annotations

from typing import Any

from tuoke.access.sight import Sight
from tuoke.bus.log import Kind
from tuoke.kit.database import Connection, run_sql
from tuoke.query.page import fetch_record
from tuoke.query.secure import masked_fields, visible_fields
from tuoke.schema.model import Table

MOST = 200


async def history(db: Connection, table: Table, sight: Sight, record: int) -> list[dict[str, Any]]:
    """Newest first. Raises NotFound for what the actor cannot see. Masked fields are left out: the log keeps
    plain values."""
    await fetch_record(db, table, sight, record)
    shown = set(visible_fields(table, sight)) - masked_fields(table, sight)
    rows = await run_sql(
        db,
        "select c.id, c.kind, c.before, c.after, c.at, w.by, w.change_set, w.note, s.kind from bus.change c"
        " join bus.write w on w.txn = c.txn left join bus.change_set s on s.id = w.change_set"
        " where c.table_id = $1 and c.record = $2 order by c.id desc limit $3",
        table.id,
        record,
        MOST,
    )
    return [_entry(row, shown) for row in rows if _concerns(row, shown)]


def _concerns(row: Any, shown: set[str]) -> bool:
    return row[1] != Kind.UPDATED or bool(set(row[3] or {}) & shown)


def _entry(row: Any, shown: set[str]) -> dict[str, Any]:
    _, kind, before, after, at, by, change_set, note, set_kind = row
    changes = [
        {"field": key, "from": (before or {}).get(key), "to": value}
        for key, value in (after or {}).items()
        if key in shown
    ]
    return {
        "kind": Kind(kind).name.lower(),
        "at": at,
        "by": by,
        "change_set": change_set,
        "origin": set_kind,
        "note": note,
        "changes": changes,
    }
