"""Create, change, delete, restore: each verb takes many records, asks the rights and writes one log entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import false, func, or_, select

from tuoke.access.policy import Action
from tuoke.access.rules import EVERYTHING
from tuoke.kit.errors import Forbidden, Invalid
from tuoke.kit.words import Words, say
from tuoke.query.ast import Page
from tuoke.query.page import fetch_ids, fetch_records, no_such_record
from tuoke.query.secure import permitted, visible_fields, writable_fields
from tuoke.records import effects, merge
from tuoke.records.about import complete
from tuoke.records.rows import among, insert_rows, lock_rows, set_deleted, update_rows
from tuoke.records.transaction import Transaction
from tuoke.records.values import (
    Faults,
    Values,
    check_references,
    emptied,
    missing,
    parse_values,
    with_defaults,
    with_department,
)
from tuoke.schema.model import Table

MAX_BATCH = 1000
"""Records one request may carry."""
MAX_FILTERED = 100_000
"""Records one bulk edit by filter may touch."""


@dataclass(frozen=True, slots=True)
class Patch:
    """A change to one record. `version`: what the writer last saw; None = whatever it is now."""

    id: int
    values: Mapping[str, Any]
    version: int | None = None


async def create_records(tx: Transaction, table: Table, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Ids in the order of `rows`; all or nothing. Raises Invalid with the faults of every row and field."""
    sight = tx.sight
    sight.policy.grants(sight.actor, table.key, Action.CREATE)
    _check_batch(rows)
    writable, visible = writable_fields(table, sight, Action.CREATE), set(visible_fields_or_none(table, tx))
    parsed: list[Values] = []
    faults: list[Faults] = []
    for raw in rows:
        values, found = parse_values(table, raw, writable, visible)
        values = with_defaults(table, values, sight)
        parsed.append(values)
        faults.append({**missing(table, values), **found})
    for found, lost in zip(faults, await check_references(tx.db, table, sight, parsed), strict=True):
        found.update(lost)
    _refuse(faults)
    parsed = await complete(tx, table, parsed)
    ids = [id for id in await insert_rows(tx, table, parsed) if id is not None]
    await still_in_scope(tx, table, ids, Action.CREATE)
    await effects.after_create(tx, table, ids)
    return ids


def visible_fields_or_none(table: Table, tx: Transaction) -> list[str]:
    """Somebody may create what he may not read, a web form's identity for instance."""
    if not tx.sight.policy.may(tx.sight.actor, table.key, Action.READ):
        return []
    return visible_fields(table, tx.sight)


async def update_records(tx: Transaction, table: Table, patches: Sequence[Patch]) -> list[int]:
    """Ids of the records that really changed. All or nothing.

    Edits of different fields merge; an edit of a field that somebody else changed since `version` raises
    Conflict with both values. Raises NotFound for records the actor cannot see, Forbidden for those he may not
    change, Invalid with every fault.
    """
    sight = tx.sight
    sight.policy.grants(sight.actor, table.key, Action.UPDATE)
    _check_batch(patches)
    writable, visible = writable_fields(table, sight, Action.UPDATE), set(visible_fields(table, sight))
    changes: dict[int, Values] = {}
    faults: list[Faults] = []
    for patch in patches:
        values, found = parse_values(table, patch.values, writable, visible)
        changes[patch.id] = {**changes.get(patch.id, {}), **values}
        faults.append({**emptied(table, values), **found})
    for found, lost in zip(
        faults, await check_references(tx.db, table, sight, [changes[p.id] for p in patches]), strict=True
    ):
        found.update(lost)
    _refuse(faults)
    return await _apply(tx, table, changes, {p.id: p.version for p in patches if p.version is not None})


async def _apply(
    tx: Transaction, table: Table, changes: Mapping[int, Values], versions: Mapping[int, int]
) -> list[int]:
    locked = await lock_rows(
        tx, table, permitted(table, tx.sight, Action.UPDATE) & among(table, list(changes))
    )
    await refuse_absent(tx, table, changes.keys() - locked.keys(), Action.UPDATE)
    await merge.refuse_conflicts(tx, table, locked, changes, versions)
    settled = {id: _settled(table, locked[id], values, tx) for id, values in changes.items()}
    changed = await update_rows(tx, table, locked, settled)
    await still_in_scope(tx, table, changed, Action.UPDATE)
    await effects.after_update(tx, table, {id: settled[id].keys() for id in changed})
    return changed


def _settled(table: Table, old: Mapping[str, Any], values: Values, tx: Transaction) -> Values:
    """A new owner brings his department along unless one was named."""
    owner, department = table.settings.owner, table.settings.department
    if owner is None or department is None or values.get(owner) is None or department in values:
        return values
    if old[owner] == values[owner]:
        return values
    return with_department(table, values, tx.sight)


