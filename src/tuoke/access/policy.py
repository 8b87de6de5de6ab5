"""What the roles allow: which rows and fields of a table, for which action. No grant means no access."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from tuoke.access.rules import Rule, any_of
from tuoke.access.scopes import Reach, Scope, scope_rule
from tuoke.kit.actor import Actor
from tuoke.kit.errors import Forbidden
from tuoke.kit.words import Words, say
from tuoke.schema.model import Label, Table, TableSettings

EVERY_TABLE = "*"


class Action(StrEnum):
    """What can be granted on the records of a table."""

    READ = "read"
    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"
    CLAIM = "claim"
    RETURN = "return"
    ASSIGN = "assign"
    TRANSFER = "transfer"
    CONVERT = "convert"
    IMPORT = "import"
    EXPORT = "export"
    SHARE = "share"
    """Views of the table, with the people of the departments the scopes mean; `all` is everybody."""


ACTION_WORDS: Mapping[Action, Words] = {
    Action.READ: say("查看", "read"),
    Action.CREATE: say("新建", "create"),
    Action.UPDATE: say("修改", "change"),
    Action.DELETE: say("删除", "delete"),
    Action.CLAIM: say("领取", "claim"),
    Action.RETURN: say("退回", "return"),
    Action.ASSIGN: say("分配", "assign"),
    Action.TRANSFER: say("转移", "transfer"),
    Action.CONVERT: say("转化", "convert"),
    Action.IMPORT: say("导入", "import"),
    Action.EXPORT: say("导出", "export"),
    Action.SHARE: say("共享", "share"),
}


@dataclass(frozen=True)
class Grant:
    """One entry of a role. Its fields hold on its own rows only: two grants never add up to a third."""

    role: str
    tables: frozenset[str]
    """Keys of tables, or `*` for every table."""
    scopes: Mapping[Action, tuple[Scope, ...]]
    """Per action, the rows it may be done to, OR-ed. An absent action is not granted."""
    hide: frozenset[str] = frozenset()
    """Fields that are not there on these rows."""
    mask: frozenset[str] = frozenset()
    """Fields of which only the field type's masked form is there."""
    read_only: frozenset[str] = frozenset()
    """Fields that may be read and not written."""

    def covers(self, table: str, action: Action) -> bool:
        named = table in self.tables or EVERY_TABLE in self.tables
        return named and bool(self.scopes.get(action))

    def rule(self, action: Action, settings: TableSettings, actor: Actor) -> Rule:
        """The rows of a table with these settings on which `actor` may do `action` by this grant."""
        return any_of(*(scope_rule(scope, settings, actor) for scope in self.scopes.get(action, ())))

    def shows(self, field_key: str) -> bool:
        """Whether the field is there at all; it may still be masked."""
        return field_key not in self.hide

    def lets_write(self, field_key: str) -> bool:
        # Who sees stars would write stars back: a masked field is never writable.
        return not (field_key in self.hide or field_key in self.mask or field_key in self.read_only)


@dataclass(frozen=True)
class Role:
    key: str
    label: Label
    superuser: bool = False
    """Everything in every table, and the administration of the workspace."""
    grants: tuple[Grant, ...] = ()
    source: str = "user"
    """`system`, `app` when shipped, `user` when the firm made it."""


@dataclass(frozen=True)
class Narrowing:
    """What an API key leaves of its user's rights. None = not narrowed in this respect."""

    tables: frozenset[str] | None = None
    actions: frozenset[Action] | None = None

    def lets(self, table: str, action: Action) -> bool:
        in_tables = self.tables is None or table in self.tables
        return in_tables and (self.actions is None or action in self.actions)

    @property
    def is_open(self) -> bool:
        return self.tables is None and self.actions is None


OPEN = Narrowing()


Asked: TypeAlias = tuple[frozenset[str], str, Action]
"""Roles, table, action."""


@dataclass(frozen=True)
class Policy:
    """All roles of the workspace, as one request sees them."""

    roles: Mapping[str, Role]
    narrowing: Narrowing = OPEN
    _found: dict[Asked, tuple[Grant, ...]] = field(
        default_factory=dict[Asked, tuple[Grant, ...]], repr=False, compare=False
    )

    @staticmethod
    def of(roles: Iterable[Role]) -> Policy:
        return Policy({role.key: role for role in roles})

    def narrowed(self, narrowing: Narrowing) -> Policy:
        """The same roles through an API key that may do less."""
        return self if narrowing.is_open else Policy(self.roles, narrowing)

    def grants(self, actor: Actor, table: str, action: Action | str) -> tuple[Grant, ...]:
        """The grants that let `actor` do `action` in `table`; raises Forbidden when there is none."""
        wanted = Action(action)
        found = self._grants(actor.roles, table, wanted)
        if not found:
            raise Forbidden(
                say(
                    "您没有{what_zh}「{table}」的权限",
                    "You may not {what_en} records of {table!r}",
                    what_zh=ACTION_WORDS[wanted].zh,
                    what_en=ACTION_WORDS[wanted].en,
                    table=table,
                ),
                table=table,
                action=wanted.value,
            )
        return found

    def may(self, actor: Actor, table: str, action: Action | str) -> bool:
        """Whether `actor` may do `action` to any row of `table` at all."""
        return bool(self._grants(actor.roles, table, Action(action)))

    def rule(self, actor: Actor, table: Table, action: Action | str) -> Rule:
        """All rows of `table` on which `actor` may do `action`; raises Forbidden when there is no grant."""
        wanted = Action(action)
        found = self.grants(actor, table.key, wanted)
        return any_of(*(grant.rule(wanted, table.settings, actor) for grant in found))

    def is_administrator(self, actor: Actor) -> bool:
        """Whether `actor` may administer the workspace. Never true through a narrowed API key."""
        return self.narrowing.is_open and self._has_superuser(actor.roles)

    def _has_superuser(self, roles: frozenset[str]) -> bool:
        return any(key in self.roles and self.roles[key].superuser for key in roles)

    def _grants(self, roles: frozenset[str], table: str, action: Action) -> tuple[Grant, ...]:
        asked = (roles, table, action)
        found = self._found.get(asked)
        if found is None:
            found = self._found[asked] = self._find(roles, table, action)
        return found

    def _find(self, roles: frozenset[str], table: str, action: Action) -> tuple[Grant, ...]:
        if not self.narrowing.lets(table, action):
            return ()
        if self._has_superuser(roles):
            return (WITHOUT_LIMITS,)
        mine = (self.roles[key] for key in sorted(roles) if key in self.roles)
        return tuple(grant for role in mine for grant in role.grants if grant.covers(table, action))


WITHOUT_LIMITS = Grant(role="", tables=frozenset({EVERY_TABLE}), scopes=dict.fromkeys(Action, (Reach.ALL,)))
"""What a superuser has."""
