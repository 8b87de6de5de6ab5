"""Undo: the table is as it was before, except where somebody has changed it since."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.rooms.records.conftest import ADMIN, ANN, BOB, Firm
from tuoke.bus import jobs
from tuoke.bus.log import open_change_set
from tuoke.kit.database import Connection, run_sql
from tuoke.kit.errors import AppError, Conflict, NotFound
from tuoke.records.transaction import transaction
from tuoke.records.undo import ask_undo, begin_undo, undo_piece, undo_postponed
from tuoke.records.undo_options import put_back_options, take_back_options
from tuoke.records.undo_records import Outcome
from tuoke.records.verbs import Patch, create_records, delete_records, restore_records, update_records
from tuoke.schema.grow import add_choices
from tuoke.schema.load import load_catalog

OWN = {"updated_at", "updated_by", "version"}
"""What tells of the undo itself."""


async def open_set(db: Connection, by: int = ADMIN, **facts: Any) -> int:
    return await open_change_set(db, "bulk_edit", by, {}, "customer", facts)


async def make(db, firm, *rows, set=None, table=None, by=ADMIN) -> list[int]:
    async with transaction(db, firm.sees(by), set) as tx:
        return await create_records(tx, table or firm.customer, rows)


async def change(db, firm, id, set=None, table=None, by=ADMIN, **values) -> None:
    async with transaction(db, firm.sees(by), set) as tx:
        await update_records(tx, table or firm.customer, [Patch(id, values)])


async def delete(db, firm, id, set=None) -> None:
    async with transaction(db, firm.sees(ADMIN), set) as tx:
        await delete_records(tx, firm.customer, [id])


async def restore(db, firm, id, set=None) -> None:
    async with transaction(db, firm.sees(ADMIN), set) as tx:
        await restore_records(tx, firm.customer, [id])


async def undo(db: Connection, firm: Firm, id: int, limit: int = 3) -> tuple[Outcome, int]:
    """What the job does, in small pieces; the outcome and the set that the undo is."""
    sight = firm.sees(ADMIN)
    undo_set = await begin_undo(db, sight, id)
    whole, place = Outcome(), None
    while True:
        piece = await undo_piece(db, sight, id, undo_set, place, limit)
        _add(whole, piece.outcome)
        place = piece.last
        if place is None:
            break
    if whole.postponed:
        _add(whole, await undo_postponed(db, sight, id, undo_set, whole.postponed))
    return whole, undo_set


def _add(whole: Outcome, part: Outcome) -> None:
    whole.undone += part.undone
    whole.refused += part.refused
    for table, records in part.postponed.items():
        whole.postponed.setdefault(table, []).extend(records)


async def living(db: Connection, firm: Firm) -> dict[str, list[dict[str, Any]]]:
    found = {}
    for table in (firm.customer, firm.note):
        rows = await run_sql(db, f"select * from work.{table.key} where deleted_at is null order by id")
        found[table.key] = [{k: v for k, v in row.items() if k not in OWN} for row in rows.mappings()]
    return found


def told(outcome: Outcome) -> list[tuple[int, str | None]]:
    return [(refusal.record, refusal.field) for refusal in outcome.refused]


async def test_what_was_made_goes_to_the_recycle_bin(db, firm):
    [before] = await make(db, firm, {"name": "before"})
    set = await open_set(db)
    await make(db, firm, {"name": "made"}, {"name": "made too"}, set=set)

    outcome, _ = await undo(db, firm, set)

    assert outcome.undone == 2
    assert [row["id"] for row in (await living(db, firm))["customer"]] == [before]


async def test_a_changed_value_comes_back_and_an_undo_can_be_undone(db, firm):
    [id] = await make(db, firm, {"name": "A", "city": "杭州", "tags": ["vip"], "amount": "10.50"})
    set = await open_set(db)
    await change(db, firm, id, set, city="上海", tags=[], amount="7")
    await change(db, firm, id, set, city="北京", next_at="2026-11-22T10:00:00+08:00")
    after = await living(db, firm)

    _, undo_set = await undo(db, firm, set)
    [row] = (await living(db, firm))["customer"]
    await undo(db, firm, undo_set)

    assert (row["city"], row["tags"], str(row["amount"]), row["next_at"]) == ("杭州", ["vip"], "10.50", None)
    assert await living(db, firm) == after


async def test_a_field_somebody_changed_since_is_kept_and_told_the_others_come_back(db, firm):
    [id] = await make(db, firm, {"name": "A", "city": "杭州"})
    set = await open_set(db)
    await change(db, firm, id, set, city="上海")
    await change(db, firm, id, set, name="B")
    await change(db, firm, id, city="广州")

    outcome, _ = await undo(db, firm, set, limit=1)

    [row] = (await living(db, firm))["customer"]
    assert (row["name"], row["city"]) == ("A", "广州")
    assert told(outcome) == [(id, "city")]


async def test_a_record_somebody_changed_since_it_was_made_is_kept(db, firm):
    set = await open_set(db)
    kept, _ = await make(db, firm, {"name": "kept"}, {"name": "gone"}, set=set)
    await change(db, firm, kept, city="杭州")

    outcome, _ = await undo(db, firm, set)

    assert [row["id"] for row in (await living(db, firm))["customer"]] == [kept]
    assert told(outcome) == [(kept, None)]
    assert outcome.undone == 1


async def test_what_was_changed_and_changed_back_stands_in_nobodys_way(db, firm):
    set = await open_set(db)
    [id] = await make(db, firm, {"name": "A", "city": "杭州"}, set=set)
    later = await open_set(db)
    await change(db, firm, id, later, city="上海")
    await undo(db, firm, later)

    outcome, _ = await undo(db, firm, set)

    assert (await living(db, firm))["customer"] == []
    assert outcome.refused == []


async def test_a_change_between_two_of_the_sets_own_is_gone_back_to(db, firm):
    [id] = await make(db, firm, {"name": "A", "city": "1"})
    set = await open_set(db)
    await change(db, firm, id, set, city="2")
    await change(db, firm, id, city="by hand")
    await change(db, firm, id, set, city="3")

    await undo(db, firm, set)

    assert (await living(db, firm))["customer"][0]["city"] == "by hand"


async def test_a_record_others_point_at_by_now_is_kept(db, firm):
    set = await open_set(db)
    [used, _] = await make(db, firm, {"name": "used"}, {"name": "unused"}, set=set)
    await make(db, firm, {"said": "hello", "customer": used}, table=firm.note)

    outcome, _ = await undo(db, firm, set)

    assert [row["id"] for row in (await living(db, firm))["customer"]] == [used]
    assert told(outcome) == [(used, None)]
    assert "note" in outcome.refused[0].detail.in_("en")


async def test_what_an_effect_wrote_is_taken_back_with_its_cause(db, firm):
    [id] = await make(db, firm, {"name": "A"})
    before = await living(db, firm)
    set = await open_set(db)
    note = {"said": "call", "customer": id, "next_at": "2026-11-23T10:00:00+08:00"}
    await make(db, firm, note, set=set, table=firm.note)
    assert (await living(db, firm))["customer"][0]["next_at"] is not None

    outcome, _ = await undo(db, firm, set)

    assert await living(db, firm) == before
    assert outcome.refused == []


async def test_a_deleted_record_comes_back_unless_its_value_is_taken(db, firm):
    one, two = await make(
        db, firm, {"name": "one", "phone": "13800000001"}, {"name": "two", "phone": "13800000002"}
    )
    set = await open_set(db)
    await delete(db, firm, one, set)
    await delete(db, firm, two, set)
    await make(db, firm, {"name": "new two", "phone": "13800000002"})

    outcome, _ = await undo(db, firm, set)

    assert [row["name"] for row in (await living(db, firm))["customer"]] == ["one", "new two"]
    assert told(outcome) == [(two, None)]


async def test_a_record_deleted_since_is_told(db, firm):
    [id] = await make(db, firm, {"name": "A"})
    set = await open_set(db)
    await change(db, firm, id, set, name="B")
    await delete(db, firm, id)

    outcome, _ = await undo(db, firm, set)

    assert told(outcome) == [(id, None)]


async def test_values_that_changed_places_change_back(db, firm):
    one, two = await make(
        db, firm, {"name": "1", "phone": "13800000001"}, {"name": "2", "phone": "13800000002"}
    )
    before = await living(db, firm)
    set = await open_set(db)
    await change(db, firm, one, set, phone="13800000003")
    await change(db, firm, two, set, phone="13800000001")
    await change(db, firm, one, set, phone="13800000002")

    outcome, _ = await undo(db, firm, set)

    assert await living(db, firm) == before
    assert outcome.refused == []


PHONES = [f"1380000000{n}" for n in range(3)]
VALUES = st.fixed_dictionaries(
    {},
    optional={
        "city": st.sampled_from(["杭州", "上海", ""]),
        "phone": st.sampled_from([*PHONES, None]),
        "tags": st.sampled_from([[], ["vip"], ["vip", "new"]]),
        "owner": st.sampled_from([ANN, BOB, None]),
    },
)
# Few records and few values, so that they meet.
PLACE = st.integers(0, 2)
CHANGE = st.tuples(st.just("change"), PLACE, VALUES)
STEP = st.one_of(
    CHANGE,
    CHANGE,
    st.tuples(st.just("make"), VALUES),
    st.tuples(st.just("delete"), PLACE),
    st.tuples(st.just("restore"), PLACE),
    st.tuples(st.just("note"), PLACE, st.sampled_from([None, "2026-11-23T10:00:00+08:00"])),
    st.tuples(st.just("point"), PLACE),
)


async def _do(db: Connection, firm: Firm, step: Sequence[Any], set: int | None) -> None:
    """One step of a random batch; one the rules refuse leaves no trace."""
    try:
        async with db.begin_nested():
            await _try(db, firm, step, set)
    except AppError:
        return


async def _try(db: Connection, firm: Firm, step: Sequence[Any], set: int | None) -> None:
    if step[0] == "make":
        await make(db, firm, {"name": "made", **step[1]}, set=set)
        return
    found = await run_sql(db, "select id from work.customer order by id offset $1 limit 1", step[1])
    id = found.scalar()
    if id is None:
        return
    if step[0] == "point":
        notes = await run_sql(db, "select id from work.note order by id limit 1")
        for note in notes.scalars():
            await change(db, firm, note, set, table=firm.note, customer=id)
    elif step[0] == "change":
        await change(db, firm, id, set, **step[2])
    elif step[0] == "note":
        await make(db, firm, {"said": "x", "customer": id, "next_at": step[2]}, set=set, table=firm.note)
    else:
        await {"delete": delete, "restore": restore}[step[0]](db, firm, id, set)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    before=st.lists(STEP, max_size=4), batch=st.lists(STEP, min_size=2, max_size=10), limit=st.integers(1, 4)
)
async def test_undo_is_the_way_back_and_undoing_it_the_way_there(db, firm, before, batch, limit):
    savepoint = await db.begin_nested()
    for phone in PHONES[:2]:
        await _do(db, firm, ("make", {"phone": phone}), None)
    for step in before:
        await _do(db, firm, step, None)
    start = await living(db, firm)
    set = await open_set(db)
    for step in batch:
        await _do(db, firm, step, set)
    end = await living(db, firm)

    back, undo_set = await undo(db, firm, set, limit)
    there_again = await living(db, firm)
    forth, _ = await undo(db, firm, undo_set, limit)
    final = await living(db, firm)
    await savepoint.rollback()

    assert back.refused == []
    assert there_again == start
    assert forth.refused == []
    assert final == end


async def test_only_its_maker_or_an_administrator_undoes_a_set_and_only_once(db, firm):
    set = await open_set(db, by=ANN)

    with pytest.raises(NotFound):
        await ask_undo(db, firm.sees(BOB), set)
    job = await ask_undo(db, firm.sees(ANN), set)
    with pytest.raises(Conflict):
        await ask_undo(db, firm.sees(ADMIN), set)
    with pytest.raises(NotFound):
        await ask_undo(db, firm.sees(ADMIN), set + 1)

    status = await jobs.read(db, job)
    assert (status.kind, status.by, status.state) == ("undo", ANN, "queued")


async def test_what_is_still_being_made_cannot_be_undone(db, firm):
    making = await jobs.put(db, "import", {}, by=ADMIN)
    set = await open_set(db, job=making)

    with pytest.raises(Conflict):
        await ask_undo(db, firm.sees(ADMIN), set)
    await run_sql(db, "update bus.job set state = 'failed' where id = $1", making)
    await ask_undo(db, firm.sees(ADMIN), set)


async def test_an_undo_that_failed_may_be_asked_for_again(db, firm):
    set = await open_set(db)
    job = await ask_undo(db, firm.sees(ADMIN), set)
    await run_sql(db, "update bus.job set state = 'failed' where id = $1", job)

    again = await ask_undo(db, firm.sees(ADMIN), set)

    assert again == job
    assert (await jobs.read(db, job)).state == "queued"


async def test_options_go_when_nobody_uses_them_and_come_back(db, firm):
    catalog, added = await add_choices(db, "customer", {"tags": ["展会", "老客户"]})
    gone, used = added["tags"]
    firm = Firm(catalog)
    await make(db, firm, {"name": "A", "tags": [used, "vip"]})
    named = [{"table": "customer", "field": "tags", "key": key} for key in (gone, used)]

    removed = await take_back_options(db, [*named, {"table": "no", "field": "such", "key": "x"}])
    after = (await load_catalog(db)).table("customer").field("tags").options.by_key
    await put_back_options(db, removed)
    again = (await load_catalog(db)).table("customer").field("tags").options.by_key

    assert [one["key"] for one in removed] == [gone]
    assert set(after) == {"vip", "new", used}
    assert set(again) == {"vip", "new", used, gone}
    assert again[gone].label.zh == "展会"
