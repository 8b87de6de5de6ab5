"""What a table's settings say is written besides, in the same transaction: a next time becomes a task."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import and_, or_, select, true

from tuoke.kit.errors import Invalid
from tuoke.kit.words import say
from tuoke.query.ast import Leaf, condition_from
from tuoke.query.conditions import Source, condition_sql
from tuoke.query.symbols import Span, resolve
from tuoke.records.rows import Row, insert_rows, lock_rows, update_rows
from tuoke.records.transaction import Transaction
from tuoke.records.values import Values, with_department
from tuoke.schema.model import Effect, Field, Table

_ALTERNATIVES = 200
"""Records whose matches one statement looks for."""


async def after_create(tx: Transaction, table: Table, ids: Sequence[int]) -> None:
    await _run(
        tx, table, {effect: ids for effect in _of(table) if table.settings.effects[effect].on != "update"}
    )


async def after_update(tx: Transaction, table: Table, changed: Mapping[int, Iterable[str]]) -> None:
    """`changed`: record -> the fields that changed."""
    concerned: dict[int, Sequence[int]] = {}
    for place in _of(table):
        effect = table.settings.effects[place]
        watched = set(effect.changed)
        ids = [id for id, fields in changed.items() if not watched or watched & set(fields)]
        if ids and effect.on != "create":
            concerned[place] = ids
    await _run(tx, table, concerned)


def _of(table: Table) -> range:
    return range(len(table.settings.effects))


async def _run(tx: Transaction, table: Table, concerned: Mapping[int, Sequence[int]]) -> None:
    """`concerned`: place of an effect -> records it may be about. In the order the table's settings give.

    Several effects on one linked record are one write: one version, one entry in its history.
    """
    if not any(concerned.values()):
        return
    linked: dict[str, list[tuple[Effect, Sequence[Row]]]] = {}
    for place, matched in (await _matching(tx, table, concerned)).items():
        effect = table.settings.effects[place]
        if not matched:
            continue
        if effect.create is not None:
            await _create(tx, tx.sight.catalog.table(effect.create), effect, matched)
        elif effect.update is not None:
            linked.setdefault(effect.update, []).append((effect, matched))
        elif effect.update_all is not None:
            await _update_all(tx, tx.sight.catalog.table(effect.update_all), effect, matched)
    for link, effects in linked.items():
        await _update_linked(tx, table.field(link), effects)


async def _matching(
    tx: Transaction, table: Table, concerned: Mapping[int, Sequence[int]]
) -> dict[int, list[Row]]:
    """The written records each effect is about, by one query. Nothing of a row is hidden from an effect:
    it acts for the app."""
    physical = table.sa
    everyone = sorted({id for ids in concerned.values() for id in ids})
    verdicts = []
    for place in concerned:
        condition = condition_from(table.settings.effects[place].when)
        sql = true() if condition is None else condition_sql(condition, table, physical, tx.sight, _no_path)
        verdicts.append(and_(true(), sql).label(f"effect_{place}"))
    statement = select(physical, *verdicts).where(physical.c.id.in_(everyone)).order_by(physical.c.id)
    rows = [dict(row) for row in (await tx.db.execute(statement)).mappings()]
    return {
        place: [row for row in rows if row[f"effect_{place}"] and row["id"] in set(ids)]
        for place, ids in concerned.items()
    }


def _no_path(leaf: Leaf, table: Table, source: Source, sight: Any) -> Any:
    raise Invalid(say("联动条件不能跨表", "The condition of an effect cannot look through links"))


async def _create(tx: Transaction, target: Table, effect: Effect, rows: Sequence[Row]) -> None:
    made = [with_department(target, _values(tx, target, effect.set, row), tx.sight) for row in rows]
    ids = [id for id in await insert_rows(tx, target, made) if id is not None]
    await after_create(tx, target, ids)


async def _update_linked(
    tx: Transaction, link: Field, effects: Sequence[tuple[Effect, Sequence[Row]]]
) -> None:
    """All effects on the records behind `link`. Each `only_if` is judged as they were before the write."""
    if link.target is None:
        raise Invalid(say("「{key}」不是关联字段", "{key!r} is not a link", key=link.key))
    target = tx.sight.catalog.table(link.target)
    ids = sorted({row[link.key] for _, rows in effects for row in rows if row[link.key] is not None})
    if not ids:
        return
    locked = await lock_rows(tx, target, target.sa.c.id.in_(ids))
    changes: dict[int, Values] = {}
    for effect, rows in effects:
        allowed = await _allowed(tx, target, effect, locked.keys())
        for row in rows:
            if row[link.key] in allowed:
                changes.setdefault(row[link.key], {}).update(_values(tx, target, effect.set, row))
    await update_rows(tx, target, locked, changes)


async def _allowed(tx: Transaction, target: Table, effect: Effect, ids: Collection[int]) -> Collection[int]:
    """Those of the locked records that the effect's `only_if` covers."""
    only_if = condition_from(effect.only_if)
    if only_if is None:
        return ids
    physical = target.sa
    covered = condition_sql(only_if, target, physical, tx.sight, _no_path)
    found = await tx.db.execute(select(physical.c.id).where(physical.c.id.in_(list(ids)), covered))
    return set(found.scalars())


async def _update_all(tx: Transaction, target: Table, effect: Effect, rows: Sequence[Row]) -> None:
    """Every record that matches one of `rows`; asked for all rows at once."""
    physical = target.sa
    wanted = [(row, match) for row in rows if (match := _match(tx, target, effect, row)) is not None]
    if not wanted:
        return
    for start in range(0, len(wanted), _ALTERNATIVES):
        part = wanted[start : start + _ALTERNATIVES]
        either = [and_(*(physical.c[key] == value for key, value in match.items())) for _, match in part]
        locked = await lock_rows(tx, target, or_(*either))
        allowed = await _allowed(tx, target, effect, locked.keys())
        changes: dict[int, Values] = {}
        for row, match in part:
            for id, found in locked.items():
                if id in allowed and all(found[key] == value for key, value in match.items()):
                    changes[id] = _values(tx, target, effect.set, row)
        await update_rows(tx, target, locked, changes)


def _match(tx: Transaction, target: Table, effect: Effect, row: Row) -> Values | None:
    """What a record must have; None when a link of `row` that is asked for is empty: that matches nothing."""
    match = _values(tx, target, effect.match, row)
    return match if match and all(value is not None for value in match.values()) else None


def _values(tx: Transaction, target: Table, given: Mapping[str, Any], row: Row) -> Values:
    return {key: _value(tx, target.field(key), value, row) for key, value in given.items()}


def _value(tx: Transaction, field: Field, given: Any, row: Row) -> Any:
    """A constant, `$field` of the written record, or a symbol."""
    if isinstance(given, str) and given.startswith("$"):
        return row[given[1:]]
    resolved = resolve(given, tx.sight)
    if isinstance(resolved, Span):
        resolved = resolved.first.isoformat()
    if resolved is None or not isinstance(resolved, str | bool | int | float | list):
        return resolved
    return field.kind.parse(resolved, field.options)
