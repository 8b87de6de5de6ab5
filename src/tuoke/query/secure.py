"""The one door from metadata to SQL rows.

Every list, filter, sort, join and report starts FROM what `readable` returns, so a row or a field the actor
may not see is not there to be leaked: not in the answer, not through a filter, a sort or a count.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    FromClause,
    Subquery,
    and_,
    any_,
    case,
    false,
    literal,
    or_,
    select,
    true,
)
from sqlalchemy import Table as SaTable

from tuoke.access import rules
from tuoke.access.policy import Action, Grant
from tuoke.access.sight import Sight
from tuoke.kit.errors import Invalid
from tuoke.kit.words import say
from tuoke.query.ast import condition_from
from tuoke.query.conditions import condition_sql
from tuoke.schema.field_type import Maskable
from tuoke.schema.model import Table

MAX_LINK_DEPTH = 4

Behind = Callable[[str], ColumnElement[bool]]
"""That the record behind the link with this key is readable."""


def readable(
    table: Table,
    sight: Sight,
    fields: Collection[str] | None = None,
    *,
    deleted: bool = False,
    depth: int = 0,
) -> Subquery:
    """`table` as the actor sees it: allowed rows, allowed fields, hidden cells NULL, masked cells starred.

    `fields` leaves out columns nobody asks for; the rows are the same. A field that only some grants show is
    masked row by row, because two roles together must not show more than each of them shows on its own rows.
    Raises Forbidden when there is no grant.
    """
    grants = sight.policy.grants(sight.actor, table.key, Action.READ)
    physical = table.sa
    joins = _Joins(table, sight, depth)
    wanted = [f.key for f in table.fields if f.key != "id" and (fields is None or f.key in fields)]
    shown = [key for key in wanted if any(g.shows(key) for g in grants)]
    columns = [physical.c.id, physical.c.version, *(_cell(key, grants, joins) for key in shown)]
    alive = physical.c.deleted_at.is_not(None) if deleted else physical.c.deleted_at.is_(None)
    rows = joins.rows(grants)
    return select(*columns).select_from(joins.source()).where(alive, rows).subquery(table.key)


class _Joins:
    """The linked records that a reading needs to look at, each joined once.

    PostgreSQL then chooses per query: it fetches the linked record of each of a few rows, or hashes all of them,
    with all cores. As a subquery in the condition it cannot use two cores, and every core hashes anew: a team
    lead's calls of a year took five times as long.
    """

    def __init__(self, table: Table, sight: Sight, depth: int) -> None:
        self.table, self.sight, self.depth = table, sight, depth
        self._linked: dict[str, Subquery] = {}

    def rows(self, grants: Sequence[Grant]) -> ColumnElement[bool]:
        return _rows(self.table, grants, Action.READ, self.sight, self._behind)

    def source(self) -> FromClause:
        found: FromClause = self.table.sa
        for key, linked in self._linked.items():
            found = found.outerjoin(linked, linked.c.id == self.table.sa.c[key])
        return found

    def _behind(self, key: str) -> ColumnElement[bool]:
        target = _link_target(self.table, key, self.sight, self.depth)
        if target is None:
            return false()
        if self.table.field(key).refers_to_many:
            return _linked(self.table, key, self.sight, self.depth)
        if key not in self._linked:
            seen = readable(target, self.sight, (), depth=self.depth + 1)
            self._linked[key] = select(seen.c.id).subquery(f"behind_{key}")
        return self._linked[key].c.id.is_not(None)


def permitted(table: Table, sight: Sight, action: Action) -> ColumnElement[bool]:
    """The rows on which the actor may do `action`, as a condition on the physical table.

    Raises Forbidden when there is no grant at all.
    """
    grants = sight.policy.grants(sight.actor, table.key, action)
    return _rows(table, grants, action, sight, lambda key: _linked(table, key, sight, 0))


def narrowed(table: Table, sight: Sight, action: Action, source: Subquery) -> ColumnElement[bool] | None:
    """The rows of `source` on which the actor may do `action` too; None = all of them, for reading says so already.

    Raises Forbidden when there is no grant at all.
    """
    rule = sight.policy.rule(sight.actor, table, action)
    if rule in (rules.EVERYTHING, sight.policy.rule(sight.actor, table, Action.READ)):
        return None
    return source.c.id.in_(select(table.sa.c.id).where(rule_sql(rule, table, sight)))


def visible_fields(table: Table, sight: Sight) -> list[str]:
    """Keys of the fields the actor may see in at least some rows, in the table's order."""
    grants = sight.policy.grants(sight.actor, table.key, Action.READ)
    return [f.key for f in table.fields if any(g.shows(f.key) for g in grants)]


