"""Work on the processor in a process of its own, spoken to through a pipe."""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import resource
import signal
import subprocess
import sys
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from multiprocessing.connection import Connection
from typing import Any

from tuoke.kit.errors import AppError, Unavailable
from tuoke.kit.words import say

_MEMORY = 4 * 2**30
"""Bytes a file may make such a process ask for."""

Work = Callable[..., None]
"""A function of a module: `(pipe, *texts)`. An AppError it raises is raised at the other end."""


@asynccontextmanager
async def beside(work: Work, *texts: str) -> AsyncGenerator[Connection]:
    """The pipe to a process that does `work`; the process ends with the block, whatever it is doing."""
    near, far = multiprocessing.Pipe()
    process = _start(work, far, texts)
    far.close()
    try:
        yield near
    finally:
        process.kill()
        await asyncio.to_thread(process.wait)
        near.close()


def _start(work: Work, far: Connection, texts: tuple[str, ...]) -> subprocess.Popen[bytes]:
    """A fresh interpreter: a fork would inherit threads and connections, and multiprocessing's own start would
    run the worker's main module once more."""
    code = f"import sys; from {__name__} import serve; from {work.__module__} import {work.__name__} as work; serve(work, *sys.argv[1:])"
    words = [sys.executable, "-P", "-c", code, str(far.fileno()), *texts]
    return subprocess.Popen(words, stdin=subprocess.DEVNULL, pass_fds=[far.fileno()])


async def hear(pipe: Connection) -> Any:
    """What the process says next. Raises the error it met, Unavailable when it died."""
    try:
        heard = await asyncio.to_thread(pipe.recv)
    except (EOFError, OSError):
        raise _died() from None
    if isinstance(heard, Exception):
        raise heard
    return heard


async def tell(pipe: Connection, what: Any) -> None:
    """Waits while the process is busy with what it was told before."""
    try:
        await asyncio.to_thread(pipe.send, what)
    except OSError:
        raise _died() from None


def _died() -> Unavailable:
    return Unavailable(
        say(
            "处理文件的进程意外退出，文件可能太大或已损坏",
            "The process working on the file ended unexpectedly; the file may be too large or broken",
        )
    )


def serve(work: Work, pipe_number: str, *texts: str) -> None:
    """What the process runs."""
    # Ctrl-C reaches the whole group of processes; who started this one decides when it ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    pipe: Connection = Connection(int(pipe_number))
    # A closed pipe: nobody listens any more.
    with contextlib.suppress(BrokenPipeError, ConnectionResetError, EOFError):
        try:
            work(pipe, *texts)
        except AppError as error:
            pipe.send(error)
