"""Opening files as people send them: every format, every disguise, and a way out where it cannot be read."""

from __future__ import annotations

import csv
import io
import random
import resource
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import python_calamine
import xlsxwriter
import xlwt

from tuoke.kit.errors import Invalid
from tuoke.transfer.sheets import Sheet, column_letters, open_sheet
from tuoke.transfer.xlsx import shows_a_date

HEADINGS = ["姓名", "手机", "金额"]
ROWS: list[list[Any]] = [["王芳", "13812345678", 1200.5], ["李伟", "13912345678", 800]]


def rows_of(sheet: Sheet) -> list[list[Any]]:
    return [cells for _, cells in sheet.rows()]


def xlsx(path: Path, rows: list[list[Any]], title: str = "线索") -> Path:
    book = openpyxl.Workbook()
    book.active.title = title  # type: ignore[union-attr]
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(path)
    return path


def text(path: Path, content: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(content.encode(encoding))
    return path


def refusal(path: Path) -> str:
    with pytest.raises(Invalid) as refused:
        rows_of(open_sheet(path))
    assert refused.value.detail.in_("en")
    return refused.value.detail.in_("zh")


# --- formats --------------------------------------------------------------------------------------


def test_an_xlsx_file_is_read(tmp_path: Path) -> None:
    sheet = open_sheet(xlsx(tmp_path / "a.xlsx", [HEADINGS, *ROWS]))

    assert sheet.headings == tuple(HEADINGS)
    assert list(sheet.rows()) == [(2, ROWS[0]), (3, ROWS[1])]
    assert 1 <= sheet.approximate_rows <= 4


def test_an_xls_file_is_read(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("线索")
    for n, row in enumerate([HEADINGS, *ROWS]):
        for column, cell in enumerate(row):
            page.write(n + 1, column, cell)
    book.save(str(tmp_path / "a.xls"))

    sheet = open_sheet(tmp_path / "a.xls")

    assert sheet.headings == tuple(HEADINGS)
    assert list(sheet.rows()) == [(3, ROWS[0]), (4, ROWS[1])]


def test_an_ods_file_is_read(tmp_path: Path) -> None:
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            for cell in row
        )
        + "</table:table-row>"
        for row in [HEADINGS, *ROWS]
    )
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="Sheet1">{cells}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", '<?xml version="1.0"?><manifest/>')
        archive.writestr("content.xml", content)

    assert open_sheet(tmp_path / "a.ods").headings == tuple(HEADINGS)
    assert rows_of(open_sheet(tmp_path / "a.ods"))[0][:2] == ["王芳", "13812345678"]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_text_is_read_in_every_usual_encoding(tmp_path: Path, encoding: str) -> None:
    lines = ["姓名,手机,备注", "王芳,13812345678,好", *(f"a{n},13812345678,b" for n in range(200))]

    sheet = open_sheet(text(tmp_path / "a.csv", "\r\n".join(lines), encoding))

    assert sheet.headings == ("姓名", "手机", "备注")
    assert rows_of(sheet)[0] == ["王芳", "13812345678", "好"]


def test_gbk_that_begins_with_a_megabyte_of_ascii_is_still_gbk(tmp_path: Path) -> None:
    content = "name,phone\n" + "a,13812345678\n" * 90_000 + "王芳,13812345678\n"

    assert rows_of(open_sheet(text(tmp_path / "a.csv", content, "gbk")))[-1][0] == "王芳"


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    lines = [delimiter.join(row) for row in (["姓名", "地址"], ["王芳", "杭州, 西湖; 1号"], ["李伟", "上海"])]
    if delimiter in ",;":
        lines[1] = delimiter.join(["王芳", '"杭州, 西湖; 1号"'])

    assert rows_of(open_sheet(text(tmp_path / "a.txt", "\n".join(lines)))) == [
        ["王芳", "杭州, 西湖; 1号"],
        ["李伟", "上海"],
    ]


