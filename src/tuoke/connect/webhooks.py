"""Who wants to be told: an address, the tables and events it asked for, and in whose name it is told."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from tuoke.access import audit
from tuoke.access.audit import By
from tuoke.connect.post import MAX_URL, checked_url
from tuoke.connect.signature import new_secret
from tuoke.kit.database import Connection, run_sql
from tuoke.kit.errors import Invalid, NotFound
from tuoke.kit.words import say

Event = Literal["created", "updated", "deleted", "restored"]
MOST = 50
"""Webhooks of a workspace: each of them is asked about every change."""


class Asked(BaseModel):
    """What a webhook listens to."""

    model_config = ConfigDict(extra="forbid")
    name: str = Field(min_length=1, max_length=100)
    url: str = Field(min_length=1, max_length=MAX_URL)
    tables: list[str] = Field(min_length=1, max_length=100)
    events: list[Event] = Field(min_length=1, max_length=4)
    fields: list[str] = Field(default=[], max_length=100)
    """An update is told only when one of these changed. Empty: every update."""
    active: bool = True


class Changed(BaseModel):
    """What is named is changed."""

    model_config = ConfigDict(extra="forbid")
    name: str | None = Field(default=None, min_length=1, max_length=100)
    url: str | None = Field(default=None, min_length=1, max_length=MAX_URL)
    tables: list[str] | None = Field(default=None, min_length=1, max_length=100)
    events: list[Event] | None = Field(default=None, min_length=1, max_length=4)
    fields: list[str] | None = Field(default=None, max_length=100)
    active: bool | None = None


@dataclass(frozen=True, slots=True)
class Webhook:
    id: int
    name: str
    url: str
    secret: str
    tables: list[str]
    events: list[str]
    fields: list[str]
    active: bool
    user_id: int
    """Who made it: it is told what this person may see."""
    failures: int
    """Messages in a row that were not heard."""
    paused_until: datetime | None
    """Nothing is sent before: the other side did not answer."""
    created_at: datetime


_COLUMNS = (
    "id, name, url, secret, tables, events, fields, active, user_id, failures, paused_until, created_at"
)


async def create(db: Connection, asked: Asked, known: Collection[str], by: By, now: datetime) -> Webhook:
    """Raises Invalid for an address that cannot be one, and for tables not in `known`."""
    _check_tables(asked.tables, known)
    found = await run_sql(db, "select count(*) from tuoke.webhook where archived_at is null")
    if found.scalar_one() >= MOST:
        raise Invalid(say("最多 {n} 个推送地址", "At most {n} webhooks", n=MOST))
    made = await run_sql(
        db,
        "insert into tuoke.webhook (name, url, secret, tables, events, fields, active, user_id, created_at)"
        " values ($1, $2, $3, $4::text[], $5::text[], $6::text[], $7, $8::bigint, $9::timestamptz)"
        f" returning {_COLUMNS}",
        asked.name,
        checked_url(asked.url),
        new_secret(),
        asked.tables,
        list(asked.events),
        asked.fields,
        asked.active,
        by.user,
        now,
    )
    webhook = Webhook(*made.one())
    await audit.note(db, by, audit.WEBHOOK_CREATED, webhook=webhook.id, url=webhook.url)
    return webhook


async def list_all(db: Connection) -> list[Webhook]:
    rows = await run_sql(db, f"select {_COLUMNS} from tuoke.webhook where archived_at is null order by id")
    return [Webhook(*row) for row in rows]


async def read(db: Connection, id: int) -> Webhook:
    """Raises NotFound."""
    rows = await run_sql(
        db, f"select {_COLUMNS} from tuoke.webhook where id = $1 and archived_at is null", id
    )
    row: Any = rows.one_or_none()
    if row is None:
        raise NotFound(say("没有这个推送地址", "There is no such webhook"), webhook=id)
    return Webhook(*row)


async def change(db: Connection, id: int, changed: Changed, known: Collection[str], by: By) -> Webhook:
    """Switching it on forgets earlier failures. Raises NotFound, Invalid."""
    old = await read(db, id)
    new = {key: getattr(old, key) if value is None else value for key, value in dict(changed).items()}
    _check_tables(changed.tables or [], known)
    await run_sql(
        db,
        "update tuoke.webhook set name = $2, url = $3, tables = $4::text[], events = $5::text[],"
        " fields = $6::text[], active = $7,"
        " failures = case when $8 then 0 else failures end, paused_until = case when $8 then null else paused_until end"
        " where id = $1",
        id,
        new["name"],
        checked_url(new["url"]),
        new["tables"],
        new["events"],
        new["fields"],
        new["active"],
        bool(changed.active or changed.url),
    )
    await audit.note(db, by, audit.WEBHOOK_CHANGED, webhook=id, **changed.model_dump(exclude_none=True))
    return await read(db, id)


async def change_secret(db: Connection, id: int, by: By) -> str:
    """A new secret; messages from now on are signed with it. Raises NotFound."""
    await read(db, id)
    secret = new_secret()
    await run_sql(db, "update tuoke.webhook set secret = $2 where id = $1", id, secret)
    await audit.note(db, by, audit.WEBHOOK_CHANGED, webhook=id, secret="new")
    return secret


async def archive(db: Connection, id: int, by: By, now: datetime) -> None:
    """Nothing more is sent; what was sent can still be looked up. Raises NotFound."""
    await read(db, id)
    await run_sql(
        db, "update tuoke.webhook set archived_at = $2::timestamptz, active = false where id = $1", id, now
    )
    await audit.note(db, by, audit.WEBHOOK_ARCHIVED, webhook=id)


def _check_tables(tables: Collection[str], known: Collection[str]) -> None:
    for key in tables:
        if key not in known:
            raise Invalid(say("没有表 {key}", "There is no table {key}", key=key), field="tables")
