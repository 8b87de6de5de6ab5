"""Tracked fields: every move once, with its moment, whoever reads the log late."""

from __future__ import annotations

from typing import Any

import pytest_asyncio

from tests.rooms.records.conftest import ADMIN, ANN, BOB, Firm
from tuoke.bus.log import Kind, changes_after, newest, number_writes, writing
from tuoke.kit.database import Connection, run_sql
from tuoke.records.tracked import track_changes
from tuoke.records.transaction import transaction
from tuoke.records.verbs import Patch, create_records, update_records
from tuoke.schema.change import update_table


@pytest_asyncio.fixture
async def tracked(db: Connection, firm: Firm) -> Firm:
    """The firm follows city and owner of its customers."""
    settings = firm.customer.settings.model_copy(update={"tracked": ["city", "owner"]})
    return Firm(await update_table(db, "customer", settings=settings))


async def make(db: Connection, firm: Firm, **values: Any) -> int:
    async with transaction(db, firm.sees(ADMIN)) as tx:
        return (await create_records(tx, firm.customer, [{"name": "A", **values}]))[0]


async def change(db: Connection, firm: Firm, id: int, **values: Any) -> None:
    async with transaction(db, firm.sees(ADMIN)) as tx:
        await update_records(tx, firm.customer, [Patch(id, values)])


class Reader:
    def __init__(self, at: int) -> None:
        self.at = at

    async def read(self, db: Connection, firm: Firm) -> None:
        await number_writes(db)
        while changes := await changes_after(db, self.at):
            await track_changes(db, firm.catalog, changes)
            self.at = changes[-1].seq


async def reader(db: Connection) -> Reader:
    await number_writes(db)
    return Reader(await newest(db))


async def moves(db: Connection, record: int) -> list[tuple[Any, ...]]:
    rows = await run_sql(
        db,
        "select field, from_value, to_value, by from bus.field_change where record = $1 order by id",
        record,
    )
    return [tuple(row) for row in rows]


async def test_moves_are_kept_from_the_creation_on(db, tracked):
    following = await reader(db)
    id = await make(db, tracked, city="杭州", owner=ANN, amount="5")
    await following.read(db, tracked)
    await change(db, tracked, id, city="上海", amount="7")
    await change(db, tracked, id, owner=None)
    await following.read(db, tracked)

    assert await moves(db, id) == [
        ("city", None, "杭州", ADMIN),
        ("owner", None, ANN, ADMIN),
        ("city", "杭州", "上海", ADMIN),
        ("owner", ANN, None, ADMIN),
    ]


async def test_a_late_reader_sees_the_first_value_not_the_present_one(db, tracked):
    following = await reader(db)
    id = await make(db, tracked, city="杭州")
    await change(db, tracked, id, city="上海", owner=ANN)
    await change(db, tracked, id, owner=BOB)
    await following.read(db, tracked)

    assert await moves(db, id) == [
        ("city", None, "杭州", ADMIN),
        ("city", "杭州", "上海", ADMIN),
        ("owner", None, ANN, ADMIN),
        ("owner", ANN, BOB, ADMIN),
    ]


async def test_a_move_has_the_moment_of_its_write(db, tracked):
    following = await reader(db)
    id = await make(db, tracked, city="杭州")
    await following.read(db, tracked)

    same = await run_sql(
        db,
        "select f.at = c.at from bus.field_change f join bus.change c on c.record = f.record"
        " and c.table_id = f.table_id where f.record = $1",
        id,
    )
    assert same.scalars().all() == [True]


async def test_a_purged_record_leaves_no_moves(db, tracked):
    following = await reader(db)
    id = await make(db, tracked, city="杭州")
    await following.read(db, tracked)
    async with writing(db, ADMIN) as write:
        await write.add(tracked.customer.id, Kind.PURGED, [id])
    await following.read(db, tracked)

    assert await moves(db, id) == []
