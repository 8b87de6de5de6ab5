"""From the cells of a sheet to the values of records: what was understood, what was not, and why.

Pure and CPU-bound: it runs in a worker process of its own. What needs the database (people, departments, linked
records by name) is collected as text and settled by whoever has one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, tzinfo
from enum import StrEnum
from typing import Any

from tuoke.kit.errors import Invalid
from tuoke.kit.texts import cell_text, one_line, same_name
from tuoke.kit.words import Words, say
from tuoke.records.bulk import WHOLE_ROW
from tuoke.schema.field_type import Chooses, Readable, ReadsToday, Remarks
from tuoke.schema.model import Field, Table
from tuoke.transfer.cells import ERRORS, Cell, NumberedRow, is_blank

NEEDED = say("必填，这里是空的", "This is required and empty here")
_BROKEN_FORMULA = say("Excel 公式出错", "A formula failed in Excel")
_TOO_WIDE = say(
    "这一行比表头多出几列，多出的内容没有导入",
    "This row has more cells than there are headings; those were left out",
)
_NOT_FOUND = "没有找到「{text}」", "{text} was not found"
_SEVERAL = (
    "有多个叫「{text}」的，分不清是哪一个",
    "Several are called {text}; it is not clear which one is meant",
)
# What people write for "nothing", where the field itself cannot read it.
_NOTHING = frozenset(
    ("-", "--", "---", "/", "\\", "无", "暂无", "没有", "空", "n/a", "na", "null", "none", "nil", "?")
)
_BETWEEN_NAMES = re.compile(r"[、,，;；\n|]")
_CACHE = 5_000
"""Distinct cells remembered per column: enough for dates and options, little for names and numbers."""
MOST_NEW_OPTIONS = 200
"""A column with more unknown texts than this is no list of options."""


class UnknownOption(StrEnum):
    """What becomes of a drop-down's cell whose text is not among the options."""

    ADD = "add"
    FAULT = "fault"
    EMPTY = "empty"


@dataclass(frozen=True)
class Plan:
    """How the columns of one file are read."""

    table: Table
    columns: Mapping[int, str]
    """Column → field key."""
    zone: tzinfo
    today: date
    unknown_option: UnknownOption = UnknownOption.ADD
    needed: frozenset[str] = frozenset()
    """Fields that refuse their row when empty."""
    strict: frozenset[str] = frozenset()
    """Fields that refuse their row when they cannot be read; the needed ones do so too."""
    width: int = 0
    """Columns with headings; what stands right of them is told. 0 = not known."""


@dataclass(slots=True)
class ReadRow:
    """One row of the file. It is refused when it has `faults`."""

    line: int
    cells: list[Cell]
    values: dict[str, Any] = field(default_factory=dict[str, Any])
    """Field key → value, for every cell with content that was understood."""
    faults: dict[str, Words] = field(default_factory=dict[str, Words])
    warnings: dict[str, Words] = field(default_factory=dict[str, Words])
    """Field key → what was left empty, left out or rounded."""
    pending: dict[str, str] = field(default_factory=dict[str, str])
    """Field key → name of what is linked to, until `settle` has looked it up."""

    def is_blank(self) -> bool:
        """True when no column that is imported has content, though another, such as a row number, may."""
        return not (self.values or self.pending or self.warnings) and all(
            words is NEEDED for words in self.faults.values()
        )


@dataclass(slots=True)
class Chunk:
    rows: list[ReadRow]
    references: dict[str, set[str]]
    """Field key → names to look up."""
    added: dict[str, list[str]]
    """Field key → options met for the first time, in `unknown_option` add."""


Found = Mapping[str, int | None]
"""A name as written → the id of what is called so; None where several are."""


