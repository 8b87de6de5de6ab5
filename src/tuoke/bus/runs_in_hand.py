"""What somebody does with runs by hand: again, or off. One statement each, so that of two who press at once one acts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tuoke.bus.runs import Taken, note_steps
from tuoke.kit.database import Connection, run_sql


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """Runs of a flow: these, or all that stand on a node, or all."""

    flow_id: int
    runs: Sequence[int] | None = None
    node: str | None = None


# Locked in the order of ids, and looked at again once the lock is there: a worker may have stepped it meanwhile.
_HELD = (
    "with held as (select id from bus.flow_run where flow_id = $1 and ($2::bigint[] is null or id = any($2))"
    " and ($3::text is null or node = $3) and state = any($4::text[]) order by id for update)"
)


async def retry(db: Connection, chosen: Chosen, by: int | None, now: datetime) -> int:
    """Failed runs take their step once more, where they stand; returns how many."""
    rows = await run_sql(
        db,
        f"{_HELD} update bus.flow_run r set state = 'due', due_at = $5::timestamptz, error = null, ended_at = null"
        " from held where r.id = held.id returning r.id, r.node",
        chosen.flow_id,
        None if chosen.runs is None else list(chosen.runs),
        chosen.node,
        ["error"],
        now,
    )
    return await _note(db, [(row[0], row[1]) for row in rows], {"retried": by})


async def cancel(db: Connection, chosen: Chosen, states: Sequence[str], by: int | None, now: datetime) -> int:
    """Runs in these states go no further, and their records are free for new ones; returns how many."""
    rows = await run_sql(
        db,
        f"{_HELD} update bus.flow_run r set state = 'cancelled', ended_at = $5::timestamptz"
        " from held where r.id = held.id returning r.id, r.node",
        chosen.flow_id,
        None if chosen.runs is None else list(chosen.runs),
        chosen.node,
        list(states),
        now,
    )
    return await _note(db, [(row[0], row[1]) for row in rows], {"cancelled": by})


async def _note(db: Connection, runs: Sequence[tuple[int, str]], told: dict[str, int | None]) -> int:
    await note_steps(db, [Taken(run, node, None, told) for run, node in sorted(runs)])
    return len(runs)
