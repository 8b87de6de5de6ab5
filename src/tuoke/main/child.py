"""The two kinds of working process: one answers HTTP, one does the jobs."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable
from dataclasses import replace

import structlog

from tuoke.kit.settings import Settings
from tuoke.main.control import ParentLine

log = structlog.get_logger()


def run_supervised(role: str) -> None:
    """A child of `tuoke serve`: load the code, wait for the brief, work until told to stop."""
    # Ctrl-C and a closed terminal are the parent's business; it tells us with SIGTERM.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    line = ParentLine()
    load = _load_web if role == "web" else _load_worker
    load()
    brief = line.brief()
    if brief is None:
        return
    settings = replace(brief.settings, role=role)
    if role == "web":
        with socket.socket(fileno=brief.listening) as listening:
            answer(settings, listening, line.tell_ready)
    else:
        line.tell_ready()
        work(settings)


def answer(settings: Settings, listening: socket.socket, on_ready: Callable[[], None]) -> None:
    """Answer HTTP on `listening` until SIGTERM or SIGINT."""
    from tuoke.main.web import run_web

    run_web(settings, listening, on_ready)


def work(settings: Settings) -> None:
    """Do the jobs until SIGTERM or SIGINT; a job that is broken off goes on in the next worker."""
    import uvloop

    from tuoke.workers.run import run_worker

    async def until_told() -> None:
        working = asyncio.ensure_future(run_worker(settings))
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, working.cancel)
        try:
            await working
        except asyncio.CancelledError:
            log.info("stopped", role="worker")

    uvloop.run(until_told())


def _load_web() -> None:
    # Each kind loads only its own rooms: that is most of the time a start takes.
    pass


def _load_worker() -> None:
    pass
