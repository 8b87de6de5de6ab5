"""Views people save: filter, order and columns under a name, kept to oneself or shared.

A view is a question, never an answer: whoever opens it asks with his own rights. What it names and he may not see
is left out and counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tuoke.access.policy import Action
from tuoke.access.scopes import Reach
from tuoke.access.sight import Sight
from tuoke.kit.database import Connection, run_sql
from tuoke.kit.errors import Conflict, Forbidden, Invalid, NotFound
from tuoke.kit.jsontext import to_json
from tuoke.kit.words import say
from tuoke.query.ast import condition_from, sort_from
from tuoke.query.usable import Usable, sort_text, tree_of
from tuoke.schema.model import Table

PREFIX = "saved-"
"""Of the key by which an address names a saved view; a key with a hyphen can be no shipped view's."""
MOST = 200
"""Views of one table that one person may keep."""


@dataclass(frozen=True, slots=True)
class Audience:
    """With whom a view is shared, besides its owner."""

    everyone: bool = False
    departments: frozenset[int] = frozenset()
    """With those below them."""
    roles: frozenset[str] = frozenset()

    @property
    def is_empty(self) -> bool:
        return not (self.everyone or self.departments or self.roles)

    def includes(self, sight: Sight) -> bool:
        actor = sight.actor
        if self.everyone or self.roles & actor.roles:
            return True
        if actor.department is None:
            return False
        return not self.departments.isdisjoint(sight.org.department(actor.department).path)


@dataclass(frozen=True, slots=True)
class Look:
    """What a view says."""

    name: str
    filter: Any = None
    sort: str = ""
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SavedView:
    id: int
    look: Look
    owner: int
    audience: Audience
    version: int
    updated_at: datetime
    updated_by: int

    @property
    def key(self) -> str:
        return f"{PREFIX}{self.id}"


@dataclass(frozen=True, slots=True)
class Sharing:
    """With whom a person may share views of a table."""

    everybody: bool
    departments: frozenset[int]


def sharing(table: Table, sight: Sight) -> Sharing:
    """By the scopes of the right `share`: `department_below` is one's own department and those below it."""
    policy, actor = sight.policy, sight.actor
    if not policy.may(actor, table.key, Action.SHARE):
        return Sharing(False, frozenset())
    scopes = {s for g in policy.grants(actor, table.key, Action.SHARE) for s in g.scopes[Action.SHARE]}
    if Reach.ALL in scopes:
        living = (d.id for d in sight.org.departments.values() if not d.is_archived)
        return Sharing(True, frozenset(living))
    found: set[int] = set()
    if actor.department is not None and Reach.DEPARTMENT in scopes:
        found.add(actor.department)
    if Reach.DEPARTMENT_BELOW in scopes:
        found |= actor.departments_below
    return Sharing(False, frozenset(found))


def may_edit(view: SavedView, table: Table, sight: Sight) -> bool:
    """Its owner, and whoever could share it as it is shared."""
    if view.owner == sight.actor.user_id:
        return True
    return not view.audience.is_empty and _may_share(view.audience, sharing(table, sight))


def _may_share(audience: Audience, may: Sharing) -> bool:
    if may.everybody:
        return True
    return not audience.everyone and not audience.roles and audience.departments <= may.departments


async def list_views(db: Connection, table: Table, sight: Sight) -> list[SavedView]:
    """One's own, and those shared with one, in the order of their names. Raises Forbidden without reading."""
    sight.policy.grants(sight.actor, table.key, Action.READ)
    rows = await run_sql(db, f"{_SELECT} where v.table_id = $1 order by v.name, v.id", table.id)
    found = (_view(row) for row in rows)
    return [view for view in found if _is_mine(view, table, sight)]


def _is_mine(view: SavedView, table: Table, sight: Sight) -> bool:
    mine = view.owner == sight.actor.user_id
    return mine or view.audience.includes(sight) or may_edit(view, table, sight)


def seen_by(view: SavedView, table: Table, sight: Sight) -> tuple[Look, Mapping[str, int]]:
    """The view as far as it works for this person, and how much of it was left out."""
    usable = Usable(table, sight)
    look = Look(
        view.look.name,
        tree_of(usable.condition(condition_from(view.look.filter))),
        sort_text(usable.orders(sort_from(view.look.sort))),
        tuple(usable.columns(view.look.columns)),
    )
    return look, usable.skipped


async def add_view(db: Connection, table: Table, sight: Sight, look: Look, audience: Audience) -> int:
    """Its id. Raises Invalid for a look that cannot be asked for, Forbidden for an audience one has no right to."""
    _check(table, sight, look, Look(""))
    _check_audience(table, sight, audience, Audience())
    held = await run_sql(
        db,
        "select count(*) from tuoke.saved_view where table_id = $1 and owner = $2",
        table.id,
        sight.actor.user_id,
    )
    if held.scalar_one() >= MOST:
        raise Conflict(say("一张表最多保存 {n} 个视图", "At most {n} views of one table", n=MOST))
    made = await run_sql(
        db,
        "insert into tuoke.saved_view (table_id, owner, updated_by, name, filter, sort, columns, everyone,"
        " departments, roles) values ($1, $2, $2, $3, $4::text::jsonb, $5, $6, $7, $8, $9) returning id",
        table.id,
        sight.actor.user_id,
        *_stored(look, audience),
    )
    return int(made.scalar_one())


