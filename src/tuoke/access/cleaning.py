"""What nobody needs any more: sessions long over, and failures long forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta

from tuoke.kit.database import Connection, run_sql

_KEPT_FOR = timedelta(days=30)
"""So long an administrator can still see in the database where somebody was logged in."""


async def clean(db: Connection, now: datetime) -> None:
    """To be called once a day; the audit is never cleaned."""
    await run_sql(db, "delete from tuoke.session where expires_at < $1::timestamptz", now - _KEPT_FOR)
    await run_sql(
        db, "delete from tuoke.login_failure where last_at < $1::timestamptz", now - timedelta(days=1)
    )
