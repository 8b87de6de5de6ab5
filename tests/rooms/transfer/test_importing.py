"""Imports at the HTTP surface, done by a worker: what becomes of every row, and what is told."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from tests.office import Office

HEADINGS = ["姓名", "手机号", "公司名称", "状态", "预计金额", "下次跟进", "负责人"]


def row(phone: Any, name: str = "王芳", **more: Any) -> list[Any]:
    known = {"company": "", "status": "", "amount": "", "next": "", "owner": "", **more}
    return [name, phone, *known.values()]


def figures(result: dict[str, Any]) -> dict[str, int]:
    names = ("created", "updated", "duplicates", "faulty", "warnings", "blank")
    return {name: result[name] for name in names if result[name]}


async def test_rows_become_records(office: Office) -> None:
    full = row(
        "138 1234 5678",
        company="西湖科技",
        status="跟进中",
        amount="¥1,200.50",
        next="2026-11-22 10:00",
        owner="ann",
    )

    result = await office.bring(office.sheet([HEADINGS, full]))

    assert figures(result) == {"created": 1}
    [record] = await office.records()
    wanted = {
        "name": "王芳",
        "phone": "+8613812345678",
        "company": "西湖科技",
        "status": "following",
        "amount": "1200.50",
    }
    assert {key: record[key] for key in wanted} == wanted
    assert record["next_follow_at"] == "2026-11-22T02:00:00+00:00"
    assert record["owner"] == office.house["ann"].id
    assert record["department"] == office.house.departments["North East"], "the owner's department"


async def test_each_row_finds_its_own_fate(office: Office) -> None:
    await office.bring(office.sheet([HEADINGS, row("13800000001")]))
    rows = [
        row("13800000001"),  # in the table
        row("13800000002"),
        row("138-0000-0002"),  # in the file
        row("1380000"),  # faulty
        row(""),  # faulty
        [None] * len(HEADINGS),  # blank
        row("13800000003", amount="面议", next="2026-02-30"),  # two warnings
        row("13800000004/13800000005"),  # a warning
    ]

    result = await office.bring(office.sheet([HEADINGS, *rows]))

    assert figures(result) == {"created": 3, "duplicates": 2, "faulty": 2, "warnings": 3, "blank": 1}
    assert [r["phone"] for r in await office.records()] == [f"+861380000000{n}" for n in (1, 2, 3, 4)]


async def test_what_there_is_to_tell_stands_in_a_workbook(office: Office) -> None:
    rows = [row("1380000"), row("13800000001"), row("13800000001"), row("13800000002", amount="面议")]

    result = await office.bring(office.sheet([HEADINGS, *rows]))

    sent = await office.house.admin.http.get(result["errors_url"])
    book = openpyxl.load_workbook(io.BytesIO(sent.content))
    told = {page.title: [list(r)[-2:] for r in page.iter_rows(min_row=2, values_only=True)] for page in book}
    assert [line for line, _ in told["未导入"]] == [2]
    assert told["未导入"][0][1].startswith("手机：")
    assert told["重复"] == [[4, "与第 3 行重复"]]
    assert told["已导入但有提醒"][0][1].startswith("预计金额：不是数字：面议")


async def test_a_clean_import_has_no_workbook(office: Office) -> None:
    result = await office.bring(office.sheet([HEADINGS, row("13800000001")]))

    assert result["errors_url"] is None


async def test_an_update_finds_records_and_leaves_empty_cells_alone(office: Office) -> None:
    await office.bring(office.sheet([HEADINGS, row("13800000001", company="西湖科技"), row("13800000002")]))
    rows = [row("13800000001", "李伟"), row("13800000002"), row("13800000009")]

    result = await office.bring(office.sheet([HEADINGS, *rows]), mode="update", match=["phone"])

    assert figures(result) == {"updated": 2, "faulty": 1}
    assert result["unchanged"] == 1
    first, second = await office.records()
    assert (first["name"], first["company"], second["name"]) == ("李伟", "西湖科技", "王芳")


async def test_an_upsert_does_both(office: Office) -> None:
    await office.bring(office.sheet([HEADINGS, row("13800000001")]))

    result = await office.bring(
        office.sheet([HEADINGS, row("13800000001", "李伟"), row("13800000002")]), mode="upsert"
    )

    assert figures(result) == {"created": 1, "updated": 1}
    assert [r["name"] for r in await office.records()] == ["李伟", "王芳"]


async def test_records_can_be_matched_by_several_fields(office: Office) -> None:
    rows = [row("13800000001", "王芳", company="甲"), row("13800000002", "王芳", company="乙")]
    await office.bring(office.sheet([HEADINGS, *rows]))
    sheet = office.sheet(
        [["姓名", "公司", "备注"], ["王芳", "乙", "要发票"], ["王芳", "丙", "x"], ["王芳", "", "x"]]
    )

    result = await office.bring(sheet, mode="update", match=["name", "company"])

    assert figures(result) == {"updated": 1, "faulty": 2}
    assert [r["remark"] for r in await office.records()] == [None, "要发票"]


async def test_when_several_records_match_none_is_changed(office: Office) -> None:
    await office.bring(office.sheet([HEADINGS, row("13800000001"), row("13800000002")]))

    result = await office.bring(
        office.sheet([["姓名", "备注"], ["王芳", "x"]]), mode="update", match=["name"]
    )

    assert figures(result) == {"faulty": 1}


async def test_a_unique_value_that_is_taken_refuses_its_row_alone(office: Office) -> None:
    await office.bring(office.sheet([HEADINGS, *(row(f"1380000000{n}", f"客户{n}") for n in range(5))]))
    rows = [[f"客户{n}", "13800000004" if n == 2 else f"1390000000{n}"] for n in range(4)]

    result = await office.bring(office.sheet([["姓名", "手机"], *rows]), mode="update", match=["name"])

    assert figures(result) == {"updated": 3, "faulty": 1}
    assert [r["phone"][-11:-8] for r in await office.records()] == ["139", "139", "138", "139", "138"]


async def test_a_list_without_owners_lies_in_the_importers_pool(office: Office) -> None:
    await office.bring(office.sheet([HEADINGS, row("13800000001")]), office.house["leader"])

    [record] = await office.records()
    assert (record["owner"], record["department"]) == (None, office.house.departments["North"])


async def test_what_every_row_shares_can_be_told_once(office: Office) -> None:
    south = office.house.departments["South"]
    sheet = office.sheet([["手机", "来源"], ["13800000001", ""], ["13800000002", "官网"]])

    await office.bring(sheet, set={"department": south, "source": "list"})

    records = await office.records()
    assert [(r["department"], r["owner"], r["source"]) for r in records] == [
        (south, None, "list"),
        (south, None, "website"),
    ]
    assert len(await office.records(office.house["eve"])) == 2, "they lie in the pool of her department"


# --- options --------------------------------------------------------------------------------------


async def test_options_met_are_added_once_and_only_where_a_row_needs_them(office: Office) -> None:
    rows = [
        row("13800000001", status="已加微信"),
        row("13800000002", status="已加微信"),
        row("bad", status="没人要"),
    ]

    result = await office.bring(office.sheet([HEADINGS, *rows]))

    fields = (await office.house.admin.get("/tables/lead"))["fields"]
    labels = {
        c["key"]: c["label"]["zh"] for f in fields if f["key"] == "status" for c in f["options"]["choices"]
    }
    [added] = result["options_added"]["status"]
    assert labels[added] == "已加微信"
    assert "没人要" not in labels.values()
    assert {r["status"] for r in await office.records()} == {added}


@pytest.mark.parametrize(("way", "expected"), [("fault", {"faulty": 1}), ("empty", {"faulty": 1})])
async def test_unknown_options_of_a_required_field_refuse_their_row(
    office: Office, way: str, expected: dict[str, int]
) -> None:
    result = await office.bring(
        office.sheet([HEADINGS, row("13800000001", status="已加微信")]), unknown_option=way
    )

    assert figures(result) == expected


async def test_an_unknown_option_can_be_left_empty(office: Office) -> None:
    sheet = office.sheet([["手机", "行业"], ["13800000001", "新能源"]])

    result = await office.bring(sheet, unknown_option="empty")

    assert figures(result) == {"created": 1, "warnings": 1}


# --- refusals -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([["甲", "乙"], ["1", "2"]], "没有认出"),
        ([["姓名", "公司"], ["王芳", "x"]], "手机"),
        ([["姓名", "手机"]], "一行"),
    ],
)
async def test_a_file_that_makes_no_import_changes_nothing(
    office: Office, rows: list[list[Any]], words: str
) -> None:
    assert words in await office.refusal(office.sheet(rows))

    assert await office.records() == []
    assert (await office.house.admin.get("/change_sets"))["change_sets"] == []


async def test_a_broken_file_fails_with_the_way_out(office: Office) -> None:
    (office.folder / "a.xlsx").write_bytes(b"%PDF-1.4")

    assert "PDF" in await office.refusal(office.folder / "a.xlsx")


@pytest.mark.parametrize(
    "options",
    [
        {"mode": "replace"},
        {"set": {"no_such": 1}},
        {"set": {"status": "no_such"}},
        {"set": {"department": 999}},
        {"match": ["nothing"]},
        {"mode": "update", "match": []},
        {"no_such": 1},
        {"match": "phone"},
    ],
)
async def test_wrong_options_are_refused_at_once(office: Office, options: dict[str, Any]) -> None:
    sheet = office.sheet([HEADINGS, row("13800000001")])
    sent = {"file": (sheet.name, sheet.read_bytes())}

    import json

    answer = await office.house.admin.send(
        "POST", "/tables/lead/import", files=sent, data={"options": json.dumps(options)}
    )

    assert answer.status_code == 422


# --- rights ---------------------------------------------------------------------------------------


async def test_who_may_not_import_is_refused_at_the_door(office: Office) -> None:
    sheet = office.sheet([HEADINGS, row("13800000001")])

    answer = await office.house["ann"].send(
        "POST", "/tables/lead/import", files={"file": (sheet.name, sheet.read_bytes())}
    )

    assert answer.status_code == 403


async def test_rows_outside_the_importers_reach_are_refused_one_by_one(office: Office) -> None:
    rows = [row("13800000001", owner="ann"), row("13800000002", owner="eve"), row("13800000003")]

    result = await office.bring(office.sheet([HEADINGS, *rows]), office.house["leader"])

    assert figures(result) == {"created": 2, "faulty": 1}
    mine, pool = await office.records()
    assert (mine["owner"], mine["department"]) == (
        office.house["ann"].id,
        office.house.departments["North East"],
    )
    assert (pool["owner"], pool["department"]) == (None, office.house.departments["North"])


async def test_a_record_of_others_is_a_duplicate_of_which_nothing_is_told_and_nothing_is_changed(
    office: Office,
) -> None:
    await office.bring(office.sheet([HEADINGS, row("13800000001", owner="eve")]))
    leader = office.house["leader"]
    sheet = office.sheet([HEADINGS, row("13800000001", "李伟")])

    created = await office.bring(sheet, leader)
    upserted = await office.bring(sheet, leader, mode="upsert")

    assert figures(created) == {"duplicates": 1}
    assert figures(upserted) == {"faulty": 1}
    assert [r["name"] for r in await office.records()] == ["王芳"]


async def test_another_persons_file_cannot_be_imported(office: Office) -> None:
    sheet = office.sheet([HEADINGS, row("13800000001")])
    stored = await office.house.admin.send("POST", "/files", files={"file": (sheet.name, sheet.read_bytes())})

    answer = await office.house["leader"].send(
        "POST", "/tables/lead/import", json={"file": stored.json()["id"]}
    )

    assert answer.status_code == 404


# --- rehearsal ------------------------------------------------------------------------------------


async def test_a_dry_run_tells_what_would_happen_and_writes_nothing(office: Office) -> None:
    await office.bring(office.sheet([HEADINGS, row("13800000001")]))
    rows = [
        row("13800000001"),
        row("13800000002", status="已加微信", amount="面议"),
        row("bad"),
        row("13800000002"),
    ]
    sheet = office.sheet([["序号", *HEADINGS], *([n, *cells] for n, cells in enumerate(rows))])

    shown = await office.bring(sheet, dry_run=True)

    assert figures(shown["counts"]) == {"created": 1, "duplicates": 2, "faulty": 1, "warnings": 1}
    assert [c["field"] for c in shown["columns"]] == [
        *(None, "name", "phone", "company", "status", "amount", "next_follow_at", "owner"),
    ]
    assert shown["columns"][2]["samples"] == ["13800000001", "13800000002", "bad"]
    assert [r["outcome"] for r in shown["rows"]] == ["duplicate", "created", "faulty", "duplicate"]
    assert shown["rows"][1]["cells"]["phone"] == {"text": "13800000002", "value": "+8613800000002"}
    assert "面议" in shown["rows"][1]["cells"]["amount"]["warning"]
    assert shown["rows"][2]["cells"]["phone"]["fault"]
    assert shown["rows"][3]["note"] == "与第 3 行重复"
    assert shown["options_added"] == {"status": ["已加微信"]}
    assert len(await office.records()) == 1


@pytest.mark.parametrize("mode", ["create", "update", "upsert"])
async def test_a_dry_run_shows_a_file_whose_columns_are_still_to_be_told(office: Office, mode: str) -> None:
    sheet = office.sheet([["甲", "哪个号"], ["王芳", "13800000001"]])

    shown = await office.bring(sheet, dry_run=True, mode=mode, mapping={"甲": "name"})
    blind = await office.bring(sheet, dry_run=True, mode=mode)

    assert [column["field"] for column in shown["columns"]] == ["name", None]
    assert shown["counts"]["created"] == 0
    assert shown["counts"]["faulty"] == 1
    assert [column["samples"] for column in blind["columns"]] == [["王芳"], ["13800000001"]]
    assert blind["counts"]["created"] == 0
    assert "没有找到必填的列" in await office.refusal(sheet, mapping={"甲": "name"})


async def test_a_change_set_names_the_job_that_made_it(office: Office) -> None:
    job = await office.ask(office.sheet([HEADINGS, row("13800000001")]), office.house.admin)
    await office.work()

    [made] = (await office.house.admin.get("/change_sets"))["change_sets"]

    assert made["job"] == job


async def test_what_was_rehearsed_can_be_imported_by_its_file(office: Office) -> None:
    sheet = office.sheet([["随便", "电话"], ["王芳", "13800000001"]])
    shown = await office.bring(sheet, dry_run=True)
    options = {"mapping": {"随便": "remark", "电话": "phone"}}

    asked = await office.house.admin.post("/tables/lead/import", {"file": shown["file"], "options": options})
    await office.work()

    assert (await office.house.admin.get(f"/jobs/{asked['job']}"))["result"]["created"] == 1
    assert (await office.records())[0]["remark"] == "王芳"
