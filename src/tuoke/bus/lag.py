"""How far the readers of the change log are behind."""

from __future__ import annotations

from dataclasses import dataclass

from tuoke.kit.database import Connection, run_sql

ALARM_S = 10.0
"""A reader that is behind by more wants somebody to look; see docs/adr/0003-change-log.md."""


@dataclass(frozen=True, slots=True)
class Lag:
    reader: str
    """`sequencer` for writes that have no number yet."""
    writes: int
    """Not read yet, counted up to 100 000."""
    seconds: float
    """Age of the oldest of them; 0 when there is none."""


_LAGS = """
select p.reader, due.writes, due.seconds from bus.position p cross join lateral (
  select count(*) as writes, coalesce(extract(epoch from clock_timestamp() - min(at)), 0)::float8 as seconds
  from (select at from bus.write where seq > p.seq order by seq limit 100000) as later
) as due where p.reader <> 'sequencer'
union all
select 'sequencer', count(*), coalesce(extract(epoch from clock_timestamp() - min(at)), 0)::float8
from (select at from bus.write where seq is null order by id limit 100000) as unnumbered
order by 1
"""


async def lags(db: Connection) -> list[Lag]:
    return [Lag(*row) for row in await run_sql(db, _LAGS)]
