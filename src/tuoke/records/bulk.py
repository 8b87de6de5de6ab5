"""Rows from outside, thousands at a time: each finds its own fate, and none stops the others.

The verbs of `verbs` are all or nothing, as a person's save must be; here a row that cannot be taken is told and
left out. The rights are the same ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from tuoke.access.policy import Action
from tuoke.access.rules import EVERYTHING, Rule, all_of, holds
from tuoke.access.sight import Sight
from tuoke.kit.database import Connection, run_sql
from tuoke.kit.errors import Duplicate, Invalid
from tuoke.kit.words import Words, say
from tuoke.query.secure import rule_sql, writable_fields
from tuoke.records import effects
from tuoke.records.about import complete
from tuoke.records.rows import Row, insert_rows, lock_rows, update_rows
from tuoke.records.transaction import Transaction
from tuoke.records.values import Faults, Values, default_value, missing, with_defaults, with_department
from tuoke.schema.model import SCHEMA, Table

Key = tuple[Any, ...]

WHOLE_ROW = ""
"""Stands for a field's key where a fault is about the row."""
OUTSIDE = say(
    "保存后会超出您的权限范围，请检查负责人和部门",
    "It would lie outside your rights; check owner and department",
)
NOT_YOURS = say("这条记录已存在，但您无权修改", "This record exists, but you may not change it")
NO_SUCH = say("没有找到要更新的记录", "There is no record to update")
SEVERAL = say(
    "有多条记录与它匹配，不知道更新哪一条", "Several records match; it is not clear which one to update"
)
EXISTS = say("表里已有相同的记录", "The table already has this record")


class Mode(StrEnum):
    CREATE = "create"
    """Rows that match a record are duplicates."""
    UPDATE = "update"
    """Rows that match no record are refused."""
    UPSERT = "upsert"


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    DUPLICATE = "duplicate"
    REFUSED = "refused"


@dataclass(frozen=True)
class Way:
    """How rows are brought in."""

    mode: Mode
    match: tuple[str, ...] = ()
    """Fields that together say that a row and a record are the same; empty = nothing matches."""


@dataclass(slots=True)
class Fate:
    outcome: Outcome
    values: Values
    """What is stored, defaults included."""
    id: int | None = None
    faults: Faults = field(default_factory=dict[str, Words])
    is_changed: bool = True
    """False for an update that found everything as it was."""

    def refuse(self, why: Words, key: str = WHOLE_ROW) -> None:
        self.outcome, self.faults[key] = Outcome.REFUSED, why


def match_key(values: Mapping[str, Any], match: Sequence[str]) -> Key | None:
    """The values that say which record a row is; None when one of them is empty, or nothing matches at all."""
    key = tuple(values.get(name) for name in match)
    return None if not key or None in key else key


def check_way(table: Table, sight: Sight, way: Way) -> None:
    """Raises Forbidden without the rights for it, Invalid for match fields that cannot be."""
    sight.policy.grants(sight.actor, table.key, Action.IMPORT)
    for action in _actions(way.mode):
        sight.policy.grants(sight.actor, table.key, action)
    for key in way.match:
        if table.field(key).sql_type.endswith("[]"):
            raise Invalid(say("「{key}」不能用来匹配", "{key!r} cannot be matched by", key=key), field=key)
    if way.mode is not Mode.CREATE and not way.match:
        raise Invalid(
            say("请选择用哪个字段匹配已有记录", "Choose the field that tells which record a row updates")
        )


def importable_fields(table: Table, sight: Sight, mode: Mode) -> set[str]:
    """Keys of the fields an import of this mode may write."""
    return set[str]().union(*(writable_fields(table, sight, action) for action in _actions(mode)))


def _actions(mode: Mode) -> tuple[Action, ...]:
    match mode:
        case Mode.CREATE:
            return (Action.CREATE,)
        case Mode.UPDATE:
            return (Action.UPDATE,)
        case Mode.UPSERT:
            return (Action.CREATE, Action.UPDATE)


async def foresee(db: Connection, sight: Sight, table: Table, rows: Sequence[Values], way: Way) -> list[Fate]:
    """The fate of each row, as far as can be told without writing. No two rows may have the same match key."""
    found = await _matching(db, table, rows, way.match)
    terms = _Terms.of(sight, table, way)
    fates = [terms.fate(values, found.get(match_key(values, way.match) or ())) for values in rows]
    await _refuse_foreign(db, sight, table, [fate for fate in fates if fate.outcome is Outcome.UPDATED])
    return fates


