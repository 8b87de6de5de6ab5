"""The embedded PostgreSQL: started as our direct child, stopped with us, found again after a crash."""

from __future__ import annotations

import ctypes
import fcntl
import os
import pwd
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, cast
from urllib.parse import quote

import structlog

from tuoke.kit import pg_binaries
from tuoke.kit.errors import Unavailable
from tuoke.kit.pg_binaries import Binaries
from tuoke.kit.pg_folder import ELSEWHERE, Place, place
from tuoke.kit.pg_settings import server_settings
from tuoke.kit.words import say

DATABASE = "tuoke"
ROLE = "tuoke"
_LOG_LARGEST = 10_000_000
_PR_SET_PDEATHSIG = 1

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Launch:
    """How to start. The defaults are the product's; tests choose other settings."""

    settings: Mapping[str, str] = field(default_factory=dict[str, str])
    """postgresql.conf settings over ours."""
    elsewhere: Path = ELSEWHERE
    """Where files go when the PostgreSQL user cannot enter the data folder."""
    dies_with_us: bool = True
    """Ask the kernel to stop PostgreSQL when we are killed (Linux). The next start copes without it too."""
    ready_s: float = 600.0
    """Recovery after a power cut may read gigabytes of log."""


class Server:
    """A running embedded PostgreSQL over one data folder. Only its starter stops it."""

    def __init__(
        self, place: Place, binaries: Binaries, process: subprocess.Popen[bytes], lock: IO[str]
    ) -> None:
        self.place, self.binaries, self.process = place, binaries, process
        self._lock = lock

    def url(self, database: str = DATABASE) -> str:
        return f"postgresql://{ROLE}@/{database}?host={quote(str(self.place.socket))}"

    def alive(self) -> bool:
        return self.process.poll() is None

    def stop(self, patience_s: float = 30.0) -> None:
        """Fast shutdown: sessions end, everything committed is on disk. Then the data folder is free."""
        if self.alive():
            self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(patience_s)
        except subprocess.TimeoutExpired:
            # Immediate shutdown loses nothing committed; the next start replays the log.
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(patience_s)
        if self.place.socket != self.place.files:
            shutil.rmtree(self.place.socket, ignore_errors=True)
        self._lock.close()


def start(data: Path, launch: Launch | None = None) -> Server:
    """Start the PostgreSQL of `data`, creating it at the first start; returns when it takes connections.

    Raises Unavailable, with the way out, when the folder is in use, of another PostgreSQL major or not ours.
    """
    launch = launch or Launch()
    data = open_folder(data)
    lock = hold(data)
    try:
        where = place(data, launch.elsewhere)
        binaries = pg_binaries.runnable(pg_binaries.carried(), where.identity, launch.elsewhere)
        if not where.files.is_relative_to(data):
            log.warning("postgres_elsewhere", files=str(where.files), reason=f"its user may not enter {data}")
        served = _take_over(where)
        is_new = not (where.files / "PG_VERSION").exists()
        if is_new:
            _initialise(where, binaries)
        _refuse_other_major(where, binaries)
        _write_access(where)
        server = Server(where, binaries, _spawn(data, where, binaries, launch, served), lock)
        if is_new:
            _create_database(server)
    except BaseException:
        lock.close()
        raise
    return server


def open_folder(data: Path) -> Path:
    """The data folder, absolute; made when absent, private as far as PostgreSQL's user allows."""
    data = data.absolute()
    if not data.exists():
        # As root, PostgreSQL's own user must pass through to its files, but not look around.
        data.mkdir(parents=True, mode=0o711 if os.geteuid() == 0 else 0o700)
    return data.resolve()


def hold(data: Path) -> IO[str]:
    """Take the data folder for this process; the kernel gives it back even after kill -9.

    Raises Unavailable when another Tuoke has it.
    """
    held = open(data / "lock", "a+", encoding="utf-8")  # noqa: SIM115
    if not _locked(held):
        held.seek(0)
        holder = held.read().strip() or "?"
        held.close()
        raise Unavailable(
            say(
                "数据目录 {data} 正在被另一个拓客使用（进程 {holder}）。请先停止它，或用 --data 指定另一个目录。",
                "The data folder {data} is in use by another Tuoke (process {holder}). "
                "Stop that one first, or name another folder with --data.",
                data=data,
                holder=holder,
            )
        )
    held.truncate(0)
    held.write(f"{os.getpid()}\n")
    held.flush()
    return held


