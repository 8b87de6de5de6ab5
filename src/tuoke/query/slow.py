"""Notes which lists were slow, by shape and without their values, so that an index can be proposed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tuoke.kit.database import Connection, run_sql
from tuoke.query.advise import Proposal, Shape, propose, serves
from tuoke.schema.indexes import Index
from tuoke.schema.model import Table

SLOW_MS = 100
MOST_SHAPES = 200
"""Kept in all; the ones not seen for longest go."""


@dataclass(frozen=True, slots=True)
class SlowFilter:
    shape: Shape
    times: int
    last_ms: int
    worst_ms: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Advice:
    proposal: Proposal
    times: int
    """How many slow lists it would have helped."""
    last_ms: int
    worst_ms: int
    last_at: datetime


async def note_slow(db: Connection, table: Table, shape: Shape, ms: int) -> None:
    # Advice that a power cut takes away is no loss; a list that waits for the disk is one.
    await run_sql(db, "set local synchronous_commit = off")
    made = await run_sql(
        db,
        "insert into tuoke.slow_filter as old (table_key, shape, last_ms, worst_ms) values ($1, $2, $3, $3)"
        " on conflict (table_key, shape) do update set times = old.times + 1, last_ms = excluded.last_ms,"
        " worst_ms = greatest(old.worst_ms, excluded.worst_ms), last_at = now() returning xmax = 0",
        table.key,
        shape.to_text(),
        ms,
    )
    if made.scalar_one():
        await run_sql(
            db,
            "delete from tuoke.slow_filter where (table_key, shape) in ("
            " select table_key, shape from tuoke.slow_filter order by last_at desc offset $1)",
            MOST_SHAPES,
        )


async def slow_filters(db: Connection, table: Table) -> list[SlowFilter]:
    """The most frequent first."""
    rows = await run_sql(
        db,
        "select shape, times, last_ms, worst_ms, last_at from tuoke.slow_filter where table_key = $1"
        " order by times desc, shape",
        table.key,
    )
    return [SlowFilter(Shape.from_text(row[0]), *row[1:]) for row in rows]


async def forget_slow(db: Connection, table: Table, columns: list[str]) -> None:
    """The lists that an index on `columns` helps: what they do from now on decides anew."""
    for slow in await slow_filters(db, table):
        proposal = _proposal(table, slow.shape)
        if proposal is not None and serves(columns, proposal):
            await run_sql(
                db,
                "delete from tuoke.slow_filter where table_key = $1 and shape = $2",
                table.key,
                slow.shape.to_text(),
            )


def advice(table: Table, slow: list[SlowFilter], existing: list[Index]) -> list[Advice]:
    """What to create, the most useful first. Shapes that ask for the same index count together."""
    found: dict[tuple[str, ...], Advice] = {}
    for one in slow:
        proposal = _proposal(table, one.shape)
        if proposal is None or any(serves(i.columns, proposal) for i in existing if i.is_valid):
            continue
        had = found.get(proposal.columns)
        found[proposal.columns] = _together(had, proposal, one)
    return sorted(found.values(), key=lambda a: (-a.times, a.proposal.columns))


def _together(had: Advice | None, proposal: Proposal, slow: SlowFilter) -> Advice:
    if had is None:
        return Advice(proposal, slow.times, slow.last_ms, slow.worst_ms, slow.last_at)
    included = dict.fromkeys((*had.proposal.included, *proposal.included))
    is_newer = slow.last_at > had.last_at
    return Advice(
        Proposal(proposal.columns, tuple(included), proposal.why),
        had.times + slow.times,
        slow.last_ms if is_newer else had.last_ms,
        max(had.worst_ms, slow.worst_ms),
        max(slow.last_at, had.last_at),
    )


def _proposal(table: Table, shape: Shape) -> Proposal | None:
    """None also for a shape that names a field since deleted."""
    named = {*shape.equal, *shape.ranged, *shape.looked_at, *(key.lstrip("-") for key in shape.sort)}
    return propose(table, shape) if named <= table.by_key.keys() else None
