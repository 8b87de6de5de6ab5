"""What an import has to tell of its rows, kept on disk until it is done: it survives the worker's death."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any

import orjson

from tuoke.kit.texts import cell_text

_FORGOTTEN_S = 14 * 86_400
_PIECE = 2**20

Entry = tuple[str, int, list[Any], str]
"""Kind, line, cells, why."""


class Spool:
    """One line of JSON per row. Its `name` and `flush()`ed size belong into the job's checkpoint.

    Each lease of a job has a file of its own, so a worker wrongly thought dead cannot write into this one.
    """

    def __init__(self, folder: Path, job: int, lease: int) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._folder, self._job = folder, job
        self.name = f"{job}-{lease}.jsonl"
        self._file: IO[bytes] = (folder / self.name).open("wb")
        self._waiting: list[bytes] = []

    def take_over(self, name: str, size: int) -> None:
        """Begin with the first `size` bytes of an earlier lease's spool: what lies behind was never committed."""
        earlier = self._folder / Path(name).name
        if not earlier.is_file():
            return
        with earlier.open("rb") as file:
            while size > 0 and (piece := file.read(min(size, _PIECE))):
                size -= self._file.write(piece)

    def add(self, kind: str, line: int, cells: Sequence[Any], why: str) -> None:
        shown = [cell if isinstance(cell, str | int) else cell_text(cell) for cell in cells]
        self._waiting.append(orjson.dumps([kind, line, shown, why], option=orjson.OPT_APPEND_NEWLINE))

    def flush(self) -> int:
        """Everything added is on disk; returns the size so far."""
        self._file.write(b"".join(self._waiting))
        self._waiting.clear()
        self._file.flush()
        os.fsync(self._file.fileno())
        return self._file.tell()

    def entries(self) -> Iterator[Entry]:
        """In the order they were added."""
        with (self._folder / self.name).open("rb") as file:
            for line in file:
                kind, number, cells, why = orjson.loads(line)
                yield kind, number, cells, why

    def close(self) -> None:
        self._file.close()

    def remove(self) -> None:
        """This job's spools, those of its earlier leases too, and what jobs given up long ago have left."""
        self.close()
        forgotten = time.time() - _FORGOTTEN_S
        for path in self._folder.glob("*.jsonl"):
            if path.name.startswith(f"{self._job}-") or path.stat().st_mtime < forgotten:
                path.unlink(missing_ok=True)
