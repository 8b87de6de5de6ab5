"""Records of a set of changes go back to what they were, as many as one transaction takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import orjson
from sqlalchemy import ARRAY, BigInteger, any_, literal

from tuoke.bus import change_sets
from tuoke.bus.change_sets import Past
from tuoke.kit.errors import Duplicate, Invalid
from tuoke.kit.jsontext import to_json
from tuoke.kit.words import Words, say
from tuoke.records.referrers import Step, still_used
from tuoke.records.rows import Row, lock_rows, set_deleted, stored, update_rows
from tuoke.records.transaction import Transaction
from tuoke.records.undo_plan import Plan, plan_undo
from tuoke.schema.model import Table

TABLE_GONE = say("所在的表已删除", "its table was deleted")
TAKEN_SINCE = say("原来的值已被另一条记录占用", "another record has taken its former value")


@dataclass(frozen=True, slots=True)
class Refusal:
    """What stays as it is."""

    table: str
    record: int
    field: str | None
    detail: Words

    def as_json(self) -> dict[str, Any]:
        told = {"zh": self.detail.in_("zh"), "en": self.detail.in_("en")}
        where = {"table": self.table, "record": self.record}
        return {**where, **({"field": self.field} if self.field else {}), "detail": told}


@dataclass
class Outcome:
    undone: int = 0
    """Records that changed."""
    refused: list[Refusal] = field(default_factory=list[Refusal])
    postponed: dict[int, list[int]] = field(default_factory=dict[int, list[int]])
    """table -> records whose former values are not free yet."""


@dataclass
class Part:
    """The records of one table, locked, and what is to be done with them."""

    table: Table
    rows: dict[int, Row]
    plans: dict[int, Plan]
    newest: Mapping[int, int]
    """record -> its newest change in the set."""


async def take_back(tx: Transaction, id: int, newest: Mapping[int, Mapping[int, int]], place: int) -> Outcome:
    """`newest`: table -> record -> the newest of its changes in set `id` that the caller met. `place`: the set's
    changes from there on had their turn; 0 = all had it, and nothing is postponed any more."""
    outcome = Outcome()
    since, _ = await change_sets.extent(tx.db, id)
    # In the order of the tables' ids, for the locks.
    parts = [
        part
        for table_id in sorted(newest)
        if (part := await _prepare(tx, id, table_id, newest[table_id], since, outcome)) is not None
    ]
    await _keep_used(tx, Step(id, since, place), parts)
    for part in parts:
        if place:
            await _carry_out(tx, part, outcome)
        else:
            await _carry_out_at_last(tx, part, outcome)
        later = outcome.postponed.get(part.table.id, [])
        outcome.refused += [
            Refusal(part.table.key, record, key, why)
            for record, plan in part.plans.items()
            if record not in later
            for key, why in plan.conflicts.items()
        ]
    return outcome


async def _prepare(
    tx: Transaction, id: int, table_id: int, newest: Mapping[int, int], since: int, outcome: Outcome
) -> Part | None:
    table = next((t for t in tx.sight.catalog if t.id == table_id), None)
    if table is None:
        outcome.refused += [Refusal("", record, None, TABLE_GONE) for record in newest]
        return None
    rows = await _lock(tx, table, sorted(newest))
    pasts: dict[int, list[Past]] = {}
    for past in await change_sets.past_of(tx.db, table_id, sorted(newest), since):
        pasts.setdefault(past.record, []).append(past)
    plans: dict[int, Plan] = {}
    for record, past in pasts.items():
        last = max(change.id for change in past if change.change_set == id)
        # A record is taken back as a whole where the walk first meets it; here it is met again.
        if last == newest[record]:
            row = rows.get(record)
            deleted = row is not None and row["deleted_at"] is not None
            plans[record] = plan_undo(past, id, _as_json(table, row, past), deleted)
    return Part(table, rows, plans, newest)


async def _lock(tx: Transaction, table: Table, ids: Sequence[int]) -> dict[int, Row]:
    where = table.sa.c.id == any_(literal(list(ids), ARRAY(BigInteger)))
    return {**await lock_rows(tx, table, where), **await lock_rows(tx, table, where, deleted=True)}


def _as_json(table: Table, row: Row | None, past: Sequence[Past]) -> dict[str, Any] | None:
    """What the log would keep of the row's present values, as far as its past touched them."""
    if row is None:
        return None
    keys = {key for change in past for key in change.after if key in table.by_key}
    return orjson.loads(to_json({key: stored(table, key, row[key]) for key in keys}))


