"""A request that arrives twice is done once: the answer is kept in the transaction that did it."""

from __future__ import annotations

from typing import Any

from tuoke.kit.database import Connection, run_sql
from tuoke.kit.errors import Conflict
from tuoke.kit.jsontext import to_json
from tuoke.kit.words import say


async def earlier(db: Connection, by: int, key: str, request_hash: str) -> tuple[int, Any] | None:
    """(status, answer) of the same request, or None when it is to be done now.

    The key is taken in the caller's transaction; a second request with it waits for the first to end.
    Raises Conflict when the key came with another request.
    """
    taken = await run_sql(
        db,
        "insert into bus.idempotency(by, key, request_hash, status, answer) values ($1, $2, $3, 0, 'null')"
        " on conflict (by, key) do nothing returning 1",
        by,
        key,
        request_hash,
    )
    if taken.first() is not None:
        return None
    row = (
        await run_sql(
            db, "select request_hash, status, answer from bus.idempotency where by = $1 and key = $2", by, key
        )
    ).one()
    if row[0] != request_hash:
        raise Conflict(
            say(
                "这个 Idempotency-Key 已用于另一个请求",
                "This Idempotency-Key was used with another request",
            )
        )
    return row[1], row[2]


async def keep(db: Connection, by: int, key: str, status: int, answer: Any) -> None:
    await run_sql(
        db,
        "update bus.idempotency set status = $3, answer = $4::text::jsonb where by = $1 and key = $2",
        by,
        key,
        status,
        to_json(answer),
    )


async def forget_old(db: Connection, days: int = 7) -> None:
    await run_sql(db, "delete from bus.idempotency where at < now() - make_interval(days => $1::int)", days)
