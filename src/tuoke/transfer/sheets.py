"""A file of records, opened: its headings and its rows, whatever format it has. No SQL, no rights: see `importing`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Protocol

from tuoke.kit.errors import Invalid
from tuoke.kit.texts import cell_text, one_line
from tuoke.kit.words import say
from tuoke.transfer.cells import Cell, NumberedRow, has_content
from tuoke.transfer.delimited import open_delimited
from tuoke.transfer.file_kind import FileKind, kind_of
from tuoke.transfer.old_sheets import open_old_sheets
from tuoke.transfer.xlsx import open_xlsx

_TITLE_ROWS = 5
"""Rows above the headings, such as a merged title, that are looked past."""
_MOST_COLUMNS = 1000


class Source(Protocol):
    """One worksheet, or one delimited file."""

    def rows(self) -> Iterator[NumberedRow]: ...

    def approximate_rows(self) -> int: ...


@dataclass(frozen=True)
class Sheet:
    """Records of a file. Every pass over `rows` reads the file anew, so that nothing is kept in memory."""

    headings: tuple[str, ...]
    """One per column, no two alike; a column without heading is called by its letter: `[C]`."""
    heading_line: int
    approximate_rows: int
    names: tuple[str, ...]
    """The file's worksheets with content in them; empty for delimited text."""
    _source: Source

    def rows(self, after: int = 0) -> Iterator[NumberedRow]:
        """(line, cells) of each row that is not blank and lies below line `after`, in the file's order.

        There are at least as many cells as headings; more only where something stands right of the last heading.
        Raises Invalid where the file turns out to be broken.
        """
        width, first = len(self.headings), max(after, self.heading_line)
        for line, cells in self._source.rows():
            if line <= first or not has_content(cells):
                continue
            missing = width - len(cells)
            if missing > 0:
                cells.extend([""] * missing)
            elif missing < 0 and not has_content(cells[width:]):
                del cells[width:]
            yield line, cells


def open_sheet(path: Path, sheet: str | None = None) -> Sheet:
    """The records in a file: of the worksheet called `sheet`, or of the first one with content.

    The content decides how it is read, never the ending of its name. Raises Invalid with what to do.
    """
    kind = kind_of(path)
    if kind is FileKind.TEXT:
        source = open_delimited(path)
        return _with_headings(source, ())
    sources = open_xlsx(path) if kind is FileKind.XLSX else open_old_sheets(path)
    filled = [one for one in sources if not one.hidden and _is_filled(one)]
    wanted = [one for one in sources if one.name == sheet] if sheet else filled[:1]
    if sheet and not wanted:
        raise Invalid(
            say("文件里没有工作表「{sheet}」", "The file has no worksheet {sheet!r}", sheet=sheet),
            known=[one.name for one in sources],
        )
    if not wanted:
        raise _empty()
    return _with_headings(wanted[0], tuple(one.name for one in filled))


def _is_filled(source: Source) -> bool:
    return any(has_content(cells) for _, cells in source.rows())


def _with_headings(source: Source, names: tuple[str, ...]) -> Sheet:
    first = list(
        islice(((line, cells) for line, cells in source.rows() if has_content(cells)), _TITLE_ROWS + 1)
    )
    if not first:
        raise _empty()
    line, cells = _heading_row(first)
    if len(first) == 1:
        raise Invalid(
            say("表格里只有一行，没有数据", "The sheet has one row only, and no records below it"),
            heading_line=line,
        )
    return Sheet(_headings(cells), line, max(source.approximate_rows() - line, 1), names, source)


def _heading_row(first: list[NumberedRow]) -> NumberedRow:
    """The first row, unless it is a title: alone in its row, with rows of several cells below."""
    for row in first:
        if sum(cell != "" for cell in row[1]) > 1:
            return row
    return first[0]


def _headings(cells: list[Cell]) -> tuple[str, ...]:
    written = [one_line(cell_text(cell))[:200] for cell in cells]
    while written and not written[-1]:
        written.pop()
    if len(written) > _MOST_COLUMNS:
        raise Invalid(say("列太多，最多 {n} 列", "There are too many columns; at most {n}", n=_MOST_COLUMNS))
    found: list[str] = []
    for place, name in enumerate(written):
        name = name or f"[{column_letters(place)}]"
        found.append(name if name not in found else f"{name} [{column_letters(place)}]")
    return tuple(found)


def column_letters(place: int) -> str:
    """0 → A, 25 → Z, 26 → AA: what spreadsheet programs call the column."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _empty() -> Invalid:
    return Invalid(say("表格里没有内容", "There is nothing in the sheet"))
