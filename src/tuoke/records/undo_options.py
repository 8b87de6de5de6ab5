"""Options that a set of changes added to a field: taken back with it when nobody uses them any more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tuoke.kit.database import Connection, run_sql
from tuoke.schema.change import set_options
from tuoke.schema.load import load_catalog
from tuoke.schema.model import SCHEMA, Field, Table

Added = dict[str, Any]
"""`{"table", "field", "key"}`; one taken back carries its `choice` too, so that an undo of the undo can add it."""


async def take_back_options(db: Connection, added: Sequence[Added]) -> list[Added]:
    """Remove those no living record uses; returns what was removed."""
    removed: list[Added] = []
    for table, field, keys in await _fields(db, added):
        unused = keys - await _used(db, table, field, keys)
        choices: list[Any] = field.options.model_dump(mode="json")["choices"]
        gone = [choice for choice in choices if choice["key"] in unused]
        if gone:
            kept = [choice for choice in choices if choice["key"] not in unused]
            await _store(db, table, field, kept)
            removed += [
                {"table": table.key, "field": field.key, "key": choice["key"], "choice": choice}
                for choice in gone
            ]
    return removed


async def put_back_options(db: Connection, removed: Sequence[Added]) -> None:
    """Add options that an undo had removed, where they are not there again."""
    choices = {(one["table"], one["field"], one["key"]): one["choice"] for one in removed}
    for table, field, keys in await _fields(db, removed):
        there: list[Any] = field.options.model_dump(mode="json")["choices"]
        missing = keys - {choice["key"] for choice in there}
        if missing:
            back = [choices[table.key, field.key, key] for key in sorted(missing)]
            await _store(db, table, field, there + back)


async def _fields(db: Connection, named: Sequence[Added]) -> list[tuple[Table, Field, set[str]]]:
    """The fields that still exist and still have options, with the keys named for each."""
    # Under the lock that every change of the model takes, or an import would lose the options it adds now.
    await run_sql(db, "select 1 from tuoke.workspace for update")
    catalog = await load_catalog(db)
    keys: dict[tuple[str, str], set[str]] = {}
    for one in named:
        keys.setdefault((one["table"], one["field"]), set()).add(one["key"])
    found: list[tuple[Table, Field, set[str]]] = []
    for (table_key, field_key), wanted in keys.items():
        table = catalog.tables.get(table_key)
        field = None if table is None else table.by_key.get(field_key)
        if table is not None and field is not None and "choices" in field.options.model_dump():
            found.append((table, field, wanted))
    return found


async def _used(db: Connection, table: Table, field: Field, keys: set[str]) -> set[str]:
    column = f'"{field.key}"'
    values = f"unnest({column})" if field.sql_type.endswith("[]") else column
    rows = await run_sql(
        db,
        f'select distinct used.key from (select {values} as key from {SCHEMA}."{table.key}"'
        " where deleted_at is null) as used where used.key = any($1::text[])",
        sorted(keys),
    )
    return set(rows.scalars())


async def _store(db: Connection, table: Table, field: Field, choices: list[Any]) -> None:
    options = {**field.options.model_dump(mode="json"), "choices": choices}
    await set_options(db, table.key, field.key, field.kind.Options.model_validate(options))
