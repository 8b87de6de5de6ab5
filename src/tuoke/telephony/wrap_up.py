"""The forced wrap-up: need, next time and stage are required, and asked for by the server too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tuoke.kit.errors import Invalid
from tuoke.kit.words import Words, say
from tuoke.records.rows import Row
from tuoke.records.transaction import Transaction
from tuoke.records.values import NEEDED, is_empty
from tuoke.records.verbs import Patch, create_records, update_records
from tuoke.schema.model import Field, Table, WrapUp
from tuoke.telephony import recording
from tuoke.telephony.calls import CALL, to_wrap_up, wrapped


async def wrap_up(tx: Transaction, call: int, values: Mapping[str, Any], stage: str | None) -> int:
    """Save what was said, with the customer's stage; returns the id of the record made.

    One transaction: the record, the stage, the call, and everything the record's effects write.
    Raises Invalid with every missing field at once.
    """
    row = await to_wrap_up(tx, call)
    table = tx.sight.catalog.table(CALL)
    settings = table.settings.wrap_up
    assert settings is not None
    target = tx.sight.catalog.table(settings.table)
    customer = _customer(tx, table, row)
    _refuse_missing(settings, values, stage, customer)
    about = {**_links(table, target, row), **values}
    # The stage first: what the follow-up's effects make of it stands on what the agent chose.
    if customer is not None and stage is not None:
        customer_table, link, field = customer
        patch = Patch(row[link], {field: stage})
        await update_records(tx, customer_table, [patch])
    [made] = await create_records(tx, target, [about])
    await wrapped(tx, call, made)
    await recording.wrapped(tx, call)
    return made


def _customer(tx: Transaction, call: Table, row: Row) -> tuple[Table, str, str] | None:
    """(table, the call's link, its stage field) of whom the call is about that has stages; of a record and one it
    links to, the former: of an opportunity and its account, the opportunity."""
    found = [
        (table, link.key, table.settings.stage)
        for link in call.references
        if (table := tx.sight.catalog.tables.get(link.target or "")) is not None
        and table.settings.stage
        and row.get(link.key) is not None
    ]
    tables = [table for table, _, _ in found]
    return next((one for one in found if not _is_above(one[0], tables)), found[0] if found else None)


def _is_above(table: Table, others: list[Table]) -> bool:
    return any(
        other is not table and any(f.target == table.key for f in other.references) for other in others
    )


def _refuse_missing(
    settings: WrapUp, values: Mapping[str, Any], stage: str | None, customer: tuple[Table, str, str] | None
) -> None:
    faults: dict[str, Words] = {}
    closed = stage is not None and stage in settings.closed
    for key in settings.required:
        if is_empty(values.get(key)) and not (closed and key in settings.unless_closed):
            faults[key] = NEEDED
    if customer is not None and stage is None:
        faults["stage"] = NEEDED
    if faults:
        raise Invalid(say("小结还没填完", "The wrap-up is not complete"), fields=faults)


def _links(call: Table, target: Table, row: Row) -> dict[str, Any]:
    """The same customers on the record made as on the call."""
    return {
        field.key: row[same.key]
        for field in target.references
        if (same := _same(call, field)) is not None and row.get(same.key) is not None
    }


def _same(call: Table, field: Field) -> Field | None:
    if field.refers_to_many or (field.target or "@").startswith("@"):
        return None
    return next((f for f in call.references if f.target == field.target), None)