async def update_matching(tx: Transaction, table: Table, page: Page, values: Mapping[str, Any]) -> int:
    """Set `values` on every record that `page` matches and the actor may change; returns how many changed."""
    ids = await changeable(tx, table, page, Action.UPDATE)
    parsed = await _parse_one(tx, table, values)
    return len(await _apply(tx, table, {id: dict(parsed) for id in ids}, {})) if ids else 0


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a bulk edit would do."""

    matched: int
    """Records its filter finds."""
    allowed: int
    """Of them, those the actor may change; the others would be left alone."""
    changing: int
    """Of them, those that are not yet as they shall be."""


async def foresee_matching(tx: Transaction, table: Table, page: Page, values: Mapping[str, Any]) -> Foreseen:
    """What `update_matching` would do. Raises Invalid as it does."""
    seen = await _matching(tx, table, page)
    allowed = await _allowed(tx, table, seen, Action.UPDATE)
    parsed = await _parse_one(tx, table, values)
    physical = table.sa
    differs = [physical.c[key].is_distinct_from(value) for key, value in parsed.items()]
    found = await tx.db.execute(
        select(func.count()).select_from(physical).where(among(table, allowed), or_(false(), *differs))
    )
    return Foreseen(len(seen), len(allowed), found.scalar_one())


async def _parse_one(tx: Transaction, table: Table, values: Mapping[str, Any]) -> Values:
    sight = tx.sight
    parsed, faults = parse_values(
        table, values, writable_fields(table, sight, Action.UPDATE), set(visible_fields(table, sight))
    )
    lost = await check_references(tx.db, table, sight, [parsed])
    _refuse([{**emptied(table, parsed), **faults, **lost[0]}])
    return parsed


async def changeable(tx: Transaction, table: Table, page: Page, action: Action) -> list[int]:
    """Ids of the records that `page` matches and on which the actor may do `action`."""
    return await _allowed(tx, table, await _matching(tx, table, page), action)


async def _matching(tx: Transaction, table: Table, page: Page) -> list[int]:
    seen = await fetch_ids(tx.db, table, tx.sight, page, MAX_FILTERED)
    if len(seen) > MAX_FILTERED:
        raise Invalid(
            say(
                "一次最多处理 {n} 条，请缩小筛选范围",
                "At most {n} records at once; narrow the filter",
                n=MAX_FILTERED,
            )
        )
    return seen


async def _allowed(tx: Transaction, table: Table, ids: Sequence[int], action: Action) -> list[int]:
    allowed = permitted(table, tx.sight, action)
    found = await tx.db.execute(select(table.sa.c.id).where(among(table, ids), allowed))
    return sorted(found.scalars())


async def delete_records(tx: Transaction, table: Table, ids: Sequence[int]) -> list[int]:
    """Into the recycle bin. Raises NotFound or Forbidden for what cannot be deleted; all or nothing."""
    _check_batch(ids)
    rule = permitted(table, tx.sight, Action.DELETE)
    locked = await lock_rows(tx, table, rule & table.sa.c.id.in_(list(ids)))
    await refuse_absent(tx, table, set(ids) - locked.keys(), Action.DELETE)
    await set_deleted(tx, table, sorted(locked), tx.sight.now)
    return sorted(locked)


async def restore_records(tx: Transaction, table: Table, ids: Sequence[int]) -> list[int]:
    """Out of the recycle bin, for those who may delete. Raises Duplicate when a unique value was taken since."""
    _check_batch(ids)
    rule = permitted(table, tx.sight, Action.DELETE)
    locked = await lock_rows(tx, table, rule & table.sa.c.id.in_(list(ids)), deleted=True)
    lost = sorted(set(ids) - locked.keys())
    if lost:
        raise no_such_record(table, lost[0])
    await set_deleted(tx, table, sorted(locked), None)
    return sorted(locked)


async def refuse_absent(tx: Transaction, table: Table, absent: set[int], action: Action) -> None:
    """Not there, or there but not to be touched: the actor learns which only of what he may see."""
    if not absent:
        return
    seen = await fetch_records(tx.db, table, tx.sight, sorted(absent), ())
    if len(seen) < len(absent):
        raise no_such_record(table, min(absent - {row["id"] for row in seen}))
    raise Forbidden(
        say("您可以查看但不能改动这条记录", "You may see this record but not change it"),
        table=table.key,
        records=sorted(absent)[:100],
        action=action.value,
    )


async def still_in_scope(tx: Transaction, table: Table, ids: Sequence[int], action: Action) -> None:
    """After a write the row is still in the writer's scope, unless he may transfer."""
    policy, actor = tx.sight.policy, tx.sight.actor
    if not ids or policy.rule(actor, table, action) == EVERYTHING:
        return
    if action is not Action.CREATE and policy.may(actor, table.key, Action.TRANSFER):
        return
    physical = table.sa
    inside = await tx.db.execute(
        select(func.count())
        .select_from(physical)
        .where(among(table, ids), permitted(table, tx.sight, action))
    )
    if inside.scalar_one() < len(ids):
        raise Forbidden(
            say(
                "保存后这条记录会超出您的权限范围，请改负责人或部门",
                "After saving, this record would lie outside your rights; check owner and department",
            ),
            table=table.key,
            action=action.value,
        )


def _check_batch(records: Sequence[Any]) -> None:
    if len(records) > MAX_BATCH:
        raise Invalid(say("一次最多 {n} 条", "At most {n} records at once", n=MAX_BATCH), limit=MAX_BATCH)


def _refuse(faults: Sequence[Faults]) -> None:
    """One Invalid for the whole request: the first faulty row's fields for a form, every row for a program."""
    faulty = [(place, found) for place, found in enumerate(faults) if found]
    if not faulty:
        return
    raise InvalidRows(faulty)


class InvalidRows(Invalid):
    """`rows`: place in the request -> field -> sentence."""

    slug = "invalid-records"

    def __init__(self, faulty: Sequence[tuple[int, Mapping[str, Words]]]) -> None:
        place, first = faulty[0]
        super().__init__(
            say("{n} 条记录填写有误", "{n} records are not valid", n=len(faulty))
            if len(faulty) > 1
            else say("有 {n} 处填写有误", "{n} fields are not valid", n=len(first)),
            fields=first,
            row=place,
        )
        self.rows = {place: dict(found) for place, found in faulty}
