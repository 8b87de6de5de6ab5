"""The flows the app ships, end to end: log, reader, runner, effects, notices; only the clock is ours."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from tests.rooms.workers.machine import Machine, at, open_machine
from tuoke.kit.database import Engine, begin
from tuoke.records.transaction import transaction
from tuoke.telephony.call import Event, Outcome
from tuoke.telephony.calls import Dial, apply_event, request_call
from tuoke.telephony.provider import CallEvent

FRIDAY = at("2026-11-20 10:20")
WEDNESDAY = at("2026-11-25 10:20")
ASSIGN, CLOCK = "assign_new_lead", "first_response"


@pytest_asyncio.fixture
async def machine(fresh_workspace: Engine, tmp_path: Path) -> AsyncIterator[Machine]:
    async with open_machine(fresh_workspace, tmp_path, FRIDAY) as opened:
        yield opened


async def test_website_leads_go_to_the_departments_reps_in_turn(machine: Machine):
    leads = [await machine.lead("website") for _ in range(4)]

    await machine.settle()

    assert [await machine.owner(id) for id in leads] == ["ann", "bob", "ann", "bob"]


async def test_event_leads_go_to_whoever_has_fewest_open_ones(machine: Machine):
    for _ in range(2):
        await machine.lead(None, owner=machine["ann"].id)
    for _ in range(3):
        await machine.lead(None, owner=machine["bob"].id, status="invalid")
    leads = [await machine.lead("event") for _ in range(3)]

    await machine.settle()

    assert [await machine.owner(id) for id in leads] == ["bob", "bob", "ann"]


@pytest.mark.parametrize("source", [None, "list", "referral"])
async def test_leads_of_other_sources_stay_in_the_pool(machine: Machine, source: str | None):
    lead = await machine.lead(source)

    await machine.settle()

    assert await machine.owner(lead) is None
    assert (await machine.run(lead, ASSIGN))["state"] == "done"


async def test_a_lead_that_has_an_owner_keeps_him(machine: Machine):
    lead = await machine.lead("website", owner=machine["eve"].id)

    await machine.settle()

    assert await machine.owner(lead) == "eve"
    assert [run["key"] for run in await machine.runs(lead)] != [ASSIGN]


async def test_turns_are_fair_in_every_department_however_their_leads_alternate(machine: Machine):
    leads: list[int] = []
    for _ in range(4):
        leads.append(await machine.lead("website"))
        await machine.lead("website", department=machine.house.departments["South"])

    await machine.settle()

    assert [await machine.owner(id) for id in leads] == ["ann", "bob", "ann", "bob"]


# --- three working days ---------------------------------------------------------------------------


async def test_after_three_working_days_owner_and_team_lead_are_told_once(machine: Machine):
    lead = await machine.lead("website", name="林若溪", company="云帆科技")
    await machine.settle()
    run = await machine.run(lead, ASSIGN)
    assert (run["state"], run["due_said"]["zh"]) == ("waiting", "周三 11月25日 10:20")

    await machine.at(at("2026-11-25 10:19"))
    early = await machine.tasks(kind="overdue", owner=machine["ann"].id)
    await machine.at(WEDNESDAY)
    await machine.later(days=9)

    text = "已超过3天未跟进，请及时处理：林若溪（云帆科技）"
    made = [task for task in await machine.tasks(kind="overdue") if task["title"] == text]
    assert early == []
    assert sorted(task["owner"] for task in made) == sorted([machine["leader"].id, machine["ann"].id])
    assert {task["lead"]["id"] for task in made} == {lead}
    for who in ("ann", "leader"):
        assert (await machine.notices(who)).count(text) == 1
    assert (await machine.run(lead, ASSIGN))["state"] == "done"


async def test_a_follow_up_in_time_ends_the_waiting_and_nobody_is_told(machine: Machine):
    lead = await machine.lead("website")
    await machine.settle()

    await machine["ann"].post("/tables/activity/records", {"lead": lead, "content": "聊过了，要方案"})
    await machine.at(WEDNESDAY)

    assert await machine.tasks(kind="overdue") == []
    assert [n for n in await machine.notices("leader") if "未跟进" in n] == []
    assert (await machine.run(lead, ASSIGN))["steps"][-1]["port"] == "happened"


async def test_a_late_follow_up_closes_both_to_dos(machine: Machine):
    lead = await machine.lead("website")
    await machine.settle()
    await machine.at(WEDNESDAY)

    await machine["ann"].post("/tables/activity/records", {"lead": lead, "content": "道歉，已联系"})

    assert {task["status"] for task in await machine.tasks(kind="overdue")} == {"done"}


@pytest.mark.parametrize(
    ("arrives", "due", "said"),
    [
        # Over the holiday week: 30 September, 8 and 9 October.
        ("2026-09-29 10:20", "2026-10-09 10:20", "周五 10月9日 10:20"),
        # Saturday 10 October is a make-up working day.
        ("2026-09-30 16:00", "2026-10-10 16:00", "周六 10月10日 16:00"),
        # Arrives in the holiday: counts from Thursday 8 October, 09:00; over the make-up Saturday to Monday.
        ("2026-10-03 22:15", "2026-10-12 09:00", "周一 10月12日 09:00"),
    ],
)
async def test_golden_due_moments_across_national_day_2026(
    machine: Machine, arrives: str, due: str, said: str
):
    machine.now = at(arrives)
    lead = await machine.lead("website")
    await machine.settle()

    run = await machine.run(lead, ASSIGN)
    await machine.at(at(due) - timedelta(seconds=1))
    before = (await machine.run(lead, ASSIGN))["state"]
    await machine.at(due)

    assert (run["due_said"]["zh"], run["provisional"]) == (said, False)
    assert (before, (await machine.run(lead, ASSIGN))["state"]) == ("waiting", "done")
    assert len([t for t in await machine.tasks(kind="overdue") if "3天" in t["title"]]) == 2


async def test_a_year_not_announced_is_marked_in_the_run(machine: Machine):
    machine.now = at("2026-12-31 10:00")
    lead = await machine.lead("website")
    await machine.settle()

    run = await machine.run(lead, ASSIGN)

    assert run["provisional"]
    assert "暂定" in run["due_said"]["zh"]


async def test_the_firms_own_hours_and_days_move_what_is_due(machine: Machine):
    await machine["admin"].patch(
        "/workspace/calendar",
        {
            "hours": {"mon": [["09:00", "12:00"], ["14:00", "18:00"]], "fri": [["09:00", "11:00"]]},
            "holidays": ["2026-11-24"],
        },
    )
    lead = await machine.lead("website")
    await machine.settle()

    # Friday 10:20: 40 minutes are left of it, the other 80 are on Monday; the third working day is Thursday.
    assert (await machine.run(lead, CLOCK))["due_said"]["zh"] == "周一 11月23日 10:20"
    assert (await machine.run(lead, ASSIGN))["due_said"]["zh"] == "周四 11月26日 10:20"


# --- nobody to take it ----------------------------------------------------------------------------


async def test_without_reps_the_lead_stays_in_the_pool_and_nothing_fails(machine: Machine):
    for who in ("ann", "bob", "eve"):
        await machine["admin"].patch(f"/users/{machine[who].id}", {"active": False})

    leads = [await machine.lead(source) for source in ("website", "event")]
    await machine.settle()

    assert [await machine.owner(id) for id in leads] == [None, None]
    assert [run["state"] for id in leads for run in await machine.runs(id)] == ["done", "done"]


async def test_who_has_left_gets_no_turn(machine: Machine):
    await machine["admin"].patch(f"/users/{machine['ann'].id}", {"active": False})

    leads = [await machine.lead("website") for _ in range(3)]
    await machine.settle()

    assert [await machine.owner(id) for id in leads] == ["bob"] * 3


# --- the first response ---------------------------------------------------------------------------


async def test_the_owner_hears_of_his_lead_and_who_claimed_it_does_not(machine: Machine):
    given = await machine.lead("website", name="林若溪")
    taken = await machine.lead(None, name="自己领的")
    await machine["ann"].post("/tables/lead/records/claim", {"ids": [taken]})

    await machine.settle()

    assert await machine.owner(given) == await machine.owner(taken) == "ann"
    assert await machine.notices("ann") == ["线索分给您了：林若溪"]


async def test_many_leads_at_once_are_told_in_one_notice(machine: Machine):
    rows = [{"phone": f"1370000{n:04d}", "owner": machine["ann"].id} for n in range(12)]
    await machine["admin"].post("/tables/lead/records", {"records": rows})

    await machine.settle()

    assert await machine.notices("ann") == ["12 条线索分给您了"]


async def test_two_working_hours_without_a_response_call_the_team_lead_in(machine: Machine):
    machine.now = at("2026-11-20 17:00")
    lead = await machine.lead("website", name="林若溪")
    await machine.settle()
    waiting = await machine.read_lead(lead)

    await machine.at("2026-11-23 09:59")
    before = await machine.tasks(kind="overdue")
    await machine.at("2026-11-23 10:00")
    await machine.later(hours=3)

    [task] = await machine.tasks(kind="overdue")
    assert waiting["first_response"] == "waiting"
    assert datetime.fromisoformat(waiting["first_response_due"]) == at("2026-11-23 10:00")
    assert before == []
    assert (task["owner"], task["title"]) == (
        machine["leader"].id,
        "超过2小时未首次联系，请督促或改派：林若溪（ann）",
    )
    assert (await machine.notices("leader")).count("超过2小时未首次联系：林若溪，负责人 ann") == 1
    assert (await machine.read_lead(lead))["first_response"] == "overdue"


async def talked(machine: Machine, lead: int, seconds: float | None) -> None:
    """A call of the lead's owner as the telephone writes it down; None = nobody answered."""
    sight = replace(await machine.world.sight_now(machine["ann"].id, machine.now), now=machine.now)
    async with begin(machine.world.engine) as db, transaction(db, sight) as tx:
        call = await request_call(tx, Dial("lead", lead, "phone"), "twin")
    events = [(Event.DIALED, 0.0), (Event.RANG, 1.0)]
    events += [] if seconds is None else [(Event.ANSWERED, 5.0)]
    events += [(Event.HUNG_UP, 5.0 + (seconds or 20.0))]
    for event, after_s in events:
        moment = machine.now + timedelta(seconds=after_s)
        async with begin(machine.world.engine) as db, transaction(db, await machine.flows.sight(db)) as tx:
            cause = Outcome.NO_ANSWER if seconds is None else None
            await apply_event(tx, CallEvent(f"{call}.{event.value}", call, event, moment, cause))


