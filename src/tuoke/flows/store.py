"""Flows as they are kept: published versions are immutable, a run stays on the version it began with."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from tuoke.flows.graph import Flow, FlowDefinition, Nodes, checked
from tuoke.kit.database import Connection, run_sql
from tuoke.kit.errors import NotFound
from tuoke.kit.jsontext import to_json
from tuoke.kit.words import say
from tuoke.schema.model import Catalog, Label


@dataclass(frozen=True)
class Published:
    """One version of a flow."""

    flow_id: int
    version_id: int
    number: int
    key: str
    label: Label
    active: bool
    """Begins new runs; runs of an older or switched-off version still go on."""
    definition: FlowDefinition
    flow: Flow


_COLUMNS = """
select f.id, v.id, v.number, f.key, f.active and f.published = v.id, v.definition
from tuoke.flow_version v join tuoke.flow f on f.id = v.flow_id
"""


async def live_versions(db: Connection, kinds: Nodes) -> dict[int, Published]:
    """Versions that begin runs, and those some run still stands on; by version id."""
    rows = await run_sql(
        db,
        _COLUMNS + " where (f.active and f.published = v.id) or exists (select from bus.flow_run r"
        " where r.version_id = v.id and r.state in ('due', 'waiting'))",
    )
    return {row[1]: _published(row, kinds) for row in rows}


async def list_flows(db: Connection, kinds: Nodes) -> list[Published]:
    """The newest published version of every flow, by key."""
    rows = await run_sql(db, _COLUMNS + " where f.published = v.id order by f.key")
    return [_published(row, kinds) for row in rows]


async def read_flow(db: Connection, kinds: Nodes, flow_id: int) -> Published:
    """Raises NotFound."""
    rows = await run_sql(db, _COLUMNS + " where f.published = v.id and f.id = $1", flow_id)
    row = rows.first()
    if row is None:
        raise NotFound(say("没有这个流程", "There is no such flow"), flow=flow_id)
    return _published(row, kinds)


def _published(row: Any, kinds: Nodes) -> Published:
    definition = FlowDefinition.model_validate(row[5])
    return Published(
        flow_id=row[0],
        version_id=row[1],
        number=row[2],
        key=row[3],
        label=definition.label,
        active=row[4],
        definition=definition,
        flow=checked(definition, kinds),
    )


async def publish(
    db: Connection,
    catalog: Catalog,
    definition: FlowDefinition,
    kinds: Nodes,
    by: int | None = None,
    source: str = "user",
) -> int:
    """Check and publish a new version; returns its id. Raises Invalid, NotFound. Unchanged: no new version."""
    checked(definition, kinds)
    catalog.table(definition.table)
    made = await run_sql(
        db,
        "insert into tuoke.flow (key, label, table_key, source, active) values ($1, $2::text::jsonb, $3, $4, $5)"
        " on conflict (key) do update set label = excluded.label, table_key = excluded.table_key"
        " returning id, published",
        definition.key,
        to_json(definition.label.model_dump()),
        definition.table,
        source,
        definition.active,
    )
    flow_id, current = made.one()
    written = definition.model_dump(mode="json")
    if current is not None:
        same = await run_sql(
            db,
            "select id from tuoke.flow_version where id = $1 and definition = $2::text::jsonb",
            current,
            to_json(written),
        )
        if same.first() is not None:
            return int(current)
    version = await run_sql(
        db,
        "insert into tuoke.flow_version (flow_id, number, definition, published_by)"
        " select $1, coalesce(max(number), 0) + 1, $2::text::jsonb, $3"
        " from tuoke.flow_version where flow_id = $1 returning id",
        flow_id,
        to_json(written),
        by,
    )
    version_id = int(version.scalar_one())
    await run_sql(db, "update tuoke.flow set published = $2 where id = $1", flow_id, version_id)
    return version_id


async def switch(db: Connection, flow_id: int, active: bool) -> None:
    """On or off for new runs. Runs under way go on."""
    await run_sql(db, "update tuoke.flow set active = $2 where id = $1", flow_id, active)


async def flows_version(db: Connection) -> tuple[int, int, int]:
    """Changes whenever a flow is published or switched: for cached copies."""
    row = (
        await run_sql(
            db,
            "select (select coalesce(max(id), 0) from tuoke.flow_version), count(*), count(*) filter (where active)"
            " from tuoke.flow",
        )
    ).one()
    return row[0], row[1], row[2]


async def versions(db: Connection, kinds: Nodes, ids: Collection[int]) -> dict[int, Published]:
    """These versions, also those that begin no more runs; by version id."""
    rows = await run_sql(db, _COLUMNS + " where v.id = any($1::bigint[])", sorted(set(ids)))
    return {row[1]: _published(row, kinds) for row in rows}


async def live_records(db: Connection, flow_id: int) -> list[int]:
    """The records whose runs of a flow are under way, or stopped by an error."""
    rows = await run_sql(
        db,
        "select distinct record from bus.flow_run where flow_id = $1 and state in ('due', 'waiting', 'error')"
        " order by record",
        flow_id,
    )
    return [int(row[0]) for row in rows]


async def standing(
    db: Connection, flow_id: int, records: Collection[int] | None = None
) -> list[dict[str, Any]]:
    """Where the live runs of a flow stand: node, state, how many, the longest since when, the next due.

    `records`: only runs of these; None = of all.
    """
    rows = await run_sql(
        db,
        "select node, state, count(*), min(since), min(due_at) from bus.flow_run"
        " where flow_id = $1 and state in ('due', 'waiting', 'error')"
        " and ($2::bigint[] is null or record = any($2)) group by node, state order by node, state",
        flow_id,
        None if records is None else list(records),
    )
    return [{"node": r[0], "state": r[1], "count": r[2], "oldest": r[3], "next_due": r[4]} for r in rows]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which runs; what is left out does not narrow."""

    flow_id: int | None = None
    record: tuple[int, int] | None = None
    """Table id, record id."""
    records: Collection[int] | None = None
    node: str | None = None
    state: Sequence[str] = ()


