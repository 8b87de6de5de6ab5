"""What is said about a record and is no change of it: numbered with the log, told to those who look on, soon forgotten."""

from __future__ import annotations

from datetime import datetime

from tuoke.bus.log import Stretch
from tuoke.kit.database import Connection, run_sql

Remark = tuple[int, int]
"""Table id, record."""


async def remark(db: Connection, by: int | None, table_id: int, record: int) -> None:
    """Tell that something about a record was said, or taken back. The transaction's last statement, as every write's."""
    await run_sql(
        db,
        # A span that holds no change: readers of changes pass it by.
        "with t as materialized (select nextval('bus.txn') as txn),"
        " r as (insert into bus.remark (txn, table_id, record) select txn, $1, $2 from t)"
        " insert into bus.write (txn, first_change, last_change, by) select txn, 1, 0, $3 from t",
        table_id,
        record,
        by,
    )


async def remarks_in(db: Connection, stretch: Stretch) -> list[Remark]:
    """The records something was said about, in commit order."""
    rows = await run_sql(
        db,
        "select r.table_id, r.record from bus.write w join bus.remark r on r.txn = w.txn"
        " where w.seq > $1 and w.seq <= $2 and w.last_change < w.first_change order by w.seq, r.id",
        stretch.after,
        stretch.upto,
    )
    return [(row[0], row[1]) for row in rows]


async def forget_old(db: Connection, now: datetime) -> None:
    """Who was away for a day loads everything anew anyway."""
    await run_sql(db, "delete from bus.remark where at < $1::timestamptz - interval '1 day'", now)
