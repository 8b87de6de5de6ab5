"""The search box. The index only narrows; a hit counts when a column the actor may see contains the word."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    FromClause,
    MetaData,
    Select,
    Text,
    and_,
    any_,
    case,
    exists,
    false,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy import Table as SaTable
from sqlalchemy.dialects.postgresql import ARRAY

from tuoke.kit.database import Connection, run_sql
from tuoke.query.tokens import tokens, wide, words
from tuoke.schema.field_type import Searchable
from tuoke.schema.model import SCHEMA, Field, Table

MARK = 0
"""The id of the row that says how far a token table is filled; without tokens: completely."""

_Ids = ARRAY(BigInteger)


def searchable_fields(table: Table) -> list[Field]:
    return [f for f in table.fields if isinstance(f.kind, Searchable)]


def index_table(table: Table) -> SaTable:
    """The token table of `table`: a cache, kept by a reader of the change log (`query.index`)."""
    return SaTable(
        table.key,
        MetaData(schema="search"),
        Column("id", BigInteger, primary_key=True),
        Column("tokens", ARRAY(Text)),
    )


def hits(table: Table, search: str) -> Select[Any] | None:
    """Ids whose tokens contain those of every word; None when no word is long enough for the index."""
    wanted = sorted(set().union(*(tokens(word) for word in words(search))))
    if not wanted:
        return None
    index = index_table(table)
    return select(index.c.id).where(index.c.tokens.contains(literal(wanted, ARRAY(Text))))


def is_hit(table: Table, id: ColumnElement[int], found: Select[Any]) -> ColumnElement[bool]:
    """`id` is among `found`. While the token table is being filled everything is: slow, but none is missed.

    As an array, because the planner then always fetches these records by their ids. As a join it may walk the
    sort index of the whole table instead, looking for 50 hits, or start workers for what one does in 20 ms.
    """
    index = index_table(table)
    filled = exists().where(index.c.id == MARK, index.c.tokens == literal([], ARRAY(Text)))
    everything = select(SaTable(table.key, MetaData(schema=SCHEMA), Column("id", BigInteger)).c.id)
    return id == any_(case((filled, _array(found)), else_=_array(everything)))


async def has_index(db: Connection, table: Table) -> bool:
    """Whether the token table is there: somebody may have dropped it, and its reader not have noticed yet."""
    found = await run_sql(db, "select to_regclass($1) is not null", f'search."{table.key}"')
    return bool(found.scalar_one())


def _array(ids: Select[Any]) -> ColumnElement[Any]:
    return func.array(ids.scalar_subquery(), type_=_Ids)


def matches(table: Table, source: FromClause, search: str) -> ColumnElement[bool]:
    """Every word stands in some searchable column of `source`, which holds only what the actor may see."""
    columns: list[ColumnElement[Any]] = [
        f.kind.search_text(source.c[f.key])
        for f in searchable_fields(table)
        if f.key in source.c and isinstance(f.kind, Searchable)
    ]
    return and_(*(or_(false(), *(_contains(c, word) for c in columns)) for word in words(search)))


def _contains(column: ColumnElement[Any], word: str) -> ColumnElement[bool]:
    """`word` is normal; the column is text as people wrote it, perhaps with a Chinese keyboard's wide letters."""
    ways = dict.fromkeys((word, wide(word)))
    # Neither digits nor Chinese have capitals, and lower() costs more than the comparison.
    has_capitals = word.upper() != word
    return or_(
        *(
            column.icontains(way, autoescape=True) if has_capitals else column.contains(way, autoescape=True)
            for way in ways
        )
    )
