"""Converting: one record becomes others in one step, and everything said about it is said about them too."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from tuoke.access.policy import Action
from tuoke.access.sight import Sight
from tuoke.kit.database import Connection, run_sql
from tuoke.kit.errors import AppError, Conflict, Duplicate, Forbidden, Invalid, Unavailable
from tuoke.kit.words import Words, say
from tuoke.query.page import fetch_records, no_such_record, titles
from tuoke.query.secure import permitted, writable_fields
from tuoke.records import effects, merge
from tuoke.records.about import complete, put_beside
from tuoke.records.conversion import (
    Proposal,
    Source,
    names_in,
    propose,
    rules_of,
    source_of,
    taken_over,
    ties,
)
from tuoke.records.rows import Row, insert_rows, lock_rows, update_rows
from tuoke.records.transaction import Transaction
from tuoke.records.values import (
    NEEDED,
    Faults,
    Values,
    check_references,
    default_value,
    missing,
    parse_values,
    with_defaults,
)
from tuoke.records.verbs import still_in_scope, visible_fields_or_none
from tuoke.schema.model import Convert, Table, Target

NOT_YOURS = say("您不能转化这条记录", "You may not convert this record")
Became = dict[str, int]
"""The source's link -> the record it points at."""


class AlreadyConverted(Conflict):
    """The record was converted before; `became` lists what it became, as far as the asker may see it."""

    slug, title = "already-converted", say("已经转化过", "It was converted already")


@dataclass(frozen=True, slots=True)
class Choice:
    """What is wanted of one target: the record `id`, or a new one with `values` in place of what it would take over."""

    id: int | None = None
    values: Mapping[str, Any] = field(default_factory=dict[str, Any])


Choices = Mapping[str, Choice | None]
"""By the source's link. None leaves an optional target out; absent = a new record as proposed."""


async def preview(
    db: Connection, table: Table, sight: Sight, record: int
) -> tuple[int, list[Proposal], list[dict[str, Any]]]:
    """(version, what would be made, what it became already). Raises NotFound, Forbidden as `convert` does."""
    rules = rules_of(table)
    allowed = permitted(table, sight, Action.CONVERT) & permitted(table, sight, Action.UPDATE)
    physical = table.sa
    found = await db.execute(
        select(physical).where(physical.c.id == record, physical.c.deleted_at.is_(None), allowed)
    )
    row = found.mappings().one_or_none()
    if row is None:
        raise await _refusal(db, table, sight, record)
    source = await source_of(db, table, sight, dict(row))
    return row["version"], await propose(db, source, sight), await became(db, sight, rules, source.row)


async def convert(
    tx: Transaction, table: Table, record: int, choices: Choices, version: int | None = None
) -> Became:
    """Make the targets, link them, and put them beside the record wherever something is about it.

    All or nothing. Raises NotFound, Forbidden; AlreadyConverted; Conflict when what would be taken over was changed
    since `version`; Invalid with the faults of every target, under `link.field`; Duplicate likewise.
    """
    rules = rules_of(table)
    async with _giving_way(tx.db):
        row = await _lock(tx, table, record)
        source = await source_of(tx.db, table, tx.sight, row)
        await _refuse_converted(tx, rules, row)
        await _refuse_changed(tx, rules, source, version)
        plans = await _plans(tx, source, choices)
        made: Became = {}
        for target, plan in plans:
            made[target.link] = await _settle(tx, rules, target, plan, made)
        await _finish(tx, source, made)
        await put_beside(tx, table, record, {target.table: made[target.link] for target, _ in plans})
    return made


# --- the source -----------------------------------------------------------------------------------


async def _lock(tx: Transaction, table: Table, record: int) -> Row:
    rule = permitted(table, tx.sight, Action.CONVERT) & permitted(table, tx.sight, Action.UPDATE)
    locked = await lock_rows(tx, table, rule & (table.sa.c.id == record))
    if record not in locked:
        raise await _refusal(tx.db, table, tx.sight, record)
    return locked[record]