def _locked(held: IO[str]) -> bool:
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _initialise(where: Place, binaries: Binaries) -> None:
    """initdb beside the final place and rename, so that a start killed half-way leaves nothing half."""
    half = where.files.with_name(f"{where.files.name}.new")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(mode=0o700)
    where.give(half)
    # The builtin provider sorts alike on every system and needs no locale installed.
    made = subprocess.run(
        [binaries.program("initdb"), "-D", str(half), "-U", ROLE, "-E", "UTF8", "--auth=peer", "--locale=C",
         "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"],
        capture_output=True, text=True, cwd="/", env={**os.environ, "LC_ALL": "C"}, **where.identity,
    )  # fmt: skip
    if made.returncode != 0:
        raise Unavailable(
            say(
                "无法建立数据库：{why}",
                "The database could not be created: {why}",
                why=made.stderr.strip()[-400:],
            )
        )
    if where.files.exists():
        where.files.rmdir()
    os.rename(half, where.files)


def _refuse_other_major(where: Place, binaries: Binaries) -> None:
    theirs, ours = (where.files / "PG_VERSION").read_text().strip(), binaries.major()
    if theirs != ours:
        raise Unavailable(
            say(
                "数据目录由 PostgreSQL {theirs} 写入，本程序自带的是 {ours}。"
                "请用写入它的拓客版本执行 tuoke backup，再用本版本 tuoke restore 到新目录。",
                "This data folder was written by PostgreSQL {theirs}; this Tuoke carries {ours}. Run tuoke backup "
                "with the Tuoke that wrote it, then tuoke restore into a new folder with this one.",
                theirs=theirs,
                ours=ours,
            )
        )


def _write_access(where: Place) -> None:
    """Only through the socket, and only the system user that runs us or the server. Written at every start,
    because the user may be another one than last time."""
    users = {pwd.getpwuid(uid).pw_name for uid in (os.geteuid(), where.uid)}
    for name, text in (
        ("pg_hba.conf", "local all all peer map=tuoke\n"),
        ("pg_ident.conf", "".join(f'tuoke "{user}" {ROLE}\n' for user in sorted(users))),
    ):
        where.write(where.files / name, text)


def _spawn(
    data: Path, where: Place, binaries: Binaries, launch: Launch, served: IO[str]
) -> subprocess.Popen[bytes]:
    arguments = [binaries.program("postgres"), "-D", str(where.files), "-k", str(where.socket)]
    for name, value in {**server_settings(), **launch.settings}.items():
        arguments += ["-c", f"{name}={value}"]
    written = _log_file(data)
    # The server and all its processes inherit `served`: it is locked for as long as any of them lives.
    with served, open(written, "ab") as out:
        process = cast("subprocess.Popen[bytes]", subprocess.Popen(
            arguments, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True, cwd="/",
            env={**os.environ, "LC_ALL": "C"}, preexec_fn=_last_will(launch), umask=0o077, pass_fds=(served.fileno(),),
            **where.identity,
        ))  # fmt: skip
    try:
        _await_ready(process, where, written, launch.ready_s)
    except BaseException:
        if process.poll() is None:
            process.send_signal(signal.SIGQUIT)
        process.wait()
        raise
    return process


def _last_will(launch: Launch) -> Callable[[], None] | None:
    """What the child runs before it becomes PostgreSQL: SIGINT (fast shutdown) when our process dies.

    Only from the main thread: the kernel counts the death of the thread that forked.
    """
    if not (
        launch.dies_with_us
        and sys.platform == "linux"
        and threading.current_thread() is threading.main_thread()
    ):
        return None
    prctl = ctypes.CDLL(None).prctl
    return lambda: prctl(_PR_SET_PDEATHSIG, signal.SIGINT, 0, 0, 0)


