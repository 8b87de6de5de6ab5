"""Whether values that a rule writes fit the table they are written to, before any record exists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from tuoke.kit.errors import Invalid
from tuoke.kit.words import Words, say
from tuoke.schema.field_type import Chooses
from tuoke.schema.model import Field, Table, no_such_field

Finding: TypeAlias = tuple[tuple[str | int, ...], Words]
"""Where something is wrong, and what."""


def check_written(
    values: Mapping[str, Any], target: Table, source: Table, *, automatic: bool = False
) -> Iterator[Finding]:
    """What is wrong with field -> constant, `$field` of `source`, or symbol. `automatic`: fields nobody may write
    are taken too, as where records are only looked for."""
    for key, value in values.items():
        field = target.by_key.get(key)
        if field is None or (field.is_automatic and not automatic):
            yield (key,), no_such_field(key).detail
            continue
        yield from (((key,), words) for words in _check_value(value, field, source))


def _check_value(value: Any, field: Field, source: Table) -> Iterator[Words]:
    if isinstance(value, str) and value.startswith("$"):
        yield from _check_taken(value[1:], field, source)
    elif value is not None and not is_symbol(value):
        try:
            field.kind.parse(value, field.options)
        except Invalid as error:
            yield error.detail


def is_symbol(value: Any) -> bool:
    return isinstance(value, str) and value.startswith("@")


def _check_taken(key: str, field: Field, source: Table) -> Iterator[Words]:
    """A value taken from the written record must exist there and, for options, mean the same."""
    taken = source.by_key.get(key)
    if taken is None:
        yield no_such_field(key).detail
        return
    if isinstance(field.kind, Chooses):
        theirs = field.kind.choices(field.options)
        ours = set(taken.kind.choices(taken.options)) if isinstance(taken.kind, Chooses) else set[str]()
        if not ours or not ours.issubset(theirs):
            yield say("「{key}」的选项对不上", "The options of {key!r} do not fit", key=key)
