"""Values a flow writes: constants, fields of the record, symbols, and texts with places in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tuoke.access.sight import Sight
from tuoke.query.symbols import Span, resolve
from tuoke.records.rows import Row
from tuoke.records.values import Values
from tuoke.schema.model import Table

_PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")


def filled(table: Table, given: Mapping[str, Any], row: Row, sight: Sight) -> Values:
    """Python values for fields of `table`."""
    return {key: _value(table, key, value, row, sight) for key, value in given.items()}


def _value(table: Table, key: str, given: Any, row: Row, sight: Sight) -> Any:
    if isinstance(given, str) and given.startswith("$"):
        return row[given[1:]]
    if isinstance(given, Mapping) and set(given) == {"zh", "en"}:
        given = given["zh"]
    resolved = resolve(given, sight)
    if isinstance(resolved, Span):
        resolved = resolved.first.isoformat()
    if resolved is None or not isinstance(resolved, str | bool | int | float | list):
        return resolved
    if isinstance(resolved, str):
        resolved = text(resolved, row)
    field = table.field(key)
    return field.kind.parse(resolved, field.options)


def text(template: str, row: Row) -> str:
    """`请于今日回访 {name}` with the record's own words; what it does not have is left empty."""
    return _PLACE.sub(lambda match: _shown(row.get(match[1])), template)


def _shown(value: Any) -> str:
    return "" if value is None else str(value)
