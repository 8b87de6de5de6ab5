"""Create, change, delete: rights, faults, merging, and what the log keeps of it."""

from __future__ import annotations

import pytest

from tests.rooms.records.conftest import ADMIN, ANN, BOB, EVE, LEADER, NORTH, NORTH_EAST, SOUTH
from tuoke.bus.log import Kind, changes_after, number_writes
from tuoke.kit.errors import Conflict, Duplicate, Forbidden, Invalid, NotFound
from tuoke.query.ast import Page, condition_from, sort_from
from tuoke.query.page import count, fetch_page, fetch_record
from tuoke.records import pool
from tuoke.records.transaction import transaction
from tuoke.records.verbs import (
    Patch,
    create_records,
    delete_records,
    restore_records,
    update_matching,
    update_records,
)


async def make(db, firm, user, *rows, table=None):
    async with transaction(db, firm.sees(user)) as tx:
        return await create_records(tx, table or firm.customer, rows)


async def change(db, firm, user, id, version=None, table=None, **values):
    async with transaction(db, firm.sees(user)) as tx:
        return await update_records(tx, table or firm.customer, [Patch(id, values, version)])


async def names(db, firm, user, **page):
    found = await fetch_page(db, firm.customer, firm.sees(user), Page(fields=("name",), **page))
    return [row["name"] for row in found.rows]


async def test_a_batch_keeps_its_order_and_every_kind_of_value(db, firm):
    ids = await make(
        db,
        firm,
        ADMIN,
        {"name": "B", "phone": "138-1234 5678", "amount": "1200.50", "tags": ["vip", "new"]},
        {"name": "A", "next_at": "2026-11-22T10:00:00+08:00"},
    )

    first = await fetch_record(db, firm.customer, firm.sees(ADMIN), ids[0])
    second = await fetch_record(db, firm.customer, firm.sees(ADMIN), ids[1])

    assert (first["name"], first["phone"], str(first["amount"]), first["tags"]) == (
        "B",
        "+8613812345678",
        "1200.50",
        ["vip", "new"],
    )
    assert second["name"] == "A"
    assert second["next_at"].isoformat() == "2026-11-22T02:00:00+00:00"


async def test_every_fault_of_every_row_is_told_and_nothing_is_kept(db, firm):
    with pytest.raises(Invalid) as error:
        await make(db, firm, ADMIN, {"name": "Good"}, {"phone": "12", "colour": "red", "owner": 99})

    assert set(error.value.rows) == {1}
    assert set(error.value.rows[1]) == {"name", "phone", "colour", "owner"}
    assert await names(db, firm, ADMIN) == []


async def test_who_may_not_fill_the_pool_owns_what_he_makes(db, firm):
    [id] = await make(db, firm, ANN, {"name": "Acme"})

    row = await fetch_record(db, firm.customer, firm.sees(ANN), id)

    assert (row["owner"], row["department"]) == (ANN, NORTH_EAST)


async def test_a_rep_cannot_make_a_record_for_somebody_else(db, firm):
    with pytest.raises(Forbidden):
        await make(db, firm, ANN, {"name": "Acme", "owner": BOB})


async def test_a_hidden_field_is_refused_in_the_words_for_a_missing_one(db, firm):
    with pytest.raises(Invalid) as hidden:
        await make(db, firm, ANN, {"name": "Acme", "reason": "x"})
    with pytest.raises(Invalid) as absent:
        await make(db, firm, ANN, {"name": "Acme", "raison": "x"})

    assert str(hidden.value.fields["reason"]) == str(absent.value.fields["raison"]).replace(
        "raison", "reason"
    )


async def test_a_taken_phone_names_the_field_and_the_row(db, firm):
    await make(db, firm, ADMIN, {"name": "Acme", "phone": "13812345678"})

    with pytest.raises(Duplicate) as error:
        await make(
            db,
            firm,
            ADMIN,
            {"name": "New", "phone": "13900000000"},
            {"name": "Again", "phone": "13812345678"},
        )

    assert (set(error.value.fields), error.value.facts["row"]) == ({"phone"}, 1)


