"""Options an import has met that the table does not have yet: added when a row that needs them is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tuoke.schema.field_type import Chooses
from tuoke.schema.model import Table


class NewOptions:
    """The reading process tells each new option once; one that only a refused row had is kept back."""

    def __init__(self) -> None:
        self._waiting: dict[str, dict[str, None]] = {}

    def met(self, added: Mapping[str, Sequence[str]]) -> None:
        for key, labels in added.items():
            self._waiting.setdefault(key, {}).update(dict.fromkeys(labels))

    def take_needed(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
        """Field key → labels that these rows' values need; they wait no longer."""
        needed: dict[str, list[str]] = {}
        for key, labels in self._waiting.items():
            used = _used(row.get(key) for row in rows)
            found = [label for label in labels if _key_of(table, key, label) in used]
            for label in found:
                del labels[label]
            if found:
                needed[key] = found
        return needed


def _used(values: Iterable[Any]) -> set[str]:
    used: set[str] = set()
    for value in values:
        if isinstance(value, str):
            used.add(value)
        elif value is not None:
            used.update(value)
    return used


def _key_of(table: Table, key: str, label: str) -> str:
    field = table.field(key)
    kind = field.kind
    assert isinstance(kind, Chooses)
    return kind.with_choice(field.options, label)[1]
