"""Reading a file in a process of its own: the processor's work beside the database's, and a broken file harms no worker.

The process opens the file and tells what it found; told how the columns are read, it sends the rows chunk by
chunk, always one chunk ahead of who asks. It ends when nobody listens any more.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from tuoke.records.bulk import Key, match_key
from tuoke.transfer.cells import NumberedRow
from tuoke.transfer.process import beside, hear
from tuoke.transfer.rows import Chunk, Plan, RowReader
from tuoke.transfer.sheets import Sheet, open_sheet

CHUNK = 2000
"""Rows: enough to make a transaction's cost vanish, few enough to keep it short."""
_SAMPLES = 3
_SAMPLED_ROWS = 50


@dataclass(frozen=True, slots=True)
class Opened:
    """What the process found."""

    headings: tuple[str, ...]
    heading_line: int
    approximate_rows: int
    names: tuple[str, ...]
    samples: tuple[tuple[Any, ...], ...]
    """Per column, its first few different cells."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """How the rows are to be sent."""

    plan: Plan
    constants: Mapping[str, Any]
    """Values every row shares that has none of its own; they may be part of a match key."""
    after: int = 0
    """Rows up to this line were done before; of them only the match keys are sent."""
    match: tuple[str, ...] = ()
    chunk: int = CHUNK


@dataclass(frozen=True, slots=True)
class Known:
    """Match keys of rows that were done before, with their lines."""

    keys: list[tuple[Key, int]]


Part = Chunk | Known


class FileReader:
    """The near end of the process."""

    def __init__(self, opened: Opened, pipe: Connection) -> None:
        self.opened, self._pipe = opened, pipe

    async def parts(self, wanted: Wanted) -> AsyncGenerator[Part]:
        """Everything below the headings. Raises what the process raised, such as Invalid for a broken file."""
        self._pipe.send(replace(wanted, plan=_light(wanted.plan)))
        ahead = self._ask()
        while (part := await ahead) is not None:
            # Asked for at once, so that it is read and parsed while the caller stores this one.
            ahead = self._ask()
            yield part

    def _ask(self) -> asyncio.Task[Any]:
        asked = asyncio.create_task(hear(self._pipe))
        # When the caller stops midway, nobody is left to hear that the process was ended.
        asked.add_done_callback(lambda task: task.cancelled() or task.exception())
        return asked


@asynccontextmanager
async def reading(path: Path, sheet: str | None = None) -> AsyncGenerator[FileReader]:
    """Raises Invalid when the file cannot be read, Unavailable when the process died over it."""
    async with beside(send_rows, str(path), sheet or "") as pipe:
        yield FileReader(await hear(pipe), pipe)


def _light(plan: Plan) -> Plan:
    """Without what the table keeps of its physical form."""
    return replace(plan, table=replace(plan.table))


# --- in the process -------------------------------------------------------------------------------


def send_rows(pipe: Connection, path: str, name: str) -> None:
    """What the process does."""
    sheet = open_sheet(Path(path), name or None)
    pipe.send(
        Opened(sheet.headings, sheet.heading_line, sheet.approximate_rows, sheet.names, _samples(sheet))
    )
    wanted: Wanted = pipe.recv()
    reader = RowReader(wanted.plan)
    rows = sheet.rows()
    for part in _done_before(rows, reader, wanted):
        pipe.send(part)
    while chunk := list(islice(rows, wanted.chunk)):
        pipe.send(reader.read(chunk))
    pipe.send(None)


def _done_before(rows: Iterator[NumberedRow], reader: RowReader, wanted: Wanted) -> Iterator[Part]:
    """The first part below `wanted.after` is cut off where it ends, so that chunks begin right behind it."""
    added: dict[str, list[str]] = {}
    while wanted.after and (passed := list(islice(rows, wanted.chunk))):
        read = reader.read([row for row in passed if row[0] <= wanted.after])
        for key, labels in read.added.items():
            added.setdefault(key, []).extend(labels)
        good = [
            (row, {**wanted.constants, **row.values})
            for row in read.rows
            if not (row.faults or row.is_blank())
        ]
        keys = [(match_key(values, wanted.match), row.line) for row, values in good]
        yield Known([(key, line) for key, line in keys if key is not None])
        if passed[-1][0] > wanted.after:
            rest = reader.read([row for row in passed if row[0] > wanted.after])
            # What only refused rows had was not added; a row still to come may need it.
            rest.added = {
                key: [*added.get(key, []), *rest.added.get(key, [])] for key in {**added, **rest.added}
            }
            yield rest
            return


def _samples(sheet: Sheet) -> tuple[tuple[Any, ...], ...]:
    found: list[dict[Any, None]] = [{} for _ in sheet.headings]
    for _, cells in islice(sheet.rows(), _SAMPLED_ROWS):
        for column, cell in zip(found, cells, strict=False):
            if cell != "" and len(column) < _SAMPLES:
                column[cell] = None
    return tuple(tuple(column) for column in found)
