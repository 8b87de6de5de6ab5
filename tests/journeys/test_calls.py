"""Click to call through the simulated line: every outcome, its recording, the wrap-up that cannot be skipped."""

from __future__ import annotations

import asyncio
import json
import wave
from collections.abc import AsyncIterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pytest
import pytest_asyncio

from tests.house import Client, House, ok, open_house
from tuoke.kit.database import begin, make_engine
from tuoke.telephony.call import NEXT, Event, Outcome, State, after, outcome_of
from tuoke.telephony.calls import take_commands, take_place
from tuoke.telephony.providers.twin import Twin, TwinSettings
from tuoke.workers.flows import Flows
from tuoke.workers.sequence import Bells, sequence
from tuoke.workers.telephone import Telephone, telephone

LEADS = "/tables/lead/records"
CERTAIN = {
    "0001": "busy",
    "0002": "no_answer",
    "0003": "voicemail",
    "0004": "invalid",
    "0005": "connected",
}


@dataclass
class Line:
    house: House
    telephone: Telephone

    def __getitem__(self, name: str) -> Client:
        return self.house[name]

    async def lead(self, who: str, last_four: str = "0005") -> int:
        phone = f"138{id(object()) % 10_000:04d}{last_four}"
        return (await self[who].post(LEADS, {"name": "王伟", "phone": phone}))["ids"][0]

    async def dial(self, who: str, lead: int) -> int:
        return (await self[who].post("/calls", {"table": "lead", "record": lead, "field": "phone"}))["call"]

    async def until(self, who: str, call: int, **wanted: Any) -> dict[str, Any]:
        for _ in range(1500):
            row = await self[who].get(f"/tables/call/records/{call}")
            if all(row[key] == value for key, value in wanted.items()):
                return row
            await asyncio.sleep(0.02)
        raise AssertionError(f"{wanted} never came: {row}")


@pytest_asyncio.fixture
async def line(firm_workspace, tmp_path) -> AsyncIterator[Line]:
    async with open_house(firm_workspace, tmp_path) as house:
        world = house.app.state.world
        twin = Twin(TwinSettings(pace=40, talk_s=30))
        telephone = Telephone(world, twin, Flows(world).sight)
        bells = Bells()
        tasks = [
            asyncio.create_task(sequence(world, bells)),
            asyncio.create_task(telephone.obey(bells.commands)),
            asyncio.create_task(telephone.listen()),
        ]
        yield Line(house, telephone)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@pytest.mark.parametrize("last_four", CERTAIN)
async def test_every_outcome_is_written_down(line: Line, last_four: str):
    lead = await line.lead("ann", last_four)

    call = await line.dial("ann", lead)
    row = await line.until("ann", call, state="ended")

    assert row["outcome"] == CERTAIN[last_four]
    assert row["lead"]["id"] == lead
    assert (row["wrap_up"] == "pending") == (last_four == "0005")


async def test_a_talk_leaves_two_different_recordings_as_long_as_itself(line: Line):
    call = await line.dial("ann", await line.lead("ann"))
    row = await line.until("ann", call, state="ended")

    found = (await line["ann"].get("/tables/recording/records"))["records"]

    assert sorted(r["side"] for r in found) == ["agent", "customer"]
    sounds = []
    for one in found:
        answer = await line["ann"].send("GET", f"/recordings/{one['id']}/audio")
        assert answer.status_code == 200
        with wave.open(BytesIO(answer.content)) as wav:
            seconds = wav.getnframes() / wav.getframerate()
            sounds.append(wav.readframes(wav.getnframes()))
        assert abs(seconds - float(row["talk_seconds"])) < 0.2
    assert sounds[0] != sounds[1]
    heard = await line["admin"].get("/audit", action="recording.listened")
    assert [entry["user"] for entry in heard["entries"]] == [line["ann"].id] * 2


