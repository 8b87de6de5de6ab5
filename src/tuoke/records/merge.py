"""Two people, one record: different fields merge, the same field is told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tuoke.bus.log import Kind
from tuoke.kit.database import run_sql
from tuoke.kit.errors import Conflict
from tuoke.kit.words import say
from tuoke.query.secure import visible_fields
from tuoke.records.rows import stored
from tuoke.records.transaction import Transaction
from tuoke.records.values import Values
from tuoke.schema.model import Table


async def refuse_conflicts(
    tx: Transaction,
    table: Table,
    locked: Mapping[int, Mapping[str, Any]],
    changes: Mapping[int, Values],
    versions: Mapping[int, int],
) -> None:
    """Raises Conflict when a field in `changes` was changed by somebody since the version the writer saw."""
    for id, seen in versions.items():
        row = locked[id]
        if seen >= row["version"]:
            continue
        touched = await touched_since(tx, table, id, row["version"] - seen)
        clashing = {key: value for key, value in changes[id].items() if key in touched and row[key] != value}
        if clashing:
            raise _conflict(tx, table, row, clashing)


async def touched_since(tx: Transaction, table: Table, record: int, versions: int) -> set[str]:
    """Fields that the last `versions` changes of a record touched: each change raised its version by one."""
    found = await run_sql(
        tx.db,
        "select after from bus.change where table_id = $1 and record = $2 and kind <> $3 "
        "order by id desc limit $4",
        table.id,
        record,
        int(Kind.CREATED),
        versions,
    )
    return {key for after in found.scalars() if after is not None for key in after}


def _conflict(tx: Transaction, table: Table, row: Mapping[str, Any], clashing: Values) -> Conflict:
    visible = set(visible_fields(table, tx.sight))
    conflicts = {
        key: {
            "yours": stored(table, key, value),
            "theirs": stored(table, key, row[key]) if key in visible else None,
        }
        for key, value in clashing.items()
    }
    labels = "、".join(table.field(key).label.zh for key in clashing)
    return Conflict(
        say(
            "您编辑期间，{labels_zh} 已被他人修改",
            "Somebody changed {labels_en} while you were editing",
            labels_zh=labels,
            labels_en=", ".join(table.field(key).label.en for key in clashing),
        ),
        record=row["id"],
        version=row["version"],
        conflicts=conflicts,
    )
