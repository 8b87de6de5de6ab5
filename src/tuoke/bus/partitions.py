"""The change log by months: a month that is no longer asked for costs nothing, and can be moved away whole."""

from __future__ import annotations

from datetime import UTC, date, datetime

from tuoke.kit.database import Connection, run_sql


async def ensure_partitions(db: Connection, today: date, months: int = 3) -> None:
    """Partitions of `bus.change` for this month and the next ones; the default partition catches the rest."""
    for ahead in range(months):
        await _ensure_month(db, _month(today, ahead), _month(today, ahead + 1))


def _month(today: date, ahead: int) -> datetime:
    year, month = divmod(today.year * 12 + today.month - 1 + ahead, 12)
    return datetime(year, month + 1, 1, tzinfo=UTC)


async def _ensure_month(db: Connection, start: datetime, end: datetime) -> None:
    name = f"bus.change_{start:%Y%m}"
    if (await run_sql(db, "select to_regclass($1)", name)).scalar_one() is not None:
        return
    # A writer that is not yet done would make every later writer wait behind us.
    await run_sql(db, "set local lock_timeout = '2s'")
    bounds = f"from ('{start.isoformat()}') to ('{end.isoformat()}')"
    # What was written before there was a partition lies in the default one, which must not overlap.
    await run_sql(db, "lock table bus.change in access exclusive mode")
    await run_sql(db, f"create table {name} (like bus.change including all excluding identity)")
    await run_sql(
        db,
        "with moved as (delete from bus.change_other where at >= $1 and at < $2 returning *)"
        f" insert into {name} select * from moved",
        start,
        end,
    )
    await run_sql(db, f"alter table bus.change attach partition {name} for values {bounds}")
