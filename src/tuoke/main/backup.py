"""`tuoke backup`: database and files in one .tar, of one moment, while the product runs or when it is stopped."""

from __future__ import annotations

import os
from pathlib import Path

from tuoke import __version__
from tuoke.kit.clock import utc_now
from tuoke.kit.errors import Invalid
from tuoke.kit.storage import Files
from tuoke.kit.words import say
from tuoke.main import archive
from tuoke.main.dump import ask, dump
from tuoke.main.reach import reachable


def backup(target: Path, data: Path, database: str) -> int:
    """Write the backup; returns the number of files in it. Empty `database`: the embedded one in `data`.

    Raises Invalid when `target` exists, Unavailable when there is nothing to save.
    """
    target, data = target.absolute(), data.absolute()
    if target.exists():
        raise Invalid(say("{file} 已存在", "{file} exists already", file=target))
    half, dumped = target.with_name(f"{target.name}.part"), target.with_name(f"{target.name}.dump")
    try:
        with reachable(data, database) as url:
            # The database first: files are never changed, and a deleted one stays in the trash for a day,
            # so everything this dump speaks of can still be read afterwards.
            dump(url, dumped)
            structure = int(ask(url, "select coalesce(max(number), 0) from tuoke.migration"))
        count = _pack(half, dumped, Files(data / "files"), structure)
        half.rename(target)
    finally:
        dumped.unlink(missing_ok=True)
        half.unlink(missing_ok=True)
    return count


def _pack(half: Path, dumped: Path, files: Files, structure: int) -> int:
    count = 0
    with open(half, "wb") as out:
        writer = archive.Writer(out)
        with open(dumped, "rb") as source:
            writer.add(archive.DATABASE, source, dumped.stat().st_size)
        # In this order: a file deleted in between is met twice, never missed.
        for key in sorted({*files.keys(), *files.trashed()}):
            with files.open_even_trashed(key) as source:
                writer.add_file(key, source, os.fstat(source.fileno()).st_size)
                count += 1
        writer.finish(__version__, structure, utc_now().isoformat())
        out.flush()
        os.fsync(out.fileno())
    return count
