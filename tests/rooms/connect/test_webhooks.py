"""Webhooks end to end: the door, the reader of the log, the job, and a real receiver."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.house import House, open_house
from tests.rooms.connect.receiver import Receiver
from tuoke.bus.log import number_writes
from tuoke.connect import outbox, sender
from tuoke.connect.signature import signed
from tuoke.kit.database import Engine, begin
from tuoke.kit.settings import Settings
from tuoke.workers import webhooks
from tuoke.workers.handlers import HANDLERS
from tuoke.workers.jobs import JobRunner

LEAD = {"name": "云海科技", "company": "云海", "phone": "13800138000", "source": "website"}


class World:
    """A house, a receiver, and a worker that works when told to."""

    def __init__(self, house: House, receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
        self.house, self.receiver, self._monkeypatch = house, receiver, monkeypatch
        self.world = house.app.state.world
        self.world.settings = Settings(
            data=self.world.settings.data, database=self.world.settings.database, webhooks_local=True
        )

    async def hook(self, **more: Any) -> dict[str, Any]:
        asked = {
            "name": "ERP",
            "url": self.receiver.url,
            "tables": ["lead"],
            "events": ["created", "updated"],
        }
        return await self.house.admin.post("/webhooks", {**asked, **more})

    async def work(self, later: timedelta = timedelta()) -> None:
        """Read the log and do the jobs that are due, at a moment `later` than now."""
        await number_log(self.world)
        while await webhooks.read_on(self.world):
            pass
        moment = datetime.now(UTC) + later
        self._monkeypatch.setattr(webhooks, "utc_now", lambda: moment)
        if later:
            async with self.world.engine.begin() as db:
                await db.exec_driver_sql("update jobs.pgqueuer set execute_after = now() - interval '1 s'")
        await JobRunner(self.world, HANDLERS).run_due()

    async def create(self, **more: Any) -> dict[str, Any]:
        [made] = (await self.house.admin.post("/tables/lead/records", {**LEAD, **more}))["ids"]
        return {"id": made}

    async def patch(self, lead: dict[str, Any], version: int, **more: Any) -> None:
        row = {"id": lead["id"], "version": version, **more}
        await self.house.admin.patch("/tables/lead/records", {"records": [row]})

    async def deliveries(self, hook: int, **asked: Any) -> list[dict[str, Any]]:
        return (await self.house.admin.get(f"/webhooks/{hook}/deliveries", **asked))["deliveries"]


async def number_log(world: Any) -> None:
    async with begin(world.engine) as db:
        await number_writes(db)


@pytest_asyncio.fixture
async def w(firm_workspace: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    async with open_house(firm_workspace, tmp_path) as house, Receiver() as receiver:
        yield World(house, receiver, monkeypatch)


async def test_a_creation_is_told_once_and_signed(w: World):
    hook = await w.hook()
    lead = await w.create()
    await w.work()
    await w.work()

    [told] = w.receiver.heard
    assert told.json["type"] == "lead.created"
    assert told.json["record"]["id"] == lead["id"]
    assert told.json["record"]["name"] == "云海科技"
    at = datetime.fromtimestamp(int(told.headers["webhook-timestamp"]), UTC)
    expected = signed(hook["secret"], told.headers["webhook-id"], at, told.body)
    assert told.headers["webhook-signature"] == expected["webhook-signature"]
    [delivery] = await w.deliveries(hook["id"])
    assert (delivery["state"], delivery["status"], delivery["attempts"]) == ("delivered", 200, 1)


async def test_an_update_tells_what_changed_and_only_of_fields_asked_for(w: World):
    await w.hook(events=["updated"], fields=["grade"])
    lead = await w.create()
    await w.patch(lead, 1, remark="再联系")
    await w.patch(lead, 2, grade="A")
    await w.work()

    [told] = w.receiver.heard
    assert told.json["changes"] == [{"field": "grade", "from": None, "to": "A"}]


async def test_what_was_there_before_and_other_tables_are_no_news(w: World):
    await w.create()
    await w.hook()
    await w.house.admin.post("/tables/account/records", {"name": "云海科技"})
    await w.work()

    assert w.receiver.heard == []


async def test_a_receiver_that_is_down_hears_it_later_the_same_letter_by_letter(w: World):
    hook = await w.hook()
    w.receiver.answers = ["500 Oops", "503 Busy"]
    lead = await w.create()
    await w.work()
    await w.patch(lead, 1, name="改名")
    await w.work(later=timedelta(seconds=15))
    await w.work(later=timedelta(seconds=90))
    await w.work(later=timedelta(minutes=10))

    creations = [told for told in w.receiver.heard if told.json["type"] == "lead.created"]
    assert len(creations) >= 2
    assert {told.body for told in creations} == {creations[0].body}
    assert {told.headers["webhook-id"] for told in creations} == {creations[0].headers["webhook-id"]}
    assert {d["state"] for d in await w.deliveries(hook["id"])} == {"delivered"}


async def test_one_that_never_answers_fails_in_the_end_with_the_reason_and_can_be_sent_again(
    w: World, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(outbox, "WAITS", (timedelta(seconds=1),) * 2)
    hook = await w.hook()
    w.receiver.answers = ["404 Not Found"] * 3
    await w.create()
    for minutes in (0, 1, 2, 3, 4):
        await w.work(later=timedelta(minutes=minutes))

    [delivery] = await w.deliveries(hook["id"], state="failed")
    assert (delivery["attempts"], delivery["status"]) == (3, 404)
    assert "404" in delivery["reason"]
    first = w.receiver.heard[0]
    answer = await w.house.admin.post(f"/webhooks/{hook['id']}/replay", {"deliveries": [delivery["id"]]})
    await w.work(later=timedelta(minutes=5))

    assert answer == {"queued": 1}
    assert w.receiver.heard[-1].body == first.body
    assert (await w.deliveries(hook["id"]))[0]["state"] == "delivered"


async def test_when_nobody_listens_the_others_wait_instead_of_knocking_too(
    w: World, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sender, "AT_ONCE", 1)
    hook = await w.hook()
    w.receiver.answers = ["500 Oops"] * 100
    for number in range(20):
        await w.create(phone=f"138001380{number:02d}")
    await w.work()

    assert len(w.receiver.heard) == outbox.PATIENT_FAILURES
    assert len(await w.deliveries(hook["id"], state="queued")) == 20
    w.receiver.answers = []
    await w.house.admin.patch(f"/webhooks/{hook['id']}", {"active": True})
    await w.house.admin.post(f"/webhooks/{hook['id']}/ping")
    await w.work(later=timedelta(hours=1))
    await w.work(later=timedelta(hours=2))

    assert {d["state"] for d in await w.deliveries(hook["id"])} == {"delivered"}


async def test_while_nobody_listens_one_job_waits_however_much_happens(
    w: World, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sender, "AT_ONCE", 1)
    await w.hook()
    w.receiver.answers = ["500 Oops"] * 100
    for number in range(12):
        await w.create(phone=f"138001381{number:02d}")
        await w.work()
    async with w.world.engine.begin() as db:
        waiting = await db.exec_driver_sql("select count(*) from bus.job where state = 'queued'")

    # One for each moment something is due again, of which there are few; not one for each change.
    assert waiting.scalar_one() <= outbox.PATIENT_FAILURES + 1


async def test_everything_since_a_moment_can_be_sent_again(w: World):
    hook = await w.hook()
    for number in range(3):
        await w.create(phone=f"1380013800{number}")
    await w.work()
    since = (datetime.now(UTC) - timedelta(hours=1)).isoformat()
    answer = await w.house.admin.post(f"/webhooks/{hook['id']}/replay", {"since": since})
    await w.work()

    assert answer == {"queued": 3}
    assert len(w.receiver.heard) == 6


async def test_a_stretch_read_twice_is_told_once(w: World):
    hook = await w.hook()
    await w.create()
    await w.work()
    async with w.world.engine.begin() as db:
        await db.exec_driver_sql("update bus.position set seq = 0 where reader = 'webhooks'")
    await w.work()

    assert len(w.receiver.heard) == 1
    assert len(await w.deliveries(hook["id"])) == 1


async def test_two_senders_share_the_messages(w: World):
    hook = await w.hook()
    for number in range(30):
        await w.create(phone=f"138001380{number:02d}")
    await number_log(w.world)
    await webhooks.read_on(w.world)
    async with w.world.engine.begin() as db:
        one = await outbox.take(db, hook["id"], datetime.now(UTC), 20)
        async with w.world.engine.begin() as other:
            two = await outbox.take(other, hook["id"], datetime.now(UTC), 20)

    assert (len(one), len(two)) == (20, 10)
    assert not {m.id for m in one} & {m.id for m in two}


async def test_what_a_sender_held_when_it_died_is_sent_by_the_next(w: World):
    hook = await w.hook()
    await w.create()
    await number_log(w.world)
    await webhooks.read_on(w.world)
    now = datetime.now(UTC)
    async with begin(w.world.engine) as db:
        [held] = await outbox.take(db, hook["id"], now, 20)
    async with begin(w.world.engine) as db:
        soon = await outbox.take(db, hook["id"], now, 20)
        later = await outbox.take(db, hook["id"], now + outbox.LEASE, 20)

    assert soon == []
    assert [m.id for m in later] == [held.id]


@pytest.mark.parametrize("who", ["ann", "leader"])
async def test_only_administrators_come_in(w: World, who: str):
    hook = await w.hook()
    for method, path, body in (
        ("GET", "/webhooks", None),
        (
            "POST",
            "/webhooks",
            {"name": "x", "url": w.receiver.url, "tables": ["lead"], "events": ["created"]},
        ),
        ("PATCH", f"/webhooks/{hook['id']}", {"active": False}),
        ("DELETE", f"/webhooks/{hook['id']}", None),
        ("POST", f"/webhooks/{hook['id']}/secret", None),
        ("POST", f"/webhooks/{hook['id']}/ping", None),
        ("POST", f"/webhooks/{hook['id']}/replay", {}),
        ("GET", f"/webhooks/{hook['id']}/deliveries", None),
    ):
        assert (await w.house[who].send(method, path, json=body)).status_code == 403, (method, path)


async def test_the_secret_is_told_once_and_a_new_one_signs_from_then_on(w: World):
    hook = await w.hook()
    listed = (await w.house.admin.get("/webhooks"))["webhooks"]
    renewed = await w.house.admin.post(f"/webhooks/{hook['id']}/secret")
    await w.create()
    await w.work()

    assert "secret" not in listed[0]
    [told] = w.receiver.heard
    at = datetime.fromtimestamp(int(told.headers["webhook-timestamp"]), UTC)
    expected = signed(renewed["secret"], told.headers["webhook-id"], at, told.body)
    assert told.headers["webhook-signature"] == expected["webhook-signature"]


async def test_one_taken_out_of_service_hears_nothing_more(w: World):
    hook = await w.hook()
    await w.create()
    await w.house.admin.delete(f"/webhooks/{hook['id']}")
    await w.work()

    assert w.receiver.heard == []
    assert (await w.house.admin.get("/webhooks"))["webhooks"] == []


async def test_nothing_is_told_in_the_name_of_somebody_who_left(w: World):
    hook = await w.hook()
    new = {"email": "second@tuoke.test", "name": "second", "password": "ocean-lamp-4711", "roles": ["admin"]}
    second = (await w.house.admin.post("/users", new))["id"]
    async with w.world.engine.begin() as db:
        await db.exec_driver_sql(f"update tuoke.webhook set user_id = {second}")
    await w.create()
    await w.house.admin.patch(f"/users/{second}", {"active": False})
    await w.work()

    assert w.receiver.heard == []
    assert [d["state"] for d in await w.deliveries(hook["id"])] == ["skipped"]
