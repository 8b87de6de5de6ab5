"""What a sheet's cell can hold, and which cells say nothing."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

Cell = str | int | float | bool | date | datetime | time | timedelta
"""`""` where nothing stands."""

NumberedRow = tuple[int, list[Cell]]
"""The line as the spreadsheet program numbers it, from 1, and its cells."""

ERRORS = frozenset(
    ("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#GETTING_DATA", "#SPILL!")
)
"""What a broken formula leaves in a cell."""


def is_blank(cell: Cell) -> bool:
    return cell == "" or (isinstance(cell, str) and not cell.strip(" \t\r\n\u3000\u00a0\u200b\ufeff"))


def has_content(cells: list[Cell]) -> bool:
    return any(cell != "" and not is_blank(cell) for cell in cells)
