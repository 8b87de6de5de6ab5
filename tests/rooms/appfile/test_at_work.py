"""The shipped app at work, at the HTTP surface: its effects, its views, its rights."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest_asyncio

from tests.house import Client, House, open_house
from tests.rooms.appfile.shipped import APP, TABLES
from tuoke.kit.database import Engine


@pytest_asyncio.fixture
async def house(firm_workspace: Engine, tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(firm_workspace, tmp_path) as opened:
        yield opened


async def made(person: Client, table: str, **values: Any) -> int:
    return (await person.post(f"/tables/{table}/records", values))["ids"][0]


async def read(person: Client, table: str, id: int) -> dict[str, Any]:
    answer = await person.get(f"/tables/{table}/records/{id}")
    return answer.get("record", answer)


async def listed(person: Client, table: str, **params: Any) -> list[dict[str, Any]]:
    return (await person.get(f"/tables/{table}/records", **params))["records"]


async def test_a_follow_up_moves_its_lead_and_becomes_a_to_do(house: House):
    ann = house["ann"]
    lead = await made(ann, "lead", name="林若溪", phone="13800000001")

    activity = await made(
        ann,
        "activity",
        lead=lead,
        content="想看同行案例",
        intent="B",
        happened_at="2026-11-22T10:00:00+08:00",
        next_follow_at="2026-11-25T10:00:00+08:00",
    )

    after = await read(ann, "lead", lead)
    assert (after["status"], after["grade"]) == ("following", "B")
    assert after["last_follow_at"].startswith("2026-11-22T")
    assert after["next_follow_at"].startswith("2026-11-25T")
    [task] = await listed(ann, "task")
    assert (task["kind"], task["status"], task["due_at"]) == ("follow_up", "open", after["next_follow_at"])
    assert (task["lead"]["id"], task["owner"], task["remark"]) == (lead, ann.id, "想看同行案例")
    assert task["activity"]["id"] == activity


async def test_a_new_promise_replaces_the_old_and_a_correction_moves_it(house: House):
    ann = house["ann"]
    lead = await made(ann, "lead", phone="13800000001")
    await made(ann, "activity", lead=lead, content="一", next_follow_at="2026-11-25T10:00:00+08:00")

    second = await made(
        ann, "activity", lead=lead, content="二", intent="A", next_follow_at="2026-12-01T10:00:00+08:00"
    )
    await ann.patch(
        "/tables/activity/records",
        {"records": [{"id": second, "next_follow_at": "2026-12-02T10:00:00+08:00"}]},
    )

    tasks = {task["remark"]: task for task in await listed(ann, "task")}
    after = await read(ann, "lead", lead)
    assert (tasks["一"]["status"], tasks["二"]["status"]) == ("done", "open")
    assert tasks["二"]["due_at"] == after["next_follow_at"]
    assert after["next_follow_at"].startswith("2026-12-02")
    assert (after["status"], after["grade"]) == ("interested", "A")


async def test_a_kept_promise_leaves_the_due_list_and_one_ahead_stays(house: House):
    ann = house["ann"]
    due = await made(ann, "lead", phone="13800000001", next_follow_at="2020-01-01T10:00:00+08:00")
    ahead = await made(ann, "lead", phone="13800000002", next_follow_at="2090-01-01T10:00:00+08:00")

    await made(ann, "activity", lead=due, content="不需要了", result="not_needed")
    await made(ann, "activity", lead=ahead, content="加了微信", kind="wechat")

    assert (await read(ann, "lead", due))["next_follow_at"] is None
    assert (await read(ann, "lead", ahead))["next_follow_at"] is not None
    assert await listed(ann, "task") == []


async def test_whoever_takes_a_customer_over_sees_what_was_said(house: House):
    ann, bob, leader = house["ann"], house["bob"], house["leader"]
    lead = await made(ann, "lead", phone="13800000001")
    await made(ann, "activity", lead=lead, content="预算五万", next_follow_at="2090-01-01T10:00:00+08:00")
    assert await listed(bob, "activity") == await listed(bob, "task") == []

    await leader.post("/tables/lead/records/transfer", {"ids": [lead], "owner": bob.id})

    assert [a["content"] for a in await listed(bob, "activity")] == ["预算五万"]
    assert [t["lead"]["id"] for t in await listed(bob, "task")] == [lead]


async def test_every_shipped_view_answers_for_every_role(house: House):
    for name in ("admin", "leader", "ann"):
        for table in APP.tables:
            for view in table.settings.views:
                params: dict[str, Any] = {
                    "sort": view.get("sort", ""),
                    "filter": json.dumps(view.get("filter") or {}),
                }
                if view.get("columns"):
                    params["fields"] = ",".join(view["columns"])
                assert await listed(house[name], table.key, **params) == [], (name, table.key, view["key"])


async def test_a_rep_may_make_one_of_everything_he_needs(house: House):
    ann = house["ann"]
    account = await made(ann, "account", name="云帆科技")
    contact = await made(ann, "contact", name="林若溪", account=account, phone="13800000001")
    opportunity = await made(
        ann, "opportunity", name="电销系统", account=account, contact=contact, amount="48000"
    )
    quote = await made(ann, "quote", name="报价", opportunity=opportunity, account=account, amount="48000")
    await made(ann, "quote_line", product_name="坐席许可", quote=quote, quantity=10, price="4800")
    contract = await made(
        ann, "contract", name="合同", account=account, opportunity=opportunity, amount="48000"
    )
    plan = await made(ann, "payment_plan", name="首付款", contract=contract, account=account, amount="24000")
    await made(ann, "payment", amount="24000", contract=contract, payment_plan=plan, account=account)
    await made(ann, "invoice", billing_title="云帆科技", amount="24000", contract=contract, account=account)
    await made(ann, "ticket", subject="登录不上", account=account)

    filled = {table: len(await listed(ann, table)) for table in TABLES}

    assert {table for table, count in filled.items() if count == 1} == {
        *("account", "contact", "opportunity", "quote", "quote_line", "contract"),
        *("payment_plan", "payment", "invoice", "ticket"),
    }


async def test_the_menu_and_the_views_reach_the_screen(house: House):
    meta = await house["ann"].get("/meta")

    shown = [t for t in meta["tables"] if t["settings"].get("menu") is not None]
    lead = next(t for t in meta["tables"] if t["key"] == "lead")
    assert len(shown) <= 6
    assert [v["key"] for v in lead["settings"]["views"]][:3] == ["all", "mine", "today"]
    assert (lead["rights"]["claim"], lead["rights"]["assign"], lead["rights"]["export"]) == (
        True,
        False,
        False,
    )
