"""Records as the lines that PostgreSQL's COPY takes, by the types of their fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from tuoke.demo.book import Row
from tuoke.query.search import searchable_fields
from tuoke.query.tokens import tokens_of
from tuoke.schema.model import Field, Table

NULL = "\\N"
_AT_ONCE = 4000
_SYSTEM = ("id", "created_at", "updated_at", "created_by", "updated_by", "version")
_PLAIN = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})

Cell = Callable[[Any], str]


def moment(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds")


def _text(value: Any) -> str:
    return str(value).translate(_PLAIN)


def _id(value: Any) -> str:
    return str(value.id)


def _ids(value: Any) -> str:
    return "{" + ",".join(str(getattr(one, "id", one)) for one in value) + "}"


_CELLS: dict[str, Cell] = {
    "datetime": moment,
    "user": _id,
    "department": _id,
    "link": _id,
    "links": _ids,
    "attachment": _ids,
    "number": str,
    "currency": str,
    "percent": str,
    "date": str,
}


class Printer:
    """Prints the rows of one table."""

    def __init__(self, table: Table) -> None:
        own = [field for field in table.fields if field.key not in _SYSTEM]
        self.columns = [*_SYSTEM, *(field.key for field in own)]
        self._cells = [(field.key, _CELLS.get(field.type, _text)) for field in own]

    def line(self, row: Row) -> str:
        values = row.values
        cells = [NULL if (value := values.get(key)) is None else print_(value) for key, print_ in self._cells]
        head = (row.id, moment(row.at), moment(row.touched), row.by.id, row.toucher.id, row.version)
        return "\t".join([*map(str, head), *cells]) + "\n"

    def chunks(self, rows: Sequence[Row]) -> Iterator[bytes]:
        for start in range(0, len(rows), _AT_ONCE):
            yield "".join([self.line(row) for row in rows[start : start + _AT_ONCE]]).encode()


class Tokens:
    """What the search box finds the rows of one table by; as `query.index` would write it."""

    def __init__(self, table: Table) -> None:
        self._keys = [field.key for field in searchable_fields(table)]
        self._known: dict[str, str] = {}

    def chunks(self, rows: Sequence[Row]) -> Iterator[bytes]:
        for start in range(0, len(rows), _AT_ONCE):
            yield "".join([self._line(row) for row in rows[start : start + _AT_ONCE]]).encode()

    def _line(self, row: Row) -> str:
        texts = [text for key in self._keys if (text := row.values.get(key))]
        if len(texts) > 2:
            return f"{row.id}\t{self._array(texts)}\n"
        # Calls have a number and a line, and many the same: computed once.
        key = "\n".join(texts)
        if key not in self._known:
            self._known[key] = self._array(texts)
        return f"{row.id}\t{self._known[key]}\n"

    @staticmethod
    def _array(texts: list[str]) -> str:
        found = [token.replace("\\", "\\\\").replace('"', '\\"') for token in tokens_of(texts)]
        return ("{" + ",".join([f'"{token}"' for token in found]) + "}").translate(_PLAIN)


def logged(field: Field, value: Any) -> Any:
    """A value as the change log keeps it: the field's JSON."""
    if value is None:
        return None
    if field.type in ("user", "department", "link"):
        return value.id
    if field.type in ("links", "attachment"):
        return [getattr(one, "id", one) for one in value]
    if field.type == "datetime":
        return datetime.fromtimestamp(value, UTC).isoformat()
    return field.kind.render(value, field.options)


def json_cell(text: str | None) -> str:
    return NULL if text is None else text.translate(_PLAIN)