def _log_file(data: Path) -> Path:
    written = data / "postgres.log"
    if written.exists() and written.stat().st_size > _LOG_LARGEST:
        written.replace(data / "postgres.log.1")
    return written


def _await_ready(process: subprocess.Popen[bytes], where: Place, written: Path, patience_s: float) -> None:
    """PostgreSQL writes `ready` in the eighth line of its pid file; watching that needs no connection."""
    end, told = time.monotonic() + patience_s, time.monotonic() + 5
    while not _is_ready(where.files / "postmaster.pid", process.pid):
        if process.poll() is not None or time.monotonic() > end:
            raise Unavailable(
                say("数据库没有启动：{why}", "The database did not start: {why}", why=_tail(written)),
            )
        if time.monotonic() > told:
            log.info("postgres_recovering", log=str(written))
            told = end
        time.sleep(0.005)


def _is_ready(pid_file: Path, pid: int) -> bool:
    lines = _pid_lines(pid_file)
    return len(lines) >= 8 and lines[0] == str(pid) and lines[7] == "ready"


def _pid_lines(pid_file: Path) -> list[str]:
    try:
        return [line.strip() for line in pid_file.read_text(encoding="utf-8").splitlines()]
    except FileNotFoundError:
        return []


def _tail(written: Path) -> str:
    return written.read_text(encoding="utf-8", errors="replace").strip()[-600:]


def _create_database(server: Server) -> None:
    command = [server.binaries.program("createdb"), "-h", str(server.place.socket), "-U", ROLE, DATABASE]
    made = subprocess.run(command, capture_output=True, text=True, cwd="/")
    if made.returncode != 0 and "already exists" not in made.stderr:
        server.stop()
        raise Unavailable(
            say("无法建立数据库：{why}", "The database could not be created: {why}", why=made.stderr.strip())
        )


def _take_over(where: Place) -> IO[str]:
    """The lock that says no PostgreSQL serves these files, after stopping one that outlived a killed Tuoke.

    Raises Unavailable when it runs where we cannot see it (another container) or does not stop.
    """
    served = open(where.files.parent / "postgres-lock", "a+", encoding="utf-8")  # noqa: SIM115
    pid_file = where.files / "postmaster.pid"
    if not _locked(served):
        _stop_orphan(pid_file)
        if not _locked_within(served, 5.0):
            served.close()
            raise Unavailable(
                say(
                    "上次留下的数据库进程还在使用 {files}，且无法停止。请结束它（可能在另一个容器里）后再启动。",
                    "A PostgreSQL left from last time still uses {files} and does not stop. "
                    "End it (it may run in another container) and start again.",
                    files=where.files,
                )
            )
    # Nobody serves these files, so the note of a killed server is stale, even if its pid lives again as another.
    pid_file.unlink(missing_ok=True)
    return served


def _locked_within(served: IO[str], patience_s: float) -> bool:
    end = time.monotonic() + patience_s
    while not _locked(served):
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def _stop_orphan(pid_file: Path) -> None:
    lines = _pid_lines(pid_file)
    if not lines or not lines[0].isdigit():
        return
    pid, files = int(lines[0]), pid_file.parent
    for order, patience_s in ((signal.SIGINT, 30.0), (signal.SIGQUIT, 10.0)):
        if not _serves(pid, files):
            return
        log.warning("postgres_orphan_stopping", pid=pid)
        os.kill(pid, order)
        _await_end(pid, files, patience_s)


def _await_end(pid: int, files: Path, patience_s: float) -> None:
    end = time.monotonic() + patience_s
    while _serves(pid, files) and time.monotonic() < end:
        time.sleep(0.02)


def _serves(pid: int, files: Path) -> bool:
    """Whether `pid` really is a living PostgreSQL over `files`: pids are used again after a reboot."""
    if sys.platform != "linux":
        said = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True).stdout
        return "postgres" in said and str(files) in said
    try:
        # A zombie has no command line: in containers nobody may collect it, yet it serves no one.
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return words[0].endswith(b"/postgres") and os.fsencode(files) in words