async def test_another_rep_neither_hears_nor_finds_a_recording(line: Line):
    call = await line.dial("ann", await line.lead("ann"))
    await line.until("ann", call, state="ended")
    [one, _] = (await line["ann"].get("/tables/recording/records"))["records"]

    assert (await line["bob"].get("/tables/recording/records"))["count"] == 0
    assert (await line["bob"].send("GET", f"/recordings/{one['id']}/audio")).status_code == 404
    assert (await line["leader"].send("GET", f"/recordings/{one['id']}/audio")).status_code == 200


async def test_no_second_call_before_the_wrap_up(line: Line):
    lead = await line.lead("ann")
    call = await line.dial("ann", lead)
    during = await line["ann"].send(
        "POST", "/calls", json={"table": "lead", "record": lead, "field": "phone"}
    )
    await line.until("ann", call, state="ended")
    owed = await line["ann"].send("POST", "/calls", json={"table": "lead", "record": lead, "field": "phone"})
    await line["ann"].send("PUT", f"/calls/{call}/draft", json={"content": "想看"})
    found = await line["ann"].get("/calls/current")

    assert (during.status_code, owed.status_code) == (409, 409)
    assert found["call"]["id"] == owed.json()["call"] == call
    assert found["draft"] == {"content": "想看"}
    assert found["call"]["links"]["lead"]["id"] == lead


async def test_the_wrap_up_asks_for_need_next_time_and_stage_and_then_writes_everything(line: Line):
    lead = await line.lead("ann")
    call = await line.dial("ann", lead)
    await line.until("ann", call, state="ended")

    empty = await line["ann"].send("POST", f"/calls/{call}/wrap_up", json={"values": {}})
    values = {"content": "想看同行案例", "intent": "A", "next_follow_at": "2026-12-01T10:00:00+08:00"}
    made = await line["ann"].post(f"/calls/{call}/wrap_up", {"values": values, "stage": "interested"})
    again = await line["ann"].send(
        "POST", f"/calls/{call}/wrap_up", json={"values": values, "stage": "interested"}
    )

    assert set(empty.json()["fields"]) == {"content", "next_follow_at", "stage"}
    assert again.status_code == 409
    row = await line["ann"].get(f"/tables/call/records/{call}")
    activity = await line["ann"].get(f"/tables/activity/records/{made['id']}")
    customer = await line["ann"].get(f"{LEADS}/{lead}")
    tasks = (await line["ann"].get("/tables/task/records"))["records"]
    assert (row["wrap_up"], row["activity"]["id"]) == ("saved", made["id"])
    assert activity["lead"]["id"] == lead
    assert customer["status"] == "interested"
    assert customer["next_follow_at"].startswith("2026-12-01T02:00")
    assert [t["lead"]["id"] for t in tasks] == [lead]
    assert (await line["ann"].get("/calls/current"))["call"] is None
    assert (await line.dial("ann", lead)) > call


async def test_a_customer_out_of_the_question_needs_no_next_time(line: Line):
    call = await line.dial("ann", await line.lead("ann"))
    await line.until("ann", call, state="ended")

    await line["ann"].post(f"/calls/{call}/wrap_up", {"values": {"content": "已转行"}, "stage": "invalid"})

    assert (await line["ann"].get("/calls/current"))["call"] is None


async def test_hanging_up_while_it_rings_cancels(line: Line):
    call = await line.dial("ann", await line.lead("ann", "0002"))
    await line.until("ann", call, state="ringing")

    await line["ann"].post(f"/calls/{call}/hang_up")

    assert (await line.until("ann", call, state="ended"))["outcome"] == "cancelled"


async def test_one_cannot_hang_up_or_wrap_up_for_somebody_else(line: Line):
    call = await line.dial("ann", await line.lead("ann"))
    await line.until("ann", call, state="ended")

    for path in ("hang_up", "wrap_up"):
        answer = await line["bob"].send(
            "POST", f"/calls/{call}/{path}", json={"values": {"content": "x"}, "stage": "invalid"}
        )
        assert answer.status_code == 404


