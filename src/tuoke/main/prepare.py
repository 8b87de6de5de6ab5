"""What must be true before anybody is let in: our tables, the shipped app, a first administrator."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from sqlalchemy import text

from tuoke.access.people import FIRST_EMAIL, ensure_first_admin
from tuoke.appfile.apply import apply_shipped
from tuoke.kit.database import Engine, begin, make_engine, migrate
from tuoke.kit.errors import Unavailable
from tuoke.kit.words import say

ADMIN = FIRST_EMAIL
_OLDEST = 17
_LOCK = 7_030_002


async def prepare(database: str, admin_password: str | None) -> str | None:
    """Bring the database to this version. Returns the first administrator's one-time password when one was made.

    Safe to call from several processes at once. Raises Unavailable for a server or data we cannot work with.
    """
    engine = make_engine(database, pool_size=2, application="tuoke-start")
    try:
        await _refuse_old_server(engine)
        async with _one_at_a_time(engine):
            await migrate(engine)
            await apply_shipped(engine)
            async with begin(engine) as db:
                return await ensure_first_admin(db, admin_password)
    finally:
        await engine.dispose()


async def _refuse_old_server(engine: Engine) -> None:
    async with engine.connect() as db:
        theirs = int((await db.execute(text("show server_version_num"))).scalar_one()) // 10_000
    if theirs < _OLDEST:
        raise Unavailable(
            say(
                "数据库是 PostgreSQL {theirs}，需要 {ours} 或更新的版本",
                "The database is PostgreSQL {theirs}; {ours} or newer is needed",
                theirs=theirs,
                ours=_OLDEST,
            )
        )


@asynccontextmanager
async def _one_at_a_time(engine: Engine) -> AsyncGenerator[None]:
    """Hold a lock of the session, outside any transaction: an idle one would be ended after a minute."""
    async with engine.connect() as connection:
        db = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await db.execute(text("select pg_advisory_lock(:key)"), {"key": _LOCK})
        try:
            yield
        finally:
            await db.execute(text("select pg_advisory_unlock(:key)"), {"key": _LOCK})