def masked_fields(table: Table, sight: Sight) -> set[str]:
    """Fields that are starred in at least some rows."""
    grants = sight.policy.grants(sight.actor, table.key, Action.READ)
    return {f.key for f in table.fields if any(f.key in g.mask for g in grants)}


def writable_fields(table: Table, sight: Sight, action: Action) -> set[str]:
    """Fields that some grant for `action` lets the actor write; none when there is no grant."""
    if not sight.policy.may(sight.actor, table.key, action):
        return set()
    grants = sight.policy.grants(sight.actor, table.key, action)
    mine = (f.key for f in table.fields if not f.is_automatic and f.key not in table.kept)
    return {key for key in mine if any(g.lets_write(key) for g in grants)}


def _cell(key: str, grants: Sequence[Grant], joins: _Joins) -> ColumnElement[Any]:
    table = joins.table
    column = table.sa.c[key]
    plain = [g for g in grants if g.shows(key) and key not in g.mask]
    starred = [g for g in grants if g.shows(key) and key in g.mask]
    if len(plain) == len(grants):
        return column
    branches: list[tuple[ColumnElement[bool], Any]] = []
    if plain:
        branches.append((joins.rows(plain), column))
    if starred:
        branches.append((joins.rows(starred), _masked(table, key)))
    if len(branches) == 1 and len(starred) == len(grants):
        return branches[0][1].label(key)
    return case(*branches, else_=None).label(key)


def _masked(table: Table, key: str) -> ColumnElement[Any]:
    kind, column = table.field(key).kind, table.sa.c[key]
    # A type that cannot be shown in part is not shown at all.
    return kind.mask(column) if isinstance(kind, Maskable) else case((false(), column), else_=None)


def rule_sql(rule: rules.Rule, table: Table, sight: Sight) -> ColumnElement[bool]:
    """A row rule as SQL over the physical table."""
    return _rule_sql(rule, table, sight, lambda key: _linked(table, key, sight, 0))


def _rows(
    table: Table, grants: Sequence[Grant], action: Action, sight: Sight, behind: Behind
) -> ColumnElement[bool]:
    rule = rules.any_of(*(g.rule(action, table.settings, sight.actor) for g in grants))
    return _rule_sql(rule, table, sight, behind)


def _rule_sql(rule: rules.Rule, table: Table, sight: Sight, behind: Behind) -> ColumnElement[bool]:
    physical = table.sa
    match rule:
        case rules.Everything():
            return true()
        case rules.Nothing():
            return false()
        case rules.Equals(field, value):
            return _column(physical, field) == value
        case rules.OneOf(field, values):
            return _column(physical, field) == any_(literal(sorted(values), ARRAY(BigInteger)))
        case rules.Missing(field):
            return _column(physical, field).is_(None)
        case rules.Linked(field):
            return behind(field)
        case rules.Where():
            condition = condition_from(rule.tree)
            if condition is None:
                return false()
            # A rule is written by the administrator about the row itself, whatever the actor may see of it.
            return condition_sql(condition, table, physical, sight, _no_links)
        case rules.AllOf(parts):
            return and_(*(_rule_sql(part, table, sight, behind) for part in parts))
        case rules.AnyOf(parts):
            return or_(*(_rule_sql(part, table, sight, behind) for part in parts))


def _link_target(table: Table, key: str, sight: Sight, depth: int) -> Table | None:
    """What the link leads to. A rule that leads too far, or to what the actor has no right to, covers nothing."""
    field = table.field(key)
    if depth >= MAX_LINK_DEPTH or field.target is None:
        return None
    target = sight.catalog.tables.get(field.target)
    if target is None or not sight.policy.may(sight.actor, target.key, Action.READ):
        return None
    return target


def _linked(table: Table, key: str, sight: Sight, depth: int) -> ColumnElement[bool]:
    """The record behind a link is itself readable: for conditions on a few rows, which need no join."""
    target = _link_target(table, key, sight, depth)
    if target is None:
        return false()
    seen = readable(target, sight, (), depth=depth + 1)
    column = table.sa.c[key]
    return (
        select(1).where(seen.c.id == (any_(column) if table.field(key).refers_to_many else column)).exists()
    )


def _no_links(*_: Any) -> ColumnElement[bool]:
    raise Invalid(say("权限规则里不能用跨表字段", "A rule of rights cannot look through links"))


def _column(physical: SaTable, key: str) -> ColumnElement[Any]:
    if key not in physical.c:
        raise Invalid(
            say(
                "权限规则引用了不存在的字段「{key}」",
                "A rule of rights names a missing field {key!r}",
                key=key,
            )
        )
    return physical.c[key]
