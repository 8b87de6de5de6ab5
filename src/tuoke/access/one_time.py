"""One-time passwords: given by an administrator, good until the user has chosen his own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from tuoke.access import audit, sessions
from tuoke.access.audit import By
from tuoke.access.passwords import hashed, one_time_password
from tuoke.kit.database import Connection, run_sql
from tuoke.kit.errors import NotFound
from tuoke.kit.words import say

GOOD_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class OneTime:
    shown: str
    """To be shown once and kept nowhere."""
    kept: str
    """Its hash."""


async def new_one_time() -> OneTime:
    """A fresh one; slow, so make it before any lock is taken."""
    password = one_time_password()
    return OneTime(password, await hashed(password))


async def keep_one_time(db: Connection, user: int, once: OneTime, by: By, now: datetime) -> None:
    """From now on only this password opens the door; the former one opens nothing any more."""
    await close_one_time(db, user, now)
    await run_sql(
        db,
        "insert into tuoke.password_reset (user_id, hash, created_at, created_by, expires_at)"
        " values ($1::bigint, $2, $3::timestamptz, $4::bigint, $5::timestamptz)",
        user,
        once.kept,
        now,
        by.user,
        # What the machine itself gives out (the first administrator's) waits until somebody comes.
        None if by.user is None else now + GOOD_FOR,
    )
    await run_sql(
        db,
        "update tuoke.user_account set password_hash = null, must_change_password = true where id = $1",
        user,
    )


async def close_one_time(db: Connection, user: int, now: datetime) -> None:
    await run_sql(
        db,
        "update tuoke.password_reset set used_at = $2::timestamptz where user_id = $1 and used_at is null",
        user,
        now,
    )


async def reset_password(db: Connection, user: int, by: By, now: datetime) -> str:
    """Somebody forgot his password: a one-time password; all his sessions end. Raises NotFound."""
    once = await new_one_time()
    found = await run_sql(
        db,
        "select id from tuoke.user_account where id = $1 and archived_at is null for update",
        user,
    )
    if found.one_or_none() is None:
        raise NotFound(say("没有这个用户", "There is no such user"), user=user)
    await keep_one_time(db, user, once, by, now)
    await sessions.revoke_all(db, user, now)
    await audit.note(db, by, audit.PASSWORD_RESET, user=user)
    return once.shown