async def list_runs(db: Connection, wanted: Wanted = Wanted(), limit: int = 50) -> list[dict[str, Any]]:
    """Runs of a flow or about a record, the newest first, each with its steps."""
    rows = await run_sql(
        db,
        "select r.id, r.flow_id, r.version_id, f.key, f.label, r.table_id, r.record, r.node, r.state, r.since,"
        " r.due_at, r.provisional, r.started_at, r.ended_at, r.error,"
        " (select coalesce(jsonb_agg(jsonb_build_object('node', s.node, 'port', s.port, 'told', s.told, 'at', s.at)"
        " order by s.id), '[]') from bus.flow_step s where s.run = r.id)"
        " from bus.flow_run r join tuoke.flow f on f.id = r.flow_id"
        " where ($1::bigint is null or r.flow_id = $1) and ($2::bigint is null or (r.table_id = $2 and r.record = $3))"
        " and (cardinality($4::text[]) = 0 or r.state = any($4)) and ($5::bigint[] is null or r.record = any($5))"
        " and ($6::text is null or r.node = $6) order by r.id desc limit $7",
        wanted.flow_id,
        wanted.record[0] if wanted.record else None,
        wanted.record[1] if wanted.record else None,
        list(wanted.state),
        None if wanted.records is None else list(wanted.records),
        wanted.node,
        limit,
    )
    keys = (
        "id",
        "flow",
        "version_id",
        "key",
        "label",
        "table_id",
        "record",
        "node",
        "state",
        "since",
        "due_at",
    )
    keys += ("provisional", "started_at", "ended_at", "error", "steps")
    return [dict(zip(keys, row, strict=True)) for row in rows]
