"""A backup is one consistent moment, and a restored copy is equal to it."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.product import environment_with, free_port, tuoke
from tuoke.kit import pg
from tuoke.kit.database import make_engine, migrate
from tuoke.kit.errors import Conflict, Invalid, Unavailable
from tuoke.kit.storage import Files
from tuoke.main.backup import backup
from tuoke.main.dump import ask
from tuoke.main.restore import restore
from tuoke.main.unfinished import MARK

_CONTENT = """
create schema if not exists work; create schema if not exists search;
create table work.lead(id bigint generated always as identity primary key, name text, amount numeric(18, 2),
  at timestamptz, tags text[], facts jsonb, on_day date);
insert into work.lead(name, amount, at, tags, facts, on_day)
  select '客户 ' || n || E' \\n\\t''"\\\\', n * 1.01, '2026-11-22 08:00Z'::timestamptz + n * interval '1 hour',
    array['a', null, '标签'], jsonb_build_object('n', n, '名', null), '2026-01-01'::date + n from generate_series(1, 3000) n;
delete from work.lead where id % 7 = 0;
create table search.lead(id bigint primary key, tokens text[]);
insert into search.lead select id, array['token'] from work.lead;
insert into bus.position(reader, seq) values ('search', 99), ('field_change', 98)
"""
_TABLES = """
select string_agg(format('%I.%I', schemaname, tablename), ' ' order by schemaname, tablename)
from pg_tables where schemaname in ('tuoke', 'bus', 'work')
"""
_SEQUENCES = """
select string_agg(format('%I.%I %s', schemaname, sequencename, last_value), ' ' order by schemaname, sequencename)
from pg_sequences
"""
_ROWS = "select count(*) || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') from {table} t"


@pytest.fixture
def folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="tuoke-backup-")).resolve()
    made.chmod(0o711)
    yield made
    shutil.rmtree(made)


@pytest.fixture(scope="module")
def source() -> Iterator[Path]:
    """A data folder with some of everything in it, not running, and beside it its backup `b.tar`. Read only."""
    made = Path(tempfile.mkdtemp(prefix="tuoke-backup-")).resolve()
    made.chmod(0o711)
    data = made / "data"
    with pg.running(data) as server:
        asyncio.run(_migrated(server.url()))
        for statement in _CONTENT.split(";\n"):
            ask(server.url(), statement)
    for content in (b"first", b"", os.urandom(300_000)):
        asyncio.run(Files(data / "files").save(_pieces(content), limit=1_000_000))
    backup(made / "b.tar", data, "")
    yield made
    shutil.rmtree(made)


@pytest.fixture
def data(source: Path) -> Path:
    return source / "data"


@pytest.fixture
def saved(source: Path) -> Path:
    return source / "b.tar"


async def _migrated(url: str) -> None:
    engine = make_engine(url)
    await migrate(engine)
    await engine.dispose()


async def _pieces(content: bytes) -> AsyncIterator[bytes]:
    yield content


def _rows(url: str) -> dict[str, str]:
    """Every table's rows in a fixed order, and where the numbering stands."""
    found = {table: ask(url, _ROWS.format(table=table)) for table in ask(url, _TABLES).split()}
    return {**found, "sequences": ask(url, _SEQUENCES)}


def _files(data: Path) -> dict[str, bytes]:
    files = Files(data / "files")
    return {key: files.path(key).read_bytes() for key in files.keys()}  # noqa: SIM118


def _stored(data: Path) -> tuple[dict[str, str], dict[str, bytes]]:
    with pg.running(data) as server:
        return _rows(server.url()), _files(data)


def test_a_restored_copy_is_equal(folder: Path, data: Path, saved: Path) -> None:
    restore(saved, folder / "copy", "")

    before, after = _stored(data), _stored(folder / "copy")
    assert before == after
    assert len(before[0]) > 10
    assert len(before[1]) == 3
    assert [path.name for path in saved.parent.iterdir() if path.name.startswith("b.tar")] == ["b.tar"]


def test_search_tables_come_back_empty_for_the_worker_to_fill(folder: Path, data: Path, saved: Path) -> None:
    restore(saved, folder / "copy", "")

    with pg.running(data) as server:
        assert ask(server.url(), "select count(*) from search.lead") != "0"
    with pg.running(folder / "copy") as server:
        assert ask(server.url(), "select count(*) from search.lead") == "0"


def test_a_backup_while_the_product_writes_is_of_one_moment(folder: Path, saved: Path) -> None:
    """A writer adds a file, then a row that names it, and sometimes deletes both: no row without its file."""
    restore(saved, folder / "data", "")
    data = folder / "data"
    with pg.running(data) as server:
        ask(server.url(), "create table work.paper(key text primary key)")
        leave = threading.Event()
        writer = threading.Thread(target=_write_papers, args=(server.url(), Files(data / "files"), leave))
        writer.start()
        try:
            for number in range(3):
                backup(folder / f"{number}.tar", data, "")
        finally:
            leave.set()
            writer.join()

    for number in range(3):
        restore(folder / f"{number}.tar", folder / f"copy{number}", "")
        with pg.running(folder / f"copy{number}") as server:
            keys = ask(server.url(), "select coalesce(string_agg(key, ' '), '') from work.paper").split()
        assert keys or number == 0
        assert set(keys) <= set(_files(folder / f"copy{number}"))


