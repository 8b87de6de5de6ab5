"""The error workbook of an import: the rows as they were, and why. Corrected, it can be imported again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType

from tuoke.kit.words import Words, say
from tuoke.schema.model import Table
from tuoke.transfer.cells import Cell
from tuoke.transfer.workbook import SheetWriter, Workbook

_LINE, _REASON = say("原行号", "Line"), say("原因", "Reason")
_REFUSED = say("未导入", "Not imported")
_DUPLICATE = say("重复", "Duplicates")
_PARTLY = say("已导入但有提醒", "Imported with remarks")


class FaultBook:
    """Three sheets: refused rows, duplicates, and rows that were imported with a cell left empty or changed."""

    def __init__(self, path: Path, headings: Sequence[str], table: Table, language: str) -> None:
        self._table, self._language, self._width = table, language, len(headings)
        self._book = Workbook(path)
        columns = [*headings, _LINE.in_(language), _REASON.in_(language)]
        self._refused, self._duplicates, self._partly = (
            self._book.add_sheet(name.in_(language), columns) for name in (_REFUSED, _DUPLICATE, _PARTLY)
        )

    def __enter__(self) -> FaultBook:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._book.close()

    def refused(self, line: int, cells: Sequence[Cell], faults: Mapping[str, Words]) -> None:
        self._add(self._refused, line, cells, self._reasons(faults))

    def duplicate(self, line: int, cells: Sequence[Cell], why: Words) -> None:
        self._add(self._duplicates, line, cells, why.in_(self._language))

    def remarked(self, line: int, cells: Sequence[Cell], warnings: Mapping[str, Words]) -> None:
        self._add(self._partly, line, cells, self._reasons(warnings))

    def _add(self, sheet: SheetWriter, line: int, cells: Sequence[Cell], reason: str) -> None:
        width = self._width
        shown = [*cells[:width], *[""] * (width - len(cells))]
        sheet.add([*shown, line, reason])

    def _reasons(self, notes: Mapping[str, Words]) -> str:
        """`手机：手机号应为 11 位…；负责人：没有找到…`"""
        english = self._language.startswith("en")
        between, after = ("; ", ": ") if english else ("；", "：")
        return between.join(
            f"{self._label(key)}{after}{words.in_(self._language)}" if key else words.in_(self._language)
            for key, words in notes.items()
        )

    def _label(self, key: str) -> str:
        field = self._table.by_key.get(key)
        if field is None:
            return key
        return field.label.en if self._language.startswith("en") else field.label.zh
