"""A table as metadata: an immutable snapshot, loaded once per metadata version."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

import sqlalchemy as sa
from pydantic import BaseModel, ConfigDict
from pydantic import Field as Setting
from sqlalchemy.dialects import postgresql

from tuoke.kit.errors import Invalid, NotFound
from tuoke.kit.registry import Registry
from tuoke.kit.words import Words, say
from tuoke.schema.field_type import FieldType, NoOptions, Options, Refers

FIELD_TYPES: Registry[FieldType] = Registry("field type", FieldType).load("tuoke.schema.fields")

_DIALECT = postgresql.dialect()

SCHEMA = "work"
"""The workspace's own PostgreSQL schema; nothing but tables of records stands in it."""

KEY = re.compile(r"[a-z][a-z0-9_]{0,47}")
"""Keys are ASCII and short enough for every name PostgreSQL derives from them."""

SYSTEM_FIELDS = ("id", "created_at", "created_by", "updated_at", "updated_by")


class Label(BaseModel):
    """A name in both languages."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    zh: str = Setting(min_length=1, max_length=80)
    en: str = Setting(min_length=1, max_length=80)


class Effect(BaseModel):
    """What else is written, in the same transaction, when a record of this table is created or updated.

    `set` values: a constant, or `"$field"` for a value of the record that was written, or `"@now"`, `"@me"`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    on: Literal["create", "update", "create_or_update"] = "create"
    when: dict[str, Any] | None = None
    """A filter tree the written record must match."""
    changed: list[str] = []
    """For updates: only when one of these fields changed."""
    create: str | None = None
    """Key of the table a record is created in, or"""
    update: str | None = None
    """a link field of this table: the linked record is updated; nothing happens where the link is empty."""
    only_if: dict[str, Any] | None = None
    """For `update` and `update_all`: a filter tree the record must match before the write."""
    update_all: str | None = None
    """key of a table: all its records that match are updated."""
    match: dict[str, Any] = {}
    """For `update_all`: field -> value each record must have; a link left empty in `$field` matches nothing."""
    set: dict[str, Any] = {}


class WrapUp(BaseModel):
    """What must be written down after a conversation, for a table of calls."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    table: str
    """A record of this table is created; its links are filled from the call's."""
    required: list[str] = Setting(default=[])
    """Fields of that record, beyond those it requires anyway."""
    closed: list[str] = Setting(default=[])
    """Stages of the customer at which nothing more is due: there `unless_closed` is not asked for."""
    unless_closed: list[str] = Setting(default=[])


class Target(BaseModel):
    """One record that a conversion makes, or finds."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    table: str
    link: str
    """The link field of the converted record that remembers it."""
    set: dict[str, Any] = {}
    """Field -> a constant, a symbol, or `"$field"` of the converted record; `"$a|$b"` is the first that is not empty.
    A `$field` that is an earlier target's `link` is what that target became."""
    ask: list[str] = []
    """Fields the dialog shows, filled in; the others are taken over unasked."""
    match: list[str] = []
    """Fields of which one alike says that the record is here already."""
    optional: bool = False
    """May be left out."""


class Convert(BaseModel):
    """What a record becomes, in one step: a lead an account, a contact and an opportunity."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    targets: list[Target] = Setting(min_length=1)
    """In the order they are made."""
    set: dict[str, Any] = {}
    """What the converted record itself gets."""

    @property
    def links(self) -> tuple[str, ...]:
        return tuple(target.link for target in self.targets)


class Script(BaseModel):
    """What to say on the telephone, for a table of such texts."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    steps: str
    """The long text of what to say: a line a step."""
    answers: str | None = None
    """The long text of what to answer to an objection: a line each, `objection: answer`."""
    by: list[str] = Setting(default=[])
    """Fields that, where they are filled in, must say the same as the field of that name of whom one calls."""


class Hold(BaseModel):
    """How much of a table one person may take out of the pool, by himself or by a rule."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    most: int = Setting(ge=1)
    counting: dict[str, Any] | None = None
    """A filter: only records that match count, the open ones for instance."""


class TableSettings(BaseModel):
    """What a table says about itself beyond its fields. Names of fields, all optional."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    title: str | None = None
    """The field a record is called by."""
    subtitle: str | None = None
    owner: str | None = None
    """The `user` field that says whose record it is; row rules and the pool ask it."""
    department: str | None = None
    """The `department` field; a record without owner lies in this department's pool."""
    pool: bool = False
    hold: Hold | None = None
    """How many living records one person may own by claiming them or by a flow that assigns; a team lead may give
    him more. `counting`: a filter of those that count."""
    return_reason: str | None = None
    """The text field that keeps why a record was last returned to the pool."""
    stage: str | None = None
    """The `dropdown` field drawn as the stage bar."""
    given_up: list[str] = []
    """Stages at which the way ends without its aim, such as lost: a record there has not passed the ones before."""
    tracked: list[str] = []
    """Fields whose changes are kept as field_change rows for funnels and the timeline."""
    match: list[str] = []
    """Fields that say two records are the same; default match keys of an import."""
    columns: list[str] = []
    """Columns a new list shows."""
    facts: list[str] = []
    """Fields the record page shows at the top."""
    timeline: str | None = None
    """For a table that stands in timelines: its moment, such as `happened_at`."""
    summary: list[str] = []
    """For a table in timelines: the fields an entry shows."""
    icon: str = "table"
    menu: int | None = None
    """Place in the menu; absent = reached through search and related lists only."""
    wrap_up: WrapUp | None = None
    """For a table of calls: what must be written down after one."""
    about: list[str] = []
    """Links that say whom a record is about. When one is made, an empty one takes what a filled one's record links
    to, the first in this order; a conversion fills them with what came of it."""
    convert: Convert | None = None
    """What a record becomes: the targets in order, which field goes to which, and what the record itself gets."""
    script: Script | None = None
    """For a table of call scripts: where in them stands what to say, and for whom."""
    effects: list[Effect] = []
    views: list[dict[str, Any]] = []
    """Shipped views: {key, label: {zh, en}, filter, sort, columns}."""


