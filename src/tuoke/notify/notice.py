"""In-app notices: one row a person and message, stored in the transaction that caused it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tuoke.kit.database import Connection, run_sql
from tuoke.kit.jsontext import to_json


@dataclass(frozen=True, slots=True)
class Notice:
    user: int
    title: dict[str, str]
    """{zh, en}"""
    kind: str = "flow"
    body: dict[str, str] | None = None
    table: str | None = None
    record: int | None = None
    key: str | None = None
    """The same key tells the same person once, however often a step is retried."""


async def tell(db: Connection, notices: Sequence[Notice]) -> int:
    """Store the notices that are not there yet; returns how many were new."""
    if not notices:
        return 0
    told = await run_sql(
        db,
        "insert into tuoke.notice (user_id, kind, title, body, table_key, record, key)"
        " select n.user_id, n.kind, n.title::jsonb, n.body::jsonb, n.table_key, n.record, n.key"
        " from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::text[])"
        " as n(user_id, kind, title, body, table_key, record, key) on conflict (key) do nothing",
        [n.user for n in notices],
        [n.kind for n in notices],
        [to_json(n.title) for n in notices],
        [None if n.body is None else to_json(n.body) for n in notices],
        [n.table for n in notices],
        [n.record for n in notices],
        [n.key for n in notices],
    )
    return int(told.rowcount)


async def notices_of(db: Connection, user: int, before: int | None = None, limit: int = 30) -> dict[str, Any]:
    """The newest notices of a person, and how many are unread."""
    rows = await run_sql(
        db,
        "select id, kind, title, body, table_key, record, at, read_at from tuoke.notice"
        " where user_id = $1 and ($2::bigint is null or id < $2) order by id desc limit $3",
        user,
        before,
        limit,
    )
    keys = ("id", "kind", "title", "body", "table", "record", "at", "read_at")
    unread = await run_sql(
        db, "select count(*) from tuoke.notice where user_id = $1 and read_at is null", user
    )
    return {"notices": [dict(zip(keys, row, strict=True)) for row in rows], "unread": unread.scalar_one()}


async def mark_read(db: Connection, user: int, ids: Sequence[int] | None) -> int:
    """Mark these, or all (None), as read; returns how many were unread."""
    done = await run_sql(
        db,
        "update tuoke.notice set read_at = now() where user_id = $1 and read_at is null"
        " and ($2::bigint[] is null or id = any($2))",
        user,
        None if ids is None else list(ids),
    )
    return int(done.rowcount)


async def newer_than(db: Connection, after: int) -> list[tuple[int, int]]:
    """(id, user) of notices behind `after`, for the live door."""
    rows = await run_sql(
        db, "select id, user_id from tuoke.notice where id > $1 order by id limit 1000", after
    )
    return [(row[0], row[1]) for row in rows]


async def newest_id(db: Connection) -> int:
    return int((await run_sql(db, "select coalesce(max(id), 0) from tuoke.notice")).scalar_one())
