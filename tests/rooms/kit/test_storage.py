"""Files are stored whole or not at all."""

from __future__ import annotations

import os
import time
from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path

import pytest

from tuoke.kit.errors import Invalid, NotFound
from tuoke.kit.storage import Files


async def _pieces(*pieces: bytes) -> AsyncIterator[bytes]:
    for piece in pieces:
        yield piece


async def _content(files: Files, key: str) -> bytes:
    return b"".join([piece async for piece in files.read(key)])


async def test_a_file_comes_back_as_it_was_stored(tmp_path: Path) -> None:
    files = Files(tmp_path / "files")

    stored = await files.save(_pieces(b"first ", b"second"), limit=100)

    assert await _content(files, stored.key) == b"first second"
    assert (stored.size, stored.sha256) == (12, sha256(b"first second").hexdigest())
    assert list(files.keys()) == [stored.key]


async def test_a_file_over_the_limit_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    files = Files(tmp_path)

    with pytest.raises(Invalid, match="too large"):
        await files.save(_pieces(b"x" * 60, b"x" * 60), limit=100)

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


async def test_an_upload_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield b"half"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        await Files(tmp_path).save(broken(), limit=100)

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("key", ["../../etc/passwd", "", "a" * 31, "A" * 32, "trash", "0" * 32])
async def test_only_a_stored_key_finds_a_file(tmp_path: Path, key: str) -> None:
    with pytest.raises(NotFound):
        Files(tmp_path).path(key)


async def test_a_deleted_file_is_gone_but_a_running_backup_still_finds_it(tmp_path: Path) -> None:
    files = Files(tmp_path)
    stored = await files.save(_pieces(b"kept"), limit=100)

    files.delete(stored.key)
    files.delete(stored.key)

    assert list(files.keys()) == []
    with pytest.raises(NotFound):
        files.path(stored.key)
    with files.open_even_trashed(stored.key) as found:
        assert found.read() == b"kept"


async def test_the_trash_is_emptied_of_old_files_only(tmp_path: Path) -> None:
    files = Files(tmp_path)
    old, new = [await files.save(_pieces(b"x"), limit=9) for _ in range(2)]
    files.delete(old.key)
    files.delete(new.key)
    os.utime(tmp_path / "trash" / old.key, (0, time.time() - 90_000))

    assert files.empty_trash() == 1

    assert files.trashed() == [new.key]
