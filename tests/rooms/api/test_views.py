"""Saved views at the HTTP surface: one's own, shared ones, and what is left of a view whose fields went away."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.house import Client, House, open_house

VIEWS = "/tables/lead/views"
HANGZHOU = {"field": "city", "op": "eq", "value": "杭州"}
LOOK = {"name": "杭州", "filter": HANGZHOU, "sort": "-amount,name", "columns": ["name", "city", "amount"]}


@pytest_asyncio.fixture
async def house(firm_workspace, tmp_path) -> AsyncIterator[House]:
    async with open_house(firm_workspace, tmp_path) as opened:
        yield opened


async def names(who: Client) -> list[str]:
    return [view["name"] for view in (await who.get(VIEWS))["views"]]


async def test_a_view_is_kept_as_it_was_typed_and_is_ones_own(house):
    made = await house["ann"].post(VIEWS, LOOK)

    [seen] = (await house["ann"].get(VIEWS))["views"]
    assert seen == made
    assert {key: seen[key] for key in LOOK} == LOOK
    assert seen["key"] == f"saved-{seen['id']}"
    assert seen["editable"]
    assert await names(house["bob"]) == await names(house.admin) == []
    answer = await house["bob"].send("PATCH", f"{VIEWS}/{made['id']}", json={"name": "我的"})
    assert answer.status_code == 404


async def test_a_leader_shares_with_his_departments_and_a_rep_with_nobody(house):
    north, south = house.departments["North"], house.departments["South"]

    shared = await house["leader"].post(VIEWS, {**LOOK, "shared": {"departments": [north]}})
    for who, audience in (
        ("ann", {"departments": [house.departments["North East"]]}),
        ("leader", {"departments": [north, south]}),
        ("leader", {"everyone": True}),
        ("leader", {"roles": ["rep"]}),
    ):
        refused = await house[who].send("POST", VIEWS, json={**LOOK, "shared": audience})
        assert refused.status_code == 403, audience

    # North East lies below North.
    assert await names(house["ann"]) == ["杭州"]
    assert await names(house["eve"]) == []
    [seen] = (await house["ann"].get(VIEWS))["views"]
    assert not seen["editable"]
    change = await house["ann"].send("PATCH", f"{VIEWS}/{shared['id']}", json={"name": "x"})
    assert change.status_code == 403
    assert (await house["ann"].send("DELETE", f"{VIEWS}/{shared['id']}")).status_code == 403
    assert (await house["leader"].get(VIEWS))["may_share"] == {
        "everybody": False,
        "departments": sorted([north, house.departments["North East"]]),
    }


async def test_an_administrator_shares_with_a_role_and_takes_it_back(house):
    made = await house.admin.post(VIEWS, {**LOOK, "shared": {"roles": ["rep"]}})
    assert await names(house["eve"]) == ["杭州"]
    assert await names(house["leader"]) == []

    await house.admin.patch(f"{VIEWS}/{made['id']}", {"shared": {}})

    assert await names(house["eve"]) == []


async def test_a_shared_view_shows_each_his_own_records(house):
    for who, phone in (("ann", "13800000001"), ("eve", "13800000002")):
        lead = {"name": who, "phone": phone, "city": "杭州"}
        await house[who].post("/tables/lead/records", lead)
    await house.admin.post(VIEWS, {**LOOK, "shared": {"everyone": True}})

    for who in ("ann", "eve"):
        [view] = (await house[who].get(VIEWS))["views"]
        asked = {"filter": json.dumps(view["filter"]), "sort": view["sort"], "fields": "name"}
        page = await house[who].get("/tables/lead/records", **asked)
        assert [row["name"] for row in page["records"]] == [who]


async def test_of_two_who_change_a_shared_view_the_second_is_told(house):
    made = await house["leader"].post(
        VIEWS, {**LOOK, "shared": {"departments": [house.departments["North"]]}}
    )
    path = f"{VIEWS}/{made['id']}"
    await house.admin.patch(path, {"version": made["version"], "name": "杭州客户"})

    late = await house["leader"].send("PATCH", path, json={"version": made["version"], "name": "杭州市"})

    assert late.status_code == 409
    assert late.json()["version"] == made["version"] + 1
    assert await names(house["leader"]) == ["杭州客户"]


async def test_a_deleted_field_is_skipped_and_told(house):
    await house.admin.post(
        "/tables/lead/fields", {"key": "hobby", "type": "text", "label": {"zh": "爱好", "en": "Hobby"}}
    )
    odd = {"all": [HANGZHOU, {"not": {"field": "hobby", "op": "eq", "value": "钓鱼"}}]}
    look = {"name": "钓鱼", "filter": odd, "sort": "hobby,-amount", "columns": ["name", "hobby"]}
    made = await house["ann"].post(VIEWS, look)

    await house.admin.delete("/tables/lead/fields/hobby")

    [view] = (await house["ann"].get(VIEWS))["views"]
    assert view["filter"] == {"all": [HANGZHOU]}
    assert (view["sort"], view["columns"]) == ("-amount", ["name"])
    assert view["skipped"] == {"columns": 1, "orders": 1, "conditions": 1}
    renamed = await house["ann"].patch(f"{VIEWS}/{made['id']}", {"name": "钓友"})
    assert renamed["name"] == "钓友"
    mended = await house["ann"].patch(f"{VIEWS}/{made['id']}", {"filter": None, "sort": "", "columns": []})
    assert mended["skipped"] == {"columns": 0, "orders": 0, "conditions": 0}


async def test_a_field_hidden_from_the_reader_is_skipped_without_its_name(house):
    roles = (await house.admin.get("/roles"))["roles"]
    grants = next(role for role in roles if role["key"] == "rep")["grants"]
    for grant in grants:
        if "lead" in grant["tables"]:
            grant["hide"] = ["amount"]
    await house.admin.send("PATCH", "/roles/rep", json={"grants": grants})
    await house.admin.post(
        VIEWS,
        {
            "name": "大客户",
            "filter": {"field": "amount", "op": "gte", "value": 100},
            "sort": "-amount",
            "columns": ["name", "amount"],
            "shared": {"everyone": True},
        },
    )

    answer = await house["ann"].send("GET", VIEWS)

    [view] = answer.json()["views"]
    assert view["skipped"] == {"columns": 1, "orders": 1, "conditions": 1}
    assert "amount" not in answer.text


@pytest.mark.parametrize(
    "odd",
    [
        {"filter": {"field": "nowhere", "op": "eq", "value": 1}},
        {"filter": {"field": "name", "op": "gte", "value": 1}},
        {"filter": {"strange": []}},
        {"sort": "nowhere"},
        {"columns": ["nowhere"]},
        {"name": "  "},
        {"name": "x\x00"},
        {"columns": ["x\x00"]},
        {"shared": {"departments": [2**70]}},
    ],
)
async def test_a_view_that_cannot_work_is_refused(house, odd):
    answer = await house["ann"].send("POST", VIEWS, json={**LOOK, **odd})

    assert answer.status_code == 422


async def test_everybody_chooses_the_view_his_list_opens_with(house):
    made = await house["ann"].post(VIEWS, LOOK)

    await house["ann"].send("PUT", f"{VIEWS}/default", json={"view": made["key"]})
    strange = await house["bob"].send("PUT", f"{VIEWS}/default", json={"view": made["key"]})
    assert strange.status_code == 404
    await house["bob"].send("PUT", f"{VIEWS}/default", json={"view": "pool"})
    assert (await house["ann"].get(VIEWS))["default"] == made["key"]
    assert (await house["bob"].get(VIEWS))["default"] == "pool"

    await house["ann"].delete(f"{VIEWS}/{made['id']}")
    assert (await house["ann"].get(VIEWS))["default"] is None


async def test_who_may_not_read_a_table_has_no_views_of_it(house):
    await house.admin.patch(f"/users/{house['eve'].id}", {"roles": []})

    assert (await house["eve"].send("GET", VIEWS)).status_code == 403
    assert (await house["eve"].send("POST", VIEWS, json=LOOK)).status_code == 403
