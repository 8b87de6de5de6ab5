"""What the parts of a divided tile are called, and which filter finds one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from tuoke.access.sight import Sight
from tuoke.kit.database import Connection
from tuoke.query.page import titles
from tuoke.reports.definition import Tree
from tuoke.reports.measure import together
from tuoke.schema.field_type import Chooses
from tuoke.schema.model import Field

Name = dict[str, str]

EMPTY: Name = {"zh": "未填写", "en": "Not given"}
NOBODY: Name = {"zh": "无负责人", "en": "Nobody"}
HIDDEN: Name = {"zh": "无权查看", "en": "Hidden"}
REST: Name = {"zh": "其余", "en": "The rest"}


def one_of(field: str, key: Any) -> Tree:
    """Finds the records of the part `key`."""
    if key is None:
        return {"field": field, "op": "is_empty"}
    return {"field": field, "op": "eq", "value": str(key) if isinstance(key, Decimal) else key}


def none_of(field: str, keys: Sequence[Any]) -> Tree:
    """Finds the records of all other parts."""
    named: Tree = {"field": field, "op": "not_in", "value": [key for key in keys if key is not None]}
    # `not_in` keeps the empty ones, as people expect of it.
    return together(named, {"field": field, "op": "not_empty"} if None in keys else None) or named


async def names(db: Connection, field: Field, sight: Sight, keys: Sequence[Any]) -> Mapping[Any, Name]:
    """What each part is called, in both languages."""
    known = await _known(db, field, sight, [key for key in keys if key is not None])
    nobody = NOBODY if field.target == "@user" else EMPTY
    return {key: nobody if key is None else known.get(key, HIDDEN) for key in keys}


async def _known(db: Connection, field: Field, sight: Sight, keys: Sequence[Any]) -> dict[Any, Name]:
    if isinstance(field.kind, Chooses):
        choices = field.kind.choices(field.options)
        return {
            key: {"zh": choices[key].zh, "en": choices[key].en} if key in choices else _same(key)
            for key in keys
        }
    if field.target == "@user":
        return {key: _same(sight.org.people[key].name) for key in keys if key in sight.org.people}
    if field.target == "@department":
        return {key: _same(sight.org.departments[key].name) for key in keys if key in sight.org.departments}
    if field.target is not None:
        table = sight.catalog.tables.get(field.target)
        found = {} if table is None else await titles(db, table, sight, keys)
        return {key: _same(title) for key, title in found.items()}
    return {key: _same(key) for key in keys}


def _same(text: Any) -> Name:
    return {"zh": str(text), "en": str(text)}
