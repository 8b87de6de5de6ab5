"""Rows of a .csv or .txt file as a stream, whatever its encoding and delimiter."""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TextIO

from tuoke.kit.errors import Invalid
from tuoke.kit.words import say
from tuoke.transfer.cells import Cell, NumberedRow

_PART = 2**20
_SAMPLE_LINES = 50
_DELIMITERS = ",\t;|，"
_LONGEST_CELL = 2**20
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True, slots=True)
class DelimitedSheet:
    path: Path
    encoding: str
    delimiter: str
    lines: int
    first_line: int
    """1, or 2 behind Excel's `sep=;`."""

    def rows(self) -> Iterator[NumberedRow]:
        """Every record; lines are counted as spreadsheet programs do, so a cell of two lines counts once.

        Raises Invalid where quotes do not pair.
        """
        csv.field_size_limit(_LONGEST_CELL)
        line = self.first_line - 1
        with self._open() as file:
            for _ in range(line):
                file.readline()
            try:
                for line, cells in enumerate(csv.reader(file, delimiter=self.delimiter), self.first_line):
                    row: list[Cell] = [*cells]
                    yield line, row
            except csv.Error:
                raise Invalid(
                    say(
                        "第 {line} 行之后读不下去：引号没有成对出现，请检查这一行",
                        "It cannot be read after line {line}: a quotation mark has no partner there",
                        line=line,
                    ),
                    line=line,
                ) from None

    def approximate_rows(self) -> int:
        return self.lines

    def _open(self) -> TextIO:
        return self.path.open(encoding=self.encoding, newline="")


def open_delimited(path: Path) -> DelimitedSheet:
    """Raises Invalid when it is not text in an encoding people here use."""
    encoding, lines = _encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        sample = [line[:20_000] for line in islice(file, _SAMPLE_LINES)]
    told = re.fullmatch(r"\"?sep=(.)\"?\s*", sample[0], re.I) if sample else None
    delimiter = told[1] if told else _delimiter(sample)
    return DelimitedSheet(path, encoding, delimiter, lines, 2 if told else 1)


def _encoding(path: Path) -> tuple[str, int]:
    """The encoding in which the whole file is text, and its count of lines.

    The whole file is looked at: a list may hold a thousand lines of ASCII before its first Chinese name.
    """
    with path.open("rb") as file:
        head = file.read(_PART)
    for encoding in _candidates(head):
        lines = _lines_in(path, encoding)
        if lines is not None:
            return encoding, lines
    raise Invalid(
        say(
            "看不懂文件的编码。请在 Excel 里另存为 .xlsx，或“CSV UTF-8”格式，再导入",
            "The file's encoding is not understood. Save it as .xlsx or as CSV UTF-8 and import that file",
        )
    )


def _candidates(head: bytes) -> list[str]:
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return [encoding]
    # ASCII signs in UTF-16 have every other byte zero; which one says the order.
    even, odd = head[:1000:2].count(0), head[1:1000:2].count(0)
    if max(even, odd) > 20 and max(even, odd) > 8 * min(even, odd):
        return ["utf-16-le" if odd > even else "utf-16-be"]
    return ["utf-8", "gb18030"]


def _lines_in(path: Path, encoding: str) -> int | None:
    """None when the file is not text in this encoding."""
    decoder = codecs.getincrementaldecoder(encoding)()
    lines = controls = characters = 0
    try:
        with path.open("rb") as file:
            while part := file.read(_PART):
                text = decoder.decode(part)
                lines += text.count("\n") or text.count("\r")
                characters += len(text)
                controls += 0 if text.isprintable() else len(_CONTROL.findall(text))
        decoder.decode(b"", True)
    except UnicodeDecodeError:
        return None
    # Random bytes are sometimes valid GB18030, but never without control characters.
    return None if controls > characters // 1000 + 2 else lines


def _delimiter(sample: list[str]) -> str:
    """The sign that cuts most lines into the same number of cells, at least two."""
    best, best_score = ",", 0.0
    for delimiter in _DELIMITERS:
        widths = [len(cells) for cells in _read(sample, delimiter) if any(cells)]
        if not widths:
            continue
        width, count = Counter(widths).most_common(1)[0]
        score = (width - 1) * count / len(widths)
        if width > 1 and score > best_score:
            best, best_score = delimiter, score
    return best


def _read(sample: Iterable[str], delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader(sample, delimiter=delimiter))
    except csv.Error:
        return []
