"""Indexes a firm adds for its own lists: made and dropped while the product runs, without holding up a writer."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.exc import DBAPIError

from tuoke.kit.database import Connection, run_sql
from tuoke.kit.errors import Invalid, NotFound
from tuoke.kit.words import say
from tuoke.schema.model import SCHEMA, Field, Table

MOST_KEYS = 4
MOST_CARRIED = 8
MOST_OWN = 12
"""Indexes of a firm's own on one table: each of them costs every write."""
_LONGEST = 500
"""Bytes of a text in an index. PostgreSQL takes some 2700 in all, and refuses the record, not the index."""
_NAME_BYTES = 63
_LOOK_S = 0.5
_NEVER_EMPTY = ("id", "created_at", "updated_at")


@dataclass(frozen=True, slots=True)
class Index:
    """As PostgreSQL has it."""

    name: str
    columns: tuple[str, ...]
    """`-` in front of a column means descending."""
    included: tuple[str, ...]
    is_valid: bool
    """False while it is being built, or when building it was broken off."""
    is_unique: bool
    is_own: bool
    """Made by the firm, so the firm may drop it."""
    bytes: int
    scans: int
    """How often it was used since the statistics began."""


def can_be_included(field: Field) -> bool:
    """Whether its values are short, and have an order."""
    if field.sql_type.endswith("[]") or field.sql_type.lower() in ("json", "jsonb"):
        return False
    # A date or a number says nothing about its length; a long text says that it is one.
    return int(field.kind.json_schema(field.options).get("maxLength", 0)) <= 1000


def own_name(table: Table, columns: Sequence[str]) -> str:
    """With dots, which no key has: neither another table's nor one of the product's own has this name."""
    name = ".".join([table.key, *columns])
    if len(name) <= _NAME_BYTES:
        return name
    return f"{name[: _NAME_BYTES - 9]}.{hashlib.sha256(name.encode()).hexdigest()[:8]}"


async def list_indexes(db: Connection, table: Table) -> list[Index]:
    """All indexes of the table, by name."""
    rows = await run_sql(
        db,
        """
        select c.relname, i.indisvalid, i.indisunique, pg_relation_size(c.oid), coalesce(s.idx_scan, 0),
          array(
            select case when i.indoption[n - 1] & 1 = 1 then '-' else '' end || a.attname
            from generate_series(1, i.indnkeyatts) n
            join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[n - 1] order by n
          ),
          array(
            select a.attname::text from generate_series(i.indnkeyatts + 1, i.indnatts) n
            join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[n - 1] order by n
          )
        from pg_index i
        join pg_class c on c.oid = i.indexrelid
        left join pg_stat_user_indexes s on s.indexrelid = i.indexrelid
        where i.indrelid = to_regclass($1::text)
        order by c.relname
        """,
        _target(table),
    )
    return [
        Index(r[0], tuple(r[5]), tuple(r[6]), r[1], r[2], _is_own(r[0], r[5], table), r[3], r[4])
        for r in rows
    ]


def _is_own(name: str, columns: Sequence[str], table: Table) -> bool:
    return name == own_name(table, columns)


def check_columns(
    table: Table, columns: Sequence[str], included: Sequence[str], existing: Sequence[Index]
) -> None:
    """Raises Invalid when an index cannot be made on these columns, or is there."""
    plain = [column.removeprefix("-") for column in columns]
    if not 1 <= len(plain) <= MOST_KEYS or len({*plain, *included}) < len(plain) + len(included):
        raise Invalid(
            say("索引要 1 到 {n} 个不同的字段", "An index takes 1 to {n} different fields", n=MOST_KEYS)
        )
    for key in (*plain, *included):
        if not can_be_included(table.field(key)):
            raise Invalid(
                say(
                    "「{label_zh}」不能建索引：内容可能很长，或是列表",
                    "{label_en} cannot be indexed: it may be long, or is a list",
                    label_zh=table.field(key).label.zh,
                    label_en=table.field(key).label.en,
                ),
                field=key,
            )
    own = [index for index in existing if index.is_own and index.is_valid]
    if own_name(table, columns) in {index.name for index in own}:
        raise Invalid(say("这个索引已经有了", "There is such an index already"), columns=list(columns))
    if len(own) >= MOST_OWN:
        raise Invalid(
            say(
                "每张表最多自建 {n} 个索引，请先删除一个不用的",
                "A table takes at most {n} indexes of your own; drop one that is not used first",
                n=MOST_OWN,
            )
        )


