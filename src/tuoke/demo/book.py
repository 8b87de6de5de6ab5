"""What happened, written down as the product would: records, and one change for every write to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tuoke.bus.log import Kind


@dataclass(slots=True, eq=False)
class Department:
    name: str
    parent: Department | None = None
    id: int = 0


@dataclass(slots=True, eq=False)
class Person:
    name: str
    email: str
    role: str
    department: Department
    joined: float
    """Epoch seconds, like every moment here."""
    pace: float = 1.0
    """Calls a day beside the others'."""
    charm: float = 1.0
    """How well he talks people into something, beside the others."""
    id: int = 0


@dataclass(slots=True, eq=False)
class Row:
    """A record. Links in `values` are rows, users are persons; the store knows their ids."""

    table: str
    at: float
    by: Person
    values: dict[str, Any]
    touched: float
    toucher: Person
    version: int = 1
    id: int = 0
    last: Change | None = None

    def __getitem__(self, key: str) -> Any:
        return self.values.get(key)


@dataclass(slots=True, eq=False)
class Change:
    at: float
    by: Person
    row: Row
    kind: Kind
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None


@dataclass(slots=True)
class Book:
    """`now`: nothing can have happened later."""

    now: float
    rows: dict[str, list[Row]] = field(default_factory=dict[str, list[Row]])
    changes: list[Change] = field(default_factory=list[Change])

    def create(self, table: str, at: float, by: Person, **values: Any) -> Row:
        assert at <= self.now, f"{table} of the future"
        row = Row(table, at, by, values, at, by)
        self.rows.setdefault(table, []).append(row)
        self._log(row, Change(at, by, row, Kind.CREATED))
        return row

    def change(self, row: Row, at: float, by: Person, **values: Any) -> None:
        """Set fields; what they have already is no change."""
        after = {key: value for key, value in values.items() if row.values.get(key) != value}
        if not after:
            return
        assert row.touched <= at <= self.now, f"{row.table} changed out of order"
        before = {key: row.values.get(key) for key in after}
        row.values.update(after)
        last = row.last
        if last is not None and last.at == at and last.by is by:
            # One write tells one change of a record, however many steps it took.
            _merge(last, before, after)
            return
        row.touched, row.toucher, row.version = at, by, row.version + 1
        self._log(row, Change(at, by, row, Kind.UPDATED, before, after))

    def _log(self, row: Row, change: Change) -> None:
        row.last = change
        self.changes.append(change)


def _merge(change: Change, before: dict[str, Any], after: dict[str, Any]) -> None:
    if change.before is None or change.after is None:
        return
    change.before = {**before, **change.before}
    change.after.update(after)