async def test_two_reps_calling_the_same_pool_lead_are_two_calls_and_one_owner(line: Line):
    body = {"name": "x", "phone": "13800000005", "department": line.house.departments["North East"]}
    [lead] = (await line["admin"].post(LEADS, body))["ids"]

    calls = await asyncio.gather(line.dial("ann", lead), line.dial("bob", lead))
    claims = await asyncio.gather(
        *(line[name].post(f"{LEADS}/claim", {"ids": [lead]}) for name in ("ann", "bob"))
    )

    assert len(set(calls)) == 2
    assert sorted(len(claim["done"]) for claim in claims) == [0, 1]


async def test_a_call_because_of_an_opportunity_hangs_on_the_opportunity_account_and_contact(line: Line):
    ann = line["ann"]
    [account] = (await ann.post("/tables/account/records", {"name": "云帆"}))["ids"]
    contact_values = {"name": "林若溪", "account": account, "phone": "13800000005"}
    [contact] = (await ann.post("/tables/contact/records", contact_values))["ids"]
    deal_values = {"name": "云帆 12 坐席", "account": account, "contact": contact}
    [deal] = (await ann.post("/tables/opportunity/records", deal_values))["ids"]
    [other] = (await ann.post("/tables/opportunity/records", {"name": "别的", "account": account}))["ids"]
    body = {"table": "contact", "record": contact, "field": "phone"}

    foreign = await ann.send(
        "POST", "/calls", json={**body, "about": {"table": "opportunity", "record": other}}
    )
    call = (await ann.post("/calls", {**body, "about": {"table": "opportunity", "record": deal}}))["call"]

    assert foreign.status_code == 422
    row = await line.until("ann", call, state="ended")
    assert [row[key]["id"] for key in ("opportunity", "account", "contact")] == [deal, account, contact]
    values = {"content": "要报价", "next_follow_at": "2026-12-01T10:00:00+08:00"}
    made = await ann.post(f"/calls/{call}/wrap_up", {"values": values, "stage": "quote"})
    for table, record in (("opportunity", deal), ("account", account)):
        told = await ann.get(f"/tables/{table}/records/{record}/timeline")
        found = {(entry["table"], entry["id"]) for entry in told["entries"] if entry["kind"] == "record"}
        assert {("call", call), ("activity", made["id"])} <= found


async def test_a_masked_number_is_dialled_unseen(line: Line):
    roles = (await line["admin"].get("/roles"))["roles"]
    rep = next(role for role in roles if role["key"] == "rep")
    grants = [{**grant, "mask": ["phone"]} if "lead" in grant["tables"] else grant for grant in rep["grants"]]
    lead = await line.lead("ann")
    ok(await line["admin"].send("PATCH", "/roles/rep", json={"grants": grants}))

    seen = await line["ann"].get(f"{LEADS}/{lead}")
    call = await line.dial("ann", lead)

    assert "*" in seen["phone"]
    await line.until("ann", call, state="ended", outcome="connected")


async def test_calls_nobody_knows_any_more_are_ended_at_start_up(line: Line):
    call = await line.dial("ann", await line.lead("ann", "0002"))
    await line.until("ann", call, state="ringing")
    world = line.house.app.state.world
    other = Telephone(world, Twin(TwinSettings()), Flows(world).sight)

    await other.reconcile()

    assert (await line.until("ann", call, state="ended"))["outcome"] == "failed"


@pytest_asyncio.fixture
async def still(firm_workspace, tmp_path) -> AsyncIterator[House]:
    """Nobody is on the line."""
    async with open_house(firm_workspace, tmp_path) as house:
        yield house


async def asked_for(house: House, who: str, phone: str) -> int:
    [lead] = (await house[who].post(LEADS, {"name": "王伟", "phone": phone}))["ids"]
    return (await house[who].post("/calls", {"table": "lead", "record": lead, "field": "phone"}))["call"]


