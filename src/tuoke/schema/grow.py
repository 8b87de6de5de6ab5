"""Options that come with the data: an import adds what it meets, its undo takes it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tuoke.kit.database import Connection, run_sql
from tuoke.kit.errors import Invalid
from tuoke.kit.words import say
from tuoke.schema.change import set_options
from tuoke.schema.field_type import Chooses
from tuoke.schema.load import load_catalog
from tuoke.schema.model import Catalog


async def add_choices(
    db: Connection, table_key: str, labels: Mapping[str, Sequence[str]]
) -> tuple[Catalog, dict[str, list[str]]]:
    """Add options by name to drop-downs: field key -> labels. Returns the model, and the keys that are new.

    What another import added meanwhile stays and is not added twice: a choice's key follows from its label.
    """
    # Read under the lock that every change of the model takes, or two imports would undo each other's options.
    await run_sql(db, "select 1 from tuoke.workspace for update")
    catalog = await load_catalog(db)
    added: dict[str, list[str]] = {}
    for key, names in labels.items():
        field = catalog.table(table_key).field(key)
        kind, options = field.kind, field.options
        if not isinstance(kind, Chooses):
            raise Invalid(say("字段「{key}」没有选项", "The field {key!r} has no options", key=key))
        before = set(kind.choices(options))
        for name in names:
            options, _ = kind.with_choice(options, name)
        new = [choice for choice in kind.choices(options) if choice not in before]
        if new:
            catalog = await set_options(db, table_key, key, options)
            added[key] = new
    return catalog, added
