"""What a file really is. Names lie: exports of web pages end in .xls, and zip archives in anything."""

from __future__ import annotations

import zipfile
from enum import StrEnum
from pathlib import Path

from tuoke.kit.errors import Invalid
from tuoke.kit.words import Words, say


class FileKind(StrEnum):
    XLSX = "xlsx"
    BY_CALAMINE = "xls, xlsb or ods"
    TEXT = "delimited text"


_HEAD = 4096
_LARGEST_CONTENT = 16 * 2**30
"""Unpacked bytes; a million rows of forty columns stay far below."""

_SAVE_AS = say(
    "请用 Excel 或 WPS 打开后另存为 .xlsx 再导入",
    "Open it in Excel or WPS, save it as .xlsx and import that file",
)
_FOREIGN: tuple[tuple[bytes, Words], ...] = (
    (b"%PDF", say("这是 PDF 文件，不是表格", "This is a PDF, not a sheet")),
    (b"\x89PNG", say("这是图片，不是表格", "This is a picture, not a sheet")),
    (b"\xff\xd8\xff", say("这是图片，不是表格", "This is a picture, not a sheet")),
    (b"GIF8", say("这是图片，不是表格", "This is a picture, not a sheet")),
    (
        b"Rar!",
        say("这是压缩包，请解压后选择里面的表格", "This is an archive; unpack it and choose the sheet in it"),
    ),
    (
        b"7z\xbc\xaf",
        say("这是压缩包，请解压后选择里面的表格", "This is an archive; unpack it and choose the sheet in it"),
    ),
    (
        b"\x1f\x8b",
        say("这是压缩包，请解压后选择里面的表格", "This is an archive; unpack it and choose the sheet in it"),
    ),
    (b"{\\rtf", say("这是 Word 文档，不是表格", "This is a Word document, not a sheet")),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"


def kind_of(path: Path) -> FileKind:
    """How to read the file. Raises Invalid with what to do when it is no sheet."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"):
        raise Invalid(
            say("文件是空的，请检查是否选对了文件", "The file is empty; check that it is the right one")
        )
    if head.startswith((_ZIP, b"PK\x05\x06")):
        return _kind_of_zip(path)
    if head.startswith(_OLE):
        return _kind_of_ole(path)
    for start, words in _FOREIGN:
        if head.startswith(start):
            raise Invalid(words)
    _refuse_markup(head)
    return FileKind.TEXT


def broken() -> Invalid:
    return Invalid(
        say(
            "文件已损坏，读不出来。请用 Excel 或 WPS 打开后另存为 .xlsx 再导入",
            "The file is broken and cannot be read. Open it in Excel or WPS, save it as .xlsx and import that file",
        )
    )


def has_password() -> Invalid:
    return Invalid(
        say(
            "文件有密码。请在 Excel 里取消密码（文件 → 信息 → 保护工作簿）并保存后再导入",
            "The file has a password. Remove it in Excel (File → Info → Protect Workbook), save and import again",
        )
    )


def _kind_of_zip(path: Path) -> FileKind:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            size = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError):
        raise broken() from None
    if size > _LARGEST_CONTENT:
        raise Invalid(say("文件内容太大，请分成几个文件导入", "The file's content is too large; split it"))
    if "xl/workbook.xml" in names:
        return FileKind.XLSX
    if "xl/workbook.bin" in names or {"mimetype", "content.xml"} <= names:
        return FileKind.BY_CALAMINE
    raise Invalid(_of_other_zip(names))


def _of_other_zip(names: set[str]) -> Words:
    folders = {name.split("/", 1)[0] for name in names}
    if "word" in folders:
        return say("这是 Word 文档，不是表格", "This is a Word document, not a sheet")
    if "ppt" in folders:
        return say("这是演示文稿，不是表格", "This is a presentation, not a sheet")
    if "Index" in folders or "Index.zip" in folders:
        return say(
            "这是苹果 Numbers 表格，请在 Numbers 里导出为 Excel 再导入",
            "This is an Apple Numbers sheet; export it to Excel and import that file",
        )
    return say(
        "这是压缩包，请解压后选择里面的表格", "This is an archive; unpack it and choose the sheet in it"
    )


def _kind_of_ole(path: Path) -> FileKind:
    names = _ole_names(path)
    if "EncryptedPackage" in names:
        raise has_password()
    if names & {"Workbook", "Book"}:
        return FileKind.BY_CALAMINE
    if "WordDocument" in names:
        raise Invalid(say("这是 Word 文档，不是表格", "This is a Word document, not a sheet"))
    raise broken()


def _ole_names(path: Path) -> set[str]:
    """Which of the stream names we know stand in the file.

    They are looked for, not read from the directory: a damaged directory still tells what the file was.
    """
    wanted = ("EncryptedPackage", "Workbook", "Book", "WordDocument")
    found: set[str] = set()
    carry = b""
    with path.open("rb") as file:
        while part := file.read(2**20):
            found |= {name for name in wanted if f"{name}\0".encode("utf-16-le") in carry + part}
            carry = part[-64:]
    return found


def _refuse_markup(head: bytes) -> None:
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").replace(b"\0", b"")[:1024].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta", b"<style", b"<div")):
        raise Invalid(
            Words(
                f"这其实是网页，只是改了扩展名。{_SAVE_AS.zh}",
                f"This is really a web page with another ending. {_SAVE_AS.en}",
            )
        )
    if start.startswith((b"<?xml", b"<workbook")):
        raise Invalid(
            Words(f"这是 XML 格式的表格。{_SAVE_AS.zh}", f"This is a sheet written as XML. {_SAVE_AS.en}")
        )
