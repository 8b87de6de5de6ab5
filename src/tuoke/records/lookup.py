"""Whom or what a name means: people, departments and records as the asker may see them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import ARRAY, Text, any_, cast, literal, select

from tuoke.access.org import Department
from tuoke.access.policy import Action
from tuoke.access.sight import Sight
from tuoke.kit.database import Connection
from tuoke.kit.texts import same_name
from tuoke.query.secure import readable
from tuoke.schema.model import Field

Named = dict[str, int | None]
"""Name as written -> id; None where several are called so. A name that nothing has is absent."""


async def look_up(db: Connection, sight: Sight, field: Field, names: Collection[str]) -> Named:
    """What each of `names` means in a reference field: people by name or e-mail, departments by name or path
    (`销售部/华东`), records by their title."""
    if not names:
        return {}
    match field.target:
        case "@user":
            return _among(names, _people(sight))
        case "@department":
            return _among(names, _departments(sight))
        case None | "@file":
            return {}
        case table:
            return await _records(db, sight, table, names)


def _among(names: Collection[str], known: Iterable[tuple[str, int]]) -> Named:
    ids: dict[str, set[int]] = {}
    for name, id in known:
        ids.setdefault(same_name(name), set()).add(id)
    found = {name: ids[same_name(name)] for name in names if same_name(name) in ids}
    return {name: next(iter(ids)) if len(ids) == 1 else None for name, ids in found.items()}


def _people(sight: Sight) -> Iterable[tuple[str, int]]:
    for person in sight.org.people.values():
        if person.is_active:
            yield person.name, person.id
            yield person.email, person.id


def _departments(sight: Sight) -> Iterable[tuple[str, int]]:
    for department in sight.org.departments.values():
        if department.is_archived:
            continue
        yield department.name, department.id
        for between in ("/", "-", ">"):
            yield between.join(_path(sight, department)), department.id


def _path(sight: Sight, department: Department) -> list[str]:
    return [sight.org.departments[id].name for id in department.path]


async def _records(db: Connection, sight: Sight, table_key: str, names: Collection[str]) -> Named:
    table = sight.catalog.tables.get(table_key)
    if table is None or not sight.policy.may(sight.actor, table_key, Action.READ):
        return {}
    title = table.settings.title
    source = readable(table, sight, {title} if title else set())
    if title is None or title not in source.c:
        return {}
    column = cast(source.c[title], Text)
    wanted = literal(sorted(names), ARRAY(Text))
    rows = await db.execute(select(column, source.c.id).where(column == any_(wanted)).order_by(source.c.id))
    found: Named = {}
    for name, id in rows:
        found[name] = None if name in found else id
    return found
