"""The flows' reader of the log: begins runs, and wakes those that waited for what has just happened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from tuoke.access.sight import Sight
from tuoke.bus.log import Change
from tuoke.bus.runs import awaiting, begin_runs, notice
from tuoke.flows.store import Published
from tuoke.kit.database import Connection
from tuoke.query.ast import condition_from
from tuoke.records.judge import judge
from tuoke.schema.model import Table

READER = "flows"


async def fire(
    db: Connection, sight: Sight, flows: Iterable[Published], changes: Sequence[Change], now: datetime
) -> int:
    """Begin what these changes start, wake what they were waited for; returns how many runs began."""
    begun = 0
    tables = {table.id: table for table in sight.catalog}
    for published in flows:
        table = sight.catalog.tables.get(published.flow.table)
        if published.active and table is not None:
            begun += await _begin(db, sight, published, table, changes)
    for table_id in {change.table_id for change in changes}:
        if table_id in tables:
            records = sorted({c.record for c in changes if c.table_id == table_id})
            await _wake(db, sight, tables[table_id], records, now)
    return begun


async def _begin(
    db: Connection, sight: Sight, published: Published, table: Table, changes: Sequence[Change]
) -> int:
    flow = published.flow
    started = {
        (change.record, change.seq): (change.change_set, change.at)
        for change in changes
        if change.table_id == table.id and flow.trigger.matches(flow.trigger_config, change)
    }
    if not started:
        return 0
    records = sorted({record for record, _ in started})
    fits = await judge(db, table, sight, records, [flow.when])
    wanted = [
        (record, seq, change_set, at)
        for (record, seq), (change_set, at) in started.items()
        if fits.get(record, [False])[0]
    ]
    if not wanted:
        return 0
    return await begin_runs(
        db, published.flow_id, published.version_id, flow.first, table.id, flow.mode, wanted
    )


async def _wake(db: Connection, sight: Sight, table: Table, records: Sequence[int], now: datetime) -> None:
    waiting = await awaiting(db, table.id, records)
    by_condition: dict[str, list[tuple[int, int]]] = {}
    trees = {}
    for run, record, tree in waiting:
        by_condition.setdefault(str(tree), []).append((run, record))
        trees[str(tree)] = tree
    for key, pairs in by_condition.items():
        ids = sorted({record for _, record in pairs})
        fits = await judge(db, table, sight, ids, [condition_from(trees[key])])
        happened = [run for run, record in pairs if fits.get(record, [False])[0]]
        if happened:
            await notice(db, happened, now)
