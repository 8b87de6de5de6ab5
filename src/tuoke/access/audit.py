"""What people did that must be told later: log-ins, passwords, rights, exports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tuoke.kit.database import Connection, run_sql
from tuoke.kit.jsontext import to_json

LOGIN = "session.opened"
LOGIN_FAILED = "session.refused"
LOGOUT = "session.closed"
SESSION_REVOKED = "session.revoked"
PASSWORD_CHANGED = "password.changed"
PASSWORD_RESET = "password.reset"
USER_CREATED = "user.created"
USER_CHANGED = "user.changed"
USER_ARCHIVED = "user.archived"
DEPARTMENT_CREATED = "department.created"
DEPARTMENT_CHANGED = "department.changed"
DEPARTMENT_ARCHIVED = "department.archived"
ROLE_PUT = "role.put"
ROLE_DELETED = "role.deleted"
KEY_CREATED = "api_key.created"
KEY_REVOKED = "api_key.revoked"
WORKSPACE_CHANGED = "workspace.changed"
WEBHOOK_CREATED = "webhook.created"
WEBHOOK_CHANGED = "webhook.changed"
WEBHOOK_ARCHIVED = "webhook.archived"
WEBHOOK_REPLAYED = "webhook.replayed"
WORKING_CHANGED = "workspace.working_time"
EXPORTED = "records.exported"
HIDDEN_TOLD = "duplicate.told"
"""Somebody learned that a record exists which he may not see."""


@dataclass(frozen=True, slots=True)
class By:
    """Who does something, from where. `user` None: the machine itself, such as the command line."""

    user: int | None = None
    ip: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    id: int
    at: datetime
    user: int | None
    action: str
    facts: Mapping[str, Any]
    ip: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries to list, newest first."""

    user: int | None = None
    action: str | None = None
    """An action, or its first word: `session` finds `session.opened`."""
    since: datetime | None = None
    until: datetime | None = None
    """Not included."""
    before: int | None = None
    """Only entries older than the one with this id."""
    limit: int = 50


async def record(
    db: Connection, user: int | None, action: str, facts: Mapping[str, Any], ip: str = ""
) -> None:
    """Note that `user` did `action`. Passwords and tokens have no place in `facts`."""
    await run_sql(
        db,
        "insert into tuoke.audit (user_id, action, facts, ip) values ($1::bigint, $2::text, $3::text::jsonb, $4::text)",
        user,
        action,
        to_json(facts),
        ip,
    )


async def note(db: Connection, by: By, action: str, **facts: Any) -> None:
    """`record` for verbs that carry a `By`."""
    await record(db, by.user, action, facts, by.ip)


async def list_entries(db: Connection, wanted: Wanted) -> list[Entry]:
    """Entries, newest first."""
    rows = await run_sql(
        db,
        """
        select id, at, user_id, action, facts, ip from tuoke.audit
        where ($1::bigint is null or user_id = $1)
          and ($2::text is null or action = $2 or starts_with(action, $2 || '.'))
          and ($3::bigint is null or id < $3)
          and ($4::timestamptz is null or at >= $4)
          and ($5::timestamptz is null or at < $5)
        order by id desc limit $6::int
        """,
        wanted.user,
        wanted.action,
        wanted.before,
        wanted.since,
        wanted.until,
        wanted.limit,
    )
    return [Entry(id, at, user, action, facts, ip) for id, at, user, action, facts, ip in rows]
