"""Roles as people and app files write them, and how they are kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from tuoke.access.policy import EVERY_TABLE, Action, Grant, Role
from tuoke.access.scopes import Scope, scope_of
from tuoke.kit.database import Connection, run_sql
from tuoke.kit.errors import Invalid
from tuoke.kit.faults import faults_of
from tuoke.kit.words import say
from tuoke.schema.model import KEY, Label

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
    """claim, return, assign, transfer, import, export."""
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
    found = await run_sql(
        db, "select key, label::text, superuser, grants::text, source from tuoke.role order by key"
    )
    return [
        (
            RoleDefinition(
                key=key,
                label=Label(**orjson.loads(label)),
                superuser=superuser,
                grants=[GrantDefinition.model_validate(grant) for grant in orjson.loads(grants)],
            ),
            source,
        )
        for key, label, superuser, grants, source in found
    ]


async def load_roles(db: Connection) -> list[Role]:
    """Every role of the workspace, ready for `Policy`."""
    return [definition.as_role(source) for definition, source in await stored_roles(db)]
