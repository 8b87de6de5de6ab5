"""Runs of flows as rows: begun by the log's reader, claimed in batches, moved from node to node.

Waiting happens here, not in memory: a timer is a `due_at`. A process that dies loses nothing, and two processes
never step the same run, because a claimed run is locked until its step is stored.

What there is one of for every run is a tuple here: a frozen dataclass takes three times as long to make.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from tuoke.kit.database import Connection, run_sql
from tuoke.kit.jsontext import to_json

BATCH = 1000


class Run(NamedTuple):
    id: int
    flow_id: int
    version_id: int
    table_id: int
    record: int
    change_set: int | None
    node: str
    data: dict[str, Any]
    waited: bool
    """The run has been waiting on this node and is now due."""
    noticed: bool
    """What it was waiting for happened; it is not only the time that is up."""
    at: datetime
    """When this step was due. Times are counted from here, so that a worker that was down loses nobody a day."""
    depth: int
    """Its place in a chain of flows: 1 = a person set it off."""


class Start(NamedTuple):
    """A run about to begin."""

    record: int
    seq: int
    """The write that starts it."""
    change_set: int | None
    at: datetime
    depth: int
    by: int | None = None
    """Whose write it is; None = the machine's."""
    error: Mapping[str, Any] | None = None
    """Why it may not run: then it stands in the list of failed runs, for somebody to look at."""


class Move(NamedTuple):
    """Where a run goes after a step."""

    run: int
    node: str
    """The node it stands on now; the last one when it ended."""
    state: str
    """`due`, `waiting`, `done` or `error`."""
    due_at: datetime
    at: datetime
    """When it came to this node, by the run's own time."""
    port: str | None = None
    awaits: Any = None
    provisional: bool = False
    data: Mapping[str, Any] | None = None
    told: Mapping[str, Any] | None = None
    """What happened, for the run's own history."""
    error: Mapping[str, Any] | None = None
    steps: int = 1


class Taken(NamedTuple):
    """A step that was taken: a line in the run's history."""

    run: int
    node: str
    port: str | None
    told: Mapping[str, Any] | None


async def begin_runs(
    db: Connection,
    flow_id: int,
    version_id: int,
    first_node: str,
    table_id: int,
    mode: str,
    started: Sequence[Start],
) -> int:
    """Insert one run per record and write that has none yet; returns how many began.

    Exactly once: unique on (flow, write, record). With mode `one`, a record that has a live run gets no second.
    """
    made = await run_sql(
        db,
        """
        insert into bus.flow_run (flow_id, version_id, node, table_id, record, write_seq, change_set, due_at, since,
          started_at, depth, error, state, ended_at, data)
        select $1, $2, $3, $4, s.record, s.seq, s.change_set, s.at, s.at, s.at, s.depth, s.error::jsonb,
          case when s.error is null then 'due' else 'error' end, case when s.error is not null then s.at end,
          jsonb_build_object('mode', $5::text, 'by', s.by)
        from unnest($6::bigint[], $7::bigint[], $8::bigint[], $9::timestamptz[], $10::int[], $11::text[], $12::bigint[])
          as s(record, seq, change_set, at, depth, error, by)
        on conflict do nothing
        """,
        flow_id,
        version_id,
        first_node,
        table_id,
        mode,
        [s.record for s in started],
        [s.seq for s in started],
        [s.change_set for s in started],
        [s.at for s in started],
        [s.depth for s in started],
        [_text(s.error) for s in started],
        [s.by for s in started],
    )
    return int(made.rowcount)


async def ran_before(db: Connection, flow_id: int, records: Sequence[int]) -> set[int]:
    """Those of the records this flow has had a run for."""
    rows = await run_sql(
        db,
        "select distinct record from bus.flow_run where flow_id = $1 and record = any($2::bigint[])",
        flow_id,
        list(records),
    )
    return set(rows.scalars())


