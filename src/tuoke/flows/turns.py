"""Whose turn it is: round-robin counters as locked rows."""

from __future__ import annotations

from collections.abc import Sequence

from tuoke.kit.database import Connection, run_sql


async def last_turn(db: Connection, flow: int, node: str) -> int:
    """Who had the last turn at this node, 0 at first; the counter stays locked to the end of the transaction."""
    await run_sql(
        db, "insert into tuoke.flow_turn (flow_id, node) values ($1, $2) on conflict do nothing", flow, node
    )
    found = await run_sql(
        db, "select last_user from tuoke.flow_turn where flow_id = $1 and node = $2 for update", flow, node
    )
    return int(found.scalar_one())


async def took_turn(db: Connection, flow: int, node: str, user: int) -> None:
    await run_sql(
        db, "update tuoke.flow_turn set last_user = $3 where flow_id = $1 and node = $2", flow, node, user
    )


def in_turn(people: Sequence[int], last: int) -> list[int]:
    """People in the order of their turns after `last`."""
    ordered = sorted(people)
    return [p for p in ordered if p > last] + [p for p in ordered if p <= last]
