"""Writing .xlsx files row by row, in constant memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from types import TracebackType
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tuoke.kit.texts import cell_text
from tuoke.transfer.neutral import could_be_formula

MOST_ROWS = 1_048_575
"""Below the heading; what the format allows."""
_LONGEST_TEXT = 32_767


class Workbook:
    """A workbook that is written once, from top to bottom. Closing it stores the file."""

    def __init__(self, path: Path) -> None:
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self._book = xlsxwriter.Workbook(str(path), options)
        add = self._book.add_format
        # The program that opens the file keeps such text as text, even after somebody edits the cell.
        self._formats = {
            "head": add({"bold": True, "bg_color": "#EEF2F0", "border": 1, "border_color": "#D5DCD8"}),
            "quoted": add({"quote_prefix": True}),
            "date": add({"num_format": "yyyy-mm-dd"}),
            "moment": add({"num_format": "yyyy-mm-dd hh:mm"}),
        }

    def __enter__(self) -> Workbook:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def add_sheet(self, name: str, headings: Sequence[str]) -> SheetWriter:
        return SheetWriter(self._book.add_worksheet(name[:31]), self._formats, headings)

    def close(self) -> None:
        self._book.close()


class SheetWriter:
    def __init__(self, sheet: Worksheet, formats: dict[str, Format], headings: Sequence[str]) -> None:
        self._sheet, self._formats, self.rows = sheet, formats, 0
        sheet.freeze_panes(1, 0)
        for column, heading in enumerate(headings):
            sheet.set_column(column, column, min(max(len(heading) * 2, 10), 40))
            sheet.write_string(0, column, heading[:_LONGEST_TEXT], formats["head"])

    def add(self, cells: Sequence[Any]) -> None:
        """One row. What does not fit under the format's limit is not written; ask `is_full`."""
        if self.is_full:
            return
        self.rows += 1
        for column, cell in enumerate(cells):
            if cell is not None and cell != "":
                self._write(column, cell)

    @property
    def is_full(self) -> bool:
        return self.rows >= MOST_ROWS

    def _write(self, column: int, cell: Any) -> None:
        sheet, row = self._sheet, self.rows
        if isinstance(cell, bool):
            sheet.write_boolean(row, column, cell)
        elif isinstance(cell, int | float) and abs(cell) < 1e15:
            sheet.write_number(row, column, cell)
        elif isinstance(cell, datetime) and cell.year >= 1900:
            sheet.write_datetime(row, column, cell, self._formats["moment"])
        elif isinstance(cell, date) and cell.year >= 1900:
            sheet.write_datetime(row, column, datetime.combine(cell, time()), self._formats["date"])
        else:
            text = cell_text(cell)[:_LONGEST_TEXT]
            sheet.write_string(row, column, text, self._formats["quoted"] if could_be_formula(text) else None)
