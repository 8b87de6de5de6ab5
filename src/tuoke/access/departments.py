"""Departments: a tree, changed under one lock so that it stays a tree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

from tuoke.access import audit
from tuoke.access.audit import By
from tuoke.access.version import change_org
from tuoke.kit.database import Connection, run_sql
from tuoke.kit.errors import Conflict, Invalid, NotFound
from tuoke.kit.words import Words, say

Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=80, pattern=r"^[^\x00-\x1f\x7f]*$"),
]


class NewDepartment(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    name: Name
    parent: int | None = None


class DepartmentChange(BaseModel):
    """Only what is named changes; `parent: null` makes it a root."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: Name | None = None
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class _Place:
    id: int
    name: str
    parent: int | None
    path: tuple[int, ...]


async def create_department(db: Connection, new: NewDepartment, by: By) -> int:
    """The id of the new department. Raises Invalid with the fault at its field."""
    await change_org(db)
    above = await _path_of_parent(db, new.parent)
    await _require_free_name(db, new.name, new.parent, None)
    found = await run_sql(
        db,
        "insert into tuoke.department (name, parent, path) values ($1, $2::bigint, '{}') returning id",
        new.name,
        new.parent,
    )
    made: int = found.scalar_one()
    await run_sql(db, "update tuoke.department set path = $2::bigint[] where id = $1", made, [*above, made])
    await audit.note(db, by, audit.DEPARTMENT_CREATED, department=made, name=new.name, parent=new.parent)
    return made


async def change_department(db: Connection, department: int, change: DepartmentChange, by: By) -> None:
    """Rename it or move it with all below. Raises NotFound, or Invalid when it would lie below itself."""
    await change_org(db)
    old = await _place(db, department)
    name = change.name or old.name
    parent = change.parent if "parent" in change.model_fields_set else old.parent
    await _require_free_name(db, name, parent, department)
    if parent != old.parent:
        await _move(db, old, parent)
    await run_sql(db, "update tuoke.department set name = $2 where id = $1", department, name)
    await audit.note(
        db,
        by,
        audit.DEPARTMENT_CHANGED,
        department=department,
        name=[old.name, name],
        parent=[old.parent, parent],
    )


async def archive_department(db: Connection, department: int, by: By) -> None:
    """Take it out of use. Raises NotFound, or Conflict while departments or users are in it."""
    await change_org(db)
    old = await _place(db, department)
    users, below = (await run_sql(db, _IN_USE, department)).one()
    if users or below:
        raise Conflict(
            say(
                "部门里还有 {users} 名用户和 {below} 个下级部门，请先移走",
                "{users} users and {below} departments are still in it; move them first",
                users=users,
                below=below,
            ),
            users=users,
            departments=below,
        )
    await run_sql(db, "update tuoke.department set archived_at = now() where id = $1", department)
    await audit.note(db, by, audit.DEPARTMENT_ARCHIVED, department=department, name=old.name)


async def require_department(db: Connection, department: int | None, *, field: str) -> None:
    """Raises Invalid, with the fault at `field`, when there is no such department in use."""
    if department is not None:
        await _path_of_parent(db, department, field=field)


_IN_USE = """
select (select count(*) from tuoke.user_account where department = $1::bigint and active and archived_at is null),
       (select count(*) from tuoke.department where parent = $1 and archived_at is null)
"""


async def _move(db: Connection, old: _Place, parent: int | None) -> None:
    above = await _path_of_parent(db, parent)
    if old.id in above:
        raise _wrong(
            "parent",
            say("部门不能放到自己或自己的下级之下", "A department cannot lie below itself or one below it"),
        )
    await run_sql(db, "update tuoke.department set parent = $2::bigint where id = $1", old.id, parent)
    await run_sql(
        db,
        "update tuoke.department set path = $2::bigint[] || path[$3::int:] where path @> array[$1::bigint]",
        old.id,
        list(above),
        len(old.path),
    )


async def _place(db: Connection, department: int) -> _Place:
    found = await run_sql(
        db,
        "select id, name, parent, path from tuoke.department where id = $1 and archived_at is null",
        department,
    )
    row = found.one_or_none()
    if row is None:
        raise NotFound(say("没有这个部门", "There is no such department"), department=department)
    return _Place(row[0], row[1], row[2], tuple(row[3]))


async def _path_of_parent(db: Connection, parent: int | None, *, field: str = "parent") -> tuple[int, ...]:
    if parent is None:
        return ()
    try:
        return (await _place(db, parent)).path
    except NotFound as error:
        raise _wrong(field, error.detail) from error


async def _require_free_name(db: Connection, name: str, parent: int | None, but: int | None) -> None:
    found = await run_sql(
        db,
        "select id from tuoke.department where lower(name) = lower($1) and parent is not distinct from $2::bigint"
        " and archived_at is null and id is distinct from $3::bigint",
        name,
        parent,
        but,
    )
    if found.first() is not None:
        raise _wrong("name", say("同一上级下已有「{name}」", "There is already a {name!r} here", name=name))


def _wrong(field: str, fault: Words) -> Invalid:
    return Invalid(fault, fields={field: fault})