class RowReader:
    """Reads the rows of one file, chunk by chunk; options met in one chunk are known in the next."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._columns = [_Column(plan, place, plan.table.field(key)) for place, key in plan.columns.items()]
        self._needed = [column for column in self._columns if column.field.key in plan.needed]
        self._absent = [key for key in plan.needed if key not in plan.columns.values()]

    def read(self, rows: Sequence[NumberedRow]) -> Chunk:
        read = [self._opened(line, cells) for line, cells in rows]
        chunk = Chunk([], {}, {})
        for column in self._columns:
            column.read(read, chunk)
        for row in read:
            self._miss(row)
        chunk.rows = read
        return chunk

    def _opened(self, line: int, cells: list[Cell]) -> ReadRow:
        row = ReadRow(line, cells)
        if 0 < self._plan.width < len(cells):
            row.warnings[WHOLE_ROW] = _TOO_WIDE
        return row

    def _miss(self, row: ReadRow) -> None:
        for column in self._needed:
            key = column.field.key
            if key not in row.values and key not in row.pending and key not in row.faults:
                row.faults[key] = NEEDED
        for key in self._absent:
            row.faults[key] = NEEDED


class _Column:
    """One column's way from cell to value, with a memory for cells that come again."""

    def __init__(self, plan: Plan, place: int, of: Field) -> None:
        self.field, self._place, self._plan = of, place, plan
        self._options = of.options
        self._refuses = of.key in plan.needed | plan.strict
        self._seen: dict[str, _Outcome] = {}
        self._new: set[str] = set()
        self._refers = of.target is not None and not of.is_automatic
        self._understand = _reader(of, plan)
        # Asked once: a protocol's isinstance() costs more than reading a cell.
        self._remark = of.kind.remark if isinstance(of.kind, Remarks) else None

    def read(self, rows: Iterable[ReadRow], chunk: Chunk) -> None:
        key, place, seen = self.field.key, self._place, self._seen
        for row in rows:
            cell = row.cells[place]
            if cell == "":
                continue
            outcome = seen.get(cell) if cell.__class__ is str else None  # type: ignore[arg-type]
            if outcome is None:
                outcome = self._outcome(cell, chunk)
            if outcome.value is not None:
                row.values[key] = outcome.value
            if outcome.is_plain:
                continue
            self._note(row, outcome, chunk)

    def _note(self, row: ReadRow, outcome: _Outcome, chunk: Chunk) -> None:
        key = self.field.key
        if outcome.fault:
            row.faults[key] = outcome.fault
        if outcome.warning:
            row.warnings[key] = outcome.warning
        if outcome.name:
            row.pending[key] = outcome.name
            chunk.references.setdefault(key, set()).update(_names(outcome.name))

    def _outcome(self, cell: Cell, chunk: Chunk) -> _Outcome:
        outcome = self._reference(cell) if self._refers else self._value(cell, chunk)
        if isinstance(cell, str) and len(self._seen) < _CACHE:
            self._seen[cell] = outcome
        return outcome

    def _reference(self, cell: Cell) -> _Outcome:
        name = one_line(cell_text(cell))
        if is_blank(cell) or same_name(name) in _NOTHING:
            return _Outcome()
        return self._refusal(_BROKEN_FORMULA, cell) if name in ERRORS else _Outcome(name=name)

    def _value(self, cell: Cell, chunk: Chunk) -> _Outcome:
        if is_blank(cell):
            return _Outcome()
        if isinstance(cell, str) and cell in ERRORS:
            return self._refusal(_BROKEN_FORMULA, cell)
        try:
            value = self._understand(cell, self._options)
        except Invalid as error:
            return self._not_understood(cell, error, chunk)
        return _Outcome(value, warning=self._remark(cell, self._options) if self._remark else None)

    def _not_understood(self, cell: Cell, error: Invalid, chunk: Chunk) -> _Outcome:
        if same_name(cell_text(cell)) in _NOTHING:
            return _Outcome()
        unknown: list[str] | None = error.facts.get("unknown")
        if unknown is None or not isinstance(self.field.kind, Chooses):
            return self._refusal(error.detail, cell)
        match self._plan.unknown_option:
            case UnknownOption.FAULT:
                return _Outcome(fault=error.detail)
            case UnknownOption.EMPTY:
                return (
                    _Outcome(fault=error.detail)
                    if self._refuses
                    else _Outcome(warning=left_empty(error.detail))
                )
            case UnknownOption.ADD:
                return self._with_new_options(cell, unknown, chunk)

    def _with_new_options(self, cell: Cell, unknown: list[str], chunk: Chunk) -> _Outcome:
        kind = self.field.kind
        assert isinstance(kind, Chooses)
        new = {same_name(label) for label in unknown}
        if len(self._new | new) > MOST_NEW_OPTIONS:
            words = say(
                "这一列的新选项超过 {n} 种，不像选项",
                "This column has more than {n} new options; it is no list",
                n=MOST_NEW_OPTIONS,
            )
            return self._refusal(words, cell)
        try:
            for label in unknown:
                self._options, _ = kind.with_choice(self._options, label)
            value = self._understand(cell, self._options)
        except Invalid as error:
            return self._refusal(error.detail, cell)
        self._new |= new
        chunk.added.setdefault(self.field.key, []).extend(unknown)
        return _Outcome(value)

    def _refusal(self, why: Words, cell: Cell) -> _Outcome:
        """A bad cell refuses its row where the field is needed; elsewhere it is left empty, and that is said."""
        return _Outcome(fault=why) if self._refuses else _Outcome(warning=left_empty(why))


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What a cell comes to; all empty when it says nothing."""

    value: Any = None
    fault: Words | None = None
    warning: Words | None = None
    name: str = ""
    is_plain: bool = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "is_plain", not (self.fault or self.warning or self.name))


def left_empty(why: Words) -> Words:
    zh, en = why.in_("zh"), why.in_("en")
    return Words(f"{zh}（已留空）", f"{en} (left empty)")


def _reader(of: Field, plan: Plan) -> Callable[[Cell, Any], Any]:
    """How this field's cells are understood: (cell, options) → value; raises Invalid."""
    kind, zone, today = of.kind, plan.zone, plan.today
    if isinstance(kind, ReadsToday):
        return lambda cell, options: kind.read_on(cell, options, zone, today)
    if isinstance(kind, Readable):
        return lambda cell, options: kind.read(cell, options, zone)
    return lambda cell, options: kind.parse(cell_text(cell).strip(), options)


