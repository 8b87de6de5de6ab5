"""`tuoke users`: who there is, and a new one-time password for somebody who cannot get in."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from tuoke.access.audit import By
from tuoke.access.one_time import reset_password
from tuoke.access.people import User, list_users, user_by_email
from tuoke.kit.clock import utc_now
from tuoke.kit.database import Connection, begin, make_engine
from tuoke.main.reach import reachable

T = TypeVar("T")


def everybody(data: Path, database: str) -> list[User]:
    return _with_database(data, database, list_users)


def reset(email: str, data: Path, database: str) -> str:
    """The one-time password of that user; all his sessions end. Raises NotFound."""

    async def verb(db: Connection) -> str:
        user = await user_by_email(db, email)
        # The machine itself: whoever may read the data folder is beyond any right we could check.
        return await reset_password(db, user.id, By(), utc_now())

    return _with_database(data, database, verb)


def _with_database(data: Path, database: str, verb: Callable[[Connection], Awaitable[T]]) -> T:
    async def run(url: str) -> T:
        engine = make_engine(url, pool_size=1, application="tuoke-users")
        try:
            async with begin(engine) as db:
                return await verb(db)
        finally:
            await engine.dispose()

    with reachable(data.absolute(), database) as url:
        return asyncio.run(run(url))
