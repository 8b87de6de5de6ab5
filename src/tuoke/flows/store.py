"""Flows as they are kept: published versions are immutable, a run stays on the version it began with."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from pydantic import ValidationError

from tuoke.flows.graph import Flow, FlowDefinition, Nodes, checked, misfits, refuse
from tuoke.flows.known import Known
from tuoke.kit.database import Connection, run_sql
from tuoke.kit.errors import AppError, NotFound
from tuoke.kit.jsontext import to_json
from tuoke.kit.words import say
from tuoke.schema.model import Catalog, Label

log = structlog.get_logger()


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
select f.id, v.id, v.number, f.key, f.active and f.published = v.id, v.definition, f.active
from tuoke.flow_version v join tuoke.flow f on f.id = v.flow_id
"""


async def live_versions(db: Connection, kinds: Nodes) -> dict[int, Published]:
    """Versions that begin runs, and those some run still stands on, a failed one too: it can be tried again."""
    rows = await run_sql(
        db,
        _COLUMNS + " where (f.active and f.published = v.id) or exists (select from bus.flow_run r"
        " where r.flow_id = v.flow_id and r.version_id = v.id and r.state in ('due', 'waiting', 'error'))",
    )
    return {one.version_id: one for row in rows if (one := _runnable(row, kinds)) is not None}


def _runnable(row: Any, kinds: Nodes) -> Published | None:
    """None for a version that this program cannot run any more: one such flow must not stop all others."""
    try:
        return _published(row, kinds)
    except (AppError, ValidationError) as error:
        log.error("flow_cannot_run", flow=row[3], version=row[2], error=str(error))
        return None


async def list_flows(db: Connection, kinds: Nodes) -> list[Published]:
    """The newest published version of every flow, by key."""
    rows = await run_sql(db, _COLUMNS + " where f.published = v.id order by f.key")
    return [one for row in rows if (one := _runnable(row, kinds)) is not None]


async def read_flow(db: Connection, kinds: Nodes, flow_id: int) -> Published:
    """Raises NotFound."""
    rows = await run_sql(db, _COLUMNS + " where f.published = v.id and f.id = $1", flow_id)
    row = rows.first()
    if row is None:
        raise NotFound(say("没有这个流程", "There is no such flow"), flow=flow_id)
    return _published(row, kinds)


def _published(row: Any, kinds: Nodes) -> Published:
    definition = _definition(row)
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


def _definition(row: Any) -> FlowDefinition:
    return FlowDefinition.model_validate({**row[5], "active": row[6]})


async def put_flow(
    db: Connection, catalog: Catalog, definition: FlowDefinition, kinds: Nodes, source: str
) -> None:
    """The flow as written, and switched as written. Raises as `publish` does."""
    await publish(db, catalog, definition, kinds, source=source)
    await run_sql(db, "update tuoke.flow set active = $2 where key = $1", definition.key, definition.active)


async def written_flows(db: Connection) -> list[FlowDefinition]:
    """Every published flow as it was written, by key; also one that this version could not run any more."""
    return [
        _definition(row) for row in await run_sql(db, _COLUMNS + " where f.published = v.id order by f.key")
    ]


async def publish(
    db: Connection,
    catalog: Catalog,
    definition: FlowDefinition,
    kinds: Nodes,
    by: int | None = None,
    source: str = "user",
    roles: Collection[str] | None = None,
) -> int:
    """Check and publish a new version; returns its id. Raises Invalid, NotFound. Unchanged: no new version.

    Whether the flow is switched on is not part of a version: `definition.active` counts for a new flow only.
    """
    known = Known(catalog.table(definition.table), catalog.tables, roles)
    refuse(definition, misfits(definition, checked(definition, kinds), known))
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
    written = definition.model_dump(mode="json", exclude={"active"})
    if current is not None:
        same = await run_sql(
            db,
            "select id from tuoke.flow_version where id = $1 and definition - 'active' = $2::text::jsonb",
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
    return {one.version_id: one for row in rows if (one := _runnable(row, kinds)) is not None}


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