def own_index(name: str, existing: Sequence[Index]) -> Index:
    """Raises NotFound, and Invalid for an index that the product itself needs."""
    found = next((index for index in existing if index.name == name), None)
    if found is None:
        raise NotFound(say("没有索引「{name}」", "There is no index {name!r}", name=name))
    if not found.is_own:
        raise Invalid(
            say("「{name}」是系统需要的索引，不能删除", "The product itself needs {name!r}", name=name),
            index=name,
        )
    return found


# --- outside a transaction ------------------------------------------------------------------------


async def build(db: Connection, table: Table, columns: Sequence[str], included: Sequence[str]) -> str:
    """Create the index; returns its name. `db` is in autocommit mode, since PostgreSQL builds it beside its
    writers only outside a transaction. Safe to call again after a crash.

    Raises Invalid when the table holds a text too long for an index.
    """
    name = own_name(table, columns)
    await _refuse_long_texts(db, table, [column.lstrip("-") for column in (*columns, *included)])
    await _await_builder(db, table)
    await _drop_unfinished(db, table, name)
    keys = ", ".join(_key(column) for column in columns)
    also = f" include ({', '.join(map(_quoted, included))})" if included else ""
    try:
        await run_sql(
            db,
            f"create index concurrently if not exists {_quoted(name)} on {_target(table)} ({keys}){also}"
            " where deleted_at is null",
        )
    except DBAPIError as error:
        await _drop_unfinished(db, table, name)
        if getattr(error.orig, "sqlstate", "") == "54000":
            raise _too_long(table, columns) from error
        raise
    # So that the very next list is planned with what the index holds, and counted from it alone.
    await run_sql(db, f"vacuum (analyze) {_target(table)}")
    return name


async def drop(db: Connection, name: str) -> None:
    """`db` is in autocommit mode. It is no error when the index is gone."""
    await run_sql(db, f"drop index concurrently if exists {SCHEMA}.{_quoted(name)}")


async def _await_builder(db: Connection, table: Table) -> None:
    """Until nobody builds an index on the table: a worker that was thought dead may still be at ours."""
    while True:
        found = await run_sql(
            db,
            "select exists (select from pg_stat_progress_create_index where relid = to_regclass($1::text))",
            _target(table),
        )
        if not found.scalar_one():
            return
        await asyncio.sleep(_LOOK_S)


async def _drop_unfinished(db: Connection, table: Table, name: str) -> None:
    """An invalid index narrows nothing and costs every write: what a broken-off build leaves behind."""
    for index in await list_indexes(db, table):
        if index.name == name and not index.is_valid:
            await drop(db, name)


async def _refuse_long_texts(db: Connection, table: Table, keys: Sequence[str]) -> None:
    texts = [key for key in keys if key in table.by_key and table.field(key).sql_type.lower() == "text"]
    if not texts:
        return
    lengths = ", ".join(f"coalesce(max(octet_length({_quoted(key)})), 0)" for key in texts)
    longest = (await run_sql(db, f"select {lengths} from {_target(table)}")).one()
    too_long = [key for key, length in zip(texts, longest, strict=True) if length > _LONGEST]
    if too_long:
        raise _too_long(table, too_long)


def _too_long(table: Table, columns: Sequence[str]) -> Invalid:
    labels = [table.field(column.lstrip("-")).label for column in columns]
    return Invalid(
        say(
            "{label_zh}里有太长的内容，不能建索引",
            "{label_en} holds texts too long for an index",
            label_zh="、".join(f"「{label.zh}」" for label in labels),
            label_en=", ".join(label.en for label in labels),
        ),
        columns=list(columns),
    )


def _key(column: str) -> str:
    """As a list orders by it: empty values last in both directions, where there can be any."""
    if not column.startswith("-"):
        return _quoted(column)
    return f"{_quoted(column[1:])} desc{'' if column[1:] in _NEVER_EMPTY else ' nulls last'}"


def _target(table: Table) -> str:
    return f"{SCHEMA}.{_quoted(table.key)}"


def _quoted(key: str) -> str:
    return f'"{key}"'