def test_excels_own_delimiter_line_is_obeyed(tmp_path: Path) -> None:
    sheet = open_sheet(text(tmp_path / "a.csv", "sep=;\n姓名;手机\n王芳;13812345678\n"))

    assert (sheet.headings, sheet.heading_line) == (("姓名", "手机"), 2)


def test_a_quoted_cell_may_hold_lines_quotes_and_delimiters(tmp_path: Path) -> None:
    content = '姓名,备注\n王芳,"第一行\n第二行, ""好"""\n李伟,x\n'

    assert list(open_sheet(text(tmp_path / "a.csv", content)).rows()) == [
        (2, ["王芳", '第一行\n第二行, "好"']),
        (3, ["李伟", "x"]),
    ]


def test_ragged_rows_are_filled_up_and_what_is_too_much_is_kept_to_be_told(tmp_path: Path) -> None:
    content = "a,b,c\n1\n1,2,3,,\n1,2,3,4\n"

    assert rows_of(open_sheet(text(tmp_path / "a.csv", content))) == [
        ["1", "", ""],
        ["1", "2", "3"],
        ["1", "2", "3", "4"],
    ]


def test_a_csv_file_called_xlsx_is_read(tmp_path: Path) -> None:
    assert open_sheet(text(tmp_path / "a.xlsx", "姓名,手机\n王芳,138")).headings == ("姓名", "手机")


def test_an_xlsx_file_called_csv_is_read(tmp_path: Path) -> None:
    assert open_sheet(xlsx(tmp_path / "a.csv", [HEADINGS, *ROWS])).headings == tuple(HEADINGS)


# --- where the records are ------------------------------------------------------------------------


def test_blank_rows_titles_and_empty_columns_are_looked_past(tmp_path: Path) -> None:
    rows = [
        [None],
        ["2026年11月客户名单"],
        [None],
        [*HEADINGS, None],
        [None, "  "],
        [*ROWS[0], None],
        [None],
        [*ROWS[1], ""],
    ]

    sheet = open_sheet(xlsx(tmp_path / "a.xlsx", rows))

    assert (sheet.headings, sheet.heading_line) == (tuple(HEADINGS), 4)
    assert list(sheet.rows()) == [(6, ROWS[0]), (8, ROWS[1])]


def test_a_list_of_one_column_has_its_heading_in_the_first_row(tmp_path: Path) -> None:
    sheet = open_sheet(text(tmp_path / "a.csv", "手机\n13812345678\n13912345678\n"))

    assert (sheet.headings, rows_of(sheet)) == (("手机",), [["13812345678"], ["13912345678"]])


def test_no_two_headings_are_alike_and_none_is_empty(tmp_path: Path) -> None:
    sheet = open_sheet(xlsx(tmp_path / "a.xlsx", [["电话", None, "电话", " 备\n注 "], ["1", "2", "3", "4"]]))

    assert sheet.headings == ("电话", "[B]", "电话 [C]", "备 注")


def test_the_first_worksheet_with_content_is_taken_unless_one_is_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    hidden = book.create_sheet("隐藏")
    hidden.append(["x", "y"])
    hidden.sheet_state = "hidden"
    for name in ("甲", "乙"):
        page = book.create_sheet(name)
        page.append([name, "手机"])
        page.append(["1", "2"])
    book.save(tmp_path / "a.xlsx")

    assert open_sheet(tmp_path / "a.xlsx").names == ("甲", "乙")
    assert open_sheet(tmp_path / "a.xlsx").headings[0] == "甲"
    assert open_sheet(tmp_path / "a.xlsx", "乙").headings[0] == "乙"
    with pytest.raises(Invalid, match="丙"):
        open_sheet(tmp_path / "a.xlsx", "丙")


def test_reading_can_go_on_below_a_line(tmp_path: Path) -> None:
    sheet = open_sheet(xlsx(tmp_path / "a.xlsx", [HEADINGS, *ROWS]))

    assert list(sheet.rows(after=2)) == [(3, ROWS[1])]


