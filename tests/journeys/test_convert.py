"""A lead becomes an account, a contact and an opportunity in one step; what was said about it is said about them."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from tests.house import Client, ok
from tests.office import Office
from tuoke.kit.database import begin, run_sql

LEAD = {
    "name": "林若溪",
    "company": "云帆科技",
    "phone": "13800000001",
    "position": "采购总监",
    "amount": "48000",
    "source": "exhibition",
    "need": "二十个坐席",
    "next_follow_at": "2090-01-01T10:00:00+08:00",
}


async def made(person: Client, table: str, **values: Any) -> int:
    return (await person.post(f"/tables/{table}/records", values))["ids"][0]


async def read(person: Client, table: str, id: int) -> dict[str, Any]:
    return await person.get(f"/tables/{table}/records/{id}")


async def story(person: Client, table: str, id: int) -> list[tuple[str, int]]:
    entries = (await person.get(f"/tables/{table}/records/{id}/timeline"))["entries"]
    return sorted((e["table"], e["id"]) for e in entries if e["kind"] == "record")


async def converted(person: Client, lead: int, **body: Any) -> dict[str, int]:
    answer = await person.post(f"/tables/lead/records/{lead}/convert", body)
    return {one["link"]: one["id"] for one in answer["became"]}


async def attempt(person: Client, lead: int, **body: Any) -> Any:
    return await person.send("POST", f"/tables/lead/records/{lead}/convert", json=body)


async def proposed(person: Client, lead: int) -> dict[str, dict[str, Any]]:
    found = await person.get(f"/tables/lead/records/{lead}/convert")
    return {one["link"]: one for one in found["targets"]}


async def test_one_step_makes_three_records_that_know_each_other(office: Office):
    ann = office.house["ann"]
    lead = await made(ann, "lead", **LEAD)

    became = await converted(ann, lead)

    after = await read(ann, "lead", lead)
    account = await read(ann, "account", became["account"])
    contact = await read(ann, "contact", became["contact"])
    deal = await read(ann, "opportunity", became["opportunity"])
    assert {key: after[key]["id"] for key in became} == became
    assert (after["status"], after["next_follow_at"]) == ("converted", None)
    assert (account["name"], account["phone"], account["source"]) == (
        "云帆科技",
        "+8613800000001",
        "exhibition",
    )
    assert (contact["name"], contact["position"], contact["account"]["id"]) == (
        "林若溪",
        "采购总监",
        account["id"],
    )
    assert (deal["account"]["id"], deal["contact"]["id"]) == (account["id"], contact["id"])
    assert (deal["amount"], deal["need"], deal["stage"]) == ("48000.00", "二十个坐席", "needs")
    assert deal["next_follow_at"].startswith("2090-01-01T02:00")
    for one in (account, contact, deal):
        assert (one["owner"], one["department"]) == (ann.id, office.house.departments["North East"])


async def test_the_story_of_the_lead_is_the_story_of_what_it_became(office: Office):
    ann = office.house["ann"]
    lead = await made(ann, "lead", **LEAD)
    other = await made(ann, "lead", name="别人", phone="13800000002")
    said = await made(
        ann, "activity", lead=lead, content="想看案例", next_follow_at="2090-01-01T10:00:00+08:00"
    )
    await made(ann, "activity", lead=other, content="与此无关")
    call = await made(ann, "call", lead=lead, number="13800000001")
    [todo] = (await ann.get("/tables/task/records", filter=_about(lead)))["records"]
    before = await story(ann, "lead", lead)

    became = await converted(ann, lead)

    assert before == sorted([("activity", said), ("call", call), ("task", todo["id"])])
    assert await story(ann, "lead", lead) == before
    for table, id in became.items():
        told = [one for one in await story(ann, table, id) if one[0] in ("activity", "call", "task")]
        assert told == before, table


def _about(lead: int) -> str:
    return json.dumps({"field": "lead", "op": "eq", "value": lead})


async def test_what_is_said_later_fits_in_wherever_it_is_written(office: Office):
    ann = office.house["ann"]
    lead = await made(ann, "lead", **LEAD)
    became = await converted(ann, lead)

    on_deal = await made(ann, "activity", opportunity=became["opportunity"], content="报了价")
    on_contact = await made(ann, "activity", contact=became["contact"], content="加了微信")
    on_lead = await made(ann, "activity", lead=lead, content="还记得老线索")

    deal, contact, old = [await read(ann, "activity", id) for id in (on_deal, on_contact, on_lead)]
    assert (deal["account"]["id"], deal["contact"]["id"]) == (became["account"], became["contact"])
    assert (contact["account"]["id"], contact["opportunity"]) == (became["account"], None)
    assert {key: old[key]["id"] for key in became} == became


async def test_a_promise_about_one_opportunity_leaves_those_about_another_alone(office: Office):
    ann = office.house["ann"]
    account = await made(ann, "account", name="云帆科技")
    first = await made(ann, "opportunity", name="一期", account=account)
    second = await made(ann, "opportunity", name="二期", account=account)
    promise = {"next_follow_at": "2090-01-01T10:00:00+08:00"}
    await made(ann, "activity", opportunity=first, content="一期的约定", **promise)

    await made(ann, "activity", opportunity=second, content="二期的约定", **promise)

    tasks = (await ann.get("/tables/task/records"))["records"]
    assert {(task["remark"], task["status"]) for task in tasks} == {
        ("一期的约定", "open"),
        ("二期的约定", "open"),
    }


async def test_the_proposal_is_filled_in_and_what_is_typed_replaces_it(office: Office):
    ann = office.house["ann"]
    lead = await made(ann, "lead", **LEAD)

    shown = await proposed(ann, lead)
    became = await converted(
        ann,
        lead,
        targets={
            "account": {"values": {"name": "云帆科技（杭州）"}},
            "opportunity": {"values": {"amount": "1"}},
        },
    )

    assert shown["account"]["fields"] == ["name", "industry", "city", "owner"]
    assert shown["account"]["values"]["name"] == "云帆科技"
    assert shown["opportunity"]["values"]["amount"] == "48000.00"
    assert (await read(ann, "account", became["account"]))["name"] == "云帆科技（杭州）"
    assert (await read(ann, "opportunity", became["opportunity"]))["amount"] == "1.00"


async def test_a_person_without_a_company_is_the_customer_himself(office: Office):
    ann = office.house["ann"]
    named = await converted(ann, await made(ann, "lead", name="王伟", phone="13800000001"))
    number = await converted(ann, await made(ann, "lead", phone="13800000002"))

    assert (await read(ann, "account", named["account"]))["name"] == "王伟"
    assert "13800000002" in (await read(ann, "contact", number["contact"]))["name"]


async def test_what_is_here_already_is_found_and_chosen(office: Office):
    ann = office.house["ann"]
    account = await made(ann, "account", name="云帆科技有限公司")
    contact = await made(ann, "contact", name="林若溪", phone="13800000001", account=account)
    lead = await made(ann, "lead", **LEAD)
    counts = await office.records(table="account"), await office.records(table="contact")

    shown = await proposed(ann, lead)
    became = await converted(
        ann, lead, targets={"account": {"id": account}, "contact": {"id": contact}, "opportunity": {}}
    )

    assert [(m["id"], m["field"]) for m in shown["contact"]["matches"]] == [(contact, "phone")]
    # By another name: found through its contact.
    assert [(m["id"], m["field"]) for m in shown["account"]["matches"]] == [(account, "contact")]
    assert (became["account"], became["contact"]) == (account, contact)
    assert (await office.records(table="account"), await office.records(table="contact")) == counts
    assert (await read(ann, "opportunity", became["opportunity"]))["account"]["id"] == account


async def test_a_contact_who_stood_alone_is_joined_to_the_account(office: Office):
    ann = office.house["ann"]
    contact = await made(ann, "contact", name="林若溪", phone="13800000001")

    became = await converted(ann, await made(ann, "lead", **LEAD), targets={"contact": {"id": contact}})

    assert (await read(ann, "contact", contact))["account"]["id"] == became["account"]


async def test_of_a_colleagues_account_one_learns_only_that_it_is_there(office: Office):
    ann, eve = office.house["ann"], office.house["eve"]
    theirs = await made(eve, "account", name="云帆科技")
    lead = await made(ann, "lead", **LEAD)

    shown = await proposed(ann, lead)
    refused = await attempt(ann, lead, targets={"account": {"id": theirs}})

    assert shown["account"]["matches"] == [{"field": "name", "visible": False}]
    assert (refused.status_code, list(refused.json()["fields"])) == (422, ["account"])


async def test_twice_is_refused_with_the_way_to_what_it_became(office: Office):
    ann = office.house["ann"]
    lead = await made(ann, "lead", **LEAD)
    became = await converted(ann, lead)

    again = await attempt(ann, lead)

    told = again.json()
    assert (again.status_code, told["type"].rsplit("/", 1)[-1]) == (409, "already-converted")
    assert {one["link"]: one["id"] for one in told["became"]} == became
    assert "云帆科技" in told["detail"]
    assert len(await office.records(table="account")) == 1


async def test_of_two_at_once_one_wins_and_the_other_is_told(office: Office):
    ann, leader = office.house["ann"], office.house["leader"]
    for number in range(5):
        lead = await made(ann, "lead", name=f"客户{number}", phone=f"1380000010{number}")

        answers = await asyncio.gather(attempt(ann, lead), attempt(leader, lead))

        won, lost = sorted(answers, key=lambda answer: answer.status_code)
        assert (won.status_code, lost.status_code) == (201, 409)
        assert {one["id"] for one in lost.json()["became"]} == {one["id"] for one in won.json()["became"]}
    assert len(await office.records(table="opportunity")) == 5


async def test_what_is_said_in_the_same_moment_is_said_about_what_it_becomes(office: Office):
    ann, leader = office.house["ann"], office.house["leader"]
    for number in range(6):
        lead = await made(ann, "lead", name=f"客户{number}", phone=f"1380000020{number}")

        answer, *said = await asyncio.gather(
            attempt(leader, lead), *(made(ann, "activity", lead=lead, content=f"第{n}句") for n in range(4))
        )

        became = {one["link"]: one["id"] for one in ok(answer)["became"]}
        for id in said:
            activity = await read(ann, "activity", id)
            assert {key: activity[key] and activity[key]["id"] for key in became} == became


async def test_who_would_wait_for_each_other_gives_way_and_can_try_again(office: Office):
    """A wrap-up goes from its call to the lead, a conversion from the lead to its calls."""
    ann = office.house["ann"]
    lead = await made(ann, "lead", **LEAD)
    call = await made(ann, "call", lead=lead, number="13800000001")

    async with begin(office.world.engine) as db:
        await run_sql(db, "select 1 from work.call where id = $1 for update", call)
        # Soon: whoever is waited for may be waiting himself, and the server kills one of the two after a second.
        async with asyncio.timeout(12):
            held = await attempt(ann, lead)

    assert (held.status_code, await office.records(table="account")) == (503, [])
    assert (await attempt(ann, lead)).status_code == 201


async def test_what_somebody_changed_meanwhile_is_told_before_it_is_taken_over(office: Office):
    ann, leader = office.house["ann"], office.house["leader"]
    lead = await made(ann, "lead", **LEAD)
    seen = (await read(ann, "lead", lead))["version"]
    path = "/tables/lead/records"

    await leader.patch(path, {"records": [{"id": lead, "score": 90}]})
    await leader.patch(path, {"records": [{"id": lead, "company": "云帆集团"}]})
    stale = await attempt(ann, lead, version=seen)
    fresh = await attempt(ann, lead, version=stale.json()["version"])

    assert (stale.status_code, stale.json()["changed"]) == (409, ["company"])
    assert fresh.status_code == 201


async def test_a_change_that_is_not_taken_over_stops_nobody(office: Office):
    ann, leader = office.house["ann"], office.house["leader"]
    lead = await made(ann, "lead", **LEAD)
    seen = (await read(ann, "lead", lead))["version"]
    await leader.patch("/tables/lead/records", {"records": [{"id": lead, "score": 90}]})

    assert (await attempt(ann, lead, version=seen)).status_code == 201


async def test_every_fault_of_every_target_comes_at_once_and_nothing_is_written(office: Office):
    ann = office.house["ann"]
    lead = await made(ann, "lead", **LEAD)

    refused = await attempt(
        ann,
        lead,
        targets={
            "account": {"values": {"name": "", "phone": "12"}},
            "contact": {"values": {"account": 999_999}},
            "opportunity": {"values": {"nothing": 1}},
            "quote": {},
        },
    )

    assert refused.status_code == 422
    assert set(refused.json()["fields"]) == {
        *("account.name", "account.phone", "contact.account", "opportunity.nothing", "quote")
    }
    assert await office.records(table="account") == []
    assert (await read(ann, "lead", lead))["status"] == "new"


async def test_an_optional_target_may_be_left_out_and_a_needed_one_not(office: Office):
    ann = office.house["ann"]
    lead = await made(ann, "lead", **LEAD)

    refused = await attempt(ann, lead, targets={"account": None})
    became = await converted(ann, lead, targets={"opportunity": None})

    assert (refused.status_code, list(refused.json()["fields"])) == (422, ["account"])
    assert set(became) == {"account", "contact"}
    assert (await read(ann, "lead", lead))["opportunity"] is None


async def test_who_may_convert_what(office: Office):
    house = office.house
    ann, bob, eve, leader = (house[name] for name in ("ann", "bob", "eve", "leader"))
    lead = await made(ann, "lead", **LEAD)
    pooled = await made(
        house.admin, "lead", name="公海", phone="13800000009", department=house.departments["North East"]
    )

    foreign = await attempt(bob, lead)
    far = await attempt(eve, lead)
    unclaimed = await attempt(ann, pooled)

    assert (foreign.status_code, far.status_code, unclaimed.status_code) == (404, 404, 403)
    assert (await bob.send("GET", f"/tables/lead/records/{lead}/convert")).status_code == 404
    assert (await ann.send("GET", f"/tables/lead/records/{pooled}/convert")).status_code == 403
    assert (await attempt(leader, lead)).status_code == 201


async def test_nobody_makes_by_converting_what_he_may_not_make_by_hand(office: Office):
    house = office.house
    lead = await made(house["ann"], "lead", **LEAD)

    for_bob = await attempt(house["ann"], lead, targets={"account": {"values": {"owner": house["bob"].id}}})
    led = await attempt(house["leader"], lead, targets={"account": {"values": {"owner": house["bob"].id}}})

    assert (for_bob.status_code, led.status_code) == (403, 201)
    assert len(await office.records(table="account")) == 1


async def test_a_lead_without_owner_becomes_an_account_in_the_same_pool(office: Office):
    house = office.house
    home = house.departments["North East"]
    lead = await made(house.admin, "lead", **LEAD, department=home)

    became = await converted(house["leader"], lead)

    account = await read(house["leader"], "account", became["account"])
    assert (account["owner"], account["department"]) == (None, home)
    assert [row["id"] for row in await office.records(house["bob"], "account")] == [account["id"]]


async def test_each_right_is_asked_for_itself(office: Office):
    house = office.house
    lead = await made(house["ann"], "lead", **LEAD)
    rep = next(r for r in (await house.admin.get("/roles"))["roles"] if r["key"] == "rep")

    async def without(**gone: str) -> int:
        """The answer when the rep's grants lack this action in this table."""
        [(table, action)] = gone.items()
        grants = []
        for grant in rep["grants"]:
            kept = [t for t in grant["tables"] if t != table]
            rest = {**grant, "actions": {k: v for k, v in grant.get("actions", {}).items() if k != action}}
            rest.pop(action, None)
            grants += [{**grant, "tables": kept}] if kept else []
            grants += [{**rest, "tables": [table]}] if len(kept) < len(grant["tables"]) else []
        ok(await house.admin.send("PATCH", "/roles/rep", json={"grants": grants}))
        return (await attempt(house["ann"], lead)).status_code

    assert await without(lead="convert") == 403
    assert await without(lead="update") == 403
    assert await without(account="create") == 403
    assert await without(opportunity="create") == 403
    assert await without(lead="claim") == 201


