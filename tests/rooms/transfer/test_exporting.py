"""Exports at the HTTP surface: what the list shows, in words, safe to open, under the same rights."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import Any

import openpyxl
import pytest

from tests.house import Client
from tests.office import Office

FIELDS = "name,phone,status,amount,next_follow_at,owner,department,remark"


async def export(who: Client, format: str, table: str = "lead", **asked: Any) -> bytes:
    answer = await who.send("GET", f"/tables/{table}/export", params={"format": format, **asked})
    assert answer.is_success, answer.text
    assert "attachment" in answer.headers["content-disposition"]
    return answer.content


def csv_rows(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def xlsx_rows(content: bytes) -> list[list[Any]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [list(row) for row in book.active.iter_rows(values_only=True)]  # type: ignore[union-attr]


async def fill(office: Office) -> None:
    lead = {
        "name": "王芳",
        "phone": "13800000001",
        "status": "following",
        "amount": "1200.50",
        "next_follow_at": "2026-11-22T10:00:00+08:00",
        "owner": office.house["ann"].id,
        "remark": "=1+1",
    }
    await office.house.admin.post("/tables/lead/records", lead)
    await office.house.admin.post(
        "/tables/lead/records", {"phone": "0571-88886666转801", "owner": office.house["eve"].id}
    )


async def test_a_workbook_shows_words_numbers_and_clock_times(office: Office) -> None:
    await fill(office)

    content = await export(office.house.admin, "xlsx", fields=FIELDS, sort="id")

    assert xlsx_rows(content) == [
        ["姓名", "手机", "状态", "预计金额", "下次跟进时间", "负责人", "所属部门", "备注"],
        [
            "王芳",
            "13800000001",
            "跟进中",
            1200.5,
            datetime(2026, 11, 22, 10),
            "ann",
            "North/North East",
            "=1+1",
        ],
        [None, "+8657188886666;ext=801", "新线索", None, None, "eve", "South", None],
    ]
    cell = openpyxl.load_workbook(io.BytesIO(content)).active["H2"]  # type: ignore[index]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


async def test_csv_shows_the_same_and_neutralises_formulas(office: Office) -> None:
    await fill(office)

    rows = csv_rows(await export(office.house.admin, "csv", fields=FIELDS, sort="id"))

    assert rows[1] == [
        *(
            "王芳",
            "13800000001",
            "跟进中",
            "1200.5",
            "2026-11-22 10:00:00",
            "ann",
            "North/North East",
            "'=1+1",
        ),
    ]


async def test_it_is_filtered_sorted_and_searched_like_the_list(office: Office) -> None:
    await office.house.admin.post(
        "/tables/lead/records",
        {"records": [{"name": f"客户{n % 3}", "phone": f"1380000000{n}"} for n in range(9)]},
    )
    asked = {"filter": '{"field":"name","op":"eq","value":"客户1"}', "sort": "-phone", "fields": "phone"}

    rows = csv_rows(await export(office.house.admin, "csv", **asked))

    assert [row[0][-1] for row in rows[1:]] == ["7", "4", "1"]


async def test_all_pages_are_exported_whatever_the_limit(office: Office) -> None:
    for part in range(3):
        rows = [{"phone": f"138{part:04d}{n:04d}"} for n in range(900)]
        await office.house.admin.post("/tables/lead/records", {"records": rows})

    rows = csv_rows(await export(office.house.admin, "csv", fields="phone", sort="phone", limit=5, offset=7))

    assert [row[0] for row in rows[1:]] == sorted(
        f"138{part:04d}{n:04d}" for part in range(3) for n in range(900)
    )


@pytest.mark.parametrize(("name", "phones"), [("admin", 2), ("leader", 1)])
async def test_everybody_exports_what_he_may_and_no_more(office: Office, name: str, phones: int) -> None:
    await fill(office)

    assert len(xlsx_rows(await export(office.house[name], "xlsx"))) == 1 + phones


async def test_who_may_not_export_is_refused(office: Office) -> None:
    answer = await office.house["ann"].send("GET", "/tables/lead/export")

    assert answer.status_code == 403


async def test_an_export_right_narrower_than_reading_is_kept(office: Office) -> None:
    await fill(office)
    grant = {"tables": ["lead"], "read": ["all"], "actions": {"export": ["own"]}}
    seller = {"key": "seller", "label": {"zh": "销售", "en": "Seller"}, "grants": [grant]}
    await office.house.admin.post("/roles", seller)
    await office.house.admin.patch(f"/users/{office.house['ann'].id}", {"roles": ["seller"]})

    rows = csv_rows(await export(office.house["ann"], "csv", fields="name"))

    assert rows[1:] == [["王芳"]]
    assert len(await office.records(office.house["ann"])) == 2


async def test_an_export_is_audited(office: Office) -> None:
    await fill(office)

    await export(office.house.admin, "csv", fields="phone")

    [entry] = (await office.house.admin.get("/audit", action="records.exported"))["entries"]
    assert entry["facts"] == {"table": "lead", "format": "csv", "records": 2, "fields": ["phone"]}


async def test_what_was_exported_can_be_imported_again(office: Office) -> None:
    await fill(office)
    before = await office.records()
    path = office.folder / "again.xlsx"
    path.write_bytes(await export(office.house.admin, "xlsx", fields=FIELDS))

    result = await office.bring(path, mode="upsert")

    assert (result["updated"], result["unchanged"], result["faulty"], result["warnings"]) == (2, 2, 0, 0)
    assert await office.records() == before


async def test_the_bin_is_exported_only_by_who_may_look_into_it(office: Office) -> None:
    await fill(office)
    grant = {"tables": ["lead"], "read": ["all"], "actions": {"export": ["all"]}}
    await office.house.admin.post(
        "/roles", {"key": "clerk", "label": {"zh": "文员", "en": "Clerk"}, "grants": [grant]}
    )
    await office.house.admin.patch(f"/users/{office.house['ann'].id}", {"roles": ["clerk"]})

    living = await office.house["ann"].send("GET", "/tables/lead/export", params={"format": "csv"})
    bin = await office.house["ann"].send(
        "GET", "/tables/lead/export", params={"format": "csv", "deleted": "true"}
    )

    assert (living.status_code, bin.status_code) == (200, 403)