async def _refuse_foreign(db: Connection, sight: Sight, table: Table, fates: Sequence[Fate]) -> None:
    """A record that matches but is not the actor's to change: he learns that it exists, as by a duplicate check."""
    if not fates or (reach := _reach(sight, table, Action.UPDATE)) == EVERYTHING:
        return
    physical = table.sa
    among = physical.c.id.in_([fate.id for fate in fates])
    found = await db.execute(select(physical.c.id).where(among, rule_sql(reach, table, sight)))
    mine = set(found.scalars())
    for fate in fates:
        if fate.id not in mine:
            fate.refuse(NOT_YOURS)


async def bring_in(tx: Transaction, table: Table, rows: Sequence[Values], way: Way) -> list[Fate]:
    """Create and update; the fate of each row in its place. No two rows may have the same match key.

    Raises Forbidden when the actor may not import at all; what he may not do to one row is that row's fault.
    """
    check_way(table, tx.sight, way)
    if way.match:
        await _take_turns(tx.db, table)
    fates = await foresee(tx.db, tx.sight, table, rows, way)
    await _create(tx, table, [f for f in fates if f.outcome is Outcome.CREATED])
    await _update(tx, table, [f for f in fates if f.outcome is Outcome.UPDATED])
    return fates


async def _take_turns(db: Connection, table: Table) -> None:
    """Imports into one table go chunk by chunk in turn: what one has brought the other then finds."""
    await run_sql(db, "select 1 from tuoke.table_def where id = $1 for no key update", table.id)


async def _matching(
    db: Connection, table: Table, rows: Sequence[Values], match: Sequence[str]
) -> dict[Key, list[int]]:
    """Match key -> ids of all living records that have it, whoever may see them."""
    keys = list(dict.fromkeys(key for row in rows if (key := match_key(row, match)) is not None))
    if not keys:
        return {}
    names = [f'"{name}"' for name in match]
    places = ", ".join(f"${n}::{table.field(name).sql_type}[]" for n, name in enumerate(match, 1))
    statement = (
        f"select given.place, r.id from unnest({places}) with ordinality as given({', '.join([*names, 'place'])})"
        f' join {SCHEMA}."{table.key}" r on {" and ".join(f"r.{n} = given.{n}" for n in names)}'
        " where r.deleted_at is null order by r.id"
    )
    found: dict[Key, list[int]] = {}
    for place, id in await run_sql(db, statement, *(list(column) for column in zip(*keys, strict=True))):
        found.setdefault(keys[place - 1], []).append(id)
    return found


@dataclass(frozen=True)
class _Terms:
    """What is the same for every row: asked once."""

    sight: Sight
    table: Table
    way: Way
    creatable: set[str]
    changeable: set[str]
    reach: Rule | None
    """Rows the actor may create; None when this way creates none."""
    pool: Values
    """The department whose pool takes the rows without owner; empty where they go by the usual defaults."""

    @classmethod
    def of(cls, sight: Sight, table: Table, way: Way) -> _Terms:
        creates = Action.CREATE in _actions(way.mode)
        return cls(
            sight,
            table,
            way,
            writable_fields(table, sight, Action.CREATE),
            writable_fields(table, sight, Action.UPDATE) - set(way.match),
            _reach(sight, table, Action.CREATE) if creates else None,
            _own_pool(sight, table),
        )

    def fate(self, values: Values, ids: list[int] | None) -> Fate:
        if not ids:
            return self._fate_of_new(values)
        if self.way.mode is Mode.CREATE:
            return Fate(Outcome.DUPLICATE, {}, ids[0])
        fate = Fate(Outcome.UPDATED, {k: v for k, v in values.items() if k in self.changeable}, ids[0])
        if len(ids) > 1:
            fate.refuse(SEVERAL)
        return fate

    def _fate_of_new(self, values: Values) -> Fate:
        fate = Fate(Outcome.CREATED, {})
        if self.reach is None:
            fate.refuse(NO_SUCH)
            return fate
        given = {k: v for k, v in values.items() if k in self.creatable}
        # Before the defaults: the department is the owner's, not that of who brings the list.
        home = with_department(self.table, given, self.sight)
        into_pool = self.pool if self.table.settings.owner not in given else {}
        fate.values = with_defaults(self.table, {**into_pool, **home}, self.sight)
        for key, why in missing(self.table, fate.values).items():
            fate.refuse(why, key)
        if holds(self.reach, fate.values) is False:
            fate.refuse(OUTSIDE)
        return fate


def _own_pool(sight: Sight, table: Table) -> Values:
    """Who makes one record by hand means to keep it; who brings in a list means to share it out. In a table with
    a pool the list's rows lie there, unless they name an owner or the actor belongs to no department."""
    key = table.settings.department
    if not table.settings.pool or key is None:
        return {}
    department = default_value(table.field(key), sight)
    return {} if department is None else {key: department}


def _reach(sight: Sight, table: Table, action: Action) -> Rule:
    """Rows on which the actor may do `action`, and may do it by import."""
    rule = sight.policy.rule
    return all_of(rule(sight.actor, table, action), rule(sight.actor, table, Action.IMPORT))