async def test_a_hidden_value_does_not_come_out_on_the_other_side(office: Office):
    house = office.house
    lead = await made(house["ann"], "lead", **LEAD)
    await _limit_leads(house, {"hide": ["amount"], "mask": ["phone"]})

    shown = await proposed(house["ann"], lead)
    became = await converted(house["ann"], lead)

    assert "amount" not in shown["opportunity"]["values"]
    assert "phone" not in shown["contact"]["values"]
    assert (await read(house.admin, "opportunity", became["opportunity"]))["amount"] is None
    assert (await read(house.admin, "contact", became["contact"]))["phone"] is None


async def test_a_number_that_is_starred_on_both_sides_is_taken_over_unseen(office: Office):
    house = office.house
    lead = await made(house["ann"], "lead", **LEAD)
    await _limit_leads(house, {"mask": ["phone"]}, "lead", "account", "contact")

    shown = await proposed(house["ann"], lead)
    became = await converted(house["ann"], lead)

    assert "*" in shown["contact"]["unseen"]["phone"]
    assert "*" in (await read(house["ann"], "contact", became["contact"]))["phone"]
    assert (await read(house.admin, "contact", became["contact"]))["phone"] == "+8613800000001"


async def _limit_leads(house: Any, limits: dict[str, list[str]], *tables: str) -> None:
    rep = next(r for r in (await house.admin.get("/roles"))["roles"] if r["key"] == "rep")
    grants = []
    for grant in rep["grants"]:
        for table in grant["tables"]:
            grants.append({**grant, "tables": [table], **(limits if table in (tables or ("lead",)) else {})})
    ok(await house.admin.send("PATCH", "/roles/rep", json={"grants": grants}))