async def test_an_effective_call_stops_the_clock(machine: Machine):
    lead = await machine.lead("website")
    await machine.settle()
    machine.now += timedelta(minutes=30)

    await talked(machine, lead, 61)
    await machine.later(days=1)

    found = await machine.read_lead(lead)
    assert found["first_response"] == "in_time"
    assert datetime.fromisoformat(found["first_response_at"]) == at("2026-11-20 10:50") + timedelta(seconds=5)
    assert await machine.tasks(kind="overdue") == []
    assert (await machine.run(lead, CLOCK))["steps"][-1]["port"] == "happened"


@pytest.mark.parametrize("seconds", [None, 20, 60])
async def test_a_failed_dial_or_a_short_talk_does_not_stop_the_clock(machine: Machine, seconds: float | None):
    lead = await machine.lead("website")
    await machine.settle()

    await talked(machine, lead, seconds)
    await machine.later(hours=3)

    found = await machine.read_lead(lead)
    assert (found["first_response"], found["first_response_at"]) == ("overdue", None)
    assert len(await machine.tasks(kind="overdue")) == 1


async def test_a_follow_up_written_down_stops_the_clock_unless_nobody_was_reached(machine: Machine):
    spoken, missed = await machine.lead("website"), await machine.lead("event")
    await machine.settle()
    for lead, result in ((spoken, "connected"), (missed, "no_answer")):
        who = await machine.owner(lead)
        follow_up = {
            "lead": lead,
            "content": "微信聊过",
            "result": result,
            "happened_at": machine.now.isoformat(),
        }
        await machine[who or ""].post("/tables/activity/records", follow_up)

    await machine.later(hours=3)

    assert (await machine.read_lead(spoken))["first_response_at"] is not None
    assert (await machine.read_lead(missed))["first_response"] == "overdue"


