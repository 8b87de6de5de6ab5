"""A large export: it tells how far it is, may be stopped, survives the worker, and is nobody else's."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import psutil
import pytest

from tests.house import Client
from tests.office import Office
from tests.rooms.transfer.test_exporting import csv_rows, fill, xlsx_rows
from tuoke.bus import jobs
from tuoke.kit.clock import utc_now
from tuoke.kit.database import begin, run_sql
from tuoke.kit.errors import Forbidden
from tuoke.kit.storage import Files
from tuoke.transfer import export_job
from tuoke.transfer.export_job import run_export
from tuoke.workers.housekeeping import tidy


class Died(BaseException):
    """Stands for kill -9: nothing below may catch it."""


async def ask(office: Office, who: Client | None = None, **asked: Any) -> int:
    made = await (who or office.house.admin).post("/tables/lead/exports", {"format": "csv", **asked})
    return made["job"]


async def own(who: Client) -> list[dict[str, Any]]:
    return (await who.get("/exports"))["exports"]


async def fetch(who: Client, url: str) -> Any:
    return await who.http.get(url)


async def take(office: Office) -> jobs.Job:
    async with begin(office.world.engine) as db:
        job = await jobs.take(db, uuid4(), [export_job.KIND])
    assert job is not None
    return job


async def take_over(office: Office) -> jobs.Job:
    async with begin(office.world.engine) as db:
        await run_sql(db, "update jobs.pgqueuer set heartbeat = '-infinity'")
    return await take(office)


async def many(office: Office, pages: int = 3) -> None:
    for part in range(pages):
        rows = [{"phone": f"138{part:04d}{n:04d}"} for n in range(900)]
        await office.house.admin.post("/tables/lead/records", {"records": rows})


def stored_files(office: Office) -> list[str]:
    return list(Files(office.world.settings.files).keys())


def writers() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if "write_file" in " ".join(child.cmdline())]


async def test_what_is_asked_for_is_done_in_the_background_and_fetched(office: Office) -> None:
    await fill(office)
    asked = {"fields": "name,phone", "sort": "-id", "filter": '{"field":"name","op":"not_empty"}'}

    await ask(office, **asked)
    [waiting] = await own(office.house.admin)
    await office.work()
    [done] = await own(office.house.admin)
    sent = await fetch(office.house.admin, done["url"])

    assert (waiting["state"], waiting["records"], waiting["url"]) == ("queued", 1, None)
    assert (done["state"], done["progress"], done["records"]) == ("done", 1, 1)
    assert re.fullmatch(r"线索-\d{8}-\d{4}\.csv", done["name"])
    assert csv_rows(sent.content) == [["姓名", "手机"], ["王芳", "13800000001"]]
    assert (len(sent.content), sent.headers["cache-control"]) == (done["size"], "no-store")


async def test_a_workbook_too(office: Office) -> None:
    await fill(office)

    await ask(office, format="xlsx", fields="name", search="王芳")
    await office.work()

    [done] = await own(office.house.admin)
    assert xlsx_rows((await fetch(office.house.admin, done["url"])).content) == [["姓名"], ["王芳"]]


async def test_what_the_list_would_refuse_is_refused_at_once_and_audited_when_it_is_not(
    office: Office,
) -> None:
    no_right = await office.house["ann"].send("POST", "/tables/lead/exports", json={"format": "csv"})
    no_filter = await office.house.admin.send("POST", "/tables/lead/exports", json={"filter": "{"})
    await ask(office, fields="phone")

    assert (no_right.status_code, no_filter.status_code) == (403, 422)
    [entry] = (await office.house.admin.get("/audit", action="records.exported"))["entries"]
    assert entry["facts"] == {"table": "lead", "format": "csv", "records": 0, "fields": ["phone"]}


async def test_how_far_it_is_is_told_while_it_runs(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    await many(office)
    monkeypatch.setattr(export_job, "_TELL_S", 0)
    await ask(office)
    shares: list[float] = []
    note = jobs.note

    async def listen(db: Any, job: jobs.Job, share: float) -> None:
        await note(db, job, share)
        shares.append(share)

    monkeypatch.setattr(jobs, "note", listen)
    await run_export(office.world, await take(office))

    assert len(shares) == 4
    assert shares == sorted(shares)
    assert shares[0] == pytest.approx(0.97 * 1000 / 2700)
    assert shares[-1] < 1
    [running] = await own(office.house.admin)
    assert running["progress"] == pytest.approx(0.99)


@pytest.mark.parametrize("dies_at", [1, 4])
async def test_after_a_death_the_next_worker_begins_anew_and_no_half_file_is_offered(
    office: Office, monkeypatch: pytest.MonkeyPatch, dies_at: int
) -> None:
    await many(office)
    monkeypatch.setattr(export_job, "_TELL_S", 0)
    await ask(office, fields="phone")
    steps, note = 0, jobs.note

    async def die(*given: Any) -> None:
        nonlocal steps
        steps += 1
        if steps == dies_at:
            raise Died
        await note(*given)

    monkeypatch.setattr(jobs, "note", die)
    with pytest.raises(Died):
        await run_export(office.world, await take(office))
    [between] = await own(office.house.admin)

    job = await take_over(office)
    result = await run_export(office.world, job)
    async with begin(office.world.engine) as db:
        await jobs.finish(db, job, result)

    assert (between["state"], between["url"]) == ("running", None)
    [done] = await own(office.house.admin)
    assert len(csv_rows((await fetch(office.house.admin, done["url"])).content)) == 2701
    assert len(stored_files(office)) == 1
    assert not list((office.world.settings.data / "spool").iterdir())


async def test_a_job_that_kills_its_worker_every_time_is_given_up(office: Office) -> None:
    await many(office, 1)
    await ask(office)
    job = await take(office)
    for _ in range(jobs.MAX_BROKEN_OFF):
        async with begin(office.world.engine) as db:
            await jobs.note(db, job, 0.5)
        job = await take_over(office)

    assert job.attempts > jobs.MAX_BROKEN_OFF


async def test_stopping_it_ends_its_process_and_leaves_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    await many(office)
    monkeypatch.setattr(export_job, "_TELL_S", 0)
    id = await ask(office)
    job = await take(office)
    admin, note = office.house.admin, jobs.note

    async def stop(*given: Any) -> None:
        monkeypatch.setattr(jobs, "note", note)
        await admin.delete(f"/exports/{id}")
        await note(*given)

    monkeypatch.setattr(jobs, "note", stop)
    with pytest.raises(jobs.Superseded):
        await run_export(office.world, job)

    assert await own(admin) == []
    assert not writers()
    assert not stored_files(office)
    assert not list((office.world.settings.data / "spool").iterdir())


async def test_stopped_at_the_last_moment_it_keeps_no_file(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fill(office)
    id = await ask(office)
    job = await take(office)
    save = Files.save

    async def stop(self: Files, *given: Any, **more: Any) -> Any:
        stored = await save(self, *given, **more)
        await office.house.admin.delete(f"/exports/{id}")
        return stored

    monkeypatch.setattr(Files, "save", stop)
    with pytest.raises(jobs.Superseded):
        await run_export(office.world, job)

    assert not stored_files(office)


async def test_one_that_waits_is_stopped_before_it_begins(office: Office) -> None:
    await fill(office)
    id = await ask(office)

    await office.house.admin.delete(f"/exports/{id}")
    await office.work()

    assert await own(office.house.admin) == []
    assert not stored_files(office)


async def test_it_is_nobody_elses(office: Office) -> None:
    await fill(office)
    leader, admin = office.house["leader"], office.house.admin
    id = await ask(office, leader)
    await office.work()
    [done] = await own(leader)

    seen = [await own(admin), (await fetch(admin, done["url"])).status_code]
    removed = await admin.send("DELETE", f"/exports/{id}")

    assert seen == [[], 404]
    assert removed.status_code == 404
    assert (await fetch(leader, done["url"])).status_code == 200


async def test_who_is_switched_off_fetches_nothing_and_what_he_asked_for_stops(office: Office) -> None:
    await fill(office)
    leader = office.house["leader"]
    await ask(office, leader)
    await office.work()
    [done] = await own(leader)
    await ask(office, leader)

    await office.house.admin.patch(f"/users/{leader.id}", {"active": False})

    assert (await fetch(leader, done["url"])).status_code == 401
    with pytest.raises(Forbidden, match="switched off"):
        await run_export(office.world, await take(office))


async def test_who_loses_the_right_before_it_begins_gets_nothing(office: Office) -> None:
    await fill(office)
    leader = office.house["leader"]
    await ask(office, leader)

    await office.house.admin.patch(f"/users/{leader.id}", {"roles": ["rep"]})
    await office.work()

    [failed] = await own(leader)
    assert (failed["state"], failed["url"]) == ("failed", None)
    assert "导出" in failed["error"]["detail"]


async def test_rows_are_those_its_owner_may_export(office: Office) -> None:
    await fill(office)
    await ask(office, office.house["leader"], fields="phone")
    await office.work()

    [done] = await own(office.house["leader"])
    sent = await fetch(office.house["leader"], done["url"])
    assert csv_rows(sent.content) == [["手机"], ["13800000001"]]


async def test_the_file_is_gone_after_a_day_or_when_it_is_removed(office: Office) -> None:
    await fill(office)
    admin, now = office.house.admin, utc_now()
    first, second = await ask(office), await ask(office)
    await office.work()
    kept = {export["job"]: export["url"] for export in await own(admin)}

    await admin.delete(f"/exports/{first}")
    removed = (await fetch(admin, kept[first])).status_code
    await tidy(office.world, now + timedelta(hours=23))
    still = (await fetch(admin, kept[second])).status_code
    await tidy(office.world, now + timedelta(hours=25))

    assert (removed, still) == (404, 200)
    assert (await fetch(admin, kept[second])).status_code == 404
    assert not stored_files(office)


async def test_a_narrowed_key_exports_no_more_than_it_may(office: Office) -> None:
    await fill(office)
    await ask(office)
    job = await take(office)
    narrowed = jobs.Job(
        job.id, job.kind, {**job.payload, "actions": ["read"]}, {}, job.by, job.taken, 1, job.queued
    )

    with pytest.raises(Forbidden):
        await run_export(office.world, narrowed)


async def test_two_run_side_by_side(office: Office) -> None:
    await many(office)
    await ask(office, fields="phone", sort="phone")
    await ask(office, fields="phone", sort="-phone", format="xlsx")

    results = await asyncio.gather(
        run_export(office.world, await take(office)), run_export(office.world, await take(office))
    )

    assert [result["records"] for result in results] == [2700, 2700]


async def test_no_record_opens_somebody_elses_file_or_keeps_one_that_expires(office: Office) -> None:
    await fill(office)
    leader, ann = office.house["leader"], office.house["ann"]
    await ask(office, leader)
    await office.work()
    [done] = await own(leader)
    export = int(done["url"].rsplit("/", 1)[1])
    stored = await leader.send("POST", "/files", files={"file": ("a.txt", b"secret")})
    other = stored.json()["id"]

    def hang(file: int) -> dict[str, Any]:
        return {"content": "拜访", "photos": [file]}

    stolen = await ann.send("POST", "/tables/activity/records", json=hang(other))
    kept = await leader.send("POST", "/tables/activity/records", json=hang(export))
    own_file = await leader.send("POST", "/tables/activity/records", json=hang(other))

    assert [list(one.json()["fields"]) for one in (stolen, kept)] == [["photos"], ["photos"]]
    assert own_file.status_code == 201, own_file.text


async def test_what_is_done_is_fetched_only_with_the_right_it_took(office: Office) -> None:
    await fill(office)
    leader = office.house["leader"]
    made = await leader.post("/api_keys", {"name": "script", "tables": ["task"]})
    key = {"Authorization": f"Bearer {made['key']}"}
    id = await ask(office, leader)
    await office.work()
    [done] = await own(leader)

    by_key = [
        (await leader.http.get("/api/v1/exports", headers=key)).json()["exports"],
        (await leader.http.get(done["url"], headers=key)).status_code,
        (await leader.http.delete(f"/api/v1/exports/{id}", headers=key)).status_code,
    ]
    before = (await fetch(leader, done["url"])).status_code
    await office.house.admin.patch(f"/users/{leader.id}", {"roles": ["rep"]})

    assert by_key == [[], 404, 404]
    assert before == 200
    assert (await fetch(leader, done["url"])).status_code == 404
    assert await own(leader) == []


async def test_nobody_fills_the_queue_with_exports(office: Office) -> None:
    await fill(office)
    for _ in range(export_job.MOST_AT_ONCE):
        await ask(office)

    refused = await office.house.admin.send("POST", "/tables/lead/exports", json={"format": "csv"})
    others = await office.house["leader"].send("POST", "/tables/lead/exports", json={"format": "csv"})

    assert refused.status_code == 409
    assert others.status_code == 202


async def test_without_a_field_one_may_see_there_are_rows_of_nothing(office: Office) -> None:
    await fill(office)

    answer = await office.house.admin.send(
        "GET", "/tables/lead/export", params={"fields": "id", "format": "csv"}
    )

    assert answer.status_code == 200
