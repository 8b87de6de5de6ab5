"""Sheets in the formats before and beside .xlsx (.xls, .xlsb, .ods), read by calamine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import python_calamine as calamine

from tuoke.kit.errors import Invalid
from tuoke.kit.words import say
from tuoke.transfer.cells import NumberedRow
from tuoke.transfer.file_kind import broken, has_password

T = TypeVar("T")

_LARGEST = 100 * 2**20
"""Bytes: calamine keeps a sheet in memory whole. An .xls cannot hold more than 65 536 rows anyway."""


@dataclass(frozen=True)
class OldSheet:
    name: str
    hidden: bool
    _book: calamine.CalamineWorkbook = field(repr=False)

    def rows(self) -> Iterator[NumberedRow]:
        """Every row from the sheet's top, blank ones included."""
        sheet = _guarded(lambda: self._book.get_sheet_by_name(self.name))
        yield from enumerate(sheet.iter_rows(), 1)

    def approximate_rows(self) -> int:
        return _guarded(lambda: self._book.get_sheet_by_name(self.name)).total_height


def open_old_sheets(path: Path) -> list[OldSheet]:
    """The worksheets of the file in their order. Raises Invalid."""
    if path.stat().st_size > _LARGEST:
        raise Invalid(
            say(
                "这种旧格式的文件太大，请另存为 .xlsx 或 CSV 再导入",
                "A file of this old format is too large; save it as .xlsx or CSV and import that file",
            )
        )
    book = _guarded(lambda: calamine.CalamineWorkbook.from_path(str(path)))
    return [
        OldSheet(meta.name, meta.visible != calamine.SheetVisibleEnum.Visible, book)
        for meta in book.sheets_metadata
        if meta.typ == calamine.SheetTypeEnum.WorkSheet
    ]


def _guarded(read: Callable[[], T]) -> T:
    """Raises Invalid for whatever calamine cannot read."""
    try:
        return read()
    except calamine.PasswordError:
        raise has_password() from None
    except (calamine.CalamineError, OSError, ValueError):
        raise broken() from None
    except BaseException as error:
        # What Rust calls a panic arrives outside Python's tree of ordinary exceptions.
        if type(error).__name__ == "PanicException":
            raise broken() from None
        raise
