"""Values a flow writes: constants, fields of the record, symbols, and texts with places in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tuoke.access.sight import Sight
from tuoke.flows.spoken import name_of, shown
from tuoke.kit.words import Words
from tuoke.query.symbols import Span, resolve
from tuoke.records.rows import Row
from tuoke.records.values import Values
from tuoke.records.written import Finding, check_written
from tuoke.schema.model import Table, no_such_field

_PLACE = re.compile(r"\{(@record|[a-z][a-z0-9_]*)\}")
RECORD = "@record"
"""The place where the record's own name stands, however little of it is filled in."""


@dataclass(frozen=True, slots=True)
class About:
    """The record a step is about, and who sees it."""

    table: Table
    row: Row
    sight: Sight


def filled(target: Table, given: Mapping[str, Any], about: About) -> Values:
    """Python values for fields of `target`."""
    return {key: _value(target, key, value, about) for key, value in given.items()}


def _value(target: Table, key: str, given: Any, about: About) -> Any:
    if isinstance(given, str) and given.startswith("$"):
        return about.row[given[1:]]
    given = _in_zh(given)
    resolved = resolve(given, about.sight)
    if isinstance(resolved, Span):
        resolved = resolved.first.isoformat()
    if resolved is None or not isinstance(resolved, str | bool | int | float | list):
        return resolved
    field = target.field(key)
    if isinstance(resolved, str) and field.type in ("text", "long_text"):
        resolved = text(resolved, about, "zh")
    return field.kind.parse(resolved, field.options)


def text(template: str, about: About, language: str) -> str:
    """`请于今日回访 {name}` with the record's own words; what it does not have is left empty."""

    def place(match: re.Match[str]) -> str:
        if match[1] == RECORD:
            return name_of(about.table, about.row, about.sight, language)
        field = about.table.by_key.get(match[1])
        return "" if field is None else shown(field, about.row.get(field.key), about.sight, language)

    return _PLACE.sub(place, template)


def check_filled(given: Mapping[str, Any], target: Table, source: Table) -> Iterator[Finding]:
    """What `filled` would not understand."""
    plain = {key: _in_zh(value) for key, value in given.items()}
    yield from check_written(plain, target, source)
    for key, value in plain.items():
        if isinstance(value, str) and not value.startswith("$"):
            yield from (((key,), words) for words in check_places(value, source))


def _in_zh(value: Any) -> Any:
    """A text field holds one language; of a label it is the first one."""
    match value:
        case {"zh": zh, "en": _}:
            return zh
        case _:
            return value


def check_places(template: str, source: Table) -> Iterator[Words]:
    """Places of a text that no field fills."""
    for key in _PLACE.findall(template):
        if key != RECORD and key not in source.by_key:
            yield no_such_field(key).detail
