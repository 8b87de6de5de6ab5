"""The search box. The index only narrows; a hit counts when a column the actor may see contains the word."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ARRAY,
    CTE,
    BigInteger,
    Column,
    ColumnElement,
    FromClause,
    MetaData,
    Text,
    and_,
    false,
    literal,
    or_,
    select,
)
from sqlalchemy import Table as SaTable

from tuoke.query.tokens import tokens, words
from tuoke.schema.field_type import Searchable
from tuoke.schema.model import Field, Table


def searchable_fields(table: Table) -> list[Field]:
    return [f for f in table.fields if isinstance(f.kind, Searchable)]


def index_table(table: Table) -> SaTable:
    """The token table of `table`: a cache, kept by a reader of the change log."""
    return SaTable(
        table.key,
        MetaData(schema="search"),
        Column("id", BigInteger, primary_key=True),
        Column("tokens", ARRAY(Text)),
    )


def candidates(table: Table, search: str) -> CTE | None:
    """Ids whose tokens contain those of every word; None when no word is long enough for the index."""
    wanted = sorted(set().union(*(tokens(word) for word in words(search))))
    if not wanted:
        return None
    index = index_table(table)
    hits = select(index.c.id).where(index.c.tokens.contains(literal(wanted, ARRAY(Text))))
    # A fence: without it the planner may walk the sort index of the whole table looking for 50 hits.
    return hits.cte("hit").prefix_with("MATERIALIZED")


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
