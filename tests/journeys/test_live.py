"""What one person changes the others see within a second, as far as they may; notices ring; nothing leaks."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import orjson
import pytest
import pytest_asyncio
from starlette.requests import Request

from tests.house import House, open_house
from tuoke.access.sessions import resolve
from tuoke.api.door import Door
from tuoke.api.live import Listener, Live, Place, replayed, stream, visible
from tuoke.api.ringing import Ringing
from tuoke.bus.log import changes_after
from tuoke.kit.clock import utc_now
from tuoke.kit.database import begin
from tuoke.notify.notice import Notice, tell
from tuoke.workers.sequence import Bells, sequence

LEADS = "/tables/lead/records"


@dataclass
class Ears:
    house: House
    live: Live
    world: Any

    async def open(self, who: str) -> Listener:
        """A browser of this person, without the HTTP around it."""
        client = self.house[who]
        session = client.http.cookies["session"]
        async with begin(self.world.engine) as db:
            seen = await resolve(db, session, utc_now())
        assert seen is not None
        sight = await self.world.sight(seen.user_id, seen.org_version, seen.meta_version, utc_now())
        workspace = await self.world.workspace(seen.meta_version)
        door = Door(self.world, "", "", "zh", utc_now(), False, seen, sight, workspace)
        listener = Listener(door)
        self.live.join(listener)
        return listener


async def heard(listener: Listener, event: str, within: float = 2.0) -> Any:
    """The next event of this kind; None when none comes in time."""
    until = time.monotonic() + within
    while (left := until - time.monotonic()) > 0:
        try:
            raw = await asyncio.wait_for(listener.queue.get(), left)
        except TimeoutError:
            return None
        lines = raw.decode().splitlines()
        if lines[0] == f"event: {event}":
            return orjson.loads(next(line[6:] for line in lines if line.startswith("data: ")))
    return None


@pytest_asyncio.fixture
async def ears(firm_workspace, tmp_path) -> AsyncIterator[Ears]:
    async with open_house(firm_workspace, tmp_path) as house:
        world = house.app.state.world
        live = Live(world)
        tasks = [asyncio.create_task(live.run()), asyncio.create_task(sequence(world, Bells()))]
        await asyncio.sleep(0.3)
        yield Ears(house, live, world)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def test_a_change_reaches_those_who_may_see_it_within_a_second(ears: Ears):
    ann, leader, eve = [await ears.open(name) for name in ("ann", "leader", "eve")]
    started = time.monotonic()

    [id] = (await ears.house["ann"].post(LEADS, {"name": "王伟", "phone": "13800000001"}))["ids"]

    assert (await heard(ann, "changes"))["tables"] == {"lead": [id]}
    assert (await heard(leader, "changes"))["tables"] == {"lead": [id]}
    assert time.monotonic() - started < 1.0
    assert await heard(eve, "changes", within=0.6) is None


async def test_who_loses_sight_of_a_record_hears_that_his_lists_are_old(ears: Ears):
    leads = [{"name": "王伟", "phone": "13800000001"}, {"name": "李娜", "phone": "13800000002"}]
    department = ears.house.departments["North East"]
    made = await ears.house["admin"].post(
        LEADS, {"records": [{**lead, "department": department, "owner": None} for lead in leads]}
    )
    first, second = made["ids"]
    await asyncio.sleep(0.5)
    bob = await ears.open("bob")

    await ears.house["ann"].post(f"{LEADS}/claim", {"ids": [first]})
    claimed = await heard(bob, "changes")
    await ears.house["admin"].send("DELETE", LEADS, json={"ids": [second]})
    deleted = await heard(bob, "changes")

    # Not by number: whose it is now is none of his business.
    assert (claimed["tables"], deleted["tables"]) == ({"lead": []}, {"lead": []})


async def test_what_is_said_about_a_record_reaches_those_who_may_read_it_and_nobody_else(ears: Ears):
    made = await ears.house["ann"].post(LEADS, {"name": "王伟", "phone": "13800000001"})
    comments = f"{LEADS}/{made['ids'][0]}/comments"
    await asyncio.sleep(0.5)
    ann, leader, eve = [await ears.open(name) for name in ("ann", "leader", "eve")]
    started = time.monotonic()

    said = await ears.house["ann"].post(comments, {"text": "老客户介绍的"})
    heard_said = await heard(leader, "said")
    took = time.monotonic() - started
    await ears.house["ann"].send("PATCH", f"{comments}/{said['id']}", json={"text": "老客户介绍，先别降价"})
    heard_changed = await heard(leader, "said")
    await ears.house["ann"].send("DELETE", f"{comments}/{said['id']}")
    heard_taken_back = await heard(leader, "said")

    assert [h["tables"] for h in (heard_said, heard_changed, heard_taken_back)] == [{"lead": made["ids"]}] * 3
    assert took < 1.0
    # Nothing about the record itself has changed, and who may not read it hears nothing at all.
    assert await heard(ann, "changes", within=0.3) is None
    assert await heard(eve, "said", within=0.3) is None


async def test_a_remark_is_no_change_no_reader_stumbles_over_it(ears: Ears):
    [id] = (await ears.house["ann"].post(LEADS, {"name": "王伟", "phone": "13800000001"}))["ids"]
    before = await ears.house["ann"].get(f"{LEADS}/{id}/history")
    await ears.house["ann"].post(f"{LEADS}/{id}/comments", {"text": "老客户介绍的"})
    await ears.house["ann"].send("PATCH", LEADS, json={"records": [{"id": id, "company": "博远"}]})
    await asyncio.sleep(0.5)

    async with begin(ears.world.engine) as db:
        changes = await changes_after(db, 0, writes=10_000, changes=100_000)
    after = await ears.house["ann"].get(f"{LEADS}/{id}/history")

    assert [change.kind.name for change in changes if change.record == id] == ["CREATED", "UPDATED"]
    assert len(after["entries"]) == len(before["entries"]) + 1


async def test_what_was_said_while_the_browser_was_away_is_told_when_it_is_back(ears: Ears):
    [id] = (await ears.house["ann"].post(LEADS, {"name": "王伟", "phone": "13800000001"}))["ids"]
    await asyncio.sleep(0.5)
    missed = ears.live.place
    await ears.house["ann"].post(f"{LEADS}/{id}/comments", {"text": "老客户介绍的"})
    await asyncio.sleep(0.5)

    leader, eve = await ears.open("leader"), await ears.open("eve")
    told = [await replayed(one.door, missed, ears.live.place) for one in (leader, eve)]

    assert b"event: said" in told[0]
    assert f'{{"lead":[{id}]}}'.encode() in told[0]
    assert b"event: said" not in told[1]


async def test_who_dials_hears_of_each_step_without_waiting_for_the_log(ears: Ears):
    ringing = Ringing(ears.world, ears.live)
    task = asyncio.create_task(ringing.run())
    ann, bob = await ears.open("ann"), await ears.open("bob")
    [lead] = (await ears.house["ann"].post(LEADS, {"name": "王伟", "phone": "13800000002"}))["ids"]
    call = (await ears.house["ann"].post("/calls", {"table": "lead", "record": lead, "field": "phone"}))[
        "call"
    ]

    ringing.follow(ears.house["ann"].id)
    asked = await heard(ann, "call")
    async with begin(ears.world.engine) as db:
        await db.exec_driver_sql("update work.call set state = 'ringing'")
    rang = await heard(ann, "call")

    # The row was changed behind the log's back: only who looks at it can tell.
    assert [one["call"]["state"] for one in (asked, rang)] == ["requested", "ringing"]
    assert rang["call"]["id"] == call
    assert await heard(bob, "call", within=0.3) is None
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_notice_rings_only_for_its_person(ears: Ears):
    ann, bob = await ears.open("ann"), await ears.open("bob")

    async with begin(ears.world.engine) as db:
        await tell(db, [Notice(ears.house["ann"].id, {"zh": "请回访", "en": "Call back"})])

    news = await heard(ann, "notice")
    assert (news["unread"], news["notices"][0]["title"]["zh"]) == (1, "请回访")
    assert await heard(bob, "notice", within=0.6) is None


async def test_what_was_missed_is_told_once_more_under_todays_rights(ears: Ears):
    made = await ears.house["ann"].post(
        LEADS, {"records": [{"name": "a", "phone": "13800000001"}, {"name": "b", "phone": "13800000002"}]}
    )
    await asyncio.sleep(0.4)

    async with begin(ears.world.engine) as db:
        changes = await changes_after(db, 0, writes=10_000, changes=100_000)
        touched = [(change.table_id, change.record) for change in changes]
        seen = [await visible(db, (await ears.open(who)).door.sight, touched) for who in ("ann", "eve")]

    assert seen[0]["lead"] == made["ids"]
    assert "lead" not in seen[1]


async def test_what_changed_while_a_page_was_loading_is_told_when_it_begins_to_listen(ears: Ears):
    before = ears.live.place.seq
    await ears.house["ann"].post(LEADS, {"name": "a", "phone": "13800000001"})
    await asyncio.sleep(0.6)

    assert ears.live.just_now.seq == before < ears.live.place.seq


async def test_who_joins_while_others_are_being_told_is_told_too(ears: Ears, monkeypatch: pytest.MonkeyPatch):
    ann = await ears.open("ann")
    late: list[tuple[Listener, Place]] = []
    put = Listener.put

    def put_and_open(listener: Listener, event: str, data: Any, seq: int | None = None) -> None:
        put(listener, event, data, seq)
        if listener is ann and event == "changes" and not late:
            # Greeted in the middle of the telling, with the place before it.
            other = Listener(ann.door)
            late.append((other, ears.live.place))
            ears.live.join(other)

    monkeypatch.setattr(Listener, "put", put_and_open)
    [id] = (await ears.house["ann"].post(LEADS, {"name": "a", "phone": "13800000001"}))["ids"]

    assert (await heard(ann, "changes"))["tables"]["lead"] == [id]
    [(other, greeted)] = late
    assert (await heard(other, "changes"))["tables"]["lead"] == [id]
    assert greeted.seq < ears.live.place.seq


async def test_a_notice_that_came_while_a_page_was_loading_rings_when_it_begins_to_listen(ears: Ears):
    async with begin(ears.world.engine) as db:
        await tell(db, [Notice(ears.house["ann"].id, {"zh": "请回访", "en": "Call back"})])
    await asyncio.sleep(0.6)

    greeted = {who: await greeted_with(ears, who) for who in ("ann", "bob")}

    assert "请回访" in greeted["ann"]
    assert "event: notice" not in greeted["bob"]


async def greeted_with(ears: Ears, who: str) -> str:
    """What the live door says first."""
    listener = await ears.open(who)
    scope: dict[str, Any] = {"type": "http", "headers": []}
    greeting = stream(ears.live, Request(scope), listener, ears.live.place)
    told = b""
    try:
        while True:
            told += await asyncio.wait_for(anext(greeting), 0.5)
    except TimeoutError:
        return told.decode()


async def test_a_browser_that_is_too_slow_is_told_to_load_everything(ears: Ears):
    listener = await ears.open("ann")

    for i in range(500):
        listener.put("changes", {"tables": {"lead": [i]}})

    events = []
    while not listener.queue.empty():
        events.append(listener.queue.get_nowait())
    assert b"event: reset" in b"".join(events)
    assert len(events) <= 200
