"""Sessions: opened by a log-in, asked on every request, ended by log-out, revocation or silence."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from tuoke.access.policy import OPEN, Narrowing
from tuoke.kit.database import Connection, run_sql
from tuoke.kit.errors import NotFound
from tuoke.kit.words import say

SILENCE = timedelta(days=7)
"""A session nobody uses ends after this."""
LONGEST = timedelta(days=30)
"""And every session after this."""
_TOUCH_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Opened:
    """`token` goes into the cookie and is kept nowhere; `csrf` accompanies every write."""

    id: int
    token: str
    csrf: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Seen:
    """Who makes a request, and at which versions his answer must be computed."""

    user_id: int
    name: str
    email: str
    language: str
    department: int | None
    roles: frozenset[str]
    must_change_password: bool
    org_version: int
    meta_version: int
    session: int | None = None
    """None when an API key was shown instead."""
    csrf: str = ""
    last_seen_at: datetime | None = None
    api_key: int | None = None
    narrowing: Narrowing = OPEN


@dataclass(frozen=True, slots=True)
class Session:
    """A session as its user sees it in the list of his devices."""

    id: int
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    ip: str
    agent: str


def hash_of(token: str) -> bytes:
    """Tokens have 256 random bits, so one round is enough: there is nothing to guess from a dictionary."""
    return hashlib.sha256(token.encode()).digest()


async def open_session(db: Connection, user_id: int, ip: str, agent: str, now: datetime) -> Opened:
    token, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(24)
    found = await run_sql(
        db,
        "insert into tuoke.session (token_hash, user_id, csrf, created_at, last_seen_at, expires_at, ip, agent)"
        " values ($1, $2::bigint, $3, $4::timestamptz, $4, $5::timestamptz, $6, $7) returning id",
        hash_of(token),
        user_id,
        csrf,
        now,
        now + SILENCE,
        ip,
        agent[:300],
    )
    await run_sql(db, "update tuoke.user_account set last_login_at = $2 where id = $1", user_id, now)
    return Opened(found.scalar_one(), token, csrf, now + SILENCE)


# Columns 0-8 are shared with api_keys.
SEEN_COLUMNS = """
  u.id, u.name, u.email, u.language, u.department,
  array(select r.role from tuoke.user_role r where r.user_id = u.id), u.must_change_password,
  (select version from tuoke.org_version), (select meta_version from tuoke.workspace)
"""

_RESOLVE = f"""
select {SEEN_COLUMNS}, s.id, s.csrf, s.last_seen_at
from tuoke.session s join tuoke.user_account u on u.id = s.user_id
where s.token_hash = $1 and s.revoked_at is null and s.expires_at > $2::timestamptz
  and u.active and u.archived_at is null
"""


async def resolve(db: Connection, token: str, now: datetime) -> Seen | None:
    """The session of a cookie, None when it opens nothing. One query: it is run on every request."""
    row = (await run_sql(db, _RESOLVE, hash_of(token), now)).one_or_none()
    if row is None:
        return None
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
        session=row[9],
        csrf=row[10],
        last_seen_at=row[11],
    )


def is_due(seen: Seen, now: datetime) -> bool:
    """Whether `touch` has anything to do: reading must not cost a write per request."""
    return seen.last_seen_at is not None and now - seen.last_seen_at >= _TOUCH_EVERY


async def touch(db: Connection, seen: Seen, now: datetime) -> None:
    """The session was used: it lives on, though never longer than `LONGEST`."""
    await run_sql(
        db,
        "update tuoke.session set last_seen_at = $2::timestamptz,"
        " expires_at = least($2 + $3::interval, created_at + $4::interval)"
        " where id = $1 and last_seen_at <= $2::timestamptz - $5::interval",
        seen.session,
        now,
        SILENCE,
        LONGEST,
        _TOUCH_EVERY,
    )


async def list_sessions(db: Connection, user_id: int, now: datetime) -> list[Session]:
    """The open sessions of a user, the newest first."""
    rows = await run_sql(
        db,
        "select id, created_at, last_seen_at, expires_at, ip, agent from tuoke.session"
        " where user_id = $1 and revoked_at is null and expires_at > $2::timestamptz order by id desc limit 100",
        user_id,
        now,
    )
    return [Session(*row) for row in rows]


async def revoke(db: Connection, user_id: int, session: int, now: datetime) -> None:
    """End one session of this user. Raises NotFound, also for somebody else's."""
    found = await run_sql(
        db,
        "update tuoke.session set revoked_at = $3::timestamptz"
        " where id = $2 and user_id = $1 and revoked_at is null returning id",
        user_id,
        session,
        now,
    )
    if found.one_or_none() is None:
        raise NotFound(say("没有这个登录", "There is no such session"), session=session)


async def revoke_all(db: Connection, user_id: int, now: datetime, *, but: int | None = None) -> None:
    """End all sessions of a user, except `but`."""
    await run_sql(
        db,
        "update tuoke.session set revoked_at = $2::timestamptz"
        " where user_id = $1 and revoked_at is null and id is distinct from $3::bigint",
        user_id,
        now,
        but,
    )
