"""Whom a record is about: its links complete each other when it is made.

A call from an opportunity is a call with its account and its contact too, so that each one's story tells of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import or_

from tuoke.access.policy import Action
from tuoke.query.page import fetch_records
from tuoke.query.secure import visible_fields
from tuoke.records.rows import Row, lock_ids, lock_rows, update_rows
from tuoke.records.transaction import Transaction
from tuoke.records.values import Values
from tuoke.schema.model import Field, Table


def about_links(table: Table) -> list[Field]:
    """The links of `settings.about`, in its order."""
    named = (table.by_key.get(key) for key in table.settings.about)
    return [f for f in named if f is not None and _is_link(f)]


def _is_link(field: Field) -> bool:
    return field.target is not None and not field.target.startswith("@") and not field.refers_to_many


async def complete(tx: Transaction, table: Table, rows: Sequence[Values]) -> list[Values]:
    """The rows with their empty links filled from what the filled ones' records link to, as far as the actor sees
    those. A link that is given stays."""
    links, made = about_links(table), [dict(row) for row in rows]
    for link in links:
        target = tx.sight.catalog.tables.get(link.target or "")
        pairs = [] if target is None else _pairs(link, links, target)
        if target is None or not pairs:
            continue
        ids = {row[link.key] for row in made if row.get(link.key) and any(not row.get(to) for to, _ in pairs)}
        known = await _seen(tx, target, sorted(ids), [same for _, same in pairs])
        for row in made:
            record = known.get(row.get(link.key) or 0, {})
            row.update({to: record[same] for to, same in pairs if not row.get(to) and record.get(same)})
    return made


def _pairs(link: Field, links: Sequence[Field], target: Table) -> list[tuple[str, str]]:
    """(link of the record, link of the record behind `link`) that point into the same table."""
    theirs = {f.target: f.key for f in reversed(target.references) if _is_link(f)}
    return [(f.key, theirs[f.target]) for f in links if f is not link and f.target in theirs]


async def _seen(
    tx: Transaction, target: Table, ids: Sequence[int], fields: Sequence[str]
) -> Mapping[int, Row]:
    if not ids or not tx.sight.policy.may(tx.sight.actor, target.key, Action.READ):
        return {}
    if target.settings.convert is not None:
        # Somebody may be converting it this moment: what it becomes is known when its lock is free.
        await lock_ids(tx, target, ids)
    visible = set(visible_fields(target, tx.sight))
    rows = await fetch_records(tx.db, target, tx.sight, ids, [key for key in fields if key in visible])
    return {row["id"]: row for row in rows}


async def put_beside(tx: Transaction, table: Table, record: int, became: Mapping[str, int]) -> None:
    """Whatever is about the record is about these too, where its link is empty. `became`: table -> record.

    Nobody's rights on single calls are asked: it acts for the app, as an effect does.
    """
    for other in tx.sight.catalog:
        links = about_links(other)
        here = [f.key for f in links if f.target == table.key]
        there = {f.key: became[to] for f in links if (to := f.target or "") in became}
        if not here or not there:
            continue
        locked = await lock_rows(tx, other, or_(*(other.sa.c[key] == record for key in here)))
        lacking = {
            id: {key: to for key, to in there.items() if row[key] is None} for id, row in locked.items()
        }
        await update_rows(tx, other, locked, lacking)
