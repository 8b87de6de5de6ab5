"""`tuoke serve`: everything on one machine, or one role over a database somebody else runs."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from types import FrameType

import structlog

from tuoke import __version__
from tuoke.kit import pg
from tuoke.kit.errors import Unavailable
from tuoke.kit.settings import Settings
from tuoke.kit.words import say
from tuoke.main import child
from tuoke.main.listen import address, bind
from tuoke.main.supervisor import Supervisor
from tuoke.main.unfinished import refuse_unfinished

_STOP = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

log = structlog.get_logger()


def serve(settings: Settings) -> None:
    """Run until told to stop. An empty `settings.database` means the embedded PostgreSQL in `settings.data`."""
    if settings.role == "telephone":
        # Accepted, so that a firm's unit files may name every role; without a provider it has no work.
        log.info("nothing_to_do", role="telephone", reason="no telephony provider in this version")
    elif settings.role == "all":
        _serve_all(settings)
    elif not settings.database:
        raise Unavailable(
            say(
                "--role {role} 需要用 --database 指定数据库",
                "--role {role} needs a database: name it with --database",
                role=settings.role,
            )
        )
    elif settings.role == "worker":
        _serve_workers(settings)
    else:
        _serve_web(settings)


def _serve_all(settings: Settings) -> None:
    with _stopped_by_signals(), ExitStack() as parts:
        refuse_unfinished(settings.data)
        server = None
        if not settings.database:
            server = parts.enter_context(pg.running(settings.data))
            settings = replace(settings, database=server.url())
        listening = parts.enter_context(bind(settings.host, settings.port))
        supervisor = parts.enter_context(Supervisor(settings, listening, server))
        # It loads its code while we look after the database.
        supervisor.spawn_web()
        password = _prepare(settings.database)
        with _announced(settings, address(settings, listening), password):
            supervisor.await_web()
        supervisor.watch()


def _serve_workers(settings: Settings) -> None:
    """Both kinds of worker: as many pairs on as many machines as wanted."""
    refuse_unfinished(settings.data)
    password = _prepare(settings.database)
    if password:
        _announce(settings, "--role worker", password)
    with _stopped_by_signals(), Supervisor(settings) as supervisor:
        supervisor.watch()


def _serve_web(settings: Settings) -> None:
    """A web process by itself: as many of them on as many machines as wanted."""
    refuse_unfinished(settings.data)
    password = _prepare(settings.database)
    told: list[str] = []

    def tell(where: str) -> None:
        _announce(settings, where, password)
        told.append(where)

    try:
        with bind(settings.host, settings.port) as listening:
            child.answer(settings, listening, on_ready=lambda: tell(address(settings, listening)))
    finally:
        # It is stored by now and will not be made again.
        if password and not told:
            tell("--role web")


def _prepare(database: str) -> str | None:
    # Not at the top: this brings SQLAlchemy and the rooms, and the web process should be loading its own by then.
    from tuoke.main.prepare import prepare

    return asyncio.run(prepare(database, os.environ.get("TUOKE_ADMIN_PASSWORD")))


@contextmanager
def _announced(settings: Settings, where: str, password: str | None) -> Generator[None]:
    """Tell the address when the block has succeeded. The one-time password is told in any case: it is
    stored by now and will not be made again."""
    try:
        yield
    except BaseException:
        if password:
            _announce(settings, where, password)
        raise
    _announce(settings, where, password)


def _announce(settings: Settings, where: str, password: str | None) -> None:
    lines = [f"拓客 Tuoke {__version__}  {where}"]
    if password:
        from tuoke.main.prepare import ADMIN

        lines += [
            f"管理员 first administrator:  {ADMIN}",
            f"一次性密码 one-time password:  {password}",
        ]
    print("", *(f"  {line}" for line in lines), "", sep="\n", flush=True)
    if not settings.tls_cert and settings.host not in ("127.0.0.1", "localhost", "::1"):
        log.warning(
            "no_tls", advice="browsers give a page the microphone only over https: --tls-cert, --tls-key"
        )


@contextmanager
def _stopped_by_signals() -> Generator[None]:
    """Ctrl-C and SIGTERM end the block as SystemExit, so that everything opened in it is closed once."""

    def leave(number: int, _: FrameType | None) -> None:
        # What follows is the way out; a second Ctrl-C must not break it off half-way.
        for other in _STOP:
            signal.signal(other, signal.SIG_IGN)
        raise SystemExit(0)

    before = {number: signal.signal(number, leave) for number in _STOP}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
