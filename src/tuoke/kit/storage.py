"""Files on disk: written once, whole or not at all, found by key; what a key means the database knows."""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from uuid import uuid4

from tuoke.kit.errors import Invalid, NotFound
from tuoke.kit.words import say

_KEY = re.compile(r"[0-9a-f]{32}")
_TRASH, _HALF = "trash", "half"
_PIECE = 1 << 18


@dataclass(frozen=True, slots=True)
class Stored:
    key: str
    size: int
    """Bytes."""
    sha256: str


class Files:
    """The folder of stored files: `ab/abcd…` by random key, so a name from outside never becomes a path."""

    def __init__(self, root: Path) -> None:
        self._root = root

    async def save(self, pieces: AsyncIterator[bytes], *, limit: int) -> Stored:
        """Store the bytes of `pieces`; on disk when this returns.

        `limit`: bytes. Raises Invalid beyond it; nothing is left behind by an error or a crash but a file in `half/`.
        """
        key, digest, size = uuid4().hex, hashlib.sha256(), 0
        half = self._folder(_HALF) / key
        try:
            with open(half, "xb") as out:
                async for piece in pieces:
                    size += len(piece)
                    if size > limit:
                        raise _too_large(limit)
                    digest.update(piece)
                    await asyncio.to_thread(out.write, piece)
                await asyncio.to_thread(_to_disk, out)
            await asyncio.to_thread(self._settle, half, key)
        finally:
            half.unlink(missing_ok=True)
        return Stored(key, size, digest.hexdigest())

    def path(self, key: str) -> Path:
        """Where the file lies, for doors that send it. Raises NotFound."""
        path = self._place(key)
        if not path.is_file():
            raise NotFound(say("文件不存在", "There is no such file"), key=key)
        return path

    async def read(self, key: str) -> AsyncIterator[bytes]:
        """The file in pieces of 256 KiB. Raises NotFound."""
        async for piece in pieces_of(self.path(key)):
            yield piece

    def delete(self, key: str) -> None:
        """Take the file out of use; it lies in the trash until `empty_trash`, so that a backup whose
        database is a moment older still finds it. A file that is gone already is no error."""
        place = self._place(key)
        if place.exists():
            os.utime(place)
            place.replace(self._folder(_TRASH) / key)

    def empty_trash(self, older_than_s: float = 86_400.0) -> int:
        """Remove for good what was deleted or left half-written that long ago; says how many."""
        before, gone = time.time() - older_than_s, 0
        for path in (*self._folder(_TRASH).iterdir(), *self._folder(_HALF).iterdir()):
            if path.stat().st_mtime < before:
                path.unlink(missing_ok=True)
                gone += 1
        return gone

    def keys(self) -> Iterator[str]:
        """Every key in use, in order."""
        for folder in sorted(self._root.glob("[0-9a-f][0-9a-f]")):
            yield from sorted(path.name for path in folder.iterdir() if _KEY.fullmatch(path.name))

    def trashed(self) -> list[str]:
        return sorted(path.name for path in self._folder(_TRASH).iterdir())

    def open_even_trashed(self, key: str) -> IO[bytes]:
        """For the backup: the file, also when it was deleted a moment ago. Raises NotFound."""
        for path in (self._place(key), self._folder(_TRASH) / key):
            try:
                return open(path, "rb")
            except FileNotFoundError:
                continue
        raise NotFound(say("文件不存在", "There is no such file"), key=key)

    def _place(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise NotFound(say("文件不存在", "There is no such file"), key=key)
        return self._root / key[:2] / key

    def _folder(self, name: str) -> Path:
        folder = self._root / name
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return folder

    def _settle(self, half: Path, key: str) -> None:
        """Rename into place; the folders' own entries are synced too, or a power cut could lose the name."""
        folder = self._folder(key[:2])
        half.replace(folder / key)
        for changed in (folder, self._root):
            _sync_folder(changed)


async def pieces_of(path: Path) -> AsyncIterator[bytes]:
    """A file on disk as `save` takes it."""
    with open(path, "rb") as source:
        while piece := await asyncio.to_thread(source.read, _PIECE):
            yield piece


def _too_large(limit: int) -> Invalid:
    return Invalid(
        say(
            "文件太大，最多 {most} MB",
            "The file is too large: at most {most} MB",
            most=max(1, limit // 1_000_000),
        ),
        limit=limit,
    )


def _to_disk(out: IO[bytes]) -> None:
    out.flush()
    os.fsync(out.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
