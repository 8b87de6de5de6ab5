"""What a record would become: the values each target takes over, and the records that are here already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tuoke.access.policy import Action
from tuoke.access.sight import Sight
from tuoke.kit.database import Connection
from tuoke.kit.errors import Invalid
from tuoke.kit.words import say
from tuoke.query.page import fetch_record, fetch_records, titles
from tuoke.query.secure import masked_fields, visible_fields, writable_fields
from tuoke.records.duplicates import sharing
from tuoke.records.rows import Row
from tuoke.records.values import Values, default_value, is_empty, missing, with_defaults
from tuoke.records.view import Json, shown
from tuoke.schema.model import Convert, Field, Table, Target


@dataclass(frozen=True)
class Source:
    """The record to convert: as it is, and as far as the actor sees it plainly."""

    table: Table
    row: Row
    plain: frozenset[str]
    """Fields that are neither hidden from the actor nor starred on this record."""


def rules_of(table: Table) -> Convert:
    """Raises Invalid for a table whose records become nothing."""
    if table.settings.convert is None:
        raise Invalid(say("这张表没有设置转化", "No conversion is set up for this table"), table=table.key)
    return table.settings.convert


async def source_of(db: Connection, table: Table, sight: Sight, row: Row) -> Source:
    """`row`: the stored one."""
    seen = await fetch_record(db, table, sight, row["id"])
    return Source(table, row, frozenset(key for key, value in seen.items() if value == row[key]))


def names_in(given: Any) -> tuple[str, ...]:
    """The source's fields that a value of `set` names: `"$a|$b"` names two."""
    if not isinstance(given, str) or not given.startswith("$"):
        return ()
    return tuple(name.removeprefix("$") for name in given.split("|"))


def taken_over(source: Source, target: Target, sight: Sight) -> tuple[Values, frozenset[str]]:
    """(values, which of them the actor may not see). What is empty, or does not fit, is left out.

    A value that is not plain to the actor goes on only into a field that is not plain to him either.
    """
    table = sight.catalog.table(target.table)
    earlier, open_fields = set(rules_of(source.table).links), _plain_fields(table, sight)
    values: Values = {}
    unseen: set[str] = set()
    for key, given in target.set.items():
        into, names = table.by_key.get(key), names_in(given)
        if into is None or into.is_automatic or earlier & set(names):
            continue
        if not names:
            values[key] = default_value(replace(into, default=given), sight)
            continue
        name = next((n for n in names if not is_empty(source.row.get(n))), None)
        if name is None or (name not in source.plain and key in open_fields):
            continue
        value = _fitting(source, name, into)
        if value is not None:
            values[key] = value
            if name not in source.plain:
                unseen.add(key)
    return values, frozenset(unseen)


def _fitting(source: Source, name: str, into: Field) -> Any:
    own = source.table.field(name)
    try:
        return into.kind.parse(own.kind.render(source.row[name], own.options), into.options)
    except Invalid:
        return None


def _plain_fields(table: Table, sight: Sight) -> set[str]:
    if not sight.policy.may(sight.actor, table.key, Action.READ):
        return set()
    return set(visible_fields(table, sight)) - masked_fields(table, sight)


def ties(rules: Convert, target: Target, became: Mapping[str, int]) -> Values:
    """The links of a target to what was made before it."""
    return {
        key: became[name] for key, given in target.set.items() for name in names_in(given) if name in became
    }


# --- the preview ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Proposal:
    """One target as it would be made."""

    target: Target
    values: Json
    """What would be taken over, as far as the actor sees it."""
    unseen: Json
    """Field -> its stars: taken over although the actor does not see it."""
    fields: list[str]
    """What the dialog asks, in order."""
    creatable: bool
    """Whether the actor may make one; otherwise he can only choose one that is there."""
    matches: list[Json] = field(default_factory=list[Json])
    """`{id, title, visible, field}` of records that are here already; of an invisible one only that it is."""


async def propose(db: Connection, source: Source, sight: Sight) -> list[Proposal]:
    """The targets in order."""
    rules = rules_of(source.table)
    found: list[Proposal] = []
    for target in rules.targets:
        values, unseen = taken_over(source, target, sight)
        found.append(await _proposal(db, source, sight, target, values, unseen))
    for place, one in enumerate(found):
        await _match_through_later(db, sight, rules, one, found[place + 1 :])
    return found


async def _proposal(
    db: Connection, source: Source, sight: Sight, target: Target, values: Values, unseen: frozenset[str]
) -> Proposal:
    table = sight.catalog.table(target.table)
    wanted = {key: values[key] for key in target.match if not is_empty(values.get(key))}
    return Proposal(
        target,
        await _rendered(db, table, sight, {k: v for k, v in values.items() if k not in unseen}),
        await _stars(db, source, sight, target, unseen),
        _asked(table, sight, target, values, set(rules_of(source.table).links)),
        sight.policy.may(sight.actor, table.key, Action.CREATE),
        await sharing(db, table, sight, wanted),
    )


def _asked(table: Table, sight: Sight, target: Target, values: Values, links: set[str]) -> list[str]:
    tied = {key for key, given in target.set.items() if links & set(names_in(given))}
    lacking = [key for key in missing(table, with_defaults(table, dict(values), sight)) if key not in tied]
    writable = writable_fields(table, sight, Action.CREATE)
    known = [key for key in dict.fromkeys([*target.ask, *lacking]) if key in table.by_key]
    return [key for key in known if key in writable or key in values]


async def _rendered(db: Connection, table: Table, sight: Sight, values: Values) -> Json:
    [record] = await shown(db, table, sight, [{"id": 0, "version": 0, **values}], list(values))
    return {key: record[key] for key in values}


async def _stars(db: Connection, source: Source, sight: Sight, target: Target, unseen: Iterable[str]) -> Json:
    if not unseen:
        return {}
    seen = await fetch_record(db, source.table, sight, source.row["id"])
    names = {key: next(n for n in names_in(target.set[key]) if source.row.get(n)) for key in unseen}
    return {key: seen.get(name) for key, name in names.items()}


async def _match_through_later(
    db: Connection, sight: Sight, rules: Convert, one: Proposal, later: Sequence[Proposal]
) -> None:
    """The account of a contact who is here already is the account."""
    table = sight.catalog.table(one.target.table)
    if not sight.policy.may(sight.actor, table.key, Action.READ):
        return
    known = {match.get("id") for match in one.matches}
    for other in later:
        keys = [key for key, given in other.target.set.items() if one.target.link in names_in(given)]
        ids = [match["id"] for match in other.matches if match["visible"]]
        linked = await _linked(db, sight, sight.catalog.table(other.target.table), ids, keys)
        names = await titles(db, table, sight, sorted(linked - known))
        one.matches.extend(
            {"id": id, "title": name, "visible": True, "field": other.target.link}
            for id, name in names.items()
        )
        known |= names.keys()


async def _linked(
    db: Connection, sight: Sight, table: Table, ids: Sequence[int], keys: Sequence[str]
) -> set[int]:
    if not ids or not keys:
        return set()
    visible = set(visible_fields(table, sight))
    shown_keys = [key for key in keys if key in visible]
    rows = await fetch_records(db, table, sight, ids, shown_keys)
    return {row[key] for row in rows for key in shown_keys if row[key] is not None}