@pytest.mark.parametrize(("place", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_called_as_spreadsheets_call_them(place: int, letters: str) -> None:
    assert column_letters(place) == letters


# --- cells of xlsx --------------------------------------------------------------------------------


def test_cells_keep_their_kind(tmp_path: Path) -> None:
    at, day = datetime(2026, 11, 22, 14, 30, 5), date(2026, 11, 22)
    row = [at, day, time(9, 30), True, 13812345678, 0.1, -5, "=1+1", "a_x000D_b", " 两端 "]
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append([f"c{n}" for n in range(len(row))])
    page.append(row)
    page["H2"].data_type = "s"
    book.save(tmp_path / "a.xlsx")

    assert rows_of(open_sheet(tmp_path / "a.xlsx")) == [
        [at, datetime(2026, 11, 22), time(9, 30), True, 13812345678, 0.1, -5, "=1+1", "a\rb", " 两端 "]
    ]


def test_a_formula_gives_its_last_result(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["a", "b", "c"])
        page.write_formula(1, 0, "=1+1", None, 2)
        page.write_formula(1, 1, '="王"&"芳"', None, "王芳")
        page.write_formula(1, 2, "=1/0", None, "#DIV/0!")

    assert rows_of(open_sheet(tmp_path / "a.xlsx")) == [[2, "王芳", "#DIV/0!"]]


def test_rich_text_is_text_and_pinyin_above_it_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["姓名", "手机"])
        page.write_row(1, 0, ["王芳", "1"])
    rich = "<si><r><t>王</t></r><r><rPr/><t>芳</t></r><rPh sb='0' eb='1'><t>wang</t></rPh></si>"
    _replace(path, "xl/sharedStrings.xml", lambda xml: xml.replace("<si><t>王芳</t></si>", rich))

    assert rows_of(open_sheet(path)) == [["王芳", "1"]]


def test_dates_of_the_1904_system_are_the_same_days(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx"), {"date_1904": True}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["a", "b"])
        page.write_datetime(1, 0, datetime(2026, 11, 22), book.add_format({"num_format": "yyyy/m/d"}))
        page.write(1, 1, "x")

    assert rows_of(open_sheet(tmp_path / "a.xlsx")) == [[datetime(2026, 11, 22), "x"]]


@pytest.mark.parametrize(
    ("code", "is_date"),
    [
        *(
            ("yyyy-mm-dd", True),
            ("m/d/yy h:mm", True),
            ('yyyy"年"m"月"d"日"', True),
            ("[$-804]aaaa;@", False),
        ),
        *(
            ("General", False),
            ("0.00", False),
            ('0.00"元/月"', False),
            ("[h]:mm", False),
            ("[Red]0.00", False),
        ),
        *(
            ("#,##0.00_ ", False),
            ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", True),
            ("hh:mm:ss", True),
            ("@", False),
        ),
    ],
)
def test_a_number_format_tells_whether_it_shows_a_date(code: str, is_date: bool) -> None:
    assert shows_a_date(code) == is_date


@pytest.mark.parametrize("options", [{}, {"constant_memory": True}, {"use_zip64": True}], ids=str)
def test_our_reader_agrees_with_calamine(tmp_path: Path, options: dict[str, Any]) -> None:
    path, chance = tmp_path / "a.xlsx", random.Random(7)
    with xlsxwriter.Workbook(str(path), options) as book:
        page = book.add_worksheet()
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        page.write_row(0, 0, [f"列{n}" for n in range(8)])
        for n in range(1, 300):
            for column in range(8):
                match chance.randrange(7):
                    case 0:
                        page.write_number(n, column, chance.choice([0, 1, -1, 3.25, 1e10, 13812345678]))
                    case 1:
                        page.write_string(
                            n, column, chance.choice(["王芳", "<&>'\"", "a\nb", "_x0041_", "👍"])
                        )
                    case 2:
                        page.write_datetime(
                            n, column, datetime(2026, 1 + n % 12, 1, 1 + n % 23, n % 60), moment
                        )
                    case 3:
                        page.write_boolean(n, column, n % 2 == 0)
                    case _:
                        continue
    theirs = python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()

    ours = dict(open_sheet(path).rows())

    for line, cells in enumerate(theirs, 1):
        if line > 1:
            assert ours.get(line, [""] * 8) == cells


def test_one_stray_cell_in_the_last_corner_costs_nothing(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, HEADINGS)
        page.write_row(1, 0, ROWS[0])
        page.write(1_048_575, 16_383, "x")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    lines = [line for line, _ in open_sheet(tmp_path / "a.xlsx").rows()]

    assert lines == [2, 1_048_576]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


# --- files that are something else ----------------------------------------------------------------

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def _zip(*names: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return content.getvalue()


DISGUISES: dict[str, tuple[bytes, str]] = {
    "nothing in it": (b"", "空的"),
    "a byte order mark alone": (b"\xef\xbb\xbf", "空的"),
    "blank lines alone": (b"\r\n  \r\n", "空的"),
    "a password": (OLE + "EncryptedPackage\0".encode("utf-16-le") + bytes(512), "密码"),
    "a Word document of old": (OLE + "WordDocument\0".encode("utf-16-le"), "Word"),
    "a damaged xls": (OLE + "Workbook\0".encode("utf-16-le") + bytes(2000), "损坏"),
    "a Word document": (_zip("word/document.xml"), "Word"),
    "a Numbers sheet": (_zip("Index/Document.iwa"), "Numbers"),
    "an archive": (_zip("客户.xlsx"), "压缩包"),
    "a damaged archive": (_zip("xl/workbook.xml")[:60], "损坏"),
    "an xlsx without parts": (_zip("xl/workbook.xml"), "损坏"),
    "a PDF": (b"%PDF-1.7\n", "PDF"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(100), "图片"),
    "a photo": (b"\xff\xd8\xff\xe0" + bytes(100), "图片"),
    "a web page": ("<html><table><tr><td>姓名</td></tr></table></html>".encode(), "网页"),
    "a web page in UTF-16": ("<table><tr><td>姓名</td></tr></table>".encode("utf-16"), "网页"),
    "a sheet as XML": (b'<?xml version="1.0"?><Workbook/>', "XML"),
    "a program": (random.Random(3).randbytes(5000), "编码"),
    "headings alone": ("姓名,手机\n".encode(), "一行"),
    "an open quote": (b'a,b\n"' + b"x\n" * 800_000, "引号"),
}


@pytest.mark.parametrize("why", DISGUISES)
def test_what_is_no_sheet_is_told_with_the_way_out(tmp_path: Path, why: str) -> None:
    content, expected = DISGUISES[why]
    (tmp_path / "a.xlsx").write_bytes(content)

    assert expected in refusal(tmp_path / "a.xlsx")


def test_a_truncated_xlsx_is_told_to_be_broken(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", [HEADINGS, *ROWS * 2000])
    path.write_bytes(path.read_bytes()[:-2000])

    assert "损坏" in refusal(path)


def test_an_xlsx_with_broken_xml_is_told_to_be_broken(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", [HEADINGS, *ROWS])
    _replace(path, "xl/worksheets/sheet1.xml", lambda xml: xml[: len(xml) // 2])

    assert "损坏" in refusal(path)


def test_growing_entities_are_refused(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", [HEADINGS, *ROWS])
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    _replace(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace("<worksheet", f"{bomb}<worksheet", 1))

    assert "损坏" in refusal(path)


def test_empty_worksheets_are_told(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "a.xlsx")

    assert "没有内容" in refusal(tmp_path / "a.xlsx")


def _replace(path: Path, part: str, change: Callable[[str], str]) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    changed = change(parts[part].decode())
    assert changed != parts[part].decode()
    parts[part] = changed.encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


# --- size -----------------------------------------------------------------------------------------


def test_a_long_list_is_read_in_constant_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("w", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(HEADINGS)
        lines.writerows(["王芳", f"138{n:08d}", n] for n in range(200_000))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    sheet = open_sheet(path)
    count = sum(1 for _ in sheet.rows())

    assert (count, sheet.approximate_rows) == (200_000, 200_000)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 30_000
