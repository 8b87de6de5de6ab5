"""The three kinds of working process: one answers HTTP, one follows the log, one does the jobs."""

from __future__ import annotations

import asyncio
import gc
import signal
import socket
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module

import structlog

from tuoke.kit.settings import Settings
from tuoke.main.control import ParentLine

JOBS = "jobs"
"""The role of the process that does jobs. Nobody names it: who asks for a worker gets it too."""

log = structlog.get_logger()


def run_supervised(role: str) -> None:
    """A child of `tuoke serve`: load the code, wait for the brief, work until told to stop."""
    # Ctrl-C and a closed terminal are the parent's business; it tells us with SIGTERM.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    line = ParentLine()
    # Loading the rooms is most of the time a start takes; the parent has something else to do meanwhile.
    import_module("tuoke.main.web" if role == "web" else "tuoke.workers.run")
    brief = line.brief()
    if brief is None:
        return

    def ready() -> None:
        # What is there by now stays for good. Looked through by every full collection it stopped everything for a
        # tenth of a second, and somebody's key or call waited for that.
        gc.freeze()
        line.tell_ready()

    settings = replace(brief.settings, role=role)
    if brief.listening is not None:
        with socket.socket(fileno=brief.listening) as listening:
            answer(settings, listening, ready)
    else:
        ready()
        work(settings)


def answer(settings: Settings, listening: socket.socket, on_ready: Callable[[], None]) -> None:
    """Answer HTTP on `listening` until SIGTERM or SIGINT."""
    from tuoke.main.web import run_web

    run_web(settings, listening, on_ready)


def work(settings: Settings) -> None:
    """Follow the log, or do the jobs, until SIGTERM or SIGINT; what is broken off goes on in the next one."""
    import uvloop

    from tuoke.workers.run import run_jobs, run_worker

    run = run_jobs if settings.role == JOBS else run_worker

    async def until_told() -> None:
        working = asyncio.ensure_future(run(settings))
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, working.cancel)
        try:
            await working
        except asyncio.CancelledError:
            log.info("stopped", role=settings.role)

    uvloop.run(until_told())