async def _create(tx: Transaction, table: Table, fates: Sequence[Fate]) -> None:
    if not fates:
        return
    ids = await _insert(tx, table, fates)
    if ids is None:
        await _create(tx, table, [fate for fate in fates if fate.outcome is Outcome.CREATED])
        return
    for fate, id in zip(fates, ids, strict=True):
        fate.id = id
        if id is None:
            # Somebody made the same record a moment ago, or another unique field is taken.
            fate.outcome = Outcome.DUPLICATE
    await effects.after_create(tx, table, [id for id in ids if id is not None])


async def _insert(tx: Transaction, table: Table, fates: Sequence[Fate]) -> list[int | None] | None:
    """Ids in the order of `fates`. None, and nothing inserted, when some were refused for lying outside."""
    async with tx.db.begin_nested() as attempt:
        rows = await complete(tx, table, [fate.values for fate in fates])
        ids = await insert_rows(tx, table, rows, skip_taken=True)
        outside = await _outside(tx, table, ids, Action.CREATE)
        if not outside:
            return ids
        await attempt.rollback()
    for fate, id in zip(fates, ids, strict=True):
        if id in outside:
            fate.refuse(OUTSIDE)
    return None


async def _outside(tx: Transaction, table: Table, ids: Iterable[int | None], action: Action) -> set[int]:
    """Which of these rows lie outside what the actor may write."""
    rule = _reach(tx.sight, table, action)
    written = [id for id in ids if id is not None]
    if rule == EVERYTHING or not written:
        return set()
    physical = table.sa
    among = physical.c.id.in_(written)
    inside = await tx.db.execute(select(physical.c.id).where(among, rule_sql(rule, table, tx.sight)))
    return set(written) - set(inside.scalars())


async def _update(tx: Transaction, table: Table, fates: Sequence[Fate]) -> None:
    if not fates:
        return
    by_id = {fate.id: fate for fate in fates if fate.id is not None}
    mine = rule_sql(_reach(tx.sight, table, Action.UPDATE), table, tx.sight)
    locked = await lock_rows(tx, table, mine & table.sa.c.id.in_(list(by_id)))
    for id, fate in by_id.items():
        if id not in locked:
            fate.refuse(NOT_YOURS)
        else:
            fate.values = _settled(tx, table, locked[id], fate.values)
    await _store(tx, table, locked, {id: by_id[id] for id in locked})


def _settled(tx: Transaction, table: Table, old: Row, values: Values) -> Values:
    """A new owner brings his department along unless one was named."""
    owner, department = table.settings.owner, table.settings.department
    if owner is None or department in values or values.get(owner) in (None, old[owner]):
        return values
    return with_department(table, values, tx.sight)


async def _store(tx: Transaction, table: Table, locked: Mapping[int, Row], fates: Mapping[int, Fate]) -> None:
    """Store all of it; where a row cannot be, halve the batch until the guilty one stands alone."""
    if not fates:
        return
    try:
        changed = await _change(tx, table, locked, fates)
    except Duplicate as taken:
        await _store_halves(tx, table, locked, fates, taken)
        return
    if changed is None:
        kept = {id: fate for id, fate in fates.items() if fate.outcome is Outcome.UPDATED}
        await _store(tx, table, locked, kept)
        return
    for id in fates.keys() - set(changed):
        fates[id].is_changed = False
    await effects.after_update(tx, table, {id: fates[id].values.keys() for id in changed})


async def _store_halves(
    tx: Transaction, table: Table, locked: Mapping[int, Row], fates: Mapping[int, Fate], taken: Duplicate
) -> None:
    ids = list(fates)
    if len(ids) == 1:
        fates[ids[0]].refuse(taken.detail)
        return
    for half in (ids[: len(ids) // 2], ids[len(ids) // 2 :]):
        await _store(tx, table, locked, {id: fates[id] for id in half})


async def _change(
    tx: Transaction, table: Table, locked: Mapping[int, Row], fates: Mapping[int, Fate]
) -> list[int] | None:
    """Ids that really changed. None, and nothing changed, when some were refused for leaving the actor's reach."""
    async with tx.db.begin_nested() as attempt:
        changed = await update_rows(tx, table, locked, {id: fate.values for id, fate in fates.items()})
        outside = await _left(tx, table, changed)
        if not outside:
            return changed
        await attempt.rollback()
    for id in outside:
        fates[id].refuse(OUTSIDE)
    return None


async def _left(tx: Transaction, table: Table, changed: Sequence[int]) -> set[int]:
    """Records that the change took out of the actor's reach, unless he may transfer."""
    if tx.sight.policy.may(tx.sight.actor, table.key, Action.TRANSFER):
        return set()
    return await _outside(tx, table, changed, Action.UPDATE)