async def claim(db: Connection, now: datetime, limit: int = BATCH) -> list[Run]:
    """Due runs that stand on one node of one version, came of one change set and are equally deep in a chain of
    flows, locked; one run per record.

    The oldest due run says which group; others that a second worker holds are passed over.
    """
    rows = await run_sql(
        db,
        """
        with oldest as materialized (
          select version_id, node, change_set, depth from bus.flow_run
          where state in ('due', 'waiting') and due_at <= $1::timestamptz
          order by due_at, id limit 1 for update skip locked
        ), group_ as materialized (
          select r.id, r.record from bus.flow_run r, oldest o
          where r.version_id = o.version_id and r.node = o.node and r.change_set is not distinct from o.change_set
            and r.depth = o.depth
            and r.state in ('due', 'waiting') and r.due_at <= $1
          order by r.due_at, r.id limit $2 for update of r skip locked
        ), alone as (
          select distinct on (record) id from group_ order by record, id
        )
        select r.id, r.flow_id, r.version_id, r.table_id, r.record, r.change_set, r.node, r.data,
          r.state = 'waiting' or coalesce((r.data ->> 'woken')::boolean, false),
          coalesce((r.data ->> 'noticed')::boolean, false), r.due_at, r.depth
        from bus.flow_run r join alone using (id) order by r.record
        """,
        now,
        limit,
    )
    return [Run(*row) for row in rows]


async def move(db: Connection, moves: Sequence[Move]) -> None:
    """Store where each run stands now."""
    if not moves:
        return
    await run_sql(
        db,
        """
        update bus.flow_run r set node = m.node, state = m.state, due_at = m.due_at, awaits = m.awaits::jsonb,
          provisional = m.provisional, error = m.error::jsonb, steps = r.steps + m.steps,
          since = case when r.node = m.node then r.since else m.at end,
          data = (r.data - '{noticed,woken}'::text[]) || coalesce(m.data::jsonb, '{}'),
          ended_at = case when m.state in ('done', 'error') then m.at end
        from unnest($1::bigint[], $2::text[], $3::text[], $4::timestamptz[], $5::text[], $6::boolean[], $7::text[],
          $8::text[], $9::timestamptz[], $10::int[])
          as m(run, node, state, due_at, awaits, provisional, data, error, at, steps)
        where r.id = m.run
        """,
        [m.run for m in moves],
        [m.node for m in moves],
        [m.state for m in moves],
        [m.due_at for m in moves],
        [_text(m.awaits) for m in moves],
        [m.provisional for m in moves],
        [_text(m.data) for m in moves],
        [_text(m.error) for m in moves],
        [m.at for m in moves],
        [m.steps for m in moves],
    )


async def note_steps(db: Connection, taken: Sequence[Taken]) -> None:
    """The history line of each step."""
    await run_sql(
        db,
        "insert into bus.flow_step (run, node, port, told)"
        " select s.run, s.node, s.port, s.told::jsonb"
        " from unnest($1::bigint[], $2::text[], $3::text[], $4::text[]) as s(run, node, port, told)",
        [t.run for t in taken],
        [t.node for t in taken],
        [t.port for t in taken],
        [_text(t.told) for t in taken],
    )


def _text(value: Any) -> str | None:
    return None if value is None else to_json(value)


async def awaiting(db: Connection, table_id: int, records: Sequence[int]) -> list[tuple[int, int, Any]]:
    """(run, record, what it awaits) of runs that wait for something to happen to these records."""
    rows = await run_sql(
        db,
        "select id, record, awaits from bus.flow_run where table_id = $1 and record = any($2::bigint[])"
        " and state = 'waiting' and awaits is not null order by record, id",
        table_id,
        list(records),
    )
    return [(row[0], row[1], row[2]) for row in rows]


async def notice(db: Connection, runs: Sequence[int], now: datetime) -> None:
    """What these runs awaited has happened: they are due."""
    await run_sql(
        db,
        "update bus.flow_run set due_at = least(due_at, $2::timestamptz), data = data || '{\"noticed\": true}'"
        " where id = any($1::bigint[]) and state = 'waiting'",
        list(runs),
        now,
    )


async def newest_step(db: Connection) -> int:
    """The id of the last step taken; 0 when none was."""
    rows = await run_sql(db, "select coalesce(max(id), 0) from bus.flow_step")
    return int(rows.scalar_one())


async def stepped_after(db: Connection, step: int, limit: int = 5000) -> list[tuple[int, int, int]]:
    """(step, table id, record) of steps after this one: to tell those who look on, who can bear to miss one."""
    rows = await run_sql(
        db,
        "select s.id, r.table_id, r.record from bus.flow_step s join bus.flow_run r on r.id = s.run"
        " where s.id > $1 order by s.id limit $2",
        step,
        limit,
    )
    return [(row[0], row[1], row[2]) for row in rows]


async def cancel_change_set(db: Connection, change_set: int) -> int:
    """Stop every live run that an undone change set began."""
    done = await run_sql(
        db,
        "update bus.flow_run set state = 'cancelled', ended_at = now()"
        " where change_set = $1 and state in ('due', 'waiting', 'error')",
        change_set,
    )
    return int(done.rowcount)
