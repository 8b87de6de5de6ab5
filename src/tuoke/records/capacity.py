"""How much one person may hold: counted under that person's lock, so that nobody slips past a cap."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from tuoke.kit.database import Connection, run_sql
from tuoke.schema.model import Table


async def lock_people(db: Connection, people: Sequence[int]) -> None:
    """Whoever gives these people records waits here, in id order, until the other is done."""
    await run_sql(
        db,
        "select id from tuoke.user_account where id = any($1::bigint[]) order by id for no key update",
        sorted(people),
    )


async def held_by(db: Connection, table: Table, people: Sequence[int]) -> dict[int, int]:
    """Living records each of them owns."""
    if table.settings.owner is None or not people:
        return {}
    physical = table.sa
    owner = physical.c[table.settings.owner]
    found = await db.execute(
        select(owner, func.count())
        .where(owner.in_(list(people)), physical.c.deleted_at.is_(None))
        .group_by(owner)
    )
    return {row[0]: row[1] for row in found}
