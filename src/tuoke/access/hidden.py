"""Telling that a record exists which the asker may not see: the one exception of the closed doors, kept on a leash."""

from __future__ import annotations

from datetime import datetime, timedelta

from tuoke.access import audit
from tuoke.kit.database import Connection, run_sql
from tuoke.kit.errors import TooMany
from tuoke.kit.words import say

AN_HOUR = 200
"""Hidden records one person may hear of within an hour: more than a day of honest typing, too few to probe a list."""


async def tell_of_hidden(db: Connection, user: int, table: str, ip: str, now: datetime) -> None:
    """Note that `user` learned of a hidden record. Raises TooMany when he has learned of too many."""
    since = now - timedelta(hours=1)
    heard = await run_sql(
        db,
        "select count(*) from tuoke.audit where user_id = $1 and action = $2 and at > $3::timestamptz",
        user,
        audit.HIDDEN_TOLD,
        since,
    )
    if heard.scalar_one() >= AN_HOUR:
        raise TooMany(
            say(
                "查重次数太多，请一小时后再试",
                "Too many look-ups of other people's customers; try again in an hour",
            ),
            retry_after=3600,
        )
    await audit.record(db, user, audit.HIDDEN_TOLD, {"table": table}, ip)
