"""Steps runs in batches: claim, lock the records, run the node once for all, store where each run stands now.

A batch walks on together, node by node, until every run of it waits, is over, or the time for one transaction is
up: what it needs is claimed, locked and stored once and not at every node.

If a node fails, its effects are rolled back to a savepoint and the batch is halved until the guilty run stands
alone; only that run goes to `error`.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import structlog

from tuoke.access.sight import Sight
from tuoke.bus.log import Cause, writing
from tuoke.bus.runs import Move, Run, Taken, claim, move, note_steps
from tuoke.flows.graph import Flow, Placed
from tuoke.flows.node import Batch, Done, Outcome, Step, Stop, Wait
from tuoke.flows.store import Published
from tuoke.kit.database import Connection, is_passing
from tuoke.kit.errors import AppError
from tuoke.kit.words import say
from tuoke.records.rows import Row, lock_ids, read_ids
from tuoke.records.transaction import Transaction
from tuoke.schema.model import Table

WALK_S = 0.5
"""Longest time a batch walks on: so long its records are locked, and somebody who saves one of them waits."""

log = structlog.get_logger()

Flows = dict[int, Published]
"""Version id -> the published flow."""


async def step_batch(db: Connection, sight: Sight, flows: Flows, now: datetime) -> int:
    """Claim one batch and step it in the caller's transaction; returns how many runs moved, 0 when none is due."""
    runs = await claim(db, now)
    if not runs:
        return 0
    published = flows.get(runs[0].version_id)
    table = _table(sight, runs[0].table_id)
    if published is None or table is None:
        await move(db, [_gone(run) for run in runs])
        return len(runs)
    cause = Cause(published.flow_id, runs[0].depth)
    async with writing(db, None, runs[0].change_set, f"flow:{published.key}", cause) as write:
        walk = _Walk(Transaction(db, sight, write), table, published.flow)
        await walk.all_the_way(runs)
        await note_steps(db, walk.taken)
        await move(db, list(walk.moves.values()))
    return len(runs)


def _table(sight: Sight, table_id: int) -> Table | None:
    return next((table for table in sight.catalog if table.id == table_id), None)


class _Walk:
    """One batch on its way through a flow, in one transaction."""

    def __init__(self, tx: Transaction, table: Table, flow: Flow) -> None:
        self._tx, self._table, self._flow = tx, table, flow
        self._rows: dict[int, Row] = {}
        self.moves: dict[int, Move] = {}
        """Where each run stands in the end."""
        self.taken: list[Taken] = []

    async def all_the_way(self, runs: Sequence[Run]) -> None:
        end = time.monotonic() + WALK_S
        self._rows = await lock_ids(self._tx, self._table, [run.record for run in runs])
        for run in runs:
            if run.record not in self._rows:
                self._note(run, _deleted(run))
        standing = {runs[0].node: [run for run in runs if run.record in self._rows]}
        while standing:
            # Ways that part and meet again are walked in the flow's order, so that all meet before they go on.
            key = min(standing, key=self._place)
            for run, moved in await self._step(key, standing.pop(key)):
                self._note(run, moved)
                if moved.state == "due" and time.monotonic() < end:
                    standing.setdefault(moved.node, []).append(_on(run, moved))

    def _place(self, key: str) -> int:
        return self._flow.order.get(key, 0)

    async def _step(self, key: str, runs: Sequence[Run]) -> list[tuple[Run, Move]]:
        node = self._flow.nodes.get(key)
        if node is None:
            return [(run, _gone(run)) for run in runs]
        before = self._tx.write.last
        moves = await self._halved(node, runs)
        if self._tx.write.last != before:
            # The next node sees what this one wrote.
            self._rows = await read_ids(self._tx, self._table, sorted(self._rows))
        return list(zip(runs, moves, strict=True))

    def _note(self, run: Run, moved: Move) -> None:
        so_far = self.moves.get(run.id)
        if so_far is not None:
            data = {**(so_far.data or {}), **(moved.data or {})}
            moved = moved._replace(data=data, steps=so_far.steps + 1)
        self.moves[run.id] = moved
        self.taken.append(Taken(run.id, run.node, moved.port, moved.told))

    async def _halved(self, node: Placed, runs: Sequence[Run]) -> list[Move]:
        """One move a run, in their order."""
        if not runs:
            return []
        try:
            return await self._together(node, runs)
        except Exception as error:
            if is_passing(error):
                # No run's fault: the whole batch is done again.
                raise
            if len(runs) == 1:
                log.warning("flow_run_failed", run=runs[0].id, node=node.key, error=str(error))
                return [_failed(runs[0], error)]
        middle = len(runs) // 2
        return [*await self._halved(node, runs[:middle]), *await self._halved(node, runs[middle:])]

    async def _together(self, node: Placed, runs: Sequence[Run]) -> list[Move]:
        steps = [Step(r.id, r.record, self._rows[r.record], r.data, r.at, r.waited, r.noticed) for r in runs]
        batch = Batch(
            tx=self._tx,
            table=self._table,
            steps=steps,
            flow=runs[0].flow_id,
            node=node.key,
            calendar=self._tx.sight.calendar,
        )
        async with self._tx.db.begin_nested():
            outcomes = await node.kind.run_many(node.config, batch)
        assert len(outcomes) == len(runs), (
            f"{node.kind.type} gave {len(outcomes)} outcomes for {len(runs)} runs"
        )
        return [_moved(run, node, outcome) for run, outcome in zip(runs, outcomes, strict=True)]


def _on(run: Run, moved: Move) -> Run:
    """The run on its next node."""
    data = {**run.data, **(moved.data or {})}
    return run._replace(node=moved.node, data=data, waited=False, noticed=False)


def _moved(run: Run, node: Placed, outcome: Outcome) -> Move:
    """Where one outcome takes one run. Pure."""
    match outcome:
        case Wait(until, awaits, provisional, told):
            return Move(
                run.id,
                node.key,
                "waiting",
                until,
                run.at,
                awaits=awaits,
                provisional=provisional,
                told=told,
                data={"until": until.isoformat()},
            )
        case Stop(told):
            return Move(run.id, node.key, "done", run.at, run.at, told=told)
        case Done(port, told, data):
            target = node.ports.get(port)
            state = "done" if target is None else "due"
            return Move(run.id, target or node.key, state, run.at, run.at, port=port, told=told, data=data)


def _failed(run: Run, error: Exception) -> Move:
    detail = error.detail if isinstance(error, AppError) else say("内部错误", "An internal error")
    told: dict[str, Any] = {"zh": detail.in_("zh"), "en": detail.in_("en"), "kind": type(error).__name__}
    # Who had waited has waited, when the step is tried again.
    woken = {"woken": True, "noticed": run.noticed} if run.waited else None
    return Move(run.id, run.node, "error", run.at, run.at, data=woken, error=told)


def _deleted(run: Run) -> Move:
    return Move(run.id, run.node, "done", run.at, run.at, told={"record": "deleted"})


def _gone(run: Run) -> Move:
    error = {"zh": "流程版本或节点已不存在", "en": "The flow's version or node is gone"}
    return Move(run.id, run.node, "error", run.at, run.at, error=error)