def _write_papers(url: str, files: Files, leave: threading.Event) -> None:
    async def write() -> None:
        engine = make_engine(url)
        kept: list[str] = []
        while not leave.is_set():
            stored = await files.save(_pieces(b"paper"), limit=100)
            kept.append(stored.key)
            async with engine.begin() as db:
                await db.exec_driver_sql("insert into work.paper values ($1)", (stored.key,))
            if len(kept) > 5:
                old = kept.pop(0)
                async with engine.begin() as db:
                    await db.exec_driver_sql("delete from work.paper where key = $1", (old,))
                files.delete(old)
        await engine.dispose()

    asyncio.run(write())


def test_a_backup_never_writes_over_another(folder: Path, data: Path) -> None:
    (folder / "b.tar").write_text("last year's")

    with pytest.raises(Invalid, match="exists already"):
        backup(folder / "b.tar", data, "")

    assert (folder / "b.tar").read_text() == "last year's"


def test_there_is_nothing_to_back_up_in_an_empty_folder(folder: Path) -> None:
    (folder / "empty").mkdir()
    for empty in ("empty", "absent"):
        with pytest.raises(Unavailable, match="There is no Tuoke data"):
            backup(folder / "b.tar", folder / empty, "")

    assert not (folder / "absent").exists()


def test_a_restore_refuses_a_folder_with_anything_in_it(folder: Path, data: Path, saved: Path) -> None:
    before = _stored(data)

    with pytest.raises(Conflict, match="is not empty"):
        restore(saved, data, "")

    assert _stored(data) == before


def _flipped(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


@pytest.mark.parametrize(
    "spoil",
    [_flipped, lambda content: content[: len(content) // 2], lambda content: content[:-12_000], lambda _: b"", lambda _: b"hello" * 999],
    ids=["one bit flipped", "cut in half", "end missing", "empty", "no archive"],
)  # fmt: skip
def test_a_damaged_backup_is_refused_and_leaves_the_folder_empty(folder: Path, saved: Path, spoil) -> None:
    (folder / "bad.tar").write_bytes(spoil(saved.read_bytes()))

    with pytest.raises(Invalid, match="cannot be used"):
        restore(folder / "bad.tar", folder / "copy", "")

    restore(saved, folder / "copy", "")


@pytest.mark.parametrize("name", ["../evil", "/tmp/evil", "files/../../evil", "pg/PG_VERSION"])
def test_an_archive_cannot_write_where_it_wants(folder: Path, saved: Path, name: str) -> None:
    with tarfile.open(folder / "evil.tar", "w") as tar:
        entry = tarfile.TarInfo(name)
        entry.size = 4
        tar.addfile(entry, io.BytesIO(b"evil"))

    with pytest.raises(Invalid, match="unknown entry"):
        restore(folder / "evil.tar", folder / "copy", "")

    assert list((folder / "copy").rglob("*")) == [folder / "copy" / "lock"]


def test_a_backup_of_a_newer_tuoke_is_refused(folder: Path, saved: Path) -> None:
    with tarfile.open(saved) as old, tarfile.open(folder / "newer.tar", "w") as new:
        for entry in old:
            content = old.extractfile(entry).read()
            if entry.name == "manifest.json":
                content = json.dumps({**json.loads(content), "structure": 9999}).encode()
                entry.size = len(content)
            new.addfile(entry, io.BytesIO(content))

    with pytest.raises(Unavailable, match="newer Tuoke"):
        restore(folder / "newer.tar", folder / "copy", "")


@pytest.mark.parametrize(
    "after_s", [0.3, pytest.param(0.0, marks=pytest.mark.soak), pytest.param(0.8, marks=pytest.mark.soak)]
)
def test_a_restore_killed_half_way_is_not_taken_for_the_real_thing(
    folder: Path, data: Path, after_s: float, saved: Path
) -> None:
    before = _stored(data)
    words = [sys.executable, "-P", "-m", "tuoke", "restore", saved, "--data", folder / "copy"]
    process = subprocess.Popen(words, env=environment_with(), stdout=subprocess.DEVNULL)
    while not (folder / "copy" / MARK).exists():
        time.sleep(0.001)
    time.sleep(after_s)
    process.kill()
    process.wait()
    if not (folder / "copy" / MARK).exists():
        pytest.fail("the restore ended before it was killed: make the waits shorter")

    refused = tuoke("serve", "--data", folder / "copy", "--port", str(free_port()))
    assert refused.returncode == 1
    assert "did not end" in refused.stderr
    assert tuoke("restore", saved, "--data", folder / "copy").returncode == 0

    assert _stored(folder / "copy") == before


def test_a_database_run_by_somebody_else_is_backed_up_and_restored(
    folder: Path, data: Path, postgres: pg.Server, saved: Path
) -> None:
    for name in ("tuoke_target", "tuoke_filled"):
        ask(postgres.url("postgres"), f"create database {name}")
    target = postgres.url("tuoke_target")

    restore(saved, folder / "copy", target)
    backup(folder / "again.tar", folder / "copy", target)
    restore(folder / "again.tar", folder / "third", "")

    assert _stored(data)[0] == _stored(folder / "third")[0]
    with pytest.raises(Conflict, match="not empty"):
        restore(saved, folder / "fourth", target)


def test_the_command_line_does_both(folder: Path, data: Path) -> None:
    saved = tuoke("backup", folder / "b.tar", "--data", data)
    restored = tuoke("restore", folder / "b.tar", "--data", folder / "copy")

    assert (saved.returncode, restored.returncode) == (0, 0), saved.stderr + restored.stderr
    assert "database + 3 files" in saved.stdout
    assert (folder / "b.tar").stat().st_mode & 0o077 == 0
    with contextlib.suppress(FileNotFoundError):
        assert not (folder / "copy" / MARK).exists()
