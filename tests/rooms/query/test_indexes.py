"""Indexes that lists ask for: noted as slow, proposed, built beside the writers, used by the planner, dropped."""

from __future__ import annotations

from contextlib import asynccontextmanager

import pytest

from tests.rooms.records.conftest import ADMIN, CUSTOMER, NOTE, Firm
from tuoke.kit.database import begin, run_sql
from tuoke.kit.errors import Invalid, NotFound
from tuoke.query import slow
from tuoke.query.advise import Shape, propose, shape_of
from tuoke.query.ast import Page, condition_from
from tuoke.query.page import fetch_page
from tuoke.schema import indexes
from tuoke.schema.change import create_tables

MANY = 50_000
WHERE = {
    "all": [
        {"field": "city", "op": "in", "value": ["C1", "C2"]},
        {"field": "amount", "op": "gte", "value": "900"},
    ]
}


@asynccontextmanager
async def outside(engine):
    """A connection that is in no transaction, as PostgreSQL wants for building beside writers."""
    async with engine.connect() as connection:
        yield await connection.execution_options(isolation_level="AUTOCOMMIT")


@pytest.fixture
async def firm_of_many(fresh_workspace):
    async with begin(fresh_workspace) as db:
        firm = Firm(await create_tables(db, [CUSTOMER, NOTE]))
        # VACUUM calls a page visible to all only once the commit that wrote it is on disk for certain.
        await run_sql(db, "set local synchronous_commit = on")
        await run_sql(
            db,
            "insert into work.customer (name, city, amount, owner) select 'N' || n, 'C' || n % 50, n % 1000, 1 + n % 5"
            " from generate_series(1, $1::int) n",
            MANY,
        )
    async with outside(fresh_workspace) as db:
        await run_sql(db, "vacuum analyze work.customer")
    return firm


async def plan(db, table, where, page="1 = 1"):
    rows = await run_sql(
        db, f"explain select count(*) from {table} where deleted_at is null and {where} and {page}"
    )
    return "\n".join(row[0] for row in rows)


async def test_the_planner_counts_from_the_proposed_index_alone(fresh_workspace, firm_of_many):
    firm = firm_of_many
    shape = shape_of(firm.customer, Page(where=condition_from(WHERE)))
    assert shape is not None
    proposal = propose(firm.customer, shape)
    assert proposal is not None
    filtered = "city in ('C1', 'C2') and amount >= 900"
    async with outside(fresh_workspace) as db:
        before = await plan(db, "work.customer", filtered)

        name = await indexes.build(db, firm.customer, proposal.columns, proposal.included)

        everything = await plan(db, "work.customer", filtered)
        own = await plan(db, "work.customer", filtered, "(owner = 3 or owner is null and department = 2)")
    assert "Seq Scan" in before
    assert f'Index Only Scan using "{name}"' in everything
    assert f'Index Only Scan using "{name}"' in own


async def test_a_list_says_the_same_with_the_index_and_without(fresh_workspace, firm_of_many):
    firm = firm_of_many
    page = Page(fields=("name",), where=condition_from(WHERE))
    async with begin(fresh_workspace) as db:
        before = await fetch_page(db, firm.customer, firm.sees(ADMIN), page, counted=True)

    async with outside(fresh_workspace) as db:
        await indexes.build(db, firm.customer, ["city", "amount"], ["id", "created_at"])

    async with begin(fresh_workspace) as db:
        assert await fetch_page(db, firm.customer, firm.sees(ADMIN), page, counted=True) == before
    assert before.count == MANY // 250


async def test_what_a_broken_off_build_left_is_cleared_away(fresh_workspace, firm_of_many):
    firm = firm_of_many
    name = indexes.own_name(firm.customer, ["city"])
    async with outside(fresh_workspace) as db:
        await run_sql(db, f'create index "{name}" on work.customer (city) where deleted_at is null')
        await run_sql(
            db, f"update pg_index set indisvalid = false where indexrelid = 'work.\"{name}\"'::regclass"
        )

        await indexes.build(db, firm.customer, ["city"], ["id"])

        [index] = [i for i in await indexes.list_indexes(db, firm.customer) if i.name == name]
    assert index.is_valid
    assert index.included == ("id",)


async def test_building_again_and_dropping_again_do_no_harm(fresh_workspace, firm_of_many):
    firm = firm_of_many
    async with outside(fresh_workspace) as db:
        first = await indexes.build(db, firm.customer, ["-amount"], [])
        second = await indexes.build(db, firm.customer, ["-amount"], [])
        assert first == second
        [index] = [i for i in await indexes.list_indexes(db, firm.customer) if i.is_own]
        assert (index.name, index.columns) == (first, ("-amount",))

        await indexes.drop(db, first)
        await indexes.drop(db, first)

        assert not [i for i in await indexes.list_indexes(db, firm.customer) if i.is_own]


