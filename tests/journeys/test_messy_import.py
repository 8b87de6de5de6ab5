"""A messy list of 5 000 rows comes in, exactly as the truth says, and goes again without a trace."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.journeys.messy import Messy, write_gbk, write_xlsx
from tests.office import Office

KNOWN = [f"+86137{n:08d}" for n in range(300)]


async def fill(office: Office) -> None:
    rows = [{"phone": phone, "name": f"老客户{n}"} for n, phone in enumerate(KNOWN)]
    await office.house.admin.post("/tables/lead/records", {"records": rows})


async def everything(office: Office) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    cursor: str | None = None
    while True:
        asked = {"sort": "id", "limit": 1000, **({"cursor": cursor} if cursor else {})}
        page = await office.house.admin.get("/tables/lead/records", **asked)
        found += page["records"]
        cursor = page["next"]
        if cursor is None:
            return found


@pytest.mark.parametrize(("seed", "write"), [(1, write_xlsx), (2, write_gbk)], ids=["xlsx", "gbk"])
async def test_a_messy_list_comes_in_as_the_truth_says_and_goes_without_a_trace(
    office: Office, seed: int, write: Callable[[Path, list[list[Any]]], Path]
) -> None:
    await fill(office)
    before, model = await everything(office), await office.house.admin.get("/tables/lead")
    messy = Messy(seed, KNOWN)
    path = write(office.folder / ("list.xlsx" if write is write_xlsx else "list.csv"), messy.rows)

    foreseen = await office.bring(path, dry_run=True)
    result = await office.bring(path)

    truth = messy.truth
    assert {name: result[name] for name in truth.counts()} == truth.counts()
    assert {name: foreseen["counts"][name] for name in truth.counts()} == truth.counts()
    await _records_are(office, messy)
    assert await _told_lines(office, result) == (truth.refused_lines, truth.repeated_lines)

    undo = await office.house.admin.post(f"/changes/{result['change_set']}/undo")
    await office.work()
    assert (await office.house.admin.get(f"/jobs/{undo['job']}"))["state"] == "done"
    assert await everything(office) == before
    assert (await office.house.admin.get("/tables/lead"))["fields"] == model["fields"]


async def _records_are(office: Office, messy: Messy) -> None:
    fields = (await office.house.admin.get("/tables/lead"))["fields"]
    [industry] = [f for f in fields if f["key"] == "industry"]
    labels = {c["key"]: c["label"]["zh"] for c in industry["options"]["choices"]}
    assert messy.truth.new_industries <= set(labels.values())
    records = {r["phone"]: r for r in await everything(office)}
    assert records.keys() == {*KNOWN, *messy.truth.records}
    for phone, wanted in messy.truth.records.items():
        record = records[phone]
        if wanted["industry"] in messy.truth.new_industries:
            record = {**record, "industry": labels[record["industry"]]}
        assert {key: record[key] for key in wanted} == wanted


async def _told_lines(office: Office, result: dict[str, Any]) -> tuple[list[int], list[int]]:
    sent = await office.house.admin.http.get(result["errors_url"])
    book = openpyxl.load_workbook(io.BytesIO(sent.content), read_only=True)
    lines = {page.title: [row[-2] for row in page.iter_rows(min_row=2, values_only=True)] for page in book}
    return lines["未导入"], lines["重复"]
