"""Comments at the HTTP surface: with the rights of their record, and telling whom they mention."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.house import House, open_house

LEADS = "/tables/lead/records"


@pytest_asyncio.fixture
async def house(firm_workspace, tmp_path) -> AsyncIterator[House]:
    async with open_house(firm_workspace, tmp_path) as opened:
        yield opened


async def lead_of(house: House, who: str) -> str:
    lead = {"name": "王芳", "phone": "13800000001", "owner": house[who].id}
    [id] = (await house.admin.post(LEADS, lead))["ids"]
    return f"{LEADS}/{id}/comments"


async def test_a_comment_is_kept_as_typed_and_told_to_whom_it_mentions(house):
    path = await lead_of(house, "ann")
    text = "@leader <b>请看</b> =1+1 & 报价"

    made = await house["ann"].post(path, {"text": text, "mentions": [house["leader"].id]})

    assert made["text"] == text
    assert (await house["leader"].get(path))["comments"] == [made]
    [notice] = (await house["leader"].get("/notices"))["notices"]
    assert (notice["kind"], notice["table"], notice["record"]) == ("mention", "lead", int(path.split("/")[4]))
    assert "ann" in notice["title"]["zh"]


async def test_only_who_may_read_the_record_sees_says_or_is_mentioned(house):
    path = await lead_of(house, "ann")
    await house["ann"].post(path, {"text": "内部"})

    for method, tail, body in (
        ("GET", "", None),
        ("POST", "", {"text": "x"}),
        ("GET", "/people", None),
        ("PATCH", "/1", {"text": "x"}),
        ("DELETE", "/1", None),
    ):
        answer = await house["eve"].send(method, path + tail, json=body)
        assert answer.status_code == 404, method
    refused = await house["ann"].send("POST", path, json={"text": "看看", "mentions": [house["eve"].id]})
    assert refused.status_code == 422
    assert (await house["eve"].get("/notices"))["notices"] == []
    offered = (await house["ann"].get(f"{path}/people"))["people"]
    assert {one["id"] for one in offered} == {house.admin.id, house["leader"].id}
    named = (await house["ann"].get(f"{path}/people", name="lea"))["people"]
    assert [one["name"] for one in named] == ["leader"]


async def test_one_changes_and_deletes_ones_own(house):
    path = await lead_of(house, "ann")
    made = await house["ann"].post(path, {"text": "旧", "mentions": [house["leader"].id]})
    own = f"{path}/{made['id']}"

    for method in ("PATCH", "DELETE"):
        answer = await house["leader"].send(method, own, json={"text": "x"} if method == "PATCH" else None)
        assert answer.status_code == 403
    changed = await house["ann"].patch(own, {"text": "新", "mentions": [house["leader"].id]})
    assert changed["text"] == "新"
    assert changed["edited_at"]
    # Mentioned once, told once.
    assert len((await house["leader"].get("/notices"))["notices"]) == 1

    await house["ann"].delete(own)

    assert (await house["ann"].get(path))["comments"] == []
    assert (await house["leader"].get("/notices"))["notices"] == []


async def test_a_comment_of_one_record_is_not_reached_through_another(house):
    path = await lead_of(house, "ann")
    made = await house["ann"].post(path, {"text": "甲"})
    [other] = (await house["ann"].post(LEADS, {"name": "李", "phone": "13800000002"}))["ids"]

    answer = await house["ann"].send("DELETE", f"{LEADS}/{other}/comments/{made['id']}")

    assert answer.status_code == 404


async def test_it_works_on_every_table_and_pages_backwards(house):
    [id] = (await house.admin.post("/tables/task/records", {"title": "回电", "owner": house["ann"].id}))[
        "ids"
    ]
    path = f"/tables/task/records/{id}/comments"
    for n in range(5):
        await house["ann"].post(path, {"text": f"第{n}句"})

    first = await house["ann"].get(path, limit=3)
    rest = await house["ann"].get(path, limit=3, before=first["next"])

    assert [c["text"] for c in first["comments"] + rest["comments"]] == [f"第{n}句" for n in (4, 3, 2, 1, 0)]
    assert rest["next"] is None
