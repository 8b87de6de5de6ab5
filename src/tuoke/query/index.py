"""Keeps the token tables that the search box looks into. They are caches: deletable while the product runs.

The row with id 0 says how far a token table is filled: no tokens = completely; one token, a number = every
record up to that id. Whoever empties the table takes that row away too, and the filling begins anew.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import ARRAY, BigInteger, Select, any_, literal, select

from tuoke.bus.log import Change, Kind
from tuoke.kit.database import Connection, run_sql
from tuoke.query.search import MARK, has_index, searchable_fields
from tuoke.query.tokens import tokens_of
from tuoke.schema.ddl import create_search_table
from tuoke.schema.field_type import Searchable
from tuoke.schema.model import Catalog, Table

READER = "search"
"""Its name in `bus.position`; whoever writes a token table holds that row's lock."""
REBUILT_AT_ONCE = 2000
_TOKENISED_AT_ONCE = 200
"""Records between two looks at the event loop: some milliseconds of work."""


async def index_changes(db: Connection, catalog: Catalog, changes: Sequence[Change]) -> None:
    """Bring the token tables up to date with these changes. Deleted records stay: the recycle bin is searched."""
    tables = {table.id: table for table in catalog}
    # Asked once a table and not once a change: a rule that touches every lead would pay for it.
    searched = {id: set(_keys(tables[id])) for id in {c.table_id for c in changes} if id in tables}
    touched: dict[int, set[int]] = {}
    for change in changes:
        if change.table_id in searched and _concerns(change, searched[change.table_id]):
            touched.setdefault(change.table_id, set()).add(change.record)
    for id, records in touched.items():
        await index_records(db, tables[id], sorted(records))


def _concerns(change: Change, searched: set[str]) -> bool:
    if change.kind is Kind.UPDATED:
        return not searched.isdisjoint(change.after or {})
    return change.kind is not Kind.DELETED


def _keys(table: Table) -> list[str]:
    return [field.key for field in searchable_fields(table)]


async def index_records(db: Connection, table: Table, ids: Sequence[int]) -> None:
    """Store the tokens these records have now; those that are gone for good lose theirs."""
    if not await has_index(db, table):
        # Dropped by somebody. Whoever fills it again will find these records as they are now.
        return
    statement = _texts(table).where(table.sa.c.id == any_(literal(list(ids), ARRAY(BigInteger))))
    rows = (await db.execute(statement)).all()
    await _store(db, table, rows)
    if len(rows) < len(ids):
        gone = set(ids) - {row[0] for row in rows}
        await run_sql(db, f"delete from {_name(table)} where id = any($1::bigint[])", sorted(gone))


def _texts(table: Table) -> Select[Any]:
    """id and the searchable texts of every record, the deleted ones too."""
    physical = table.sa
    columns = [
        field.kind.search_text(physical.c[field.key])
        for field in searchable_fields(table)
        if isinstance(field.kind, Searchable)
    ]
    return select(physical.c.id, *columns).order_by(physical.c.id)


async def _store(db: Connection, table: Table, rows: Sequence[Any]) -> None:
    ids: list[int] = []
    tokens: list[str] = []
    for start in range(0, len(rows), _TOKENISED_AT_ONCE):
        for row in rows[start : start + _TOKENISED_AT_ONCE]:
            ids.append(row[0])
            # No token holds a blank, because blanks end a word; so one text carries the whole list.
            tokens.append(" ".join(tokens_of(row[1:])))
        await asyncio.sleep(0)
    if ids:
        await run_sql(
            db,
            f"insert into {_name(table)} as old (id, tokens)"
            " select given.id, coalesce(string_to_array(nullif(given.tokens, ''), ' '), '{}')"
            " from unnest($1::bigint[], $2::text[]) as given(id, tokens)"
            " on conflict (id) do update set tokens = excluded.tokens where old.tokens <> excluded.tokens",
            ids,
            tokens,
        )


async def incomplete(db: Connection, tables: Iterable[Table]) -> list[Table]:
    """Those whose token table is missing or not completely filled. A glance that takes no lock."""
    wanted = {table.key: table for table in tables}
    there = set((await run_sql(db, "select tablename from pg_tables where schemaname = 'search'")).scalars())
    filled: Collection[str] = ()
    known = [wanted[key] for key in wanted if key in there]
    if known:
        looks = (f"select '{t.key}' from {_name(t)} where id = {MARK} and tokens = '{{}}'" for t in known)
        filled = set((await run_sql(db, " union all ".join(looks))).scalars())
    return [table for key, table in wanted.items() if key not in filled]


async def fill_on(db: Connection, table: Table) -> None:
    """Fill the next piece of the token table, creating it first when it is missing. Hold the reader's lock."""
    await create_search_table(db, table)
    mark = await run_sql(db, f"select tokens[1]::bigint from {_name(table)} where id = $1", MARK)
    after = mark.scalar() or MARK
    statement = _texts(table).where(table.sa.c.id > after).limit(REBUILT_AT_ONCE)
    rows = (await db.execute(statement)).all()
    await _store(db, table, rows)
    reached = [] if len(rows) < REBUILT_AT_ONCE else [str(rows[-1][0])]
    await run_sql(
        db,
        f"insert into {_name(table)} (id, tokens) values ($1, $2::text[])"
        " on conflict (id) do update set tokens = excluded.tokens",
        MARK,
        reached,
    )


def _name(table: Table) -> str:
    return f'search."{table.key}"'
