"""Who points at a record that an undo would take away."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ARRAY, BigInteger, Column, any_, func, literal, select

from tuoke.bus import change_sets
from tuoke.kit.words import Words, say
from tuoke.records.transaction import Transaction
from tuoke.schema.model import Field, Table


@dataclass(frozen=True)
class Step:
    """What is about to happen in one transaction."""

    change_set: int
    since: int
    """The set's first change."""
    place: int
    """Changes of the set from here on had their turn, this one included."""
    leaving: Set[tuple[str, int]] = frozenset()
    """(table, record) on the way out."""
    letting_go: Set[tuple[str, int, str]] = frozenset()
    """(table, record, field) whose value is set back."""


async def still_used(tx: Transaction, table: Table, step: Step) -> dict[int, Words]:
    """Of the records of `table` that would leave, those some living record points at, and what that is.

    Records that leave together do not keep each other, nor does what is about to point elsewhere, nor a record
    whose own turn in the set is yet to come.
    """
    going = {record for key, record in step.leaving if key == table.key}
    used: dict[int, Words] = {}
    if not going:
        return used
    for other in tx.sight.catalog:
        for field in other.references:
            if field.target == table.key:
                pairs = {
                    pair
                    for pair in await _pointing(tx, other, field, going)
                    if (other.key, pair[0]) not in step.leaving
                    and (other.key, pair[0], field.key) not in step.letting_go
                }
                for record in await _lasting(tx, step, other, field, pairs):
                    used[record] = _used_by(other)
    return used


async def _pointing(tx: Transaction, other: Table, field: Field, going: Set[int]) -> set[tuple[int, int]]:
    """(the pointing record, the one it points at)"""
    physical = other.sa
    column: Column[Any] = physical.c[field.key]
    wanted = literal(sorted(going), ARRAY(BigInteger))
    if field.refers_to_many:
        statement = select(physical.c.id, func.unnest(column)).where(column.op("&&")(wanted))
    else:
        statement = select(physical.c.id, column).where(column == any_(wanted))
    rows = await tx.db.execute(statement.where(physical.c.deleted_at.is_(None)))
    return {(row[0], row[1]) for row in rows if row[1] in going}


async def _lasting(
    tx: Transaction, step: Step, other: Table, field: Field, pairs: Set[tuple[int, int]]
) -> set[int]:
    if not pairs:
        return set()
    pointing = sorted({pair[0] for pair in pairs})
    writers = await change_sets.last_writers(tx.db, other.id, pointing, field.key, step.since)
    newest = await change_sets.newest_touch(tx.db, step.change_set, other.id, pointing)

    def lasts(record: int) -> bool:
        # What pointed there before the set, or does so by this undo, did so while the target was in the bin.
        if record not in writers or writers[record] == tx.write.change_set:
            return False
        return writers[record] != step.change_set or newest[record] >= step.place

    return {at for record, at in pairs if lasts(record)}


def _used_by(other: Table) -> Words:
    return say(
        "已被「{label_zh}」引用，保留这条记录",
        "a record of {label_en} refers to it; it is kept",
        label_zh=other.label.zh,
        label_en=other.label.en,
    )
