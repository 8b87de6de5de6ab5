"""Dashboards over a million calls: a year of them, with what leads to money, made by the database itself."""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections.abc import Callable
from typing import Any

import asyncpg

CALLS = 1_000_000

# Deterministic enough to compare two runs, uneven enough to look like work: a number's own hash is its dice.
_DICE = (
    "create function pg_temp.dice(n bigint, salt int) returns float8 language sql immutable parallel safe as $$ \
select (hashint8extended(n, salt) & 1048575)::float8 / 1048576 $$"
)

_MOMENT = """
create function pg_temp.worked_at(n bigint, salt int, days int) returns timestamptz language sql stable as $$
  select least(now(), (date_trunc('day', now() at time zone 'Asia/Shanghai')
    - floor(power(pg_temp.dice(n, salt), 1.2) * days) * interval '1 day'
    + (9 + floor(9.5 * pg_temp.dice(n, salt + 1) * 60) / 60) * interval '1 hour'
    + floor(60 * pg_temp.dice(n, salt + 2)) * interval '1 second') at time zone 'Asia/Shanghai') $$
"""

_CALLS = """
insert into work.call (version, created_at, updated_at, number, direction, state, outcome, started_at, answered_at,
  ended_at, ring_seconds, talk_seconds, wrap_up, provider, lead, owner, department)
select 1, at, at, phone, case when d2 < 0.94 then 'outbound' else 'inbound' end, 'ended', outcome, at,
  case when outcome = 'connected' then at + interval '9 seconds' end, at + interval '1 second' * (9 + coalesce(talk, 17)),
  9, case when outcome = 'connected' then talk end, case when outcome = 'connected' then 'saved' end, 'twin', lead,
  owner, department
from (
  select n, at, l.id as lead, l.phone, l.owner, l.department, pg_temp.dice(n, 2) d2,
    case when d1 < 0.43 then 'connected' when d1 < 0.83 then 'no_answer' when d1 < 0.94 then 'busy'
      when d1 < 0.98 then 'invalid' else 'cancelled' end outcome,
    round((4 + 340 * power(pg_temp.dice(n, 3), 2.6))::numeric) talk
  from (select n, pg_temp.dice(n, 1) d1, pg_temp.worked_at(n, 10, 365) at from generate_series($1::bigint, $2) n) c
  join pg_temp.owned l on l.place = 1 + c.n * 7919 % $3
) made
"""

_OTHERS = [
    """
insert into work.opportunity (version, created_at, updated_at, name, stage, amount, owner, department)
select 1, pg_temp.worked_at(n, 20, 365), now(), company || '采购', case when d < 0.26 then 'first_contact'
  when d < 0.44 then 'needs' when d < 0.58 then 'quote' when d < 0.68 then 'negotiation' when d < 0.86 then 'won'
  else 'lost' end, round((8000 + 400000 * power(pg_temp.dice(n, 22), 3))::numeric, -2), owner, department
from (select l.place n, l.*, pg_temp.dice(l.place, 21) d from pg_temp.owned l where place % 9 = 0) o
""",
    """
insert into work.contract (version, created_at, updated_at, number, name, status, amount, signed_on, owner, department)
select 1, created_at + interval '20 days', now(), 'B-HT' || id, name, 'signed', amount,
  least(now(), created_at + interval '20 days')::date, owner, department
from work.opportunity where stage = 'won'
""",
    """
insert into work.payment (version, created_at, updated_at, number, amount, paid_on, contract, owner, department)
select 1, now(), now(), 'B-HK' || id || '-' || part, round(amount * part / 3, 2), least(now()::date, signed_on + 15 * part),
  id, owner, department
from work.contract, generate_series(1, 2) part where number like 'B-HT%'
""",
    """
insert into work.task (version, created_at, updated_at, title, kind, status, due_at, lead, owner, department)
select 1, now(), now(), '回访客户', 'follow_up', case when pg_temp.dice(place, 30) < 0.03 then 'open' else 'done' end,
  now() + (pg_temp.dice(place, 31) - 0.4) * interval '6 days', id, owner, department
from pg_temp.owned where place % 3 = 0
""",
]


async def fill(database: str, calls: int) -> None:
    """Calls, opportunities, contracts, payments and tasks for the leads that `bench.seed` made."""
    db = await asyncpg.connect(database)
    try:
        for statement in (_DICE, _MOMENT):
            await db.execute(statement)
        await db.execute("set synchronous_commit = off")
        await db.execute(
            "create temp table owned as select row_number() over (order by id) place, id, phone, coalesce(company, name)"
            " company, owner, department from work.lead where owner is not null order by id limit 400000"
        )
        await db.execute("create index on owned (place)")
        owned = await db.fetchval("select count(*) from owned")
        for first in range(1, calls + 1, 200_000):
            await db.execute(_CALLS, first, min(first + 199_999, calls), owned)
        for statement in _OTHERS:
            await db.execute(statement)
        await db.execute("vacuum analyze")
    finally:
        await db.close()


def measure(table: Any, clients: dict[str, Any], times: Callable[..., list[float]], calls: int) -> None:
    """One row a person and period; every tile is computed anew each time."""
    for who, client in clients.items():
        for period in ("today", "this_month", "this_year"):
            key = "mine" if who == "rep" else "team"
            # A connection that was idle while others were measured has been closed.
            fresh = client.again()
            found = times(lambda c=fresh, k=key, p=period: c.ask("GET", f"/dashboards/{k}?period={p}"), 7)
            name = f"dashboard over {calls} calls, {period.replace('_', ' ')}, {who}: p95"
            table.add(name, found[-1], "ms", 1000)


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("--database", required=True)
    arguments.add_argument("--calls", type=int, default=CALLS)
    given = arguments.parse_args()
    started = time.monotonic()
    asyncio.run(fill(given.database, given.calls))
    print(f"{given.calls} calls in {time.monotonic() - started:.1f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