async def test_a_call_whose_command_was_taken_by_who_then_died_is_ended_and_one_that_waits_is_not(
    still: House,
):
    world = still.app.state.world
    taken = await asked_for(still, "ann", "13800000005")
    async with begin(world.engine) as db:
        assert [command[0] for command in await take_commands(db)] == [taken]
    waits = await asked_for(still, "bob", "13800010005")

    await Telephone(world, Twin(TwinSettings()), Flows(world).sight).reconcile()

    ended, asked = [await still.admin.get(f"/tables/call/records/{call}") for call in (taken, waits)]
    assert (ended["state"], ended["outcome"], asked["state"]) == ("ended", "failed", "requested")


async def test_the_place_at_the_line_is_free_again_after_an_error(
    still: House, monkeypatch: pytest.MonkeyPatch
):
    async def fails(_: Telephone) -> None:
        raise OSError("no space left on device")

    world = still.app.state.world
    monkeypatch.setattr(Telephone, "reconcile", fails)
    with pytest.raises(OSError, match="no space"):
        await telephone(world, Flows(world).sight, asyncio.Event())

    another = make_engine(world.settings.database)
    try:
        async with another.connect() as db:
            assert await take_place(db)
    finally:
        await another.dispose()


@pytest.mark.parametrize("state", list(State))
def test_any_call_can_end_and_nothing_wakes_it(state: State):
    assert after(state, Event.HUNG_UP) is State.ENDED
    assert all(after(State.ENDED, event) is State.ENDED for event in Event)


def test_a_late_ring_does_not_undo_an_answer():
    assert after(State.TALKING, Event.RANG) is State.TALKING


def test_every_state_but_the_first_can_be_reached():
    assert set(NEXT.values()) | {State.REQUESTED} == set(State)


def test_who_was_talking_was_connected_whatever_the_carrier_says():
    assert outcome_of(State.TALKING, Outcome.FAILED, ended_by_us=False) is Outcome.CONNECTED
    assert outcome_of(State.RINGING, None, ended_by_us=True) is Outcome.CANCELLED
    assert outcome_of(State.RINGING, None, ended_by_us=False) is Outcome.FAILED


@dataclass
class Customer:
    """A lead that became an account, a contact and an opportunity."""

    lead: int
    account: int
    contact: int
    opportunity: int

    def links(self, row: dict[str, Any]) -> dict[str, int]:
        """Those of a row that are filled."""
        return {key: row[key]["id"] for key in vars(self) if row.get(key) is not None}


async def customer(line: Line, who: str = "ann") -> Customer:
    lead = await line.lead(who)
    answer = await line[who].post(f"{LEADS}/{lead}/convert", {})
    return Customer(lead, **{one["link"]: one["id"] for one in answer["became"]})


CALLED_FROM = {
    "lead": ["lead", "account", "contact", "opportunity"],
    "account": ["account"],
    "contact": ["account", "contact"],
    "opportunity": ["account", "contact", "opportunity"],
}


@pytest.mark.parametrize("place", CALLED_FROM)
async def test_a_call_and_its_follow_up_stand_with_everybody_known_wherever_it_began(line: Line, place: str):
    ann, known = line["ann"], await customer(line)
    body: dict[str, Any] = {"table": place, "record": vars(known)[place], "field": "phone"}
    if place == "opportunity":
        because = {"table": "opportunity", "record": known.opportunity}
        body = {"table": "contact", "record": known.contact, "field": "phone", "about": because}
    wanted = {key: vars(known)[key] for key in CALLED_FROM[place]}

    call = (await ann.post("/calls", body))["call"]
    row = await line.until("ann", call, state="ended")
    values = {"content": "报了价", "next_follow_at": "2026-12-01T10:00:00+08:00"}
    stage = {"lead": "converted", "account": "negotiating", "contact": "negotiating", "opportunity": "quote"}
    made = await ann.post(f"/calls/{call}/wrap_up", {"values": values, "stage": stage[place]})

    activity = await ann.get(f"/tables/activity/records/{made['id']}")
    [task] = (await ann.get("/tables/task/records"))["records"]
    assert known.links(row) == known.links(activity) == known.links(task) == wanted
    for table, id in wanted.items():
        told = (await ann.get(f"/tables/{table}/records/{id}/timeline"))["entries"]
        shown = {(e["table"], e["id"]) for e in told if e["kind"] == "record"}
        assert {("call", call), ("activity", made["id"]), ("task", task["id"])} <= shown, table


