"""What an import stands: the worker's death at any point, a second import beside it, rights withdrawn, an undo."""

from __future__ import annotations

import asyncio
import csv
from pathlib import Path
from typing import Any
from uuid import uuid4

import psutil
import pytest

from tests.office import Office
from tuoke.bus import jobs
from tuoke.kit.database import begin, run_sql
from tuoke.transfer import importing, reading
from tuoke.transfer.importing import run_import


class Died(BaseException):
    """Stands for kill -9: nothing below may catch it."""


def leads(folder: Path, phones: list[Any], name: str = "leads.csv", **more: str) -> Path:
    with (folder / name).open("w", newline="", encoding="gbk") as file:
        lines = csv.writer(file)
        lines.writerow(["姓名", "手机", *more])
        lines.writerows([f"客户{n}", phone, *more.values()] for n, phone in enumerate(phones))
    return folder / name


def phones(first: int, count: int) -> list[str]:
    return [f"138{n:08d}" for n in range(first, first + count)]


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "CHUNK", 10)


async def take(office: Office) -> jobs.Job:
    async with begin(office.world.engine) as db:
        job = await jobs.take(db, uuid4(), [importing.KIND])
    assert job is not None
    return job


async def take_over(office: Office) -> jobs.Job:
    """The worker that had the job gives no sign any more."""
    async with begin(office.world.engine) as db:
        await run_sql(db, "update jobs.pgqueuer set heartbeat = '-infinity'")
    return await take(office)


async def finish(office: Office, job: jobs.Job) -> dict[str, Any]:
    result = await run_import(office.world, job)
    async with begin(office.world.engine) as db:
        await jobs.finish(db, job, result)
    return result


@pytest.mark.parametrize("dies_at", [1, 3, 7])
async def test_after_a_death_the_next_worker_goes_on_and_nothing_is_lost_or_doubled(
    office: Office, monkeypatch: pytest.MonkeyPatch, dies_at: int
) -> None:
    wanted = phones(0, 60)
    content = [*wanted[:25], "bad", wanted[3], *wanted[25:], wanted[40]]
    await office.ask(leads(office.folder, content, 状态="已加微信"), office.house.admin)
    steps = 0
    progress = jobs.progress

    async def die(*given: Any) -> None:
        nonlocal steps
        steps += 1
        if steps == dies_at:
            raise Died
        await progress(*given)

    monkeypatch.setattr(jobs, "progress", die)
    with pytest.raises(Died):
        await run_import(office.world, await take(office))

    result = await finish(office, await take_over(office))

    assert (result["created"], result["faulty"], result["duplicates"]) == (60, 1, 2)
    assert sorted(r["phone"] for r in await office.records()) == [f"+86{phone}" for phone in wanted]
    assert len(await _book_lines(office, result)) == 3
    assert not list((office.world.settings.data / "spool").iterdir())
    [change_set] = (await office.house.admin.get("/change_sets"))["change_sets"]
    assert change_set["id"] == result["change_set"]


async def _book_lines(office: Office, result: dict[str, Any]) -> list[int]:
    import io

    import openpyxl

    sent = await office.house.admin.http.get(result["errors_url"])
    book = openpyxl.load_workbook(io.BytesIO(sent.content))
    return [row[-2] for page in book for row in page.iter_rows(min_row=2, values_only=True)]


async def test_a_worker_wrongly_thought_dead_stores_nothing_more(office: Office) -> None:
    await office.ask(leads(office.folder, phones(0, 30)), office.house.admin)
    slow, fresh = await take(office), await take_over(office)

    with pytest.raises(jobs.Superseded):
        await run_import(office.world, slow)

    assert (await finish(office, fresh))["created"] == 30
    assert len(await office.records()) == 30


async def test_two_imports_at_once_leave_each_phone_once(office: Office) -> None:
    one, two = leads(office.folder, phones(0, 80), "a.csv"), leads(office.folder, phones(40, 80), "b.csv")
    await office.ask(one, office.house.admin)
    await office.ask(two, office.house["leader"])
    first, second = await take(office), await take(office)

    results = await asyncio.gather(finish(office, first), finish(office, second))

    assert sum(r["created"] for r in results) == 120
    assert sum(r["duplicates"] for r in results) == 40
    assert len({r["phone"] for r in await office.records()}) == 120


async def test_two_imports_at_once_add_an_option_once_and_each_its_own(office: Office) -> None:
    for n in range(2):
        rows = [
            [f"客户{n}", phone, label]
            for phone, label in zip(phones(100 * n, 20), ["都有", f"仅{n}"] * 10, strict=True)
        ]
        path = leads(office.folder, [], f"{n}.csv", 状态="")
        with path.open("a", newline="", encoding="gbk") as file:
            csv.writer(file).writerows(rows)
        await office.ask(path, office.house.admin)

    first, second = await take(office), await take(office)
    await asyncio.gather(finish(office, first), finish(office, second))

    fields = (await office.house.admin.get("/tables/lead"))["fields"]
    labels = [c["label"]["zh"] for f in fields if f["key"] == "status" for c in f["options"]["choices"]]
    assert sorted(label for label in labels if label in ("都有", "仅0", "仅1")) == ["仅0", "仅1", "都有"]


async def test_who_loses_the_right_midway_imports_no_further(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    leader = office.house["leader"]
    await office.ask(leads(office.folder, phones(0, 60)), leader)
    progress = jobs.progress
    reached, withdrawn, steps = asyncio.Event(), asyncio.Event(), 0

    async def pause(*given: Any) -> None:
        nonlocal steps
        await progress(*given)
        steps += 1
        if steps == 2:
            reached.set()
            await withdrawn.wait()

    monkeypatch.setattr(jobs, "progress", pause)
    job = await take(office)
    running = asyncio.create_task(run_import(office.world, job))
    await reached.wait()
    await office.house.admin.patch(f"/users/{leader.id}", {"roles": ["rep"]})
    withdrawn.set()

    with pytest.raises(Exception, match="import"):
        await running

    assert 0 < len(await office.records()) < 60


async def test_a_file_whose_reader_dies_is_tried_again(office: Office) -> None:
    await office.ask(leads(office.folder, phones(0, 5000)), office.house.admin)
    running = asyncio.create_task(run_import(office.world, await take(office)))
    while not (children := _readers()):
        await asyncio.sleep(0.02)
    children[0].kill()

    with pytest.raises(Exception, match="unexpectedly"):
        await running

    assert not _readers()


def _readers() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if "send_rows" in " ".join(_words(child))]


def _words(child: psutil.Process) -> list[str]:
    """None of one that has ended meanwhile."""
    try:
        return child.cmdline()
    except psutil.Error:
        return []


async def test_leaving_an_import_ends_its_reader(office: Office) -> None:
    path = leads(office.folder, phones(0, 5000))
    async with reading.reading(path):
        assert _readers()

    assert not _readers()


async def test_an_undone_import_leaves_the_table_as_it_was(office: Office) -> None:
    await office.bring(leads(office.folder, phones(0, 15), "before.csv"))
    before = await office.records()
    fields = (await office.house.admin.get("/tables/lead"))["fields"]
    sheet = leads(office.folder, phones(5, 40), 状态="已加微信", 公司="西湖科技")
    result = await office.bring(sheet, mode="upsert")

    await office.house.admin.post(f"/changes/{result['change_set']}/undo")
    await office.work()

    def shown(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [{k: v for k, v in r.items() if k not in ("version", "updated_at")} for r in records]

    assert shown(await office.records()) == shown(before)
    assert (await office.house.admin.get("/tables/lead"))["fields"] == fields
