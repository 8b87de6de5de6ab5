"""Rows of an .xlsx file as a stream, in little memory however large the file is.

Readers that load a sheet whole need 1.4 GB for a million rows of 15 columns, and one stray cell in the last
corner of a sheet makes them ask for all cells between.
"""

from __future__ import annotations

import re
import zipfile
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from posixpath import join, normpath
from typing import IO, Never
from xml.parsers import expat

from tuoke.transfer.cells import Cell, NumberedRow
from tuoke.transfer.file_kind import broken

_PART = 2**18
_COLUMNS = 16_384
# Number formats that show a day or a time although no letter of theirs stands in the file.
_DATE_FORMATS = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_NOT_SHOWN = re.compile(r'"[^"]*"|\[(?!h+\]|m+\]|s+\])[^\]]*\]|\\.|_.|\*.')
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.I)
_EPOCHS = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}
_ESCAPED = re.compile(r"_x(?![dD][89a-fA-F])([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class XlsxSheet:
    name: str
    path: Path
    part: str
    hidden: bool
    book: Book

    def rows(self) -> Iterator[NumberedRow]:
        """Every row that has a cell with content. Raises Invalid where the file is broken."""
        with zipfile.ZipFile(self.path) as archive, archive.open(self.part) as file:
            yield from _Rows(self.book).read(file)

    def approximate_rows(self) -> int:
        """From the share of the first part; the sheet's own claim about its size is often wrong."""
        with zipfile.ZipFile(self.path) as archive, archive.open(self.part) as file:
            size = archive.getinfo(self.part).file_size
            first = file.read(_PART)
        return first.count(b"<row ") * size // max(len(first), 1)


@dataclass(frozen=True, slots=True)
class Book:
    """What the sheets of one file share."""

    strings: Strings
    dates: frozenset[int]
    """Styles that show a number as a day or time."""
    epoch: datetime


class Strings:
    """The texts of a file, packed: a million of them as Python objects would take ten times the memory."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._ends = array("Q", [0])

    def add(self, text: str) -> None:
        self._bytes += text.encode("utf-8", "replace")
        self._ends.append(len(self._bytes))

    def __getitem__(self, index: int) -> str:
        if index < 0:
            raise IndexError(index)
        return self._bytes[self._ends[index] : self._ends[index + 1]].decode()

    def __len__(self) -> int:
        return len(self._ends) - 1


def open_xlsx(path: Path) -> list[XlsxSheet]:
    """The worksheets of the file in their order. Raises Invalid."""
    try:
        with zipfile.ZipFile(path) as archive:
            listed, is_1904 = _listed_sheets(archive)
            book = Book(_strings(archive), _date_styles(archive), _EPOCHS[is_1904])
            known = set(archive.namelist())
    except (
        zipfile.BadZipFile,
        expat.ExpatError,
        KeyError,
        OSError,
        EOFError,
        NotImplementedError,
        RuntimeError,
    ):
        raise broken() from None
    return [XlsxSheet(name, path, part, hidden, book) for name, part, hidden in listed if part in known]


def _listed_sheets(archive: zipfile.ZipFile) -> tuple[list[tuple[str, str, bool]], bool]:
    targets: dict[str, str] = {}
    found: list[tuple[str, str, bool]] = []
    is_1904 = False

    def relation(name: str, given: dict[str, str]) -> None:
        if name == "Relationship" and given.get("Type", "").endswith("/worksheet"):
            targets[given["Id"]] = normpath(join("xl", given["Target"])).lstrip("/")

    def sheet(name: str, given: dict[str, str]) -> None:
        nonlocal is_1904
        if name == "workbookPr":
            is_1904 = given.get("date1904") in ("1", "true")
        elif name == "sheet":
            link = next((value for key, value in given.items() if key == "id" or key.endswith(":id")), "")
            if link in targets:
                found.append(
                    (given.get("name", ""), targets[link], given.get("state", "visible") != "visible")
                )

    with archive.open("xl/_rels/workbook.xml.rels") as file:
        _parse(file, relation)
    with archive.open("xl/workbook.xml") as file:
        _parse(file, sheet)
    return found, is_1904


def _date_styles(archive: zipfile.ZipFile) -> frozenset[int]:
    if "xl/styles.xml" not in archive.namelist():
        return frozenset()
    own: set[int] = set()
    styles: list[int] = []
    inside = False

    def start(name: str, given: dict[str, str]) -> None:
        nonlocal inside
        if name == "numFmt" and shows_a_date(given.get("formatCode", "")):
            own.add(int(given["numFmtId"]))
        elif name == "cellXfs":
            inside = True
        elif name == "xf" and inside:
            styles.append(int(given.get("numFmtId", "0")))

    def end(name: str) -> None:
        nonlocal inside
        if name == "cellXfs":
            inside = False

    with archive.open("xl/styles.xml") as file:
        _parse(file, start, end)
    return frozenset(n for n, number_format in enumerate(styles) if number_format in _DATE_FORMATS | own)


def shows_a_date(format_code: str) -> bool:
    """True when a number in this format looks like a day or a time of day."""
    if _ELAPSED.search(format_code):
        return False
    shown = _NOT_SHOWN.sub("", format_code.split(";", 1)[0])
    return any(letter in shown.lower() for letter in "ymdhs") and "general" not in shown.lower()


def _strings(archive: zipfile.ZipFile) -> Strings:
    strings = Strings()
    name = next((n for n in archive.namelist() if n.lower() == "xl/sharedstrings.xml"), None)
    if name is None:
        return strings
    parts: list[str] = []
    text_depth = phonetic = 0

    def start(tag: str, given: dict[str, str]) -> None:
        nonlocal text_depth, phonetic
        if tag == "t":
            text_depth = 1
        elif tag == "rPh":
            phonetic = 1

    def chars(text: str) -> None:
        if text_depth and not phonetic:
            parts.append(text)

    def end(tag: str) -> None:
        nonlocal text_depth, phonetic
        if tag == "t":
            text_depth = 0
        elif tag == "rPh":
            phonetic = 0
        elif tag == "si":
            strings.add(_unescaped("".join(parts)))
            parts.clear()

    with archive.open(name) as file:
        _parse(file, start, end, chars)
    return strings


def _parse(
    file: IO[bytes],
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    chars: Callable[[str], None] | None = None,
) -> None:
    parser = _parser()
    parser.StartElementHandler = lambda tag, given: start(_bare(tag), given)
    if end:
        parser.EndElementHandler = lambda tag: end(_bare(tag))
    if chars:
        parser.CharacterDataHandler = chars
    while part := file.read(_PART):
        parser.Parse(part, False)
    parser.Parse(b"", True)


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = 2**16
    # Sheets have no document type; one is an attack by entities that grow.
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def _refuse_doctype(*_: object) -> Never:
    raise broken()


def _bare(tag: str) -> str:
    """Some programs write `x:row` for `row`."""
    return tag.rpartition(":")[2]


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


class _Rows:
    """The state of one pass over a worksheet's XML."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._done: list[NumberedRow] = []
        self._line = 0
        self._cells: list[Cell] = []
        self._columns: dict[str, int] = {}
        self._given: dict[str, str] = {}
        self._text: list[str] = []
        self._phonetic = False
        self._parser = _parser()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def read(self, file: IO[bytes]) -> Iterator[NumberedRow]:
        try:
            while True:
                part = file.read(_PART)
                self._parser.Parse(part, not part)
                yield from self._done
                self._done.clear()
                if not part:
                    return
        except (expat.ExpatError, zipfile.BadZipFile, EOFError, OSError, ValueError, IndexError):
            raise broken() from None

    def _start(self, tag: str, given: dict[str, str]) -> None:
        if tag == "c":
            self._given = given
            self._text = []
        elif tag == "v" or tag == "t":
            if not self._phonetic:
                self._parser.CharacterDataHandler = self._text.append
        elif tag == "row":
            self._line = int(given["r"]) if "r" in given else self._line + 1
            self._cells = []
        elif tag == "rPh":
            self._phonetic = True
        elif ":" in tag:
            self._start(_bare(tag), given)

    def _end(self, tag: str) -> None:
        if tag == "v" or tag == "t":
            self._parser.CharacterDataHandler = None
        elif tag == "c":
            if self._text:
                self._add("".join(self._text))
        elif tag == "row":
            if self._cells:
                self._done.append((self._line, self._cells))
        elif tag == "rPh":
            self._phonetic = False
        elif ":" in tag:
            self._end(_bare(tag))

    def _add(self, text: str) -> None:
        cells = self._cells
        place = self._place(self._given.get("r"))
        missing = place - len(cells)
        if missing > 0:
            cells.extend([""] * missing)
        value = self._value(text)
        if missing < 0:
            cells[place] = value
        else:
            cells.append(value)

    def _place(self, reference: str | None) -> int:
        if reference is None:
            return len(self._cells)
        letters = reference.rstrip("0123456789")
        place = self._columns.get(letters)
        if place is None:
            place = self._columns[letters] = _column(letters)
        return place

    def _value(self, text: str) -> Cell:
        kind = self._given.get("t")
        if kind == "s":
            return self._book.strings[int(text)]
        if kind is None or kind == "n":
            style = self._given.get("s")
            if style is not None and int(style) in self._book.dates:
                return self._moment(float(text))
            return int(text) if text.isdecimal() and len(text) < 16 else float(text)
        if kind == "b":
            return text == "1"
        if kind == "d":
            return datetime.fromisoformat(text).replace(tzinfo=None)
        return _unescaped(text)

    def _moment(self, serial: float) -> Cell:
        if not 0 <= serial < 2_958_466:
            return serial
        # Serials are binary fractions of a day; to the millisecond they are what was typed.
        passed = timedelta(milliseconds=round(serial * 86_400_000))
        if serial < 1:
            return (datetime.min + passed).time() if passed < timedelta(days=1) else time()
        return self._book.epoch + passed


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    if not 0 < number <= _COLUMNS:
        raise broken()
    return number - 1