async def test_texts_too_long_for_an_index_are_told_before_it_is_built(fresh_workspace, firm_of_many):
    firm = firm_of_many
    async with outside(fresh_workspace) as db:
        await run_sql(db, "update work.customer set city = repeat('长', 900) where id = 7")

        with pytest.raises(Invalid) as error:
            await indexes.build(db, firm.customer, ["city"], [])

        assert not [i for i in await indexes.list_indexes(db, firm.customer) if i.is_own]
    assert "city" in str(error.value)


async def test_the_products_own_indexes_cannot_be_dropped(db, firm):
    existing = await indexes.list_indexes(db, firm.customer)

    for index in existing:
        with pytest.raises(Invalid):
            indexes.own_index(index.name, existing)
    with pytest.raises(NotFound):
        indexes.own_index("customer.city", existing)


@pytest.mark.parametrize(
    "columns", [[], ["city", "city"], ["city", "-city"], ["tags"], ["missing"], ["a"] * 5]
)
async def test_an_index_that_makes_no_sense_is_refused(db, firm, columns):
    with pytest.raises(Invalid):
        indexes.check_columns(firm.customer, columns, [], await indexes.list_indexes(db, firm.customer))


def test_names_of_indexes_are_short_and_never_meet(firm):
    columns = ["department", "next_at", "-amount", "name"]
    long = indexes.own_name(firm.customer, [f"{c}_with_a_very_long_key_indeed" for c in columns])

    assert indexes.own_name(firm.customer, columns) == "customer.department.next_at.-amount.name"
    assert len(long) <= 63
    assert long != indexes.own_name(
        firm.customer, [f"{c}_with_a_very_long_key_indeed" for c in columns[::-1]]
    )


# --- what was slow --------------------------------------------------------------------------------


async def test_slow_lists_of_the_same_shape_count_together(db, firm):
    shape = Shape(equal=("city",), ranged=("amount",))
    await slow.note_slow(db, firm.customer, shape, 300)
    await slow.note_slow(db, firm.customer, shape, 120)

    [advice] = slow.advice(firm.customer, await slow.slow_filters(db, firm.customer), [])

    assert advice.proposal.columns == ("city", "amount")
    assert (advice.times, advice.last_ms, advice.worst_ms) == (2, 120, 300)


async def test_the_most_frequent_is_proposed_first_and_once(db, firm):
    for times, shape in (
        (1, Shape(equal=("city",), ranged=("amount",))),
        (2, Shape(equal=("owner",))),
        (2, Shape(equal=("city",), ranged=("amount",), looked_at=("name",))),
    ):
        for _ in range(times):
            await slow.note_slow(db, firm.customer, shape, 200)

    found = slow.advice(firm.customer, await slow.slow_filters(db, firm.customer), [])

    assert [(a.proposal.columns, a.times) for a in found] == [
        (("city", "amount"), 3),
        (("owner", "-created_at"), 2),
    ]
    assert "name" in found[0].proposal.included


async def test_what_an_index_serves_already_is_not_proposed(db, firm):
    # The product itself indexes owner and time.
    await slow.note_slow(db, firm.customer, Shape(equal=("owner",)), 200)

    existing = await indexes.list_indexes(db, firm.customer)

    assert slow.advice(firm.customer, await slow.slow_filters(db, firm.customer), existing) == []


async def test_a_shape_with_a_field_that_is_gone_is_passed_over(db, firm):
    await slow.note_slow(db, firm.customer, Shape(equal=("colour",)), 200)

    assert slow.advice(firm.customer, await slow.slow_filters(db, firm.customer), []) == []


async def test_the_notes_stay_few(db, firm, monkeypatch):
    monkeypatch.setattr(slow, "MOST_SHAPES", 3)

    for n in range(10):
        await slow.note_slow(db, firm.customer, Shape(equal=("city",), sort=(f"f{n}",)), 200)

    assert len(await slow.slow_filters(db, firm.customer)) == 3


async def test_a_built_index_ends_the_notes_it_helps(db, firm):
    await slow.note_slow(db, firm.customer, Shape(equal=("city",), ranged=("amount",)), 200)
    await slow.note_slow(db, firm.customer, Shape(equal=("name",)), 200)

    await slow.forget_slow(db, firm.customer, ["city", "amount"])

    assert [one.shape.equal for one in await slow.slow_filters(db, firm.customer)] == [("name",)]
