"""The database of a data folder for a short command, whether the product is running or not."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from tuoke.kit import pg
from tuoke.kit.errors import Unavailable
from tuoke.kit.pg_folder import place
from tuoke.kit.pg_process import serving_socket
from tuoke.kit.words import say
from tuoke.main.unfinished import refuse_unfinished


@contextmanager
def reachable(data: Path, database: str) -> Generator[str]:
    """An address of the database, started for the time of the block when it is not running.

    Raises Unavailable where there is none; never makes one.
    """
    refuse_unfinished(data)
    if database:
        yield database
        return
    where = place(data) if data.exists() else None
    if where is None or not where.is_initialised():
        raise Unavailable(
            say("{data} 中没有拓客的数据", "There is no Tuoke data in {data}", data=data),
        )
    with _served(data) as url:
        yield url


@contextmanager
def reachable_or_new(data: Path, database: str) -> Generator[str]:
    """As `reachable`, but makes the database of a folder that has none."""
    refuse_unfinished(data)
    if database:
        yield database
        return
    with _served(data) as url:
        yield url


@contextmanager
def _served(data: Path) -> Generator[str]:
    where = place(data) if data.exists() else None
    socket = serving_socket(where) if where and where.is_initialised() else None
    if socket:
        yield pg.socket_url(socket)
        return
    with pg.running(data) as server:
        yield server.url()
