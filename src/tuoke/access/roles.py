"""Roles as people and app files write them, and how they are kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from tuoke.access import audit
from tuoke.access.administrators import has_active_administrator, require_one_left
from tuoke.access.audit import By
from tuoke.access.policy import EVERY_TABLE, Action, Grant, Role
from tuoke.access.scopes import Scope, scope_of
from tuoke.access.version import change_org
from tuoke.kit.database import Connection, run_sql
from tuoke.kit.errors import Conflict, Invalid, NotFound
from tuoke.kit.faults import faults_of
from tuoke.kit.jsontext import to_json
from tuoke.kit.words import Words, say
from tuoke.schema.field_type import Maskable
from tuoke.schema.model import KEY, Catalog, Label

ADMINISTRATOR = "admin"
"""The role that comes with the product: its grants may change, its power may not."""

_BASIC = (Action.READ, Action.CREATE, Action.UPDATE, Action.DELETE)
_SPECIAL = tuple(action for action in Action if action not in _BASIC)


class GrantDefinition(BaseModel):
    """One entry of a role. Scopes: see `access.scopes.scope_of`."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    tables: list[str] = Field(min_length=1)
    """Keys of tables, or `*` for every table."""
    read: list[Any] = []
    create: list[Any] = []
    """The new record must be in one of these scopes after the write."""
    update: list[Any] = []
    delete: list[Any] = []
    actions: dict[str, list[Any]] = {}
    """claim, return, assign, transfer, convert, import, export, share."""
    hide: list[str] = []
    mask: list[str] = []
    read_only: list[str] = []

    @field_validator("tables")
    @classmethod
    def _keys(cls, tables: list[str]) -> list[str]:
        for key in tables:
            if key != EVERY_TABLE and not KEY.fullmatch(key):
                raise ValueError(f"{key!r} is not the key of a table")
        return tables

    @field_validator("read", "create", "update", "delete")
    @classmethod
    def _scopes(cls, scopes: list[Any]) -> list[Any]:
        _parsed(scopes)
        return scopes

    @field_validator("actions")
    @classmethod
    def _actions(cls, actions: dict[str, list[Any]]) -> dict[str, list[Any]]:
        for action, scopes in actions.items():
            if action not in _SPECIAL:
                raise ValueError(f"unknown action {action!r}; known: {', '.join(_SPECIAL)}")
            _parsed(scopes)
        return actions

    def as_grant(self, role: str) -> Grant:
        return Grant(
            role=role,
            tables=frozenset(self.tables),
            scopes=self._granted(),
            hide=frozenset(self.hide),
            mask=frozenset(self.mask),
            read_only=frozenset(self.read_only),
        )

    def _granted(self) -> Mapping[Action, tuple[Scope, ...]]:
        basic: dict[str, list[Any]] = {action.value: getattr(self, action.value) for action in _BASIC}
        return {Action(key): _parsed(scopes) for key, scopes in {**basic, **self.actions}.items() if scopes}


def _parsed(scopes: list[Any]) -> tuple[Scope, ...]:
    try:
        return tuple(scope_of(scope) for scope in scopes)
    except Invalid as error:
        # Pydantic only gathers ValueErrors.
        raise ValueError(str(error)) from error