async def change_view(
    db: Connection, table: Table, sight: Sight, id: int, change: Mapping[str, Any], version: int | None
) -> None:
    """Change what `change` names of `name`, `filter`, `sort`, `columns`, `audience`.

    Raises NotFound for views that are none of his, Forbidden for those he may only use, Conflict when somebody
    changed it since `version`.
    """
    view = await _lock(db, table, sight, id)
    if version is not None and version != view.version:
        raise Conflict(
            say(
                "「{name}」刚被{who}改过，请刷新后再改",
                "{name} was just changed by {who}; look at it again first",
                name=view.look.name,
                who=sight.org.person(view.updated_by).name,
            ),
            view=id,
            version=view.version,
        )
    old = view.look
    look = Look(
        change.get("name", old.name),
        change.get("filter", old.filter),
        change.get("sort", old.sort),
        tuple(change.get("columns", old.columns)),
    )
    _check(table, sight, look, old)
    audience: Audience = change.get("audience", view.audience)
    _check_audience(table, sight, audience, view.audience)
    await run_sql(
        db,
        "update tuoke.saved_view set name = $3, filter = $4::text::jsonb, sort = $5, columns = $6, everyone = $7,"
        " departments = $8, roles = $9, version = version + 1, updated_at = now(), updated_by = $2 where id = $1",
        id,
        sight.actor.user_id,
        *_stored(look, audience),
    )


async def delete_view(db: Connection, table: Table, sight: Sight, id: int) -> None:
    """For all who use it. Raises as `change_view` does."""
    await _lock(db, table, sight, id)
    await run_sql(db, "delete from tuoke.saved_view where id = $1", id)
    await run_sql(
        db, "delete from tuoke.default_view where table_id = $1 and view = $2", table.id, f"{PREFIX}{id}"
    )


async def read_view(db: Connection, table: Table, sight: Sight, id: int) -> SavedView:
    """Raises NotFound for views that are none of his."""
    found = next((view for view in await list_views(db, table, sight) if view.id == id), None)
    if found is None:
        raise _no_such_view()
    return found


async def default_view(db: Connection, table: Table, user: int) -> str | None:
    """Key of the view the person's list opens with."""
    found = await run_sql(
        db, "select view from tuoke.default_view where user_id = $1 and table_id = $2", user, table.id
    )
    return found.scalar_one_or_none()


async def choose_default(db: Connection, table: Table, sight: Sight, key: str | None) -> None:
    """None = as the table is shipped. Raises NotFound for a view that is none of his."""
    user = sight.actor.user_id
    if key is None:
        await run_sql(
            db, "delete from tuoke.default_view where user_id = $1 and table_id = $2", user, table.id
        )
        return
    views = await list_views(db, table, sight)
    shipped = {str(view.get("key")) for view in table.settings.views} | {"all", "pool"}
    if key not in shipped and key not in {view.key for view in views}:
        raise _no_such_view()
    await run_sql(
        db,
        "insert into tuoke.default_view (user_id, table_id, view) values ($1, $2, $3)"
        " on conflict (user_id, table_id) do update set view = excluded.view",
        user,
        table.id,
        key,
    )


_SELECT = (
    "select v.id, v.name, v.filter, v.sort, v.columns, v.owner, v.everyone, v.departments, v.roles, v.version,"
    " v.updated_at, v.updated_by from tuoke.saved_view v"
)


def _view(row: Any) -> SavedView:
    id, name, filter, sort, columns, owner, everyone, departments, roles, version, at, by = row
    audience = Audience(everyone, frozenset(departments), frozenset(roles))
    return SavedView(id, Look(name, filter, sort, tuple(columns)), owner, audience, version, at, by)


async def _lock(db: Connection, table: Table, sight: Sight, id: int) -> SavedView:
    sight.policy.grants(sight.actor, table.key, Action.READ)
    row = (
        await run_sql(db, f"{_SELECT} where v.id = $1 and v.table_id = $2 for update", id, table.id)
    ).first()
    view = None if row is None else _view(row)
    if view is None or not _is_mine(view, table, sight):
        raise _no_such_view()
    if not may_edit(view, table, sight):
        raise Forbidden(
            say(
                "这个视图是别人共享的，您可以使用但不能修改",
                "Somebody shared this view with you; you may use it but not change it",
            ),
            view=id,
        )
    return view


def _check(table: Table, sight: Sight, look: Look, old: Look) -> None:
    """What is new must work for whoever writes it; what stood there before may have lost its fields since."""
    usable = Usable(table, sight)
    if look.columns != old.columns:
        usable.columns(look.columns)
    if look.sort != old.sort:
        usable.orders(sort_from(look.sort))
    if look.filter != old.filter:
        usable.condition(condition_from(look.filter))
    if any(usable.skipped.values()):
        raise Invalid(
            say(
                "视图里有不存在或您看不到的字段",
                "The view names fields that are not there, or that you may not see",
            ),
            skipped=usable.skipped,
        )


def _check_audience(table: Table, sight: Sight, audience: Audience, old: Audience) -> None:
    if audience == old or audience.is_empty:
        return
    if not _may_share(audience, sharing(table, sight)):
        raise Forbidden(
            say("您没有权限把视图共享给这些人", "You may not share a view with these people"),
            table=table.key,
            action=Action.SHARE.value,
        )
    _require_known(audience.departments, sight.org.departments, audience.roles, sight.org.roles)


def _require_known(
    departments: Iterable[int], living: Mapping[int, Any], roles: Iterable[str], known: Mapping[str, Any]
) -> None:
    if any(one not in living for one in departments) or any(one not in known for one in roles):
        raise Invalid(say("没有这个部门或角色", "There is no such department or role"))


def _stored(look: Look, audience: Audience) -> tuple[Any, ...]:
    return (
        look.name,
        None if look.filter is None else to_json(look.filter),
        look.sort,
        list(look.columns),
        audience.everyone,
        sorted(audience.departments),
        sorted(audience.roles),
    )


def _no_such_view() -> NotFound:
    return NotFound(say("没有这个视图", "There is no such view"))
