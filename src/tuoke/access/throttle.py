"""Failed log-ins make the next try wait: per account and per address, counted in the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from tuoke.kit.database import Connection, run_sql
from tuoke.kit.errors import TooMany
from tuoke.kit.words import say


@dataclass(frozen=True, slots=True)
class Limit:
    free: int
    """Failures before anybody has to wait."""
    longest_s: int
    """No wait is longer."""
    forgotten_after: timedelta
    """Without a further failure."""


# Somebody may lock a colleague's account out by guessing: that is why the longest wait is minutes, not days.
ACCOUNT = Limit(free=5, longest_s=900, forgotten_after=timedelta(hours=2))
# A whole office can stand behind one address, and on Monday morning many mistype: it waits late and briefly.
ADDRESS = Limit(free=50, longest_s=60, forgotten_after=timedelta(minutes=15))

# The try is counted before the password is looked at and taken back when it was right: otherwise a hundred
# tries sent at once would all be looked at before the first failure is counted. While blocked, nothing is
# counted, so patience is always rewarded.
_ADMIT = """
insert into tuoke.login_failure as f (kind, key, failures, last_at) values ($1::text, $2::text, 1, $3::timestamptz)
on conflict (kind, key) do update set
  failures = case
    when f.blocked_until > $3 then f.failures
    when f.last_at < $3 - $4::interval then 1
    else f.failures + 1 end,
  blocked_until = case
    when f.blocked_until > $3 then f.blocked_until
    when f.last_at < $3 - $4::interval or f.failures + 1 < $5::int then null
    else $3 + least(power(2, least(f.failures + 1 - $5::int, 20)), $6::int) * interval '1 second' end,
  last_at = case when f.blocked_until > $3 then f.last_at else $3 end,
  admitted = not coalesce(f.blocked_until > $3, false)
returning admitted, blocked_until
"""


async def admit(db: Connection, email: str, ip: str, now: datetime) -> datetime | None:
    """Count one try to log in. Answers until when this account or address is barred, None when it may try.

    To be committed before the password is looked at.
    """
    barred = await _count(db, "account", email.lower(), ACCOUNT, now)
    if barred is None and ip:
        barred = await _count(db, "ip", ip, ADDRESS, now)
    return barred


async def _count(db: Connection, kind: str, key: str, limit: Limit, now: datetime) -> datetime | None:
    found = await run_sql(
        db, _ADMIT, kind, key[:320], now, limit.forgotten_after, limit.free, limit.longest_s
    )
    admitted, until = found.one()
    return None if admitted else until


async def forgive(db: Connection, email: str, ip: str) -> None:
    """The password was right: the account starts afresh, the address gets back this one try."""
    await run_sql(db, "delete from tuoke.login_failure where kind = 'account' and key = $1", email.lower())
    await run_sql(
        db,
        "update tuoke.login_failure set failures = greatest(failures - 1, 0),"
        " blocked_until = case when failures <= $2::int then null else blocked_until end"
        " where kind = 'ip' and key = $1",
        ip,
        ADDRESS.free,
    )


def too_many(until: datetime, now: datetime) -> TooMany:
    """What somebody who is barred is told; facts: `retry_after` in seconds."""
    wait_s = max(1, ceil((until - now).total_seconds()))
    return TooMany(
        say(
            "登录失败次数过多，请在 {wait} 秒后重试",
            "Too many failed log-ins; try again in {wait} seconds",
            wait=wait_s,
        ),
        retry_after=wait_s,
    )
