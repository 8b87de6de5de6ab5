"""The process that writes an export's file: rows as they come from the database, made words and packed here."""

from __future__ import annotations

import csv
from collections.abc import Callable, Generator, Hashable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import tzinfo
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from typing import IO, Any, Protocol

from tuoke.kit.texts import cell_text
from tuoke.schema.field_type import FieldType, Writable
from tuoke.transfer.neutral import for_csv
from tuoke.transfer.workbook import Workbook

Names = Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Look:
    """How a field's values look in a sheet."""

    heading: str
    kind: FieldType
    options: Any
    zone: tzinfo
    language: str
    is_named: bool
    """The values are ids; what they are called comes with each page."""
    is_many: bool

    def written(self, names: Names) -> Callable[[Any], Any]:
        if self.is_named:
            return self._by_name(names)
        kind, options, zone, language = self.kind, self.options, self.zone, self.language
        if isinstance(kind, Writable):
            return lambda value: kind.write(value, options, zone, language)
        return lambda value: kind.render(value, options)

    def _by_name(self, names: Names) -> Callable[[Any], str]:
        """What the asker may not see has no name and stays out."""
        between = ", " if self.language.startswith("en") else "、"
        if self.is_many:
            return lambda ids: between.join(names[id] for id in ids if id in names)
        return lambda id: names.get(id, "")


@dataclass(frozen=True, slots=True)
class Rows:
    """A page of the export."""

    rows: Sequence[tuple[Any, ...]]
    names: Mapping[int, Names]
    """place of a column of ids -> what they are called."""


class Sheet(Protocol):
    def cell(self, value: Any) -> str:
        """A written value as `add_columns` takes it."""
        ...

    def add_columns(self, columns: Sequence[Sequence[str]]) -> None: ...


class CsvSheet:
    def __init__(self, out: IO[str], headings: Sequence[str]) -> None:
        self._lines = csv.writer(out)
        self._lines.writerow([for_csv(heading) for heading in headings])

    @staticmethod
    def cell(value: Any) -> str:
        return for_csv(value) if isinstance(value, str) else cell_text(value)

    def add_columns(self, columns: Sequence[Sequence[str]]) -> None:
        self._lines.writerows(zip(*columns, strict=True))


def write_file(pipe: Pipe, path: str, format: str, title: str) -> None:
    """What the process does: hears the looks, then pages until None, and says True when the file is whole."""
    looks: list[Look] = pipe.recv()
    with _sheet(Path(path), format, title, [look.heading for look in looks]) as sheet:
        while (page := pipe.recv()) is not None:
            sheet.add_columns(_columns(page, looks, sheet))
    pipe.send(True)


@contextmanager
def _sheet(path: Path, format: str, title: str, headings: Sequence[str]) -> Generator[Sheet]:
    if format == "csv":
        # With the mark by which Excel knows UTF-8.
        with path.open("w", encoding="utf-8-sig", errors="replace", newline="") as out:
            yield CsvSheet(out, headings)
        return
    with Workbook(path) as book:
        yield book.add_sheet(title, headings)


def _columns(page: Rows, looks: Sequence[Look], sheet: Sheet) -> list[list[str]]:
    columns = zip(*page.rows, strict=True)
    return [
        _column(values, look.written(page.names.get(place, {})), sheet)
        for place, (look, values) in enumerate(zip(looks, columns, strict=True))
    ]


def _column(values: Sequence[Any], write: Callable[[Any], Any], sheet: Sheet) -> list[str]:
    """Each different value is written once: most columns hold few."""

    def cell(value: Any) -> str:
        return "" if value is None else sheet.cell(write(value))

    if not isinstance(next((value for value in values if value is not None), None), Hashable):
        return [cell(value) for value in values]
    cells = {value: cell(value) for value in set(values)}
    return [cells[value] for value in values]
