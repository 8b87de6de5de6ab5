"""Workbooks of our own: whatever stands in a cell, a reader that is not ours finds it again."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.escape import unescape

from tuoke.transfer.sheets import open_sheet
from tuoke.transfer.workbook import Workbook

ODD = {
    "signs of XML": 'a < b & c > d "e"',
    "blanks around": "  王芳 ",
    "lines": "一\n二\t三",
    "a carriage return": "一\r二",
    "a control character": "a\x01b\x1f",
    "what looks like an escape": "_x0041_ and _x005F_",
    "beyond the first plane": "😀𠮷",
    "what is no character": "a\ufffeb\uffff",
}


def written(path: Path, cells: list[Any]) -> Path:
    with Workbook(path) as book:
        book.add_sheet("线索", [f"c{n}" for n in range(len(cells))]).add(cells)
    return path


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_a_text_is_read_back_as_it_was(tmp_path: Path, text: str) -> None:
    path = written(tmp_path / "a.xlsx", [text])

    [[ours]] = [cells for _, cells in open_sheet(path).rows()]
    theirs = openpyxl.load_workbook(path).active["A2"].value  # type: ignore[index]

    assert ours == text
    # openpyxl leaves the format's own escapes as they stand.
    assert isinstance(theirs, str)
    assert unescape(theirs) == text


def test_numbers_days_and_moments_are_no_texts(tmp_path: Path) -> None:
    cells = [0, -1, 0.1, 1e-7, True, date(1900, 1, 1), date(2026, 11, 22), datetime(2026, 11, 22, 14, 30)]

    page = openpyxl.load_workbook(written(tmp_path / "a.xlsx", cells)).active

    found = [cell.value for cell in page[2]]  # type: ignore[index]
    assert found == [*cells[:5], datetime(1900, 1, 1), datetime(2026, 11, 22), cells[7]]
    assert [cell.number_format for cell in page[2]][5:] == ["yyyy-mm-dd", "yyyy-mm-dd", "yyyy-mm-dd hh:mm"]  # type: ignore[index]


@pytest.mark.parametrize("number", [10**15, float("inf"), datetime(1899, 1, 1)])
def test_what_no_cell_can_hold_exactly_is_text(tmp_path: Path, number: Any) -> None:
    cell = openpyxl.load_workbook(written(tmp_path / "a.xlsx", [number])).active["A2"]  # type: ignore[index]

    assert cell.data_type == "s"


def test_a_text_longer_than_a_cell_is_cut_between_two_characters(tmp_path: Path) -> None:
    cell = openpyxl.load_workbook(written(tmp_path / "a.xlsx", ["x" + "😀" * 20_000])).active["A2"]  # type: ignore[index]

    assert cell.value == "x" + "😀" * 16_383


def test_the_sheet_says_how_large_it_is_and_keeps_its_heading_in_view(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with Workbook(path) as book:
        sheet = book.add_sheet("线索", ["姓名", "手机"])
        sheet.add_columns([[sheet.cell(f"客户{n}") for n in range(2500)], [""] * 2500])

    page = openpyxl.load_workbook(path).active

    assert (page.dimensions, page.freeze_panes) == ("A1:B2501", "A2")  # type: ignore[union-attr]
    assert openpyxl.load_workbook(path, read_only=True).active.max_row == 2501  # type: ignore[union-attr]
