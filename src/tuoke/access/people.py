"""Users: made, changed and archived by administrators; never deleted, because records name them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, StringConstraints

from tuoke.access import audit, sessions
from tuoke.access.administrators import had_administrator, require_one_left
from tuoke.access.audit import By
from tuoke.access.departments import Name, require_department
from tuoke.access.one_time import keep_one_time, new_one_time
from tuoke.access.passwords import hashed, require_good
from tuoke.access.roles import ADMINISTRATOR
from tuoke.access.version import change_org
from tuoke.kit.clock import utc_now
from tuoke.kit.database import Connection, run_sql
from tuoke.kit.errors import Invalid, NotFound
from tuoke.kit.words import LANGUAGES, Language, Words, say

FIRST_EMAIL = "admin@tuoke.local"

Email = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True,
        to_lower=True,
        max_length=254,
        pattern=r"^[^@\s\x00-\x1f\x7f]+@[^@\s\x00-\x1f\x7f]+$",
    ),
]


class NewUser(BaseModel):
    """Without a password the user gets a one-time password, shown once."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    email: Email
    name: Name
    password: str | None = None
    roles: list[str] = []
    department: int | None = None
    language: Language = "zh"
    must_change_password: bool = False


class UserChange(BaseModel):
    """Only what is named changes."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    email: Email | None = None
    name: Name | None = None
    roles: list[str] | None = None
    department: int | None = None
    language: Language | None = None
    active: bool | None = None


@dataclass(frozen=True, slots=True)
class User:
    """A user as administrators see him."""

    id: int
    email: str
    name: str
    roles: tuple[str, ...]
    department: int | None
    active: bool
    language: str
    must_change_password: bool
    created_at: datetime
    last_login_at: datetime | None


_SELECT = """
select u.id, u.email, u.name, array(select r.role from tuoke.user_role r where r.user_id = u.id order by 1),
  u.department, u.active, u.language, u.must_change_password, u.created_at, u.last_login_at
from tuoke.user_account u where u.archived_at is null
"""


async def list_users(db: Connection) -> list[User]:
    """Everybody who is not archived, by id."""
    return [_user(row) for row in await run_sql(db, _SELECT + " order by u.id")]


async def read_user(db: Connection, user: int) -> User:
    """Raises NotFound."""
    row = (await run_sql(db, _SELECT + " and u.id = $1", user)).one_or_none()
    if row is None:
        raise NotFound(say("没有这个用户", "There is no such user"), user=user)
    return _user(row)


async def user_by_email(db: Connection, email: str) -> User:
    """Raises NotFound."""
    row = (await run_sql(db, _SELECT + " and lower(u.email) = lower($1)", email)).one_or_none()
    if row is None:
        raise NotFound(say("没有这个用户", "There is no such user"), email=email)
    return _user(row)


async def create_user(db: Connection, new: NewUser, by: By, now: datetime) -> tuple[int, str | None]:
    """The new user's id, and the one-time password when none was given. Raises Invalid."""
    if new.password is not None:
        require_good(new.password, new.email)
    # Hashing takes long and the lock below is everybody's: first the one, then the other.
    kept = None if new.password is None else await hashed(new.password)
    once = await new_one_time() if kept is None else None
    await change_org(db)
    await _require_fitting(db, new.email, new.department, new.roles, but=None)
    found = await run_sql(
        db,
        "insert into tuoke.user_account"
        " (email, name, password_hash, department, must_change_password, language, created_by, created_at)"
        " values ($1, $2, $3, $4::bigint, $5, $6, $7::bigint, $8::timestamptz) returning id",
        new.email,
        new.name,
        kept,
        new.department,
        new.must_change_password,
        new.language,
        by.user,
        now,
    )
    made: int = found.scalar_one()
    await _set_roles(db, made, new.roles)
    if once is not None:
        await keep_one_time(db, made, once, by, now)
    await audit.note(
        db,
        by,
        audit.USER_CREATED,
        user=made,
        email=new.email,
        roles=new.roles,
        department=new.department,
    )
    return made, None if once is None else once.shown


async def change_user(db: Connection, user: int, change: UserChange, by: By, now: datetime) -> None:
    """Raises NotFound, Invalid, or Conflict when no active administrator would be left."""
    await change_org(db)
    old = await read_user(db, user)
    new = _merged(old, change)
    await _require_fitting(db, new.email, new.department, list(new.roles), but=old)
    await run_sql(
        db,
        "update tuoke.user_account set email = $2, name = $3, department = $4::bigint, active = $5, language = $6"
        " where id = $1",
        user,
        new.email,
        new.name,
        new.department,
        new.active,
        new.language,
    )
    if new.roles != old.roles:
        await _set_roles(db, user, list(new.roles))
    if not new.active:
        await sessions.revoke_all(db, user, now)
    if _could_take_an_administrator_away(old, new):
        await require_one_left(db)
    await audit.note(db, by, audit.USER_CHANGED, user=user, changed=_difference(old, new))