async def _keep_used(tx: Transaction, step: Step, parts: Sequence[Part]) -> None:
    """Records that others point at by now stay; so do those that these point at in their turn."""
    while True:
        plans = [(part.table.key, record, plan) for part in parts for record, plan in part.plans.items()]
        now = replace(
            step,
            leaving={(key, record) for key, record, plan in plans if plan.delete},
            letting_go={(key, record, field) for key, record, plan in plans for field in plan.values},
        )
        used = [await still_used(tx, part.table, now) for part in parts]
        if not any(used):
            return
        for part, kept in zip(parts, used, strict=True):
            for record, why in kept.items():
                part.plans[record] = Plan(conflicts={None: why})


# --- carrying it out ------------------------------------------------------------------------------


async def _carry_out(tx: Transaction, part: Part, outcome: Outcome) -> None:
    """All at once; if a former value is not free, one by one, and what cannot be done now is postponed."""
    plans, values = _work(part, outcome)
    try:
        async with tx.db.begin_nested():
            await _apply(tx, part, plans, values)
        outcome.undone += len(plans)
    except Duplicate:
        for record in await _one_by_one(tx, part, plans, values, outcome):
            outcome.postponed.setdefault(part.table.id, []).append(record)


async def _carry_out_at_last(tx: Transaction, part: Part, outcome: Outcome) -> None:
    """Records may hold each other's former values: all let go first. What is taken by others is told."""
    plans, values = _work(part, outcome)
    try:
        async with tx.db.begin_nested():
            await _let_go(tx, part, values)
            await _apply(tx, part, plans, values)
        outcome.undone += len(plans)
    except Duplicate:
        for record in await _one_by_one(tx, part, plans, values, outcome):
            outcome.refused.append(Refusal(part.table.key, record, None, TAKEN_SINCE))


def _work(part: Part, outcome: Outcome) -> tuple[dict[int, Plan], dict[int, Row]]:
    plans = {record: plan for record, plan in part.plans.items() if not plan.is_empty}
    return plans, {record: _parsed(part.table, record, plan, outcome) for record, plan in plans.items()}


def _parsed(table: Table, record: int, plan: Plan, outcome: Outcome) -> Row:
    values: Row = {}
    for key, value in plan.values.items():
        found = table.by_key[key]
        try:
            values[key] = None if value is None else found.kind.parse(value, found.options)
        except Invalid as error:
            outcome.refused.append(Refusal(table.key, record, key, error.detail))
    return values


async def _apply(tx: Transaction, part: Part, plans: Mapping[int, Plan], values: Mapping[int, Row]) -> None:
    """What leaves goes first, so that the values it held are free for what comes back."""
    leaving = sorted(record for record, plan in plans.items() if plan.delete)
    coming = sorted(record for record, plan in plans.items() if plan.restore)
    if leaving:
        await set_deleted(tx, part.table, leaving, tx.sight.now)
    changes = {record: values[record] for record in plans if values[record]}
    await update_rows(tx, part.table, {record: part.rows[record] for record in changes}, changes)
    if coming:
        await set_deleted(tx, part.table, coming, None)


async def _one_by_one(
    tx: Transaction,
    part: Part,
    plans: Mapping[int, Plan],
    values: Mapping[int, Row],
    outcome: Outcome,
) -> list[int]:
    """Newest first, as they came, each by itself; returns the records whose former values are not free."""
    blocked: list[int] = []
    for record in sorted(plans, key=lambda r: part.newest[r], reverse=True):
        try:
            async with tx.db.begin_nested():
                await _apply(tx, part, {record: plans[record]}, values)
            outcome.undone += 1
        except Duplicate:
            blocked.append(record)
    return blocked


async def _let_go(tx: Transaction, part: Part, values: Mapping[int, Row]) -> None:
    unique = [field.key for field in part.table.fields if field.unique]
    empty = {record: {key: None for key in unique if key in wanted} for record, wanted in values.items()}
    changes = {record: nothing for record, nothing in empty.items() if nothing}
    await update_rows(tx, part.table, part.rows, changes)
    for record, nothing in changes.items():
        part.rows[record] = {**part.rows[record], **nothing}
