"""API keys: a user's rights, or part of them, for a script; shown once, revocable, rate-limited."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tuoke.access import audit
from tuoke.access.audit import By
from tuoke.access.policy import Action, Narrowing
from tuoke.access.sessions import SEEN_COLUMNS, Seen, hash_of
from tuoke.kit.database import Connection, run_sql
from tuoke.kit.errors import NotFound, TooMany
from tuoke.kit.jsontext import to_json
from tuoke.kit.words import say

PREFIX = "tk_"
PER_MINUTE = 600
_TOUCH_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class NewKey:
    name: str
    narrowing: Narrowing = field(default_factory=Narrowing)
    per_minute: int = PER_MINUTE
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key as its user sees it; the key itself is shown only when it is made."""

    id: int
    name: str
    prefix: str
    narrowing: Narrowing
    per_minute: int
    created_at: datetime
    last_used_at: datetime | None
    expires_at: datetime | None


async def create(db: Connection, new: NewKey, by: By, now: datetime) -> tuple[int, str]:
    """A key of the acting user: its id and the key, which cannot be shown again."""
    key = PREFIX + secrets.token_urlsafe(32)
    found = await run_sql(
        db,
        "insert into tuoke.api_key (user_id, name, hash, prefix, narrowing, per_minute, created_at, expires_at)"
        " values ($1::bigint, $2, $3, $4, $5::text::jsonb, $6::int, $7::timestamptz, $8::timestamptz) returning id",
        by.user,
        new.name,
        hash_of(key),
        key[:8],
        to_json(written(new.narrowing)),
        new.per_minute,
        now,
        new.expires_at,
    )
    made: int = found.scalar_one()
    await audit.note(db, by, audit.KEY_CREATED, key=made, name=new.name, narrowing=written(new.narrowing))
    return made, key


_LIST = """
select id, name, prefix, narrowing, per_minute, created_at, last_used_at, expires_at from tuoke.api_key
where user_id = $1 and revoked_at is null order by id desc limit 200
"""


async def list_keys(db: Connection, user_id: int) -> list[ApiKey]:
    """The keys of a user that were not revoked, the newest first."""
    rows = await run_sql(db, _LIST, user_id)
    return [_key(row) for row in rows]


def _key(row: Any) -> ApiKey:
    return ApiKey(row[0], row[1], row[2], narrowing_from(row[3]), row[4], row[5], row[6], row[7])


async def revoke(db: Connection, key: int, by: By, now: datetime) -> None:
    """End one key of the acting user. Raises NotFound, also for somebody else's."""
    found = await run_sql(
        db,
        "update tuoke.api_key set revoked_at = $3::timestamptz"
        " where id = $2 and user_id = $1 and revoked_at is null returning id",
        by.user,
        key,
        now,
    )
    if found.one_or_none() is None:
        raise NotFound(say("没有这个密钥", "There is no such API key"), api_key=key)
    await audit.note(db, by, audit.KEY_REVOKED, key=key)


# Finds the key and counts the request in one round trip. The counter is one row of an unlogged table.
_RESOLVE = f"""
with found as (
  select k.* from tuoke.api_key k
  where k.hash = $1 and k.revoked_at is null and (k.expires_at is null or k.expires_at > $2::timestamptz)
), counted as (
  insert into tuoke.api_key_use as c (api_key, minute, used)
  select id, date_trunc('minute', $2), 1 from found
  on conflict (api_key) do update set
    used = case when c.minute = excluded.minute then c.used + 1 else 1 end, minute = excluded.minute
  returning used
)
select {SEEN_COLUMNS}, k.id, k.narrowing, k.per_minute, k.last_used_at, (select used from counted)
from found k join tuoke.user_account u on u.id = k.user_id
where u.active and u.archived_at is null
"""


async def resolve(db: Connection, key: str, now: datetime) -> Seen | None:
    """The user of an API key, None when it opens nothing. Raises TooMany beyond the key's rate."""
    row = (await run_sql(db, _RESOLVE, hash_of(key), now)).one_or_none()
    if row is None:
        return None
    _refuse_above_rate(row[13], row[11], now)
    if row[12] is None or now - row[12] >= _TOUCH_EVERY:
        await run_sql(
            db, "update tuoke.api_key set last_used_at = $2::timestamptz where id = $1", row[9], now
        )
    return Seen(
        user_id=row[0],
        name=row[1],
        email=row[2],
        language=row[3],
        department=row[4],
        roles=frozenset(row[5]),
        must_change_password=row[6],
        org_version=row[7],
        meta_version=row[8],
        api_key=row[9],
        narrowing=narrowing_from(row[10]),
    )


def _refuse_above_rate(used: int, per_minute: int, now: datetime) -> None:
    if used > per_minute:
        raise TooMany(
            say(
                "这个密钥每分钟最多请求 {n} 次",
                "This API key may make {n} requests a minute",
                n=per_minute,
            ),
            retry_after=60 - now.second,
        )


def narrowing_from(kept: Mapping[str, Any]) -> Narrowing:
    tables, actions = kept.get("tables"), kept.get("actions")
    return Narrowing(
        tables=None if tables is None else frozenset(tables),
        actions=None if actions is None else frozenset(Action(action) for action in actions),
    )


def written(narrowing: Narrowing) -> dict[str, list[str]]:
    """The inverse of `narrowing_from`; what is not narrowed is left out."""
    both = {"tables": narrowing.tables, "actions": narrowing.actions}
    return {key: sorted(values) for key, values in both.items() if values is not None}
