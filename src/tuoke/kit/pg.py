"""The embedded PostgreSQL: started as our direct child, stopped with us, found again after a crash."""

from __future__ import annotations

import errno
import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from urllib.parse import quote

import structlog

from tuoke.kit import pg_binaries, pg_process
from tuoke.kit.errors import Unavailable
from tuoke.kit.folder_lock import locked
from tuoke.kit.pg_binaries import Binaries
from tuoke.kit.pg_folder import ELSEWHERE, Place, place
from tuoke.kit.pg_settings import server_settings
from tuoke.kit.words import say

DATABASE = "tuoke"
ROLE = "tuoke"

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

    def __init__(self, data: Path, where: Place, binaries: Binaries, launch: Launch, lock: IO[str]) -> None:
        self.place, self.binaries = where, binaries
        self._data, self._launch, self._lock = data, launch, lock
        self.process = self._spawn()

    def url(self, database: str = DATABASE) -> str:
        return socket_url(self.place.socket, database)

    def alive(self) -> bool:
        return self.process.poll() is None

    def start_again(self) -> None:
        """After it died under us. Its address stays the same."""
        self.process = self._spawn()

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

    def _spawn(self) -> subprocess.Popen[bytes]:
        served = pg_process.take_over(self.place)
        arguments = [
            self.binaries.program("postgres"),
            "-D",
            str(self.place.files),
            "-k",
            str(self.place.socket),
        ]
        for name, value in {**server_settings(), **self._launch.settings}.items():
            arguments += ["-c", f"{name}={value}"]
        process, written = pg_process.spawn(
            arguments, self._data, self.place, served, dies_with_us=self._launch.dies_with_us
        )
        pg_process.await_ready(process, self.place, written, self._launch.ready_s)
        return process


def socket_url(folder: Path, database: str = DATABASE) -> str:
    return f"postgresql://{ROLE}@/{database}?host={quote(str(folder))}"


@contextmanager
def running(data: Path, launch: Launch | None = None, held: IO[str] | None = None) -> Generator[Server]:
    """`start`, and stop at the end of the block."""
    server = start(data, launch, held)
    try:
        yield server
    finally:
        server.stop()


def start(data: Path, launch: Launch | None = None, held: IO[str] | None = None) -> Server:
    """Start the PostgreSQL of `data`, creating it at the first start; returns when it takes connections.

    `held`: the lock of the folder when the caller has it already and keeps it.
    Raises Unavailable, with the way out, when the folder is in use, of another PostgreSQL major or not ours.
    """
    launch = launch or Launch()
    data = open_folder(data)
    lock = _shared(held) if held else hold(data)
    try:
        return _start(data, launch, lock)
    except BaseException:
        lock.close()
        raise


def _start(data: Path, launch: Launch, lock: IO[str]) -> Server:
    where = place(data, launch.elsewhere)
    binaries = pg_binaries.runnable(pg_binaries.carried(), where.identity, launch.elsewhere)
    if not where.files.is_relative_to(data):
        log.warning("postgres_elsewhere", files=str(where.files), reason=f"its user may not enter {data}")
    with pg_process.take_over(where) as served:
        if not where.is_initialised():
            _initialise(where, binaries, served)
    _refuse_other_major(where, binaries)
    _write_access(where)
    server = Server(data, where, binaries, launch, lock)
    try:
        _create_database(server)
    except BaseException:
        server.stop()
        raise
    return server


def open_folder(data: Path) -> Path:
    """The data folder, absolute; made when absent, with the folders above it. Raises Unavailable where we may not."""
    data = data.absolute()
    try:
        missing = [folder for folder in (data, *data.parents) if not folder.exists()]
        for folder in reversed(missing):
            folder.mkdir()
            # As root, PostgreSQL's own user must pass through to its files, but not look around.
            folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
        if not os.access(data, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        raise Unavailable(
            say(
                "无法使用数据目录 {data}（{why}）。请用 --data 指定一个可写的目录。",
                "The data folder {data} cannot be used ({why}). Name one you may write to with --data.",
                data=data,
                why=error.strerror,
            )
        ) from error
    return data.resolve()


def hold(data: Path) -> IO[str]:
    """Take the data folder for this process; the kernel gives it back even after kill -9.

    Raises Unavailable when another Tuoke has it.
    """
    held = open(data / "lock", "a+", encoding="utf-8")  # noqa: SIM115
    if not locked(held):
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


def _shared(held: IO[str]) -> IO[str]:
    """A second handle on the same lock, which lasts until both are closed."""
    return os.fdopen(os.dup(held.fileno()), "a+", encoding="utf-8")


def _initialise(where: Place, binaries: Binaries, served: IO[str]) -> None:
    """initdb beside the final place and rename, so that a start killed half-way leaves nothing half.

    initdb inherits `served`: if we are killed, the next start waits for it before it clears up.
    """
    half = where.files.with_name(f"{where.files.name}.new")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(mode=0o700)
    where.give(half)
    # The builtin provider sorts alike on every system and needs no locale installed.
    made = subprocess.run(
        [binaries.program("initdb"), "-D", str(half), "-U", ROLE, "-E", "UTF8", "--auth=peer", "--locale=C",
         "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"],
        capture_output=True, text=True, cwd="/", env={**os.environ, "LC_ALL": "C"},
        pass_fds=(served.fileno(),), **where.identity,
    )  # fmt: skip
    if made.returncode != 0:
        raise _not_created(made.stderr)
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
    """Only through the socket, and only root, the user that runs us and the server's own. Written at every
    start, because the user may be another one than last time."""
    users = {"root", *(pwd.getpwuid(uid).pw_name for uid in (os.geteuid(), where.uid))}
    where.write("pg_hba.conf", "local all all peer map=tuoke\n")
    where.write("pg_ident.conf", "".join(f'tuoke "{user}" {ROLE}\n' for user in sorted(users)))


def _create_database(server: Server) -> None:
    """Our database, once; the mark spares later starts the question."""
    mark = server.place.files / "tuoke-database"
    if mark.exists():
        return
    command = [server.binaries.program("createdb"), "-h", str(server.place.socket), "-U", ROLE, DATABASE]
    made = subprocess.run(command, capture_output=True, text=True, cwd="/")
    if made.returncode != 0 and "already exists" not in made.stderr:
        raise _not_created(made.stderr)
    server.place.write(mark.name, f"{DATABASE}\n")


def _not_created(why: str) -> Unavailable:
    return Unavailable(
        say("无法建立数据库：{why}", "The database could not be created: {why}", why=why.strip()[-400:])
    )
