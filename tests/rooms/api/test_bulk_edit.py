"""Bulk edits at the HTTP surface: foreseen, made as one set of changes, taken back."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.house import House, open_house
from tuoke.workers.handlers import HANDLERS
from tuoke.workers.jobs import JobRunner

LEADS = "/tables/lead/records"


@pytest_asyncio.fixture
async def house(firm_workspace, tmp_path) -> AsyncIterator[House]:
    async with open_house(firm_workspace, tmp_path) as opened:
        rows = [
            {"name": f"客户{n}", "phone": f"138{n:08d}", "city": "杭州" if n % 3 else "宁波", "owner": owner}
            for n, owner in enumerate([opened["ann"].id] * 6 + [opened["bob"].id] * 3)
        ]
        await opened.admin.post(LEADS, {"records": rows})
        yield opened


async def test_it_tells_before_how_many_it_changes(house):
    body = {"filter": None, "set": {"city": "杭州"}}

    seen = await house["leader"].patch(f"{LEADS}?dry_run=true", body)
    own = await house["ann"].patch(f"{LEADS}?dry_run=true", body)

    assert (seen["matched"], seen["count"], seen["changing"]) == (9, 9, 3)
    assert (own["matched"], own["count"], own["changing"]) == (6, 6, 2)


async def test_what_one_may_see_but_not_change_stays(house):
    await house.admin.post(LEADS, {"name": "公海客户", "phone": "13900000001", "owner": None, "city": "宁波",
                                   "department": house.departments["North East"]})  # fmt: skip
    body = {"filter": None, "set": {"city": "苏州"}}

    seen = await house["ann"].patch(f"{LEADS}?dry_run=true", body)
    done = await house["ann"].patch(LEADS, body)

    assert (seen["matched"], seen["count"]) == (7, 6)
    assert done["count"] == 6


async def test_it_is_one_set_of_changes_and_taken_back_but_for_what_changed_since(house):
    chosen = [row["id"] for row in (await house["leader"].get(LEADS, sort="id"))["records"]][:4]
    before = (await house.admin.get(LEADS, sort="id", fields="city,remark"))["records"]
    tree = {"field": "id", "op": "in", "value": chosen}

    done = await house["leader"].patch(LEADS, {"filter": tree, "set": {"city": "苏州", "remark": "回访"}})
    [listed] = (await house["leader"].get("/change_sets"))["change_sets"]
    await house.admin.patch(LEADS, {"records": [{"id": chosen[0], "city": "南京"}]})
    job = await house["leader"].post(f"/changes/{done['change_set']}/undo")
    await JobRunner(house.app.state.world, HANDLERS).run_due()

    assert done["count"] == 4
    assert (listed["id"], listed["kind"], listed["records"]) == (done["change_set"], "bulk_edit", 4)
    result = (await house["leader"].get(f"/jobs/{job['job']}"))["result"]
    assert [(c["record"], c["field"]) for c in result["conflicts"]] == [(chosen[0], "city")]
    after = (await house.admin.get(LEADS, sort="id", fields="city,remark"))["records"]
    values = [{"id": row["id"], "city": row["city"], "remark": row["remark"]} for row in after]
    expected = [{"id": row["id"], "city": row["city"], "remark": row["remark"]} for row in before]
    expected[0]["city"] = "南京"
    assert values == expected


async def test_what_changes_nothing_leaves_no_set_behind(house):
    done = await house["leader"].patch(LEADS, {"filter": None, "set": {"remark": None}})

    assert done == {"count": 0, "change_set": None}
    assert (await house["leader"].get("/change_sets"))["change_sets"] == []


async def test_a_value_that_is_none_is_refused_before_and_then(house):
    body = {"filter": None, "set": {"amount": "viele", "created_at": "2026-01-01", "nowhere": 1}}

    for path in (LEADS, f"{LEADS}?dry_run=true"):
        answer = await house["leader"].send("PATCH", path, json=body)
        assert answer.status_code == 422
        assert set(answer.json()["fields"]) == {"amount", "created_at", "nowhere"}
