"""The error workbook: rows as they were with the reason, safe to open, ready to be imported again."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.rooms.transfer.leads import LEAD, WRITABLE
from tuoke.kit.words import say
from tuoke.transfer.fault_book import DUPLICATE, REFUSED, REMARKED, reasons, write_fault_book
from tuoke.transfer.mapping import match_columns
from tuoke.transfer.neutral import could_be_formula, for_csv
from tuoke.transfer.sheets import open_sheet
from tuoke.transfer.spool import Entry

WRONG = say("手机号应为 {n} 位", "A mobile number has {n} digits", n=11)


def write(path: Path, language: str = "zh") -> Path:
    both = reasons(LEAD, {"phone": WRONG, "name": WRONG}, language)
    one, row = reasons(LEAD, {"phone": WRONG}, language), reasons(LEAD, {"": WRONG}, language)
    entries: list[Entry] = [
        (REFUSED, 3, ["王芳", "1381234567"], both),
        (REFUSED, 9, ['=HYPERLINK("http://x")', 13812345678], one),
        (DUPLICATE, 5, ["李伟"], "与第 2 行重复"),
        (REMARKED, 7, ["张三", "2026-11-22 14:30:00", "多"], row),
    ]
    write_fault_book(path, ["姓名", "手机"], entries, language)
    return path


def test_each_kind_of_row_has_its_sheet_with_line_and_reason(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write(tmp_path / "a.xlsx"))

    sheets = {page.title: [list(row) for row in page.iter_rows(values_only=True)] for page in book}

    assert sheets == {
        "未导入": [
            ["姓名", "手机", "原行号", "原因"],
            ["王芳", "1381234567", 3, "手机：手机号应为 11 位；姓名：手机号应为 11 位"],
            ['=HYPERLINK("http://x")', 13812345678, 9, "手机：手机号应为 11 位"],
        ],
        "重复": [["姓名", "手机", "原行号", "原因"], ["李伟", None, 5, "与第 2 行重复"]],
        "已导入但有提醒": [
            ["姓名", "手机", "原行号", "原因"],
            ["张三", "2026-11-22 14:30:00", 7, "手机号应为 11 位"],
        ],
    }


def test_it_speaks_the_language_of_who_imports(tmp_path: Path) -> None:
    page = openpyxl.load_workbook(write(tmp_path / "a.xlsx", "en"))["Not imported"]

    assert page["D2"].value == "Phone: A mobile number has 11 digits; Name: A mobile number has 11 digits"


def test_a_formula_stays_text_even_when_it_is_edited(tmp_path: Path) -> None:
    cell = openpyxl.load_workbook(write(tmp_path / "a.xlsx"))["未导入"]["A3"]

    assert (cell.data_type, cell.quotePrefix) == ("s", True)


def test_the_corrected_workbook_can_be_imported(tmp_path: Path) -> None:
    sheet = open_sheet(write(tmp_path / "a.xlsx"))

    assert match_columns(sheet.headings, WRITABLE) == {0: "name", 1: "phone"}
    assert [line for line, _ in sheet.rows()] == [2, 3]


@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3+cmd", "@SUM(A1)", "\t=1", "\r=1", "＝1+1"]
)
def test_what_a_spreadsheet_would_calculate_is_quoted_in_csv(text: str) -> None:
    assert could_be_formula(text)
    assert for_csv(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["", "王芳", "-5", "+8613812345678", "+8657188886666;ext=801", "-1,200.50", "5%", "a=b"]
)
def test_plain_text_and_numbers_stay_as_they_are(text: str) -> None:
    assert for_csv(text) == text
