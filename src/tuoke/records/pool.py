"""The public pool 公海: claim, return, assign, transfer. Two claims at once: one wins, the other is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tuoke.access.policy import Action
from tuoke.kit.errors import Invalid
from tuoke.kit.words import Words, say
from tuoke.query.page import fetch_records
from tuoke.query.secure import permitted
from tuoke.records import effects
from tuoke.records.capacity import room_of
from tuoke.records.rows import Row, among, lock_rows, update_rows
from tuoke.records.transaction import Transaction
from tuoke.records.values import Values, with_department
from tuoke.schema.model import Table

Refused = dict[int, Words]


@dataclass(frozen=True, slots=True)
class Moved:
    done: list[int]
    refused: Refused


GONE = say("已被别人领走，或不在您的公海里", "Somebody else took it, or it is not in your pool")
NOT_YOURS = say("您无权处理这条记录", "This record is not yours to move")
NOT_FOUND = say("这条记录不存在，或您无权查看", "There is no such record, or you may not see it")


async def claim(tx: Transaction, table: Table, ids: Sequence[int]) -> Moved:
    """Take records out of the pool for oneself. Those gone meanwhile are refused by name, the rest are taken."""
    me = tx.sight.actor.user_id
    owner = _owner(table)
    rule = permitted(table, tx.sight, Action.CLAIM) & table.sa.c[owner].is_(None)
    if table.settings.hold is None:
        return await _move(tx, table, ids, rule, lambda _: {owner: me}, GONE)
    # Locked before the person is: flows that assign take the locks in the same order.
    free = await lock_rows(tx, table, rule & among(table, ids))
    room = await room_of(tx, table, me)
    taken = [id for id in dict.fromkeys(ids) if id in free][:room]
    moved = await _move(tx, table, taken, rule, lambda _: {owner: me}, GONE)
    over = {id: _full(table.settings.hold.most) for id in free if id not in taken}
    gone = await _reasons(tx, table, [id for id in dict.fromkeys(ids) if id not in free], GONE)
    return Moved(moved.done, {**moved.refused, **gone, **over})


def _full(most: int) -> Words:
    return say(
        "您名下已达 {most} 条上限，请先处理或退回一些",
        "You hold {most} already, the most one person may; finish or return some first",
        most=most,
    )


async def give_back(tx: Transaction, table: Table, ids: Sequence[int], reason: str) -> Moved:
    """Return records to their department's pool, with the reason the next one will want to know."""
    if not reason.strip():
        raise Invalid(
            say("退回要写原因", "Returning needs a reason"),
            fields={"reason": say("请写退回原因", "Say why it goes back")},
        )
    owner, department = _owner(table), _department(table)

    def to_pool(row: Row) -> Values:
        person = tx.sight.org.people.get(row[owner])
        home = row[department] or (person.department if person else None) or tx.sight.actor.department
        kept: Values = {owner: None, department: home}
        if table.settings.return_reason:
            kept[table.settings.return_reason] = reason.strip()[:1000]
        return kept

    rule = permitted(table, tx.sight, Action.RETURN) & table.sa.c[owner].is_not(None)
    return await _move(tx, table, ids, rule, to_pool, NOT_YOURS)


async def assign(
    tx: Transaction, table: Table, ids: Sequence[int], to: int, action: Action = Action.ASSIGN
) -> Moved:
    """Give records to somebody: `assign` out of a team lead's reach, `transfer` out of one's own."""
    owner = _owner(table)
    person = tx.sight.org.people.get(to)
    if person is None or not person.is_active:
        raise Invalid(
            say("这位同事不存在或已停用", "This person does not exist or is no longer active"),
            fields={"owner": say("请选择在职的同事", "Choose somebody who works here")},
        )
    department = table.settings.department
    values: Values = {owner: to}
    if department is not None:
        values = with_department(table, values, tx.sight)
    return await _move(tx, table, ids, permitted(table, tx.sight, action), lambda _: values, NOT_YOURS)


async def _move(
    tx: Transaction,
    table: Table,
    ids: Sequence[int],
    rule: Any,
    values: Callable[[Row], Values],
    why_not: Words,
) -> Moved:
    locked = await lock_rows(tx, table, rule & among(table, ids))
    changes = {id: values(row) for id, row in locked.items()}
    changed = await update_rows(tx, table, locked, changes)
    await effects.after_update(tx, table, {id: changes[id].keys() for id in changed})
    absent = [id for id in dict.fromkeys(ids) if id not in locked]
    return Moved(sorted(locked), await _reasons(tx, table, absent, why_not))


async def _reasons(tx: Transaction, table: Table, absent: Sequence[int], why_not: Words) -> Refused:
    if not absent:
        return {}
    seen: Mapping[int, Any] = {
        row["id"]: row for row in await fetch_records(tx.db, table, tx.sight, absent, ())
    }
    # Somebody who just lost a race for a lead may no longer see it: to him it was there a moment ago.
    return {id: why_not if id in seen or why_not is GONE else NOT_FOUND for id in absent}


def _owner(table: Table) -> str:
    if table.settings.owner is None:
        raise Invalid(say("这张表没有负责人字段", "This table has no owner field"))
    return table.settings.owner


def _department(table: Table) -> str:
    if table.settings.department is None or not table.settings.pool:
        raise Invalid(say("这张表没有公海", "This table has no pool"))
    return table.settings.department
