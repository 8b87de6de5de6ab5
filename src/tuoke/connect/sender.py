"""Sends what is due of one webhook, a few messages at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

from tuoke.access.sight import Sight
from tuoke.connect import outbox
from tuoke.connect.event import body_of, name_of
from tuoke.connect.outbox import Message
from tuoke.connect.post import Outcome, Post
from tuoke.connect.signature import signed
from tuoke.connect.webhooks import Webhook
from tuoke.kit.database import Connection, Engine, begin
from tuoke.kit.words import say

AT_ONCE = 4
CHUNK = 40

SightOf = Callable[[int], Awaitable[Sight | None]]
"""What a person sees now; None when he is no longer there."""


class Sender:
    """One per job: a webhook, and how its messages leave."""

    def __init__(self, engine: Engine, post: Post, sight_of: SightOf, clock: Callable[[], datetime]) -> None:
        self._engine, self._post, self._sight_of, self._clock = engine, post, sight_of, clock

    async def send_some(self, webhook: Webhook) -> int:
        """Take and send one chunk. 0 = nothing was due. Stops in the middle when nobody listens at the other end."""
        async with begin(self._engine) as db:
            messages = await outbox.take(db, webhook.id, self._clock(), CHUNK)
        bodies = await self._bodies(webhook, messages)
        failures = webhook.failures
        left = [message for message in messages if message.id in bodies]
        while left:
            some, left = left[:AT_ONCE], left[AT_ONCE:]
            outcomes = await asyncio.gather(
                *(self._post_one(webhook, message, bodies[message.id]) for message in some)
            )
            async with begin(self._engine) as db:
                for message, outcome in zip(some, outcomes, strict=True):
                    await self._settle(db, webhook, message, outcome)
            failures = 0 if any(o.is_heard for o in outcomes) else failures + len(some)
            if failures >= outbox.PATIENT_FAILURES and left:
                async with begin(self._engine) as db:
                    await outbox.give_back(db, [m.id for m in left], self._clock() + outbox.WAITS[0])
                break
        return len(messages)

    async def _bodies(self, webhook: Webhook, messages: list[Message]) -> dict[int, bytes]:
        """What each says, stored before it is sent; those nobody may see are settled here."""
        sight = await self._sight_of(webhook.user_id)
        found: dict[int, bytes] = {}
        async with begin(self._engine) as db:
            for message in messages:
                body = message.body
                if body is None and sight is not None:
                    body = await body_of(db, sight, message)
                    if body is not None:
                        await outbox.keep_body(db, message.id, body)
                if body is None:
                    await outbox.skip(db, message, _UNSEEN, self._clock())
                else:
                    found[message.id] = body.encode()
        return found

    async def _post_one(self, webhook: Webhook, message: Message, body: bytes) -> Outcome:
        headers = {
            "content-type": "application/json",
            "user-agent": "Tuoke-Webhook/1",
            **signed(webhook.secret, name_of(message), self._clock(), body),
        }
        return await self._post.send(webhook.url, body, headers)

    async def _settle(self, db: Connection, webhook: Webhook, message: Message, outcome: Outcome) -> None:
        store = outbox.heard if outcome.is_heard else outbox.unheard
        await store(db, webhook.id, message, outcome, self._clock())


_UNSEEN = say(
    "记录已不在，或设置推送的人无权查看",
    "The record is gone, or the person who set this webhook up may not see it",
)
