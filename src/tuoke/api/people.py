"""Users, departments and roles."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from tuoke.access import departments, one_time, people, roles
from tuoke.access.departments import DepartmentChange, NewDepartment
from tuoke.access.org import Org, load_org
from tuoke.access.people import NewUser, User, UserChange
from tuoke.access.roles import RoleDefinition
from tuoke.api.door import Door, enter, enter_as_administrator
from tuoke.kit.database import Connection

router = APIRouter(tags=["people"])

Known = Annotated[Door, Depends(enter)]
Administrator = Annotated[Door, Depends(enter_as_administrator)]


class UserAnswer(BaseModel):
    """What stands from `email` on is for administrators."""

    id: int
    name: str
    department: int | None
    active: bool
    email: str | None = None
    roles: list[str] | None = None
    language: str | None = None
    must_change_password: bool | None = None
    created_at: datetime | None = None
    last_login_at: datetime | None = None


class UserMade(UserAnswer):
    password: str | None = None
    """The one-time password, when none was given; shown this once."""


class UserList(BaseModel):
    users: list[UserAnswer]


class OneTimePassword(BaseModel):
    password: str
    """Shown this once."""


class UserChangeWithId(UserChange):
    id: int


@router.get("/users", response_model_exclude_unset=True)
async def list_users(door: Known) -> UserList:
    """Everybody who is not archived, by id."""
    if not door.is_administrator:
        return UserList(users=_colleagues(door.org))
    async with door.begin() as db:
        return UserList(users=[_user(one) for one in await people.list_users(db)])


@router.post("/users", status_code=201, response_model_exclude_unset=True)
async def create_user(body: NewUser, door: Administrator) -> UserMade:
    """A new user; without a password he gets a one-time password, which is in the answer."""
    async with door.begin() as db:
        made, once = await people.create_user(db, body, door.by, door.now)
        user = await people.read_user(db, made)
    return UserMade(**asdict(user)) if once is None else UserMade(**asdict(user), password=once)


@router.get("/users/{user}", response_model_exclude_unset=True)
async def read_user(user: int, door: Administrator) -> UserAnswer:
    """One user, with roles and department."""
    async with door.begin() as db:
        return _user(await people.read_user(db, user))


@router.patch("/users/{user}", response_model_exclude_unset=True)
async def change_user(user: int, body: UserChange, door: Administrator) -> UserAnswer:
    """Change what is named. `active: false` ends all his sessions."""
    async with door.begin() as db:
        await people.change_user(db, user, body, door.by, door.now)
        return _user(await people.read_user(db, user))


@router.patch("/users", response_model_exclude_unset=True)
async def change_user_by_id(body: UserChangeWithId, door: Administrator) -> UserAnswer:
    """The same with the id in the body."""
    named = body.model_dump(exclude={"id"}, exclude_unset=True)
    return await change_user(body.id, UserChange(**named), door)


@router.delete("/users/{user}", status_code=204)
async def archive_user(user: int, door: Administrator) -> None:
    """He can no longer log in and stands in no list of users; records go on naming him."""
    async with door.begin() as db:
        await people.archive_user(db, user, door.by, door.now)


@router.post("/users/{user}/reset")
async def reset_password(user: int, door: Administrator) -> OneTimePassword:
    """A one-time password for somebody who forgot his; all his sessions end."""
    async with door.begin() as db:
        return OneTimePassword(password=await one_time.reset_password(db, user, door.by, door.now))


class DepartmentAnswer(BaseModel):
    id: int
    name: str
    parent: int | None
    path: list[int]
    """From the root down to this department itself."""


class DepartmentList(BaseModel):
    departments: list[DepartmentAnswer]


@router.get("/departments")
async def list_departments(door: Known) -> DepartmentList:
    """The tree as a list, every department after the one above it."""
    return DepartmentList(departments=_departments(door.org))


@router.post("/departments", status_code=201)
async def create_department(body: NewDepartment, door: Administrator) -> DepartmentAnswer:
    """A new department."""
    async with door.begin() as db:
        made = await departments.create_department(db, body, door.by)
        return await _department(db, made)


@router.patch("/departments/{department}")
async def change_department(department: int, body: DepartmentChange, door: Administrator) -> DepartmentAnswer:
    """Rename it, or move it with everything below."""
    async with door.begin() as db:
        await departments.change_department(db, department, body, door.by)
        return await _department(db, department)


@router.delete("/departments/{department}", status_code=204)
async def archive_department(department: int, door: Administrator) -> None:
    """Take an empty department out of use."""
    async with door.begin() as db:
        await departments.archive_department(db, department, door.by)


class RoleAnswer(BaseModel):
    """What stands from `superuser` on is for administrators."""

    key: str
    label: dict[str, str]
    superuser: bool | None = None
    grants: list[dict[str, Any]] | None = None
    source: str | None = None


class RoleList(BaseModel):
    roles: list[RoleAnswer]


@router.get("/roles", response_model_exclude_unset=True)
async def list_roles(door: Known) -> RoleList:
    """The roles a user can have."""
    if not door.is_administrator:
        known = door.org.roles.values()
        return RoleList(roles=[RoleAnswer(key=one.key, label=one.label.model_dump()) for one in known])
    async with door.begin() as db:
        stored = await roles.stored_roles(db)
    return RoleList(roles=[_role(definition, source) for definition, source in stored])


@router.post("/roles", status_code=201)
async def put_role(body: dict[str, Any], door: Administrator) -> RoleAnswer:
    """Make a role, or replace the one with this key."""
    return await _put(roles.role_from(body), door)


@router.patch("/roles/{key}")
async def change_role(key: str, body: dict[str, Any], door: Administrator) -> RoleAnswer:
    """Change what is named: `label`, `superuser`, `grants` (all of them)."""
    async with door.begin() as db:
        old, _ = await roles.read_role(db, key)
    return await _put(roles.role_from({**old.written(), **body, "key": key}), door)


@router.delete("/roles/{key}", status_code=204)
async def delete_role(key: str, door: Administrator) -> None:
    """Only a role nobody has."""
    async with door.begin() as db:
        await roles.delete_role(db, key, door.by)


async def _put(role: RoleDefinition, door: Door) -> RoleAnswer:
    roles.require_known(role, door.catalog)
    async with door.begin() as db:
        await roles.put_role(db, role, door.by)
        return _role(*await roles.read_role(db, role.key))


def _user(user: User) -> UserAnswer:
    return UserAnswer(**asdict(user))


def _colleagues(org: Org) -> list[UserAnswer]:
    return [
        UserAnswer(id=one.id, name=one.name, department=one.department, active=one.is_active)
        for one in org.people.values()
        if not one.is_archived
    ]


def _departments(org: Org) -> list[DepartmentAnswer]:
    return [
        DepartmentAnswer(id=one.id, name=one.name, parent=one.parent, path=list(one.path))
        for one in org.departments.values()
        if not one.is_archived
    ]


async def _department(db: Connection, department: int) -> DepartmentAnswer:
    one = (await load_org(db)).department(department)
    return DepartmentAnswer(id=one.id, name=one.name, parent=one.parent, path=list(one.path))


def _role(definition: RoleDefinition, source: str) -> RoleAnswer:
    return RoleAnswer(**definition.written(), source=source)
