"""Is this customer here already? Looks at all records; of one the asker may not see it says only that it exists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import or_, select

from tuoke.access.policy import Action
from tuoke.access.sight import Sight
from tuoke.kit.database import Connection
from tuoke.kit.errors import Invalid
from tuoke.query.page import titles
from tuoke.query.secure import readable
from tuoke.schema.model import Table

MOST = 5


async def duplicates(
    db: Connection, table: Table, sight: Sight, values: Mapping[str, Any], but: int | None = None
) -> list[dict[str, Any]]:
    """Living records that share a match key with `values`. What cannot be parsed yet matches nothing."""
    return await sharing(db, table, sight, _parsed(table, values), but)


async def sharing(
    db: Connection, table: Table, sight: Sight, wanted: Mapping[str, Any], but: int | None = None
) -> list[dict[str, Any]]:
    """Living records that have one of these values, the first five of them."""
    if not wanted:
        return []
    physical = table.sa
    statement = select(physical.c.id, *(physical.c[key] for key in wanted)).where(
        physical.c.deleted_at.is_(None),
        physical.c.id != (but or 0),
        or_(*(physical.c[key] == value for key, value in wanted.items())),
    )
    rows = (await db.execute(statement.order_by(physical.c.id).limit(MOST))).mappings().all()
    ids = [row["id"] for row in rows]
    seen = await _seen(db, table, sight, ids)
    names = await titles(db, table, sight, seen)
    return [
        {
            "field": next(key for key, value in wanted.items() if row[key] == value),
            "visible": row["id"] in seen,
            **({"id": row["id"], "title": names.get(row["id"])} if row["id"] in seen else {}),
        }
        for row in rows
    ]


def _parsed(table: Table, values: Mapping[str, Any]) -> dict[str, Any]:
    keys = {*table.settings.match, *(f.key for f in table.fields if f.unique)}
    found: dict[str, Any] = {}
    for key in sorted(keys & values.keys()):
        field = table.field(key)
        try:
            value = None if values[key] is None else field.kind.parse(values[key], field.options)
        except Invalid:
            continue
        if value is not None:
            found[key] = value
    return found


async def _seen(db: Connection, table: Table, sight: Sight, ids: list[int]) -> list[int]:
    if not ids or not sight.policy.may(sight.actor, table.key, Action.READ):
        return []
    source = readable(table, sight, ())
    return list((await db.execute(select(source.c.id).where(source.c.id.in_(ids)))).scalars())