class RoleDefinition(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    key: str = Field(pattern=f"^{KEY.pattern}$")
    label: Label
    superuser: bool = False
    grants: list[GrantDefinition] = Field(default=[], max_length=200)

    def as_role(self, source: str = "user") -> Role:
        grants = tuple(grant.as_grant(self.key) for grant in self.grants)
        return Role(self.key, self.label, self.superuser, grants, source)

    def written(self) -> dict[str, Any]:
        """As short as it can be written: what is empty is left out."""
        return {
            "key": self.key,
            "label": self.label.model_dump(),
            "superuser": self.superuser,
            "grants": [grant.model_dump(exclude_defaults=True) for grant in self.grants],
        }


def role_from(written: Any) -> RoleDefinition:
    """Raises Invalid with all faults at once."""
    try:
        return RoleDefinition.model_validate(written)
    except ValidationError as error:
        raise Invalid(say("角色定义有误", "The role is not defined well"), fields=faults_of(error)) from error


async def stored_roles(db: Connection) -> list[tuple[RoleDefinition, str]]:
    """Every role with its source, by key."""
    found = await run_sql(db, "select key, label, superuser, grants, source from tuoke.role order by key")
    return [
        (
            RoleDefinition(
                key=key,
                label=Label(**label),
                superuser=superuser,
                grants=[GrantDefinition.model_validate(grant) for grant in grants],
            ),
            source,
        )
        for key, label, superuser, grants, source in found
    ]


async def read_role(db: Connection, key: str) -> tuple[RoleDefinition, str]:
    """One role with its source. Raises NotFound."""
    for definition, source in await stored_roles(db):
        if definition.key == key:
            return definition, source
    raise NotFound(say("没有这个角色", "There is no such role"), role=key)


async def load_roles(db: Connection) -> list[Role]:
    """Every role of the workspace, ready for `Policy`."""
    return [definition.as_role(source) for definition, source in await stored_roles(db)]


_PUT = """
insert into tuoke.role (key, label, superuser, grants, source) values ($1, $2::text::jsonb, $3, $4::text::jsonb, $5)
on conflict (key) do update set label = excluded.label, superuser = excluded.superuser,
  grants = excluded.grants, source = excluded.source, updated_at = now()
"""


async def put_role(db: Connection, role: RoleDefinition, by: By, *, source: str = "user") -> None:
    """Make the role, or replace the one with its key. Raises Invalid, Conflict."""
    if role.key == ADMINISTRATOR and not role.superuser:
        fault = say("管理员角色必须拥有全部权限", "The administrator's role must keep all rights")
        raise Invalid(fault, fields={"superuser": fault})
    await change_org(db)
    guarded = await has_active_administrator(db)
    written = role.written()
    await run_sql(
        db, _PUT, role.key, to_json(written["label"]), role.superuser, to_json(written["grants"]), source
    )
    if guarded:
        await require_one_left(db)
    await audit.note(db, by, audit.ROLE_PUT, **written)


async def delete_role(db: Connection, key: str, by: By) -> None:
    """Raises NotFound, or Conflict while somebody has the role."""
    await change_org(db)
    holders: int = (
        await run_sql(db, "select count(*) from tuoke.user_role where role = $1", key)
    ).scalar_one()
    if holders or key == ADMINISTRATOR:
        raise Conflict(
            say("还有 {n} 人使用这个角色", "{n} people still have this role", n=holders), users=holders
        )
    found = await run_sql(db, "delete from tuoke.role where key = $1 returning key", key)
    if found.one_or_none() is None:
        raise NotFound(say("没有这个角色", "There is no such role"), role=key)
    await audit.note(db, by, audit.ROLE_DELETED, key=key)


def require_known(role: RoleDefinition, catalog: Catalog) -> None:
    """Raises Invalid when a grant names a table or field that is not there.

    A mistyped table grants nothing, which is safe; a mistyped field in `hide` would show what was to be hidden.
    """
    faults: dict[str, Words] = {}
    for place, grant in enumerate(role.grants):
        for name, fault in _unknown_in(grant, catalog).items():
            faults[f"grants.{place}.{name}"] = fault
    if faults:
        raise Invalid(say("角色定义有误", "The role is not defined well"), fields=faults)


def _unknown_in(grant: GrantDefinition, catalog: Catalog) -> dict[str, Words]:
    faults: dict[str, Words] = {}
    missing = [key for key in grant.tables if key != EVERY_TABLE and key not in catalog.tables]
    if missing:
        faults["tables"] = say("没有表「{keys}」", "There is no table {keys}", keys=", ".join(missing))
    named = list(catalog) if EVERY_TABLE in grant.tables else [t for t in catalog if t.key in grant.tables]
    known = {field.key: field for table in named for field in table.fields}
    for name in ("hide", "mask", "read_only"):
        strange = [key for key in getattr(grant, name) if key not in known]
        if strange:
            faults[name] = say("没有字段「{keys}」", "There is no field {keys}", keys=", ".join(strange))
    bare = [key for key in grant.mask if key in known and not isinstance(known[key].kind, Maskable)]
    if bare:
        faults.setdefault(
            "mask",
            say("字段「{keys}」不能脱敏显示", "Fields {keys} cannot be masked", keys=", ".join(bare)),
        )
    return faults
