"""Webhooks for administrators: who is told of changes, what became of each message, and sending it again."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Response
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from tuoke.access import audit
from tuoke.api.answers import answer
from tuoke.api.door import Door, enter_as_administrator
from tuoke.connect import outbox, webhooks
from tuoke.connect.webhooks import Asked, Changed, Webhook

router = APIRouter(prefix="/webhooks", tags=["webhooks"])

Administrator = Annotated[Door, Depends(enter_as_administrator)]


class WebhookAnswer(BaseModel):
    id: int
    name: str
    url: str
    tables: list[str]
    events: list[str]
    fields: list[str]
    active: bool
    user: int
    """Whose rights decide what is told."""
    failures: int
    """Messages in a row that were not heard."""
    paused_until: datetime | None
    created_at: datetime


class NewWebhookAnswer(WebhookAnswer):
    secret: str
    """Shown this once: the receiver checks signatures with it."""


class Secret(BaseModel):
    secret: str


class Webhooks(BaseModel):
    webhooks: list[WebhookAnswer]


class Replay(BaseModel):
    """These messages, or all from a moment on."""

    model_config = ConfigDict(extra="forbid")
    deliveries: list[int] = Field(default=[], max_length=1000)
    since: AwareDatetime | None = None


class Queued(BaseModel):
    queued: int


@router.get("")
async def list_webhooks(door: Administrator) -> Webhooks:
    """All webhooks of the workspace."""
    async with door.begin() as db:
        return Webhooks(webhooks=[_told(webhook) for webhook in await webhooks.list_all(db)])


@router.post("", status_code=201)
async def create_webhook(body: Asked, door: Administrator) -> NewWebhookAnswer:
    """Tell an address of changes from now on. The answer holds the secret, this once."""
    async with door.begin() as db:
        made = await webhooks.create(db, body, door.catalog.tables, door.by, door.now)
    return NewWebhookAnswer(**_told(made).model_dump(), secret=made.secret)


@router.patch("/{id}")
async def change_webhook(id: int, body: Changed, door: Administrator) -> WebhookAnswer:
    """Change what is named; switching on forgets earlier failures."""
    async with door.begin() as db:
        return _told(await webhooks.change(db, id, body, door.catalog.tables, door.by))


@router.delete("/{id}", status_code=204)
async def delete_webhook(id: int, door: Administrator) -> None:
    """Nothing more is sent there."""
    async with door.begin() as db:
        await webhooks.archive(db, id, door.by, door.now)


@router.post("/{id}/secret")
async def renew_secret(id: int, door: Administrator) -> Secret:
    """A new secret, shown this once; the old one signs nothing more."""
    async with door.begin() as db:
        return Secret(secret=await webhooks.change_secret(db, id, door.by))


@router.post("/{id}/ping", status_code=202)
async def ping(id: int, door: Administrator) -> Queued:
    """Send a message that says nothing, to try the address."""
    async with door.begin() as db:
        await webhooks.read(db, id)
        await outbox.ping(db, id, door.actor.user_id, door.now)
    return Queued(queued=1)


@router.post("/{id}/replay", status_code=202)
async def replay(id: int, body: Replay, door: Administrator) -> Queued:
    """Send messages again, letter by letter as they were, under the same id."""
    async with door.begin() as db:
        await webhooks.read(db, id)
        queued = await outbox.replay(db, id, door.now, ids=body.deliveries, since=body.since)
        await audit.note(db, door.by, audit.WEBHOOK_REPLAYED, webhook=id, queued=queued)
    return Queued(queued=queued)


@router.get("/{id}/deliveries")
async def list_deliveries(
    id: int,
    door: Administrator,
    before: int | None = None,
    state: Literal["queued", "delivered", "failed", "skipped"] | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Response:
    """What became of the messages, the newest first. Kept for 30 days."""
    async with door.begin() as db:
        await webhooks.read(db, id)
        rows = await outbox.deliveries(db, id, before, state, limit)
    keys = {table.id: table.key for table in door.catalog.tables.values()}
    return answer({"deliveries": [_delivery(row, keys, door.language) for row in rows]})


def _told(webhook: Webhook) -> WebhookAnswer:
    return WebhookAnswer(
        id=webhook.id,
        name=webhook.name,
        url=webhook.url,
        tables=webhook.tables,
        events=webhook.events,
        fields=webhook.fields,
        active=webhook.active,
        user=webhook.user_id,
        failures=webhook.failures,
        paused_until=webhook.paused_until,
        created_at=webhook.created_at,
    )


def _delivery(row: dict[str, Any], tables: dict[int, str], language: str) -> dict[str, Any]:
    reason = row.pop("reason")
    table = tables.get(row.pop("table_id"))
    return {**row, "table": table, "reason": None if reason is None else reason[language[:2]]}
