"""Logging in and changing one's password: two short transactions, and the slow check between them.

attempt = await start(db, …)                  # counted and committed
checked = await passwords.check(given, attempt.kept)   # no transaction is open
opened = await finish(db, attempt, …)         # or the refusal, both stored
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tuoke.access import audit, sessions, throttle
from tuoke.access.audit import By
from tuoke.access.one_time import close_one_time
from tuoke.access.passwords import Check, hashed, require_good
from tuoke.access.sessions import Opened
from tuoke.kit.database import Connection, run_sql
from tuoke.kit.errors import Invalid, Unauthenticated
from tuoke.kit.words import say


@dataclass(frozen=True, slots=True)
class Attempt:
    email: str
    ip: str
    user: int | None
    """None for strangers, who are answered like users."""
    kept: str | None
    """The hash the password must fit: the one-time password's while there is one."""
    is_active: bool
    barred_until: datetime | None


_KEPT = """
select u.id, coalesce(o.hash, u.password_hash), u.active
from tuoke.user_account u
left join tuoke.password_reset o on o.user_id = u.id and o.used_at is null
  and (o.expires_at is null or o.expires_at > $2::timestamptz)
where lower(u.email) = lower($1) and u.archived_at is null
"""


async def start(db: Connection, email: str, ip: str, now: datetime) -> Attempt:
    """Count the attempt and find what the password must fit. To be committed before it is checked."""
    barred_until = await throttle.admit(db, email, ip, now)
    if barred_until is not None:
        return Attempt(email, ip, None, None, False, barred_until)
    row = (await run_sql(db, _KEPT, email, now)).one_or_none()
    if row is None:
        return Attempt(email, ip, None, None, False, None)
    return Attempt(email, ip, row[0], row[1], row[2], None)


async def finish(
    db: Connection, attempt: Attempt, checked: Check, agent: str, now: datetime
) -> Opened | None:
    """The session, when the password was right; None when it was not. Both are told in the audit."""
    by = By(attempt.user, attempt.ip)
    if attempt.user is None or not checked.is_right or not attempt.is_active:
        await audit.note(db, by, audit.LOGIN_FAILED, email=attempt.email[:254])
        return None
    # While the password was looked at, it may have been changed or its user deactivated.
    still = (await run_sql(db, _KEPT, attempt.email, now)).one_or_none()
    if still is None or tuple(still) != (attempt.user, attempt.kept, True):
        return None
    await throttle.forgive(db, attempt.email, attempt.ip)
    opened = await sessions.open_session(db, attempt.user, attempt.ip, agent, now)
    await audit.note(db, by, audit.LOGIN, session=opened.id, agent=agent[:300])
    return opened


def refusal(attempt: Attempt, checked: Check) -> Unauthenticated:
    """What somebody is told who was not let in. That an account is closed is told only to its user."""
    if attempt.user is not None and checked.is_right and not attempt.is_active:
        return Unauthenticated(
            say("账号已停用，请联系管理员", "This account is deactivated; ask the administrator")
        )
    return Unauthenticated(say("邮箱或密码不正确", "The e-mail address or the password is wrong"))


async def renew_hash(db: Connection, attempt: Attempt, renewed: str) -> None:
    """Keep the same password with today's parameters."""
    await run_sql(
        db,
        "update tuoke.user_account set password_hash = $3 where id = $1 and password_hash = $2",
        attempt.user,
        attempt.kept,
        renewed,
    )


@dataclass(frozen=True, slots=True)
class PasswordChange:
    old: str
    new: str
    session: int | None
    """The session that asks; it lives on, all others end."""


async def change_password(
    db: Connection, attempt: Attempt, checked: Check, change: PasswordChange, now: datetime
) -> bool:
    """One's own password. False when the old one was wrong; Invalid when the new one is refused."""
    if attempt.user is None or not checked.is_right:
        await audit.note(db, By(attempt.user, attempt.ip), audit.LOGIN_FAILED, email=attempt.email)
        return False
    require_good(change.new, attempt.email, field="new")
    if change.new == change.old:
        fault = say("新密码不能与旧密码相同", "The new password must differ from the old one")
        raise Invalid(fault, fields={"new": fault})
    await _keep(db, attempt.user, await hashed(change.new), now)
    await sessions.revoke_all(db, attempt.user, now, but=change.session)
    await throttle.forgive(db, attempt.email, attempt.ip)
    await audit.note(db, By(attempt.user, attempt.ip), audit.PASSWORD_CHANGED)
    return True


async def _keep(db: Connection, user: int, kept: str, now: datetime) -> None:
    await close_one_time(db, user, now)
    await run_sql(
        db,
        "update tuoke.user_account set password_hash = $2, must_change_password = false where id = $1",
        user,
        kept,
    )