async def test_a_bought_list_has_no_clock(machine: Machine):
    lead = await machine.lead("list", owner=machine["ann"].id)

    await machine.settle()

    assert (await machine.read_lead(lead))["first_response_due"] is None
    assert [run["key"] for run in await machine.runs(lead)] == ["tell_new_owner"]


# --- what a follow-up leads to --------------------------------------------------------------------


async def test_clear_intent_becomes_one_quote_task_with_a_date(machine: Machine):
    lead = await machine.lead(None, owner=machine["ann"].id)
    for content in ("要报价", "催报价"):
        await machine["ann"].post(
            "/tables/activity/records", {"lead": lead, "content": content, "intent": "A"}
        )
        await machine.settle()

    [task] = await machine.tasks()
    assert (task["kind"], task["owner"], task["remark"]) == ("proposal", machine["ann"].id, "要报价")
    assert datetime.fromisoformat(task["due_at"]) == WEDNESDAY


async def test_intent_corrected_to_clear_makes_the_quote_task_too(machine: Machine):
    lead = await machine.lead(None, owner=machine["ann"].id)
    made = await machine["ann"].post(
        "/tables/activity/records", {"lead": lead, "content": "聊", "intent": "B"}
    )
    await machine.settle()

    await machine["ann"].patch(
        "/tables/activity/records", {"records": [{"id": made["ids"][0], "intent": "A"}]}
    )
    await machine.settle()

    assert [task["kind"] for task in await machine.tasks()] == ["proposal"]


async def test_in_two_weeks_is_one_task_in_the_reps_list_fourteen_days_on(machine: Machine):
    lead = await machine.lead(None, owner=machine["ann"].id)
    then = machine.now + timedelta(days=14)
    await machine["ann"].post(
        "/tables/activity/records",
        {"lead": lead, "content": "两周后再打", "next_follow_at": then.isoformat()},
    )
    await machine.settle()

    [task] = await machine.tasks()
    assert (task["kind"], task["owner"]) == ("follow_up", machine["ann"].id)
    assert datetime.fromisoformat(task["due_at"]) == then
