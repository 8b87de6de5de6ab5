"""The search box. The index only narrows; a hit counts when a column the actor may see contains the word."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    Column,
    ColumnElement,
    FromClause,
    MetaData,
    Text,
    and_,
    exists,
    false,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy import Table as SaTable
from sqlalchemy.dialects.postgresql import ARRAY

from tuoke.kit.database import Connection, run_sql
from tuoke.query.tokens import tokens, words
from tuoke.schema.field_type import Searchable
from tuoke.schema.model import SCHEMA, Field, Table


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


MARK = 0
"""The id of the row that says how far a token table is filled; without tokens: completely."""


def candidates(table: Table, search: str) -> CTE | None:
    """Ids whose tokens contain those of every word; None when no word is long enough for the index.

    While the token table is being filled every record is a candidate: slow, but none is missed.
    """
    wanted = sorted(set().union(*(tokens(word) for word in words(search))))
    if not wanted:
        return None
    index = index_table(table)
    filled = exists().where(index.c.id == MARK, index.c.tokens == literal([], ARRAY(Text)))
    hits = select(index.c.id).where(index.c.tokens.contains(literal(wanted, ARRAY(Text))), filled)
    narrowed = union_all(hits, select(_every_id(table)).where(~filled))
    # A fence: without it the planner may walk the sort index of the whole table looking for 50 hits.
    return narrowed.cte("hit").prefix_with("MATERIALIZED")


async def has_index(db: Connection, table: Table) -> bool:
    """Whether the token table is there: somebody may have dropped it, and its reader not have noticed yet."""
    found = await run_sql(db, "select to_regclass($1) is not null", f'search."{table.key}"')
    return bool(found.scalar_one())


def _every_id(table: Table) -> ColumnElement[int]:
    return SaTable(table.key, MetaData(schema=SCHEMA), Column("id", BigInteger)).c.id


def matches(table: Table, source: FromClause, search: str) -> ColumnElement[bool]:
    """Every word stands in some searchable column of `source`, which holds only what the actor may see."""
    columns: list[ColumnElement[Any]] = [
        f.kind.search_text(source.c[f.key])
        for f in searchable_fields(table)
        if f.key in source.c and isinstance(f.kind, Searchable)
    ]
    return and_(
        *(or_(false(), *(c.icontains(word, autoescape=True) for c in columns)) for word in words(search))
    )