async def test_what_a_lead_became_is_written_by_the_conversion_alone(office: Office):
    ann = office.house["ann"]
    account = await made(ann, "account", name="云帆科技")
    lead = await made(ann, "lead", **LEAD)

    by_hand = await ann.send(
        "PATCH", "/tables/lead/records", json={"records": [{"id": lead, "account": account}]}
    )
    at_birth = await ann.send(
        "POST", "/tables/lead/records", json={"phone": "13800000005", "account": account}
    )
    table = next(t for t in (await ann.get("/meta"))["tables"] if t["key"] == "lead")

    assert (by_hand.status_code, at_birth.status_code) == (422, 422)
    assert [f["writable"] for f in table["fields"] if f["key"] == "account"] == [False]
    assert table["converts"]["set"]["status"] == "converted"
    assert table["rights"]["convert"] is True


async def test_when_everything_it_became_is_in_the_bin_it_can_be_converted_anew(office: Office):
    admin = office.house.admin
    lead = await made(admin, "lead", **LEAD)
    first = await converted(admin, lead)
    for table, id in first.items():
        await admin.delete(f"/tables/{table}/records", {"ids": [id]})

    second = await converted(admin, lead)

    assert not set(first.items()) & set(second.items())


async def test_an_undo_takes_it_all_back(office: Office):
    ann = office.house["ann"]
    lead = await made(ann, "lead", **LEAD)
    said = await made(
        ann, "activity", lead=lead, content="想看案例", next_follow_at="2090-01-01T10:00:00+08:00"
    )
    before = await read(ann, "lead", lead)
    answer = await ann.post(f"/tables/lead/records/{lead}/convert", {})

    [shown] = [s for s in (await ann.get("/change_sets"))["change_sets"] if s["kind"] == "convert"]
    await ann.post(f"/changes/{answer['change_set']}/undo")
    await office.work()

    after = await read(ann, "lead", lead)
    own = {"version", "updated_at", "updated_by"}
    assert (shown["id"], shown["label"]) == (answer["change_set"], {"record": lead, "title": "林若溪"})
    assert {k: v for k, v in after.items() if k not in own} == {
        k: v for k, v in before.items() if k not in own
    }
    assert (await read(ann, "activity", said))["account"] is None
    for table in ("account", "contact", "opportunity"):
        assert await office.records(table=table) == []
    assert (await attempt(ann, lead)).status_code == 201


async def test_the_live_document_types_each_target_and_knows_which_tables_convert(office: Office):
    document = (await office.house["ann"].http.get("/api/openapi.json")).json()

    path = document["paths"]["/api/v1/tables/lead/records/{id}/convert"]
    body = path["post"]["requestBody"]["content"]["application/json"]["schema"]
    targets = body["properties"]["targets"]["properties"]
    assert list(targets) == ["account", "contact", "opportunity"]
    assert targets["account"]["properties"]["values"] == {"$ref": "#/components/schemas/AccountPart"}
    assert "name" in document["components"]["schemas"]["AccountPart"]["properties"]
    assert set(path) == {"get", "post"}
    assert "/api/v1/tables/account/records/{id}/convert" not in document["paths"]


async def test_a_table_that_becomes_nothing_says_so(office: Office):
    account = await made(office.house["ann"], "account", name="云帆科技")

    answer = await office.house["ann"].send("POST", f"/tables/account/records/{account}/convert", json={})

    assert answer.status_code == 422
