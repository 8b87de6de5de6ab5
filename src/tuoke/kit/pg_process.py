"""The server process of the embedded PostgreSQL: begun, awaited, and found again when we were killed."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, cast

import structlog

from tuoke.kit.errors import Unavailable
from tuoke.kit.folder_lock import locked, locked_within
from tuoke.kit.pg_folder import Place
from tuoke.kit.words import say

_LOG_LARGEST = 10_000_000
_PR_SET_PDEATHSIG = 1

log = structlog.get_logger()


def spawn(
    arguments: Sequence[str], data: Path, where: Place, served: IO[str], *, dies_with_us: bool
) -> tuple[subprocess.Popen[bytes], Path]:
    """(the server as our direct child, its log). It and all its processes inherit `served`, so that file
    is locked for as long as any of them lives."""
    written = _log_file(data)
    with served, open(written, "ab") as out:
        process = subprocess.Popen(
            arguments, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True, cwd="/",
            env={**os.environ, "LC_ALL": "C"}, umask=0o077, pass_fds=(served.fileno(),),
            preexec_fn=_last_will() if dies_with_us else None, **where.identity,
        )  # fmt: skip
    return cast("subprocess.Popen[bytes]", process), written


def _last_will() -> Callable[[], None] | None:
    """What the child runs before it becomes PostgreSQL: SIGINT (fast shutdown) when our process dies.

    Only from the main thread: the kernel counts the death of the thread that forked.
    """
    if sys.platform != "linux" or threading.current_thread() is not threading.main_thread():
        return None
    prctl = ctypes.CDLL(None).prctl
    return lambda: prctl(_PR_SET_PDEATHSIG, signal.SIGINT, 0, 0, 0)


def _log_file(data: Path) -> Path:
    written = data / "postgres.log"
    if written.exists() and written.stat().st_size > _LOG_LARGEST:
        written.replace(data / "postgres.log.1")
    return written


def await_ready(process: subprocess.Popen[bytes], where: Place, written: Path, patience_s: float) -> None:
    """PostgreSQL writes `ready` into its pid file; watching that needs no connection. Stops it on failure."""
    try:
        _await_ready(process, where.files / "postmaster.pid", written, patience_s)
    except BaseException:
        if process.poll() is None:
            process.send_signal(signal.SIGQUIT)
        process.wait()
        raise


def _await_ready(process: subprocess.Popen[bytes], pid_file: Path, written: Path, patience_s: float) -> None:
    end, tell = time.monotonic() + patience_s, time.monotonic() + 5
    while not _is_ready(pid_file, process.pid):
        if process.poll() is not None or time.monotonic() > end:
            why = written.read_text(encoding="utf-8", errors="replace").strip()[-600:]
            raise Unavailable(say("数据库没有启动：{why}", "The database did not start: {why}", why=why))
        if time.monotonic() > tell:
            log.info("postgres_recovering", log=str(written))
            tell = end
        time.sleep(0.005)


def _is_ready(pid_file: Path, pid: int) -> bool:
    lines = _lines(pid_file)
    return len(lines) >= 8 and lines[0] == str(pid) and lines[7] == "ready"


def _lines(pid_file: Path) -> list[str]:
    try:
        return [line.strip() for line in pid_file.read_text(encoding="utf-8").splitlines()]
    except FileNotFoundError:
        return []


def serving_socket(where: Place) -> Path | None:
    """The socket folder of a server that is ready on these files now, whoever started it."""
    lines = _lines(where.files / "postmaster.pid")
    if len(lines) >= 8 and lines[7] == "ready" and serves(int(lines[0]), where.files):
        return Path(lines[4])
    return None


def take_over(where: Place) -> IO[str]:
    """The lock that says no PostgreSQL serves these files, after stopping one that outlived a killed Tuoke.

    Raises Unavailable when it runs where we cannot see it (another container) or does not stop.
    """
    served = open(where.files.parent / "postgres-lock", "a+", encoding="utf-8")  # noqa: SIM115
    pid_file = where.files / "postmaster.pid"
    if not locked(served):
        _stop_orphan(pid_file)
        if not locked_within(served, 5.0):
            served.close()
            raise Unavailable(
                say(
                    "上次留下的数据库进程还在使用 {files}，且无法停止。请结束它（可能在另一个容器里）后再启动。",
                    "A PostgreSQL left from last time still uses {files} and does not stop. "
                    "End it (it may run in another container) and start again.",
                    files=where.files,
                )
            )
    # Nobody serves these files, so the notes of a killed server are stale, even if its pid lives on as another
    # process or, in a container where nobody collects the dead, as a zombie.
    for stale in (pid_file, where.socket / ".s.PGSQL.5432.lock"):
        stale.unlink(missing_ok=True)
    return served


def _stop_orphan(pid_file: Path) -> None:
    lines = _lines(pid_file)
    if not lines or not lines[0].isdigit():
        return
    pid, files = int(lines[0]), pid_file.parent
    for order, patience_s in ((signal.SIGINT, 30.0), (signal.SIGQUIT, 10.0)):
        if not serves(pid, files):
            return
        log.warning("postgres_orphan_stopping", pid=pid)
        os.kill(pid, order)
        _await_end(pid, files, patience_s)


def _await_end(pid: int, files: Path, patience_s: float) -> None:
    end = time.monotonic() + patience_s
    while serves(pid, files) and time.monotonic() < end:
        time.sleep(0.02)


def serves(pid: int, files: Path) -> bool:
    """Whether `pid` really is a living PostgreSQL over `files`: pids are used again after a reboot."""
    if sys.platform != "linux":
        said = subprocess.run(
            ["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True
        ).stdout
        return "postgres" in said and str(files) in said
    try:
        # A zombie has no command line: in containers nobody may collect it, yet it serves no one.
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return words[0].endswith(b"/postgres") and os.fsencode(files) in words
