"""The error workbook of an import: the rows as they were, and why. Corrected, it can be imported again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tuoke.kit.words import Words, say
from tuoke.schema.model import Table
from tuoke.transfer.spool import Entry
from tuoke.transfer.workbook import Workbook

REFUSED, DUPLICATE, REMARKED = "refused", "duplicate", "remarked"
_SHEETS: Mapping[str, Words] = {
    REFUSED: say("未导入", "Not imported"),
    DUPLICATE: say("重复", "Duplicates"),
    REMARKED: say("已导入但有提醒", "Imported with remarks"),
}
_LINE, _REASON = say("原行号", "Line"), say("原因", "Reason")


def write_fault_book(path: Path, headings: Sequence[str], entries: Iterable[Entry], language: str) -> None:
    """One sheet each for refused rows, duplicates, and rows imported with a cell left empty or changed.

    Raises nothing for a sheet that is full: a million reasons say as much as two.
    """
    width = len(headings)
    columns = [*headings, _LINE.in_(language), _REASON.in_(language)]
    with Workbook(path) as book:
        sheets = {kind: book.add_sheet(name.in_(language), columns) for kind, name in _SHEETS.items()}
        for kind, line, cells, why in entries:
            shown: list[Any] = [*cells[:width], *[""] * (width - len(cells))]
            sheets[kind].add([*shown, line, why])


def reasons(table: Table, notes: Mapping[str, Words], language: str) -> str:
    """`手机：手机号应为 11 位…；负责人：没有找到…`"""
    between, after = ("; ", ": ") if language.startswith("en") else ("；", "：")
    return between.join(
        f"{_label(table, key, language)}{after}{words.in_(language)}" if key else words.in_(language)
        for key, words in notes.items()
    )


def _label(table: Table, key: str, language: str) -> str:
    field = table.by_key.get(key)
    if field is None:
        return key
    return field.label.en if language.startswith("en") else field.label.zh