async def test_a_lead_converted_during_the_call_is_wrapped_up_as_what_it_became(line: Line):
    ann = line["ann"]
    lead = await line.lead("ann")
    call = await line.dial("ann", lead)
    answer = await ann.post(f"{LEADS}/{lead}/convert", {})
    became = {one["link"]: one["id"] for one in answer["became"]}
    await line.until("ann", call, state="ended")

    values = {"content": "成了", "next_follow_at": "2026-12-01T10:00:00+08:00"}
    made = await ann.post(f"/calls/{call}/wrap_up", {"values": values, "stage": "converted"})

    activity = await ann.get(f"/tables/activity/records/{made['id']}")
    assert Customer(lead, **became).links(activity) == {"lead": lead, **became}


async def test_from_the_follow_up_one_reaches_the_recording_and_the_other_way(line: Line):
    ann = line["ann"]
    call = await line.dial("ann", await line.lead("ann"))
    await line.until("ann", call, state="ended")
    made = await ann.post(f"/calls/{call}/wrap_up", {"values": {"content": "已转行"}, "stage": "invalid"})

    of_activity = json.dumps({"field": "activity", "op": "eq", "value": made["id"]})
    legs = (await ann.get("/tables/recording/records", filter=of_activity))["records"]
    told = (await ann.get(f"/tables/activity/records/{made['id']}/timeline"))["entries"]

    assert sorted(leg["side"] for leg in legs) == ["agent", "customer"]
    assert {leg["call"]["id"] for leg in legs} == {call}
    assert {leg["activity"]["id"] for leg in legs} == {made["id"]}
    assert [e["id"] for e in told if e["table"] == "call"] == [call]


async def heard(line: Line) -> list[tuple[int, int]]:
    """(who, which recording), the latest first."""
    entries = (await line["admin"].get("/audit", action="recording.listened"))["entries"]
    return [(entry["user"], entry["facts"]["recording"]) for entry in entries]


async def test_a_recording_fetched_as_a_file_is_a_listening_too(line: Line):
    call = await line.dial("ann", await line.lead("ann"))
    await line.until("ann", call, state="ended")
    one, _ = (await line["ann"].get("/tables/recording/records", sort="id"))["records"]
    path = f"/files/{one['audio'][0]['id']}"

    answer = await line["leader"].send("GET", path)

    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert (await line["bob"].send("GET", path)).status_code == 404
    assert await heard(line) == [(line["leader"].id, one["id"])]


async def test_who_lost_the_right_hears_not_even_his_own_voice(line: Line):
    call = await line.dial("ann", await line.lead("ann"))
    await line.until("ann", call, state="ended")
    one, _ = (await line["ann"].get("/tables/recording/records"))["records"]
    rep = next(role for role in (await line["admin"].get("/roles"))["roles"] if role["key"] == "rep")
    left = [grant for grant in rep["grants"] if grant["tables"] != ["recording"]]
    ok(await line["admin"].send("PATCH", "/roles/rep", json={"grants": left}))

    as_sound = await line["ann"].send("GET", f"/recordings/{one['id']}/audio")
    as_file = await line["ann"].send("GET", f"/files/{one['audio'][0]['id']}")

    assert (as_sound.status_code, as_file.status_code) == (403, 403)
    assert await heard(line) == []


async def test_listening_twice_is_written_down_twice_and_the_browser_keeps_nothing(line: Line):
    call = await line.dial("ann", await line.lead("ann"))
    await line.until("ann", call, state="ended")
    one, _ = (await line["ann"].get("/tables/recording/records"))["records"]

    for _ in range(2):
        answer = await line["ann"].send("GET", f"/recordings/{one['id']}/audio")

    assert answer.headers["cache-control"] == "no-store"
    assert await heard(line) == [(line["ann"].id, one["id"])] * 2
