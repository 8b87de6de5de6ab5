"""What a flow may speak of, and whether its conditions do."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tuoke.kit.errors import Invalid
from tuoke.kit.words import Words, say
from tuoke.query.ast import condition_from
from tuoke.query.fits import check_filter, leaves_of
from tuoke.schema.model import Table


@dataclass(frozen=True)
class Known:
    """The workspace a flow is written for, before any record exists."""

    table: Table
    """The table whose records the flow is about."""
    tables: Mapping[str, Table]
    roles: Collection[str] | None = None
    """Keys of roles; None = whoever asks does not know them."""


def check_condition(tree: Any, table: Table, tables: Mapping[str, Table]) -> Iterator[Words]:
    """What is wrong with a condition of a flow; nothing for None."""
    yield from check_filter(tree, table, tables)
    try:
        condition = condition_from(tree)
    except Invalid:
        return  # Told by check_filter.
    for leaf in leaves_of(condition) if condition is not None else ():
        if len(leaf.path) > 1:
            yield say("流程里的条件不能跨表", "A condition of a flow cannot look through links")