async def archive_user(db: Connection, user: int, by: By, now: datetime) -> None:
    """He can no longer log in and stands in no list of users; records go on naming him. Raises as above."""
    await change_org(db)
    old = await read_user(db, user)
    await run_sql(
        db,
        "update tuoke.user_account set active = false, archived_at = $2::timestamptz where id = $1",
        user,
        now,
    )
    await sessions.revoke_all(db, user, now)
    await run_sql(
        db,
        "update tuoke.api_key set revoked_at = $2::timestamptz where user_id = $1 and revoked_at is null",
        user,
        now,
    )
    await require_one_left(db)
    await audit.note(db, by, audit.USER_ARCHIVED, user=user, email=old.email)


async def set_language(db: Connection, user: int, language: str) -> None:
    """The language of screens and messages; everybody chooses his own. Raises Invalid."""
    if language not in LANGUAGES:
        raise _wrong("language", say("没有这种语言", "There is no such language"))
    await change_org(db)
    await run_sql(db, "update tuoke.user_account set language = $2 where id = $1", user, language)


async def ensure_first_admin(db: Connection, password: str | None = None) -> str | None:
    """On a workspace that never had an administrator, make admin@tuoke.local.

    Without `password`: answers the one-time password, to be shown once. With it, or when there already is
    an administrator: None. Safe to call at every start, from several processes.
    """
    if await had_administrator(db):
        return None
    # Somebody may just be making one: look again under the lock.
    await change_org(db)
    if await had_administrator(db):
        return None
    first = NewUser(email=FIRST_EMAIL, name="管理员", password=password, roles=[ADMINISTRATOR])
    _, given = await create_user(db, first, By(), utc_now())
    return given


def _user(row: Any) -> User:
    return User(row[0], row[1], row[2], tuple(row[3]), *row[4:])


def _merged(old: User, change: UserChange) -> User:
    named: dict[str, Any] = change.model_dump(exclude_unset=True)
    # Only a department can be taken away; an explicit null elsewhere means "leave it".
    kept = {key: value for key, value in named.items() if value is not None or key == "department"}
    if change.roles is not None:
        kept["roles"] = tuple(sorted(set(change.roles)))
    return replace(old, **kept)


def _could_take_an_administrator_away(old: User, new: User) -> bool:
    return old.active and (not new.active or bool(set(old.roles) - set(new.roles)))


def _difference(old: User, new: User) -> dict[str, list[Any]]:
    both = {key: [getattr(old, key), getattr(new, key)] for key in User.__slots__}
    return {key: [before, after] for key, (before, after) in both.items() if before != after}


async def _require_fitting(
    db: Connection, email: str, department: int | None, roles: list[str], *, but: User | None
) -> None:
    faults: dict[str, Words] = {}
    if await _is_taken(db, email, but):
        faults["email"] = say("这个邮箱已有用户", "There is already a user with this e-mail address")
    unknown = await _unknown_roles(db, roles)
    if unknown:
        faults["roles"] = say("没有角色「{keys}」", "There is no role {keys}", keys=", ".join(unknown))
    if but is None or department != but.department:
        try:
            await require_department(db, department, field="department")
        except Invalid as error:
            faults.update(error.fields)
    if faults:
        raise Invalid(say("用户信息有误", "The user cannot be saved like this"), fields=faults)


async def _is_taken(db: Connection, email: str, but: User | None) -> bool:
    found = await run_sql(
        db,
        "select 1 from tuoke.user_account where lower(email) = lower($1) and archived_at is null"
        " and id is distinct from $2::bigint",
        email,
        None if but is None else but.id,
    )
    return found.first() is not None


async def _unknown_roles(db: Connection, roles: list[str]) -> list[str]:
    found = await run_sql(
        db,
        "select r from unnest($1::text[]) r where r not in (select key from tuoke.role) order by 1",
        roles,
    )
    return list(found.scalars())


async def _set_roles(db: Connection, user: int, roles: list[str]) -> None:
    await run_sql(db, "delete from tuoke.user_role where user_id = $1", user)
    await run_sql(
        db,
        "insert into tuoke.user_role (user_id, role) select distinct $1::bigint, r from unnest($2::text[]) r",
        user,
        roles,
    )


def _wrong(field: str, fault: Words) -> Invalid:
    return Invalid(fault, fields={field: fault})
