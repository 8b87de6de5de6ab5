"""What every verb on records works in: one transaction, one actor's sight, one entry in the log."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from tuoke.access.sight import Sight
from tuoke.bus.log import Write, writing
from tuoke.kit.database import Connection


@dataclass(frozen=True)
class Transaction:
    db: Connection
    sight: Sight
    write: Write


@asynccontextmanager
async def transaction(
    db: Connection, sight: Sight, change_set: int | None = None, note: str | None = None
) -> AsyncGenerator[Transaction]:
    """Verbs inside the block share one log entry, which is the transaction's last statement."""
    async with writing(db, sight.actor.user_id, change_set, note) as write:
        yield Transaction(db, sight, write)
