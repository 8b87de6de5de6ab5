"""pgqueuer's statements inside our own transactions."""

from __future__ import annotations

import asyncio

from pgqueuer.core.tm import TaskManager
from pgqueuer.ports.driver import Driver, NotifyCallback

from tuoke.kit.database import Connection, run_sql


class TransactionDriver(Driver):
    """pgqueuer's view of one connection in the transaction of our caller. It neither listens nor notifies."""

    def __init__(self, db: Connection) -> None:
        self._db = db
        self._shutdown = asyncio.Event()

    async def fetch(self, query: str, *args: object) -> list[dict[str, object]]:
        return [dict(row) for row in (await run_sql(self._db, query, *args)).mappings()]

    async def execute(self, query: str, *args: object) -> str:
        await run_sql(self._db, query, *args)
        return ""

    async def notify(self, channel: str, payload: str) -> None:
        """Nobody listens: workers poll."""

    async def add_listener(self, channel: str, callback: NotifyCallback) -> None:
        """Nobody notifies."""

    @property
    def shutdown(self) -> asyncio.Event:
        return self._shutdown

    @property
    def tm(self) -> TaskManager:
        return TaskManager()

    async def __aenter__(self) -> TransactionDriver:
        return self

    async def __aexit__(self, *_: object) -> None: ...
