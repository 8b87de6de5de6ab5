"""`tuoke restore`: a backup into an empty data folder, complete or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from tuoke.kit import pg, pg_process
from tuoke.kit.database import shipped_migrations
from tuoke.kit.errors import Conflict, Invalid, Unavailable
from tuoke.kit.pg_folder import place
from tuoke.kit.words import say
from tuoke.main import archive
from tuoke.main.dump import ask, load
from tuoke.main.unfinished import MARK

_DUMP = "restore.dump"
_LOCK = "lock"
# The whole load is one transaction into new tables, so PostgreSQL may write them once instead of twice.
_LOADING = pg.Launch(settings={"wal_level": "minimal", "max_wal_senders": "0", "autovacuum": "off"})


def restore(source: Path, data: Path, database: str) -> archive.Manifest:
    """Fill `data` (and `database`, when it is not the embedded one) from the backup `source`.

    Raises Invalid for a damaged backup, Conflict when something is there already.
    """
    if not source.is_file():
        raise Invalid(say("没有备份文件 {file}", "There is no backup file {file}", file=source))
    data = pg.open_folder(data)
    lock = pg.hold(data)
    try:
        _claim(data)
        if database:
            _refuse_filled(database)
        manifest = _unpacked(source, data)
        with _target(data, database, lock) as url:
            _load(url, data / _DUMP)
        (data / _DUMP).unlink()
        # Only now may it be taken for the real thing, so everything else must be on the disk before.
        os.sync()
        (data / MARK).unlink()
    finally:
        lock.close()
    return manifest


def _claim(data: Path) -> None:
    """Mark the folder as being restored; clears what a killed restore left. Raises Conflict when it is in use."""
    mark = data / MARK
    if not mark.exists() and {path.name for path in data.iterdir()} - {_LOCK}:
        raise Conflict(
            say(
                "{data} 不是空目录。请恢复到一个新的目录，再用 --data 指向它。",
                "{data} is not empty. Restore into a new folder and start with --data pointing there.",
                data=data,
            )
        )
    if mark.exists():
        _clear(data)
    mark.write_text("tuoke restore\n", encoding="utf-8")


def _clear(data: Path) -> None:
    where = place(data)
    pg_process.take_over(where).close()
    if not where.files.is_relative_to(data):
        shutil.rmtree(where.files.parent)
    for path in data.iterdir():
        if path.name in (_LOCK, MARK):
            continue
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def _unpacked(source: Path, data: Path) -> archive.Manifest:
    """Everything out of the archive and proved; a bad archive leaves the folder as empty as it was."""
    try:
        manifest = archive.unpack(source, lambda name: _place(data, name))
        _refuse_newer(manifest)
    except BaseException:
        _clear(data)
        (data / MARK).unlink()
        raise
    return manifest


def _place(data: Path, name: str) -> Path:
    key = archive.file_key(name)
    return data / "files" / key[:2] / key if key else data / _DUMP


def _refuse_newer(manifest: archive.Manifest) -> None:
    newest = shipped_migrations()[-1][0]
    if manifest.structure > newest:
        raise Unavailable(
            say(
                "备份由更新的拓客 {theirs} 写入，请用该版本恢复",
                "The backup was written by the newer Tuoke {theirs}; restore it with that version",
                theirs=manifest.version,
            )
        )


def _refuse_filled(database: str) -> None:
    if int(ask(database, "select count(*) from pg_namespace where nspname in ('tuoke', 'bus', 'work')")):
        raise Conflict(
            say(
                "目标数据库不是空的，请新建一个数据库",
                "The target database is not empty; create a new one",
            )
        )


@contextmanager
def _target(data: Path, database: str, lock: IO[str]) -> Generator[str]:
    if database:
        yield database
        return
    with pg.running(data, _LOADING, lock) as server:
        yield server.url()


def _load(url: str, source: Path) -> None:
    load(url, source)
    # The search tables came back empty; the worker fills those by itself.
    ask(url, "analyze")
