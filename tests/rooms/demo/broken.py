"""Asks every law of a workspace."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from tests.rooms.demo.laws import (
    LAWS,
    OF_EVERY_LINK,
    OF_EVERY_OWNED_TABLE,
    OF_EVERY_TABLE,
    OF_EVERY_TRACKED_FIELD,
)
from tuoke.kit.database import Connection, run_sql
from tuoke.schema.load import load_catalog
from tuoke.schema.model import Catalog

# The wrap-up is written after its call, and a lead becomes a customer long after it came.
_LATER = {("call", "activity"), ("lead", "account"), ("lead", "contact"), ("lead", "opportunity")}


async def broken(db: Connection, now: datetime, only: str = "") -> dict[str, list[object]]:
    """Laws that do not hold, each with the first who break it; of all, or `only` of one."""
    catalog = await load_catalog(db)
    found: dict[str, list[object]] = {}
    for law, query in laws(catalog, now):
        if only not in ("", law):
            continue
        rows = (await run_sql(db, f"select * from ({query}) as breaking limit 5")).scalars().all()
        if rows:
            found[law] = list(rows)
    return found


def laws(catalog: Catalog, now: datetime) -> Iterator[tuple[str, str]]:
    for law, query in LAWS.items():
        yield law, query.replace("{now}", now.isoformat())
    for table in catalog:
        places = {"table": table.key, "id": table.id, "now": now.isoformat()}
        owned = OF_EVERY_OWNED_TABLE if table.settings.owner and table.settings.department else {}
        for law, query in {**OF_EVERY_TABLE, **owned}.items():
            yield f"{table.key}: {law}", query.format(**places)
        for field in table.references:
            target = field.target or "@"
            if (
                not target.startswith("@")
                and not field.refers_to_many
                and (table.key, field.key) not in _LATER
            ):
                query = OF_EVERY_LINK.format(**places, field=field.key, target=target)
                yield f"{table.key}.{field.key}: a child lies inside its parent's life", query
        for key in table.settings.tracked:
            yield (
                f"{table.key}.{key}: the last move is where it stands",
                OF_EVERY_TRACKED_FIELD.format(**places, field=key),
            )
