"""The flows' reader of the log: begins runs, and wakes those that waited for what has just happened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from tuoke.access.sight import Sight
from tuoke.bus.log import Change
from tuoke.bus.runs import Start, awaiting, begin_runs, notice, ran_before
from tuoke.flows.store import Published
from tuoke.kit.database import Connection
from tuoke.kit.words import say
from tuoke.query.ast import condition_from
from tuoke.records.judge import judge
from tuoke.schema.model import Table

READER = "flows"

DEEPEST = 8
"""So many flows may set each other off in a chain. A flow's own writes never start it again for a record it has
already run for."""


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
        (change.record, change.seq): change
        for change in changes
        if change.table_id == table.id and flow.trigger.matches(flow.trigger_config, change)
    }
    own = sorted({c.record for c in started.values() if c.flow == published.flow_id})
    again = await ran_before(db, published.flow_id, own) if own else set[int]()
    wanted = [c for c in started.values() if not (c.flow == published.flow_id and c.record in again)]
    if flow.mode == "one":
        # The record is judged as it stands now: it is the newest change that made it so.
        wanted = list({change.record: change for change in wanted}.values())
    if not wanted:
        return 0
    fits = await judge(db, table, sight, sorted({c.record for c in wanted}), [flow.when])
    starts = [_start(published, c) for c in wanted if fits.get(c.record, [False])[0]]
    if not starts:
        return 0
    return await begin_runs(
        db, published.flow_id, published.version_id, flow.first, table.id, flow.mode, starts
    )


def _start(published: Published, change: Change) -> Start:
    depth = change.depth + 1
    error = None if depth <= DEEPEST else _too_deep(published)
    return Start(change.record, change.seq, change.change_set, change.at, depth, change.by, error)


def _too_deep(published: Published) -> dict[str, str]:
    words = say(
        "流程一个触发一个，已连续 {n} 层，疑似循环，在「{zh_name}」停下。请检查这些流程的触发条件。",
        "Flows have set each other off {n} deep; this looks like a circle, stopped at {en_name!r}. Check what starts them.",
        n=DEEPEST,
        zh_name=published.label.zh,
        en_name=published.label.en,
    )
    return {"zh": words.in_("zh"), "en": words.in_("en"), "kind": "TooDeep"}


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
