"""How much one person may hold: counted under that person's lock, so that nobody slips past a cap."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from tuoke.kit.database import Connection, run_sql
from tuoke.query.ast import Condition, condition_from
from tuoke.records.judge import matches
from tuoke.records.transaction import Transaction
from tuoke.schema.model import Table


async def lock_people(db: Connection, people: Sequence[int]) -> None:
    """Whoever gives these people records waits here, in id order, until the other is done."""
    await run_sql(
        db,
        "select id from tuoke.user_account where id = any($1::bigint[]) order by id for no key update",
        sorted(people),
    )


async def held_by(
    tx: Transaction, table: Table, people: Sequence[int], counting: Condition | None = None
) -> dict[int, int]:
    """Living records each of them owns; with `counting`, only those that match it."""
    if table.settings.owner is None or not people:
        return {}
    physical = table.sa
    owner = physical.c[table.settings.owner]
    fits = matches(table, tx.sight, counting)
    found = await tx.db.execute(
        select(owner, func.count())
        .where(owner.in_(list(people)), physical.c.deleted_at.is_(None), fits)
        .group_by(owner)
    )
    return {row[0]: row[1] for row in found}


async def room_of(tx: Transaction, table: Table, person: int) -> int | None:
    """How many more records the table's `hold` lets this person take, who is locked for it; None = any number."""
    hold = table.settings.hold
    if hold is None:
        return None
    await lock_people(tx.db, [person])
    held = await held_by(tx, table, [person], condition_from(hold.counting))
    return max(hold.most - held.get(person, 0), 0)
