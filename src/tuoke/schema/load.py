"""From metadata rows to the immutable Catalog."""

from __future__ import annotations

from typing import Any

from tuoke.kit.database import Connection, run_sql
from tuoke.schema.model import FIELD_TYPES, Catalog, Field, Label, Table, TableSettings, system_fields


async def meta_version(db: Connection) -> int:
    """The version a cached Catalog must have to be true now."""
    return int((await run_sql(db, "select meta_version from tuoke.workspace")).scalar_one())


async def load_catalog(db: Connection) -> Catalog:
    version = await meta_version(db)
    tables = await run_sql(
        db,
        "select id, key, label, settings, source from tuoke.table_def where deleted_at is null order by id",
    )
    fields = await run_sql(
        db,
        "select table_id, id, key, type, label, options, required, is_unique, aliases, help, default_value,"
        " source from tuoke.field_def where deleted_at is null order by table_id, position, id",
    )
    by_table: dict[int, list[Field]] = {}
    for row in fields:
        by_table.setdefault(row[0], []).append(_field(row))
    return Catalog(tuple(_table(row, by_table.get(row[0], [])) for row in tables), version)


def _field(row: Any) -> Field:
    kind = FIELD_TYPES.get(row[3])
    return Field(
        id=row[1],
        key=row[2],
        type=row[3],
        label=Label.model_validate(row[4]),
        options=kind.Options.model_validate(row[5]),
        required=row[6],
        unique=row[7],
        aliases=tuple(row[8]),
        help=None if row[9] is None else Label.model_validate(row[9]),
        default=row[10],
        source=row[11],
    )


def _table(row: Any, fields: list[Field]) -> Table:
    return Table(
        id=row[0],
        key=row[1],
        label=Label.model_validate(row[2]),
        settings=TableSettings.model_validate(row[3]),
        source=row[4],
        fields=(*fields, *system_fields()),
    )