def settle(chunk: Chunk, plan: Plan, found: Mapping[str, Found]) -> None:
    """Put the ids of what is linked to into the rows; what was not found is a fault where needed, else a warning."""
    for row in chunk.rows:
        for key, name in row.pending.items():
            value, why = _look_up(name, plan.table.field(key), found.get(key, {}))
            if value is not None:
                row.values[key] = value
            elif why is None:
                continue
            elif key in plan.needed | plan.strict:
                row.faults[key] = why
            else:
                row.warnings[key] = left_empty(why)
        row.pending = {}


def _look_up(name: str, of: Field, found: Found) -> tuple[Any, Words | None]:
    many = of.refers_to_many
    if found.get(name) is not None:
        return ([found[name]] if many else found[name]), None
    ids: list[int] = []
    for part in _parts(name) if many else [name]:
        id = found.get(part)
        if id is None:
            zh, en = _SEVERAL if part in found else _NOT_FOUND
            return None, say(zh, en, text=part[:40])
        ids.append(id)
    return (list(dict.fromkeys(ids)) if many else ids[0]), None


def _parts(name: str) -> list[str]:
    return [part for part in map(str.strip, _BETWEEN_NAMES.split(name)) if part]


def _names(name: str) -> set[str]:
    """Every name a cell may mean: all of it, or its parts."""
    return {name, *_parts(name)}


def distinct_references(rows: Iterable[NumberedRow], plan: Plan) -> dict[str, set[str]]:
    """Field key → every name that the file links to, in one pass over its rows."""
    columns = [_Column(plan, place, plan.table.field(key)) for place, key in plan.columns.items()]
    linking = [column for column in columns if column.field.target is not None]
    names: dict[str, set[str]] = {}
    for line, cells in rows if linking else ():
        chunk = Chunk([ReadRow(line, cells)], names, {})
        for column in linking:
            column.read(chunk.rows, chunk)
    return names