@dataclass(frozen=True)
class Field:
    key: str
    type: str
    label: Label
    options: Options = field(default_factory=NoOptions)
    required: bool = False
    unique: bool = False
    aliases: tuple[str, ...] = ()
    """Further headings an import knows this field by."""
    help: Label | None = None
    default: Any = None
    """JSON value, or a symbol such as `@me`, `@my_department`, `@now`."""
    source: str = "user"
    """`app` when shipped, `user` when the firm added it."""
    id: int = 0

    @property
    def kind(self) -> FieldType:
        return FIELD_TYPES.get(self.type)

    # Asked for every value of every request, and a protocol's isinstance takes microseconds: kept.

    @cached_property
    def is_automatic(self) -> bool:
        return bool(getattr(self.kind, "automatic", False))

    @cached_property
    def target(self) -> str | None:
        """What the field refers to: a table's key, `@user`, `@department` or `@file`."""
        return self.kind.target(self.options) if isinstance(self.kind, Refers) else None

    @cached_property
    def refers_to_many(self) -> bool:
        return isinstance(self.kind, Refers) and self.kind.many

    @cached_property
    def sql_type(self) -> str:
        """The column's type in DDL and casts."""
        return self.kind.column_type(self.options).compile(dialect=_DIALECT)


@dataclass(frozen=True)
class Table:
    key: str
    label: Label
    fields: tuple[Field, ...]
    settings: TableSettings = field(default_factory=TableSettings)
    source: str = "user"
    id: int = 0

    @cached_property
    def by_key(self) -> dict[str, Field]:
        return {f.key: f for f in self.fields}

    def field(self, key: str) -> Field:
        """Raises Invalid; a hidden field is answered with the same words by `query`."""
        found = self.by_key.get(key)
        if found is None:
            raise no_such_field(key)
        return found

    @cached_property
    def references(self) -> tuple[Field, ...]:
        """Fields whose values people choose among existing rows."""
        return tuple(f for f in self.fields if f.target is not None and not f.is_automatic)

    @cached_property
    def kept(self) -> frozenset[str]:
        """Fields that no form and no import writes: what a record was converted into."""
        return frozenset(self.settings.convert.links if self.settings.convert else ())

    @cached_property
    def sa(self) -> sa.Table:
        """The physical table. Read only where tests/test_house.py allows it."""
        named = {f.key: sa.Column(f.key, f.kind.column_type(f.options)) for f in self.fields}
        system = [
            sa.Column("id", sa.BigInteger, primary_key=True),
            sa.Column("version", sa.Integer, nullable=False),
            sa.Column("deleted_at", sa.DateTime(timezone=True)),
        ]
        rest = [column for key, column in named.items() if key != "id"]
        return sa.Table(self.key, sa.MetaData(schema=SCHEMA), *system, *rest)


def no_such_field(key: str) -> Invalid:
    return Invalid(say("没有字段「{key}」", "There is no field {key!r}", key=key), field=key)


class Catalog:
    """All tables of the workspace at one metadata version."""

    def __init__(self, tables: tuple[Table, ...], version: int) -> None:
        self.tables = {t.key: t for t in tables}
        self.version = version

    def table(self, key: str) -> Table:
        """Raises NotFound."""
        found = self.tables.get(key)
        if found is None:
            raise NotFound(say("没有「{key}」这张表", "There is no table {key!r}", key=key), table=key)
        return found

    def __iter__(self):
        return iter(self.tables.values())


def system_fields() -> tuple[Field, ...]:
    """The fields every table has; the verbs fill them."""
    return (
        Field("id", "id", Label(zh="编号", en="ID"), source="app"),
        Field("created_at", "created_at", Label(zh="创建时间", en="Created at"), source="app"),
        Field("created_by", "created_by", Label(zh="创建人", en="Created by"), source="app"),
        Field("updated_at", "updated_at", Label(zh="更新时间", en="Updated at"), source="app"),
        Field("updated_by", "updated_by", Label(zh="更新人", en="Updated by"), source="app"),
    )


__all__ = [
    "FIELD_TYPES",
    "KEY",
    "SCHEMA",
    "SYSTEM_FIELDS",
    "Catalog",
    "Convert",
    "Effect",
    "Field",
    "Label",
    "Table",
    "TableSettings",
    "Target",
    "Words",
    "no_such_field",
    "system_fields",
]
