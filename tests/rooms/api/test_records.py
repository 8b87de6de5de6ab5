"""The contract of product API.md, at the HTTP surface, with the shipped app."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest_asyncio

from tests.house import House, open_house

LEADS = "/tables/lead/records"


@pytest_asyncio.fixture
async def house(firm_workspace, tmp_path) -> AsyncIterator[House]:
    async with open_house(firm_workspace, tmp_path) as opened:
        yield opened


async def test_one_record_and_many_answer_ids_and_the_list_counts_exactly(house):
    one = await house.admin.post(LEADS, {"name": "王伟", "phone": "13800000001"})
    two = await house.admin.post(
        LEADS,
        {"records": [{"name": "李娜", "phone": "13800000002"}, {"name": "张敏", "phone": "13800000003"}]},
    )

    page = await house.admin.get(LEADS, limit=2, sort="-created_at", fields="name,phone")

    assert len(one["ids"]) == 1
    assert len(two["ids"]) == 2
    assert page["count"] == 3
    assert [r["name"] for r in page["records"]] == ["张敏", "李娜"]
    assert set(page["records"][0]) == {"id", "version", "name", "phone"}
    rest = await house.admin.get(LEADS, limit=2, sort="-created_at", fields="name", cursor=page["next"])
    assert [r["name"] for r in rest["records"]] == ["王伟"]
    assert rest["next"] is None


async def test_all_faults_come_at_once_in_the_language_asked(house):
    answer = await house.admin.send(
        "POST", LEADS, json={"phone": "12", "amount": "many"}, headers={"Accept-Language": "en"}
    )

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert set(answer.json()["fields"]) == {"phone", "amount"}


async def test_a_repeated_idempotency_key_makes_one_record(house):
    body = {"name": "王伟", "phone": "13800000001"}
    answers = [
        await house.admin.send("POST", LEADS, json=body, headers={"Idempotency-Key": "k1"}) for _ in range(2)
    ]
    other = await house.admin.send(
        "POST", LEADS, json={**body, "phone": "13800000002"}, headers={"Idempotency-Key": "k1"}
    )

    assert [a.status_code for a in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert other.status_code == 409
    assert (await house.admin.get(LEADS))["count"] == 1


async def test_an_old_version_of_the_same_field_answers_409_with_both_values(house):
    [id] = (await house.admin.post(LEADS, {"name": "王伟", "phone": "13800000001", "city": "杭州"}))["ids"]
    await house.admin.patch(LEADS, {"records": [{"id": id, "version": 1, "city": "宁波"}]})

    clash = await house.admin.send(
        "PATCH", LEADS, json={"records": [{"id": id, "version": 1, "city": "苏州"}]}
    )
    merged = await house.admin.patch(LEADS, {"records": [{"id": id, "version": 1, "company": "云帆"}]})

    assert clash.status_code == 409
    assert clash.json()["conflicts"] == {"city": {"yours": "苏州", "theirs": "宁波"}}
    assert merged["versions"] == {str(id): 3}


async def test_two_reps_claim_the_same_lead_at_once(house):
    [id] = (
        await house.admin.post(
            LEADS, {"name": "王伟", "phone": "13800000001", "department": house.departments["North East"]}
        )
    )["ids"]

    answers = await asyncio.gather(
        house["ann"].post(f"{LEADS}/claim", {"ids": [id]}), house["bob"].post(f"{LEADS}/claim", {"ids": [id]})
    )

    assert sorted(len(a["done"]) for a in answers) == [0, 1]
    assert sorted(len(a["refused"]) for a in answers) == [0, 1]


async def test_a_follow_up_makes_a_task_and_moves_the_lead(house):
    ann = house["ann"]
    [lead] = (await ann.post(LEADS, {"name": "王伟", "phone": "13800000001"}))["ids"]

    await ann.post(
        "/tables/activity/records",
        {"content": "想看案例", "intent": "A", "lead": lead, "next_follow_at": "2026-12-01T10:00:00+08:00"},
    )

    row = await ann.get(f"{LEADS}/{lead}")
    tasks = await ann.get("/tables/task/records")
    timeline = await ann.get(f"{LEADS}/{lead}/timeline")
    assert (row["grade"], row["status"], row["version"]) == ("A", "interested", 2)
    assert row["next_follow_at"].startswith("2026-12-01T02:00:00")
    assert [t["lead"]["id"] for t in tasks["records"]] == [lead]
    assert {"activity", "task"} <= {e["table"] for e in timeline["entries"]}
    await ann.get(f"{LEADS}/{lead}/history")
    assert "own" in str(await ann.get(f"{LEADS}/{lead}/explain"))


async def test_what_one_may_not_see_answers_like_what_is_not_there(house):
    [id] = (await house["eve"].post(LEADS, {"name": "王伟", "phone": "13800000001"}))["ids"]
    ann = house["ann"]

    for path in (f"{LEADS}/{{}}", f"{LEADS}/{{}}/timeline", f"{LEADS}/{{}}/history", f"{LEADS}/{{}}/explain"):
        hidden, missing = await ann.send("GET", path.format(id)), await ann.send("GET", path.format(999999))
        assert hidden.status_code == missing.status_code == 404
        assert {**hidden.json(), "record": 0, "instance": ""} == {
            **missing.json(),
            "record": 0,
            "instance": "",
        }


async def test_a_table_made_while_running_is_there_at_once(house):
    made = await house.admin.post(
        "/tables",
        {
            "key": "course",
            "label": {"zh": "课程", "en": "Course"},
            "fields": [
                {"key": "title", "type": "text", "label": {"zh": "名称", "en": "Title"}, "required": True},
                {"key": "price", "type": "currency", "label": {"zh": "价格", "en": "Price"}},
            ],
        },
    )
    await house.admin.post("/tables/course/records", {"title": "英语", "price": "1200.5"})
    await house.admin.post(
        "/tables/course/fields", {"key": "teacher", "type": "user", "label": {"zh": "老师", "en": "Teacher"}}
    )
    await house.admin.patch(
        "/tables/course/records",
        {"filter": {"field": "price", "op": "gt", "value": 1000}, "set": {"teacher": house.admin.id}},
    )

    page = await house.admin.get("/tables/course/records")
    document = (await house.admin.http.get("/api/openapi.json")).json()
    assert made["settings"]["title"] == "title"
    assert (page["records"][0]["price"], page["records"][0]["teacher"]) == ("1200.50", house.admin.id)
    assert "teacher" in document["components"]["schemas"]["Course"]["properties"]
    assert "/api/v1/tables/course/records" in document["paths"]


async def test_a_report_query_counts_what_the_list_counts(house):
    await house["ann"].post(LEADS, {"name": "a", "phone": "13800000001", "city": "杭州", "amount": 5})
    await house["eve"].post(LEADS, {"name": "b", "phone": "13800000002", "city": "杭州", "amount": 7})
    body = {
        "table": "lead",
        "dimensions": [{"field": "city"}, {"field": "created_at", "bucket": "month"}],
        "measures": [{"aggregate": "count"}, {"aggregate": "sum", "field": "amount"}],
    }

    mine, all_ = await house["ann"].post("/query", body), await house.admin.post("/query", body)

    assert [(r[0], r[2], r[3]) for r in mine["rows"]] == [("杭州", 1, "5.00")]
    assert [(r[0], r[2], r[3]) for r in all_["rows"]] == [("杭州", 2, "12.00")]


async def test_meta_tells_each_role_only_its_own(house):
    rep, admin = await house["ann"].get("/meta"), await house.admin.get("/meta")

    lead = next(t for t in rep["tables"] if t["key"] == "lead")
    assert lead["rights"]["claim"]
    assert not lead["rights"]["delete"]
    assert {t["key"] for t in rep["tables"]} <= {t["key"] for t in admin["tables"]}
    assert len([t for t in rep["tables"] if t["settings"]["menu"] is not None]) <= 6


async def test_a_hidden_duplicate_is_told_without_its_name_and_only_so_often(house, monkeypatch):
    await house["eve"].post(LEADS, {"name": "王伟", "phone": "13800000001"})
    monkeypatch.setattr("tuoke.access.hidden.AN_HOUR", 3)
    ann, body = house["ann"], {"values": {"phone": "138-0000-0001"}}

    told = await ann.post("/tables/lead/duplicates", body)
    refused = await ann.send("POST", LEADS, json={"name": "x", "phone": "13800000001"})
    again = await ann.post("/tables/lead/duplicates", body)
    at_last = await ann.send("POST", "/tables/lead/duplicates", json=body)

    assert told == again == {"duplicates": [{"field": "phone", "visible": False}]}
    assert refused.status_code == 409
    assert at_last.status_code == 429
    told_of = await house.admin.get("/audit", action="duplicate.told")
    assert len(told_of["entries"]) == 3