async def test_different_fields_merge_and_the_same_field_is_told(db, firm):
    [id] = await make(db, firm, ADMIN, {"name": "Acme", "city": "Hangzhou"})
    await change(db, firm, ADMIN, id, version=1, city="Ningbo")

    await change(db, firm, ADMIN, id, version=1, name="Acme Ltd")
    with pytest.raises(Conflict) as error:
        await change(db, firm, ADMIN, id, version=1, city="Suzhou")

    row = await fetch_record(db, firm.customer, firm.sees(ADMIN), id)
    assert (row["name"], row["city"], row["version"]) == ("Acme Ltd", "Ningbo", 3)
    assert error.value.facts["conflicts"] == {"city": {"yours": "Suzhou", "theirs": "Ningbo"}}


async def test_writing_what_stands_there_already_is_no_change(db, firm):
    [id] = await make(db, firm, ADMIN, {"name": "Acme", "amount": "5"})

    assert await change(db, firm, ADMIN, id, name="Acme", amount="5.00") == []


async def test_what_one_cannot_see_is_missing_and_what_one_cannot_change_is_forbidden(db, firm):
    [pooled, foreign] = await make(
        db, firm, ADMIN, {"name": "Pool", "department": NORTH_EAST}, {"name": "Eve's", "owner": EVE}
    )

    with pytest.raises(Forbidden):
        await change(db, firm, ANN, pooled, city="x")
    with pytest.raises(NotFound):
        await change(db, firm, ANN, foreign, city="x")
    with pytest.raises(NotFound):
        await change(db, firm, ANN, 987654, city="x")


async def test_a_team_lead_sees_the_department_and_below_and_nothing_beside(db, firm):
    await make(
        db,
        firm,
        ADMIN,
        {"name": "ann", "owner": ANN},
        {"name": "eve", "owner": EVE},
        {"name": "none"},
        {"name": "pool", "department": NORTH_EAST},
        {"name": "north pool", "department": NORTH},
        {"name": "south pool", "department": SOUTH},
    )

    assert await names(db, firm, LEADER, sort=sort_from("name")) == ["ann", "north pool", "pool"]
    assert await names(db, firm, ANN, sort=sort_from("name")) == ["ann", "pool"]
    assert await names(db, firm, EVE, sort=sort_from("-name")) == ["south pool", "eve"]
    assert await count(db, firm.customer, firm.sees(LEADER), Page()) == 3


async def test_a_deleted_record_leaves_every_list_and_comes_back(db, firm):
    [id] = await make(db, firm, ADMIN, {"name": "Acme", "owner": ANN, "phone": "13812345678"})

    async with transaction(db, firm.sees(LEADER)) as tx:
        await delete_records(tx, firm.customer, [id])
    assert await names(db, firm, LEADER) == []
    assert await names(db, firm, LEADER, deleted=True) == ["Acme"]
    async with transaction(db, firm.sees(LEADER)) as tx:
        await restore_records(tx, firm.customer, [id])
    assert await names(db, firm, ANN) == ["Acme"]


async def test_two_claims_one_wins_and_the_other_is_told(db, firm):
    [id] = await make(db, firm, ADMIN, {"name": "Acme", "department": NORTH_EAST})

    async with transaction(db, firm.sees(ANN)) as tx:
        won = await pool.claim(tx, firm.customer, [id])
    async with transaction(db, firm.sees(BOB)) as tx:
        lost = await pool.claim(tx, firm.customer, [id])

    assert (won.done, won.refused) == ([id], {})
    assert (lost.done, lost.refused) == ([], {id: pool.GONE})


