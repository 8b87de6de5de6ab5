"""The one PostgreSQL: an engine, a transaction for a door, and the migrations of our own tables."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from importlib import resources
from typing import Any

import orjson
from sqlalchemy import event, text
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError, InterfaceError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from tuoke.kit.errors import Invalid, Unavailable
from tuoke.kit.words import say

Connection = AsyncConnection
Engine = AsyncEngine

_MIGRATION = re.compile(r"(\d{4})_[a-z0-9_]+\.sql")
_MIGRATION_LOCK = 7_030_001


def make_engine(url: str, *, pool_size: int = 10, application: str = "tuoke") -> Engine:
    """An engine over asyncpg. `url`: postgresql://…; a Unix socket folder is given as `?host=/folder`."""
    engine = create_async_engine(
        _asyncpg_url(url),
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_recycle=1800,
        json_serializer=lambda value: orjson.dumps(value, default=str).decode(),
        json_deserializer=orjson.loads,
        connect_args={
            "server_settings": {
                "application_name": application,
                "timezone": "UTC",
                "idle_in_transaction_session_timeout": "60000",
                "jit": "off",
            }
        },
    )
    event.listen(engine.sync_engine, "handle_error", _refuse_what_does_not_fit)
    return engine


_DOES_NOT_FIT = {"22003", "22008", "22021", "22P05"}
"""Too large a number, no such day, characters no text can hold: the asker's mistake, wherever it is noticed."""


def _refuse_what_does_not_fit(context: ExceptionContext) -> None:
    error = context.original_exception
    # Numbers are checked by the driver before they are sent, and have no code then.
    if getattr(error, "sqlstate", None) in _DOES_NOT_FIT or "value out of int" in str(error):
        raise Invalid(
            say(
                "数值太大，或含有不能保存的字符",
                "A number is too large, or a text holds characters that cannot be stored",
            )
        ) from error


def _asyncpg_url(url: str) -> str:
    scheme, rest = url.split("://", 1)
    if scheme not in ("postgresql", "postgres", "postgresql+asyncpg"):
        raise Unavailable(
            say("数据库地址要以 postgresql:// 开头", "The database URL must begin with postgresql://")
        )
    return f"postgresql+asyncpg://{rest}"


@asynccontextmanager
async def begin(engine: Engine) -> AsyncGenerator[Connection]:
    """One transaction: commits at the end of the block, rolls back on any error."""
    async with engine.begin() as db:
        yield db


async def run_sql(db: Connection, statement: str, *values: Any) -> Any:
    """One statement with `$1 …` places, without SQLAlchemy's compiler. For the few hot statements."""
    return await db.exec_driver_sql(statement, tuple(values))


_PASSING = ("08", "40", "53", "55P03", "57")
"""SQLSTATEs of what is no statement's fault: connection lost, deadlock, no room, lock not granted, shut down."""


def is_passing(error: BaseException) -> bool:
    """Whether the same work may well succeed when it is done again: the server went away, or two were in each
    other's way."""
    if isinstance(error, BaseExceptionGroup):
        return all(is_passing(one) for one in error.exceptions)
    if isinstance(error, FileNotFoundError):
        # Of the server's socket; a file that is missing has a name.
        return error.filename is None
    if isinstance(error, ConnectionError | InterfaceError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    state = getattr(error.orig, "sqlstate", None)
    return error.connection_invalidated or (state is not None and str(state).startswith(_PASSING))


def shipped_migrations() -> list[tuple[int, str, str]]:
    """(number, name, sql) of `tuoke/migrations/*.sql`, in order."""
    found: list[tuple[int, str, str]] = []
    for entry in resources.files("tuoke.migrations").iterdir():
        match = _MIGRATION.fullmatch(entry.name)
        if match:
            found.append((int(match[1]), entry.name, entry.read_text(encoding="utf-8")))
    return sorted(found)


async def migrate(engine: Engine) -> list[str]:
    """Bring our own tables up to date; returns what was applied. Safe to call from several processes.

    Raises Unavailable when the database was written by a newer Tuoke.
    """
    applied: list[str] = []
    shipped = shipped_migrations()
    async with engine.begin() as db:
        # Serialises first starts only; no data is ever guarded by an advisory lock.
        await db.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
        await db.execute(text("create schema if not exists tuoke"))
        await db.execute(
            text(
                "create table if not exists tuoke.migration("
                " number int primary key, name text not null, at timestamptz not null default now())"
            )
        )
        done = set((await db.execute(text("select number from tuoke.migration"))).scalars())
        newest = shipped[-1][0] if shipped else 0
        if done and max(done) > newest:
            raise Unavailable(
                say(
                    "数据由更新版本的拓客写入（结构 {theirs}，本程序 {ours}）。请用新版本启动，或从备份恢复到另一个数据目录。",
                    "This data was written by a newer Tuoke (structure {theirs}, this program {ours}). "
                    "Start the newer version, or restore a backup into another data folder.",
                    theirs=max(done),
                    ours=newest,
                )
            )
        for number, name, sql in shipped:
            if number in done:
                continue
            for statement in split_statements(sql):
                await db.exec_driver_sql(statement)
            await db.execute(
                text("insert into tuoke.migration(number, name) values (:number, :name)"),
                {"number": number, "name": name},
            )
            applied.append(name)
    return applied


async def migrations_in_order(engine: Engine) -> bool:
    """True when the database answers and has exactly the shipped migrations."""
    async with engine.connect() as db:
        done = set((await db.execute(text("select number from tuoke.migration"))).scalars())
    return done == {number for number, _, _ in shipped_migrations()}


def split_statements(sql: str) -> list[str]:
    """The statements of a migration file: separated by a line that is only `--`, or by `;` at line ends
    when the file has no such line. asyncpg prepares one statement at a time."""
    if re.search(r"^--$", sql, re.M):
        parts = re.split(r"^--$", sql, flags=re.M)
    else:
        parts = re.split(r";[ \t]*$", sql, flags=re.M)
    kept = [re.sub(r"^\s*--.*$", "", part, flags=re.M).strip().rstrip(";") for part in parts]
    return [part for part in kept if part]
