"""Steps runs in batches: claim, lock the records, run the node once for all, store where each run stands now.

If the node fails, its effects are rolled back to a savepoint and the batch is halved until the guilty run stands
alone; only that run goes to `error`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import structlog

from tuoke.access.sight import Sight
from tuoke.bus.log import writing
from tuoke.bus.runs import Move, Run, claim, move, note_steps
from tuoke.flows.graph import Flow, Placed
from tuoke.flows.node import Batch, Done, Outcome, Step, Stop, Wait
from tuoke.flows.store import Published
from tuoke.kit.database import Connection
from tuoke.kit.errors import AppError
from tuoke.kit.words import say
from tuoke.records.rows import Row, lock_ids
from tuoke.records.transaction import Transaction
from tuoke.schema.model import Table

log = structlog.get_logger()

Flows = dict[int, Published]
"""Version id -> the published flow."""


async def step_batch(db: Connection, sight: Sight, flows: Flows, now: datetime) -> int:
    """Claim and step one batch in the caller's transaction; returns how many runs moved, 0 when none is due."""
    runs = await claim(db, now)
    if not runs:
        return 0
    published = flows.get(runs[0].version_id)
    node = published.flow.nodes.get(runs[0].node) if published else None
    table = _table(sight, runs[0].table_id)
    if published is None or node is None or table is None:
        await move(db, [_gone(run) for run in runs])
        return len(runs)
    async with writing(db, None, runs[0].change_set, f"flow:{published.key}") as write:
        tx = Transaction(db, sight, write)
        moves = await _step(tx, table, published.flow, node, runs)
        await note_steps(db, node.key, moves)
        await move(db, moves)
    return len(runs)


def _table(sight: Sight, table_id: int) -> Table | None:
    return next((table for table in sight.catalog if table.id == table_id), None)


async def _step(tx: Transaction, table: Table, flow: Flow, node: Placed, runs: Sequence[Run]) -> list[Move]:
    rows = await lock_ids(tx, table, [run.record for run in runs])
    gone = [_deleted(run) for run in runs if run.record not in rows]
    alive = [run for run in runs if run.record in rows]
    return [*gone, *await _halved(tx, table, flow, node, alive, rows)]


async def _halved(
    tx: Transaction,
    table: Table,
    flow: Flow,
    node: Placed,
    runs: Sequence[Run],
    rows: dict[int, Row],
) -> list[Move]:
    if not runs:
        return []
    try:
        return await _together(tx, table, flow, node, runs, rows)
    except Exception as error:
        if len(runs) == 1:
            log.warning("flow_run_failed", run=runs[0].id, node=node.key, error=str(error))
            return [_failed(runs[0], error)]
    middle = len(runs) // 2
    first = await _halved(tx, table, flow, node, runs[:middle], rows)
    return first + await _halved(tx, table, flow, node, runs[middle:], rows)


async def _together(
    tx: Transaction,
    table: Table,
    flow: Flow,
    node: Placed,
    runs: Sequence[Run],
    rows: dict[int, Row],
) -> list[Move]:
    steps = [Step(r.id, r.record, rows[r.record], r.data, r.at, r.waited, r.noticed) for r in runs]
    batch = Batch(
        tx=tx,
        table=table,
        steps=steps,
        flow=runs[0].flow_id,
        node=node.key,
        calendar=tx.sight.calendar,
    )
    async with tx.db.begin_nested():
        outcomes = await node.kind.run_many(node.config, batch)
    assert len(outcomes) == len(runs), f"{node.kind.type} gave {len(outcomes)} outcomes for {len(runs)} runs"
    return [_moved(run, node, outcome) for run, outcome in zip(runs, outcomes, strict=True)]


def _moved(run: Run, node: Placed, outcome: Outcome) -> Move:
    """Where one outcome takes one run. Pure."""
    match outcome:
        case Wait(until, awaits, provisional, told):
            waiting = Move(
                run.id, node.key, "waiting", until, awaits=awaits, provisional=provisional, told=told
            )
            return replace(waiting, data={"until": until.isoformat()})
        case Stop(told):
            return Move(run.id, node.key, "done", run.at, told=told)
        case Done(port, told, data):
            target = node.ports.get(port)
            state = "done" if target is None else "due"
            return Move(run.id, target or node.key, state, run.at, port=port, told=told, data=data)


def _failed(run: Run, error: Exception) -> Move:
    detail = error.detail if isinstance(error, AppError) else say("内部错误", "An internal error")
    told: dict[str, Any] = {"zh": detail.in_("zh"), "en": detail.in_("en"), "kind": type(error).__name__}
    return Move(run.id, run.node, "error", run.at, error=told)


def _deleted(run: Run) -> Move:
    return Move(run.id, run.node, "done", run.at, told={"record": "deleted"})


def _gone(run: Run) -> Move:
    error = {"zh": "流程版本或节点已不存在", "en": "The flow's version or node is gone"}
    return Move(run.id, run.node, "error", run.at, error=error)