async def _refusal(db: Connection, table: Table, sight: Sight, record: int) -> AppError:
    if not await _seen(db, sight, table, record):
        return no_such_record(table, record)
    return Forbidden(NOT_YOURS, table=table.key, records=[record], action=Action.CONVERT.value)


async def _refuse_converted(tx: Transaction, rules: Convert, row: Row) -> None:
    if not await _living(tx.db, tx.sight, rules, row):
        return
    known = await became(tx.db, tx.sight, rules, row)
    raise AlreadyConverted(
        say(
            "这条记录已经转化过：{names_zh}",
            "It was converted already: {names_en}",
            names_zh="、".join(f"「{one['title']}」" for one in known) or "结果不在您的权限内",
            names_en=", ".join(str(one["title"]) for one in known) or "into records you may not see",
        ),
        record=row["id"],
        became=known,
    )


async def became(db: Connection, sight: Sight, rules: Convert, row: Row) -> list[dict[str, Any]]:
    """What a converted record became, as far as the actor may see it; empty for one that is not converted."""
    found: list[dict[str, Any]] = []
    for target in rules.targets:
        if row.get(target.link) is None:
            continue
        table, id = sight.catalog.table(target.table), row[target.link]
        if await _seen(db, sight, table, id):
            title = (await titles(db, table, sight, [id])).get(id)
            found.append({"link": target.link, "table": table.key, "id": id, "title": title})
    return found


async def _seen(db: Connection, sight: Sight, table: Table, id: int) -> bool:
    if not sight.policy.may(sight.actor, table.key, Action.READ):
        return False
    return bool(await fetch_records(db, table, sight, [id], ()))


async def _living(db: Connection, sight: Sight, rules: Convert, row: Row) -> bool:
    """Whether any of it is still there: what lies in the recycle bin stands in nobody's way."""
    for target in rules.targets:
        physical = sight.catalog.table(target.table).sa
        if row.get(target.link) is not None:
            alive = physical.c.deleted_at.is_(None)
            found = await db.execute(select(physical.c.id).where(physical.c.id == row[target.link], alive))
            if found.first() is not None:
                return True
    return False


async def _refuse_changed(tx: Transaction, rules: Convert, source: Source, version: int | None) -> None:
    """Only what the conversion takes over matters: a call's end must not undo what the rep has typed."""
    row, table = source.row, source.table
    if version is None or version >= row["version"]:
        return
    used = {name for target in rules.targets for given in target.set.values() for name in names_in(given)}
    touched = await merge.touched_since(tx, table, row["id"], row["version"] - version)
    clashing = [f for f in table.fields if f.key in touched & (used | rules.set.keys())]
    if clashing:
        raise Conflict(
            say(
                "您编辑期间，{labels_zh} 已被他人修改，请核对后再转化",
                "Somebody changed {labels_en} meanwhile; look it through, then convert",
                labels_zh="、".join(f.label.zh for f in clashing),
                labels_en=", ".join(f.label.en for f in clashing),
            ),
            record=row["id"],
            version=row["version"],
            changed=[f.key for f in clashing if f.key in source.plain],
        )


async def _finish(tx: Transaction, source: Source, made: Became) -> None:
    table = source.table
    given = rules_of(table).set.items()
    fields = {key: replace(table.by_key[key], default=value) for key, value in given if key in table.by_key}
    own = {key: default_value(field, tx.sight) for key, field in fields.items()}
    await update_rows(tx, table, {source.row["id"]: source.row}, {source.row["id"]: {**own, **made}})
    await effects.after_update(tx, table, {source.row["id"]: [*own, *made]})


# --- the targets ----------------------------------------------------------------------------------

Plan = int | Values
"""An existing record, or the values of a new one."""