async def test_a_returned_record_lies_in_the_pool_with_its_reason(db, firm):
    [id] = await make(db, firm, ANN, {"name": "Acme"})

    async with transaction(db, firm.sees(ANN)) as tx:
        await pool.give_back(tx, firm.customer, [id], "no budget")

    row = await fetch_record(db, firm.customer, firm.sees(ADMIN), id)
    assert (row["owner"], row["department"], row["reason"]) == (None, NORTH_EAST, "no budget")


async def test_an_effect_writes_in_the_same_entry_of_the_log(db, firm):
    [id] = await make(db, firm, ANN, {"name": "Acme"})
    await number_writes(db)
    before = (await changes_after(db, 0))[-1].seq

    await make(
        db,
        firm,
        ANN,
        {"said": "call me", "customer": id, "next_at": "2026-11-25T10:00:00+08:00"},
        table=firm.note,
    )
    await number_writes(db)

    log = await changes_after(db, before)
    assert [(c.kind, c.table_id) for c in log] == [
        (Kind.CREATED, firm.note.id),
        (Kind.UPDATED, firm.customer.id),
    ]
    assert len({c.seq for c in log}) == 1
    row = await fetch_record(db, firm.customer, firm.sees(ANN), id)
    assert row["next_at"].isoformat() == "2026-11-25T02:00:00+00:00"


async def test_automatic_numbers_have_no_gaps(db, firm):
    ids = await make(db, firm, ADMIN, {"said": "a"}, {"said": "b"}, table=firm.note)
    await make(db, firm, ADMIN, {"said": "c", "customers": []}, table=firm.note)

    found = await fetch_page(db, firm.note, firm.sees(ADMIN), Page(sort=sort_from("id")))
    assert [row["number"] for row in found.rows] == ["N001", "N002", "N003"]
    assert [row["id"] for row in found.rows][:2] == ids


async def test_a_bulk_change_touches_only_what_the_filter_and_the_rights_cover(db, firm):
    await make(
        db,
        firm,
        ADMIN,
        {"name": "a", "owner": ANN},
        {"name": "b", "owner": EVE},
        {"name": "c", "owner": ANN, "city": "x"},
    )
    where = condition_from({"field": "city", "op": "is_empty"})

    async with transaction(db, firm.sees(LEADER)) as tx:
        changed = await update_matching(tx, firm.customer, Page(where=where), {"city": "Ningbo"})

    assert changed == 1
    assert await names(
        db, firm, ADMIN, where=condition_from({"field": "city", "op": "eq", "value": "Ningbo"})
    ) == ["a"]


async def test_pages_by_cursor_meet_every_record_once(db, firm):
    await make(
        db,
        firm,
        ADMIN,
        *({"name": f"n{i % 3}", "city": None if i % 4 == 0 else f"c{i % 5}"} for i in range(23)),
    )
    sight, seen, cursor = firm.sees(ADMIN), [], None

    while True:
        found = await fetch_page(
            db, firm.customer, sight, Page(sort=sort_from("city,-name"), limit=4, cursor=cursor)
        )
        seen += [row["id"] for row in found.rows]
        cursor = found.next
        if cursor is None:
            break

    whole = await fetch_page(db, firm.customer, sight, Page(sort=sort_from("city,-name"), limit=100))
    assert seen == [row["id"] for row in whole.rows]
    assert len(set(seen)) == 23


async def test_a_path_through_a_link_sees_only_what_the_actor_may_see(db, firm):
    [mine, theirs] = await make(
        db,
        firm,
        ADMIN,
        {"name": "mine", "city": "x", "owner": ANN},
        {"name": "theirs", "city": "x", "owner": EVE},
    )
    await make(
        db,
        firm,
        ADMIN,
        {"said": "1", "customer": mine, "owner": ANN},
        {"said": "2", "customer": theirs, "owner": ANN},
        table=firm.note,
    )
    where = condition_from({"field": "customer.city", "op": "eq", "value": "x"})

    found = await fetch_page(db, firm.note, firm.sees(ANN), Page(where=where))

    assert [row["said"] for row in found.rows] == ["1"]