async def _plans(tx: Transaction, source: Source, choices: Choices) -> list[tuple[Target, Plan]]:
    """What becomes of each target that is not left out, with the faults of all of them at once."""
    rules, plans, faults = rules_of(source.table), list[tuple[Target, Plan]](), dict[str, Words]()
    for key in choices.keys() - set(rules.links):
        faults[key] = say("没有这个转化目标", "It does not become such a record")
    for target in rules.targets:
        choice = choices.get(target.link, Choice())
        if choice is None:
            if not target.optional:
                faults[target.link] = NEEDED
            continue
        found: Faults
        if choice.id is not None:
            plan, found = choice.id, await _lost(tx, target, choice.id)
        else:
            plan, found = await _new(tx, source, target, choice, {one.link for one, _ in plans})
        plans.append((target, plan))
        faults.update({f"{target.link}.{key}" if key else target.link: why for key, why in found.items()})
    if faults:
        raise Invalid(say("有 {n} 处填写有误", "{n} fields are not valid", n=len(faults)), fields=faults)
    return plans


async def _lost(tx: Transaction, target: Target, id: int) -> Faults:
    known = await _seen(tx.db, tx.sight, tx.sight.catalog.table(target.table), id)
    return {} if known else {"": say("找不到这条记录，或您无权使用", "No such record, or not yours to use")}


async def _new(
    tx: Transaction, source: Source, target: Target, choice: Choice, before: set[str]
) -> tuple[Values, Faults]:
    """`before`: links of the targets that will be there by then."""
    sight, table = tx.sight, tx.sight.catalog.table(target.table)
    sight.policy.grants(sight.actor, table.key, Action.CREATE)
    writable = writable_fields(table, sight, Action.CREATE)
    given, faults = parse_values(table, choice.values, writable, set(visible_fields_or_none(table, tx)))
    [lost] = await check_references(tx.db, table, sight, [given])
    taken, _ = taken_over(source, target, sight)
    values = with_defaults(table, {**taken, **given}, sight)
    tied = {key for key, value in target.set.items() if before & set(names_in(value))}
    lacking = {key: why for key, why in missing(table, values).items() if key not in tied}
    return values, {**lacking, **faults, **lost}


async def _settle(tx: Transaction, rules: Convert, target: Target, plan: Plan, made: Became) -> int:
    table, tied = tx.sight.catalog.table(target.table), ties(rules, target, made)
    if isinstance(plan, int):
        await _tie(tx, table, plan, tied)
        return plan
    try:
        [values] = await complete(tx, table, [{**plan, **tied}])
        [id] = await insert_rows(tx, table, [values])
    except Duplicate as error:
        fields = {f"{target.link}.{key}": why for key, why in error.fields.items()}
        raise Duplicate(error.detail, fields=fields, **error.facts) from error
    assert id is not None
    await still_in_scope(tx, table, [id], Action.CREATE)
    await effects.after_create(tx, table, [id])
    return id


async def _tie(tx: Transaction, table: Table, id: int, tied: Values) -> None:
    """A record that was there gets the links it lacks, where the actor may change it."""
    if not tied or not tx.sight.policy.may(tx.sight.actor, table.key, Action.UPDATE):
        return
    rule = permitted(table, tx.sight, Action.UPDATE) & (table.sa.c.id == id)
    locked = await lock_rows(tx, table, rule)
    lacking = {key: value for key, value in tied.items() if id in locked and locked[id][key] is None}
    if lacking:
        await update_rows(tx, table, locked, {id: lacking})
        await effects.after_update(tx, table, {id: list(lacking)})


@asynccontextmanager
async def _giving_way(db: Connection) -> AsyncGenerator[None]:
    """A wrap-up goes from its call to the customer, a conversion from the customer to his calls: when the two wait
    for each other, this one gives way, before the server kills either."""
    await run_sql(db, "set local lock_timeout = '700ms'")
    try:
        yield
    except DBAPIError as error:
        if "lock timeout" in str(error.orig):
            raise Unavailable(say("记录正被占用，请再试一次", "A record is in use; try once more")) from error
        raise
