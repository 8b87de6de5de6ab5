"""First steps at their door: for administrators only, ticked by what there is, put away by each for himself."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.house import Client, House, ok, open_house
from tests.rooms.appfile.shipped import APP
from tuoke.checklists.definition import Records
from tuoke.checklists.store import save_checklist
from tuoke.kit.database import Engine, begin

LIST = "/checklists/first_call"


@pytest_asyncio.fixture
async def house(firm_workspace, tmp_path) -> AsyncIterator[House]:
    async with open_house(firm_workspace, tmp_path) as opened:
        yield opened


async def done(client: Client) -> list[str]:
    return [step["key"] for step in (await client.get(LIST))["steps"] if step["done"]]


async def lead(client: Client, number: int, **values: object) -> int:
    row = {"name": "林若溪", "phone": f"1380000{number:04d}", **values}
    return (await client.post("/tables/lead/records", row))["ids"][0]


async def test_a_step_is_ticked_by_the_facts_and_unticked_when_they_are_gone(house: House):
    # The house has reps in departments from the start.
    assert await done(house.admin) == ["team"]

    made = await lead(house.admin, 1, owner=None)
    assert await done(house.admin) == ["team", "leads"]
    await house.admin.post("/tables/lead/records/claim", {"ids": [made]})
    assert await done(house.admin) == ["team", "leads", "own"]

    await house.admin.delete("/tables/lead/records", {"ids": [made]})
    assert await done(house.admin) == ["team"]


async def test_a_rep_without_a_department_or_who_left_is_nobody_to_give_leads_to(house: House):
    for name in ("ann", "bob"):
        await house.admin.patch(f"/users/{house[name].id}", {"department": None})
    await house.admin.patch(f"/users/{house['eve'].id}", {"active": False})

    assert await done(house.admin) == []


async def test_calls_of_anybody_count_and_their_wrap_up(house: House):
    made = await lead(house["ann"], 2)
    call = {"number": "13800000002", "lead": made, "direction": "outbound", "state": "ended"}

    written = (await house["ann"].post("/tables/call/records", call))["ids"][0]
    assert await done(house.admin) == ["team", "leads", "own", "call"]

    values = {"id": written, "wrap_up": "saved"}
    await house.admin.patch("/tables/call/records", {"records": [values]})
    assert await done(house.admin) == ["team", "leads", "own", "call", "wrap_up"]


async def test_nobody_but_an_administrator_knows_of_it(house: House):
    for name in ("leader", "ann"):
        client = house[name]
        assert (await client.get("/meta"))["checklists"] == []
        assert (await client.send("GET", LIST)).status_code == 403
        assert (await client.send("PATCH", LIST, json={"dismissed": True})).status_code == 403
        assert (await client.send("GET", f"{LIST}/samples/leads.xlsx")).status_code == 403


async def test_who_puts_it_away_does_so_for_himself_and_can_have_it_back(house: House):
    second = {"email": "two@tuoke.test", "name": "two", "password": "ocean-lamp-4711", "roles": ["admin"]}
    await house.admin.post("/users", second)
    other = await house.log_in("two@tuoke.test")

    for _ in range(2):
        ok(await house.admin.send("PATCH", LIST, json={"dismissed": True}))
    assert [one["dismissed"] for one in (await house.admin.get("/meta"))["checklists"]] == [True]
    assert (await house.admin.get(LIST))["dismissed"]
    assert [one["dismissed"] for one in (await other.get("/meta"))["checklists"]] == [False]

    ok(await house.admin.send("PATCH", LIST, json={"dismissed": False}))
    assert [one["dismissed"] for one in (await house.admin.get("/meta"))["checklists"]] == [False]


async def test_the_sample_comes_as_a_file_and_no_other_file_does(house: House):
    answer = await house.admin.send("GET", f"{LIST}/samples/leads.xlsx")

    assert answer.status_code == 200
    assert answer.content.startswith(b"PK")
    assert "leads.xlsx" in answer.headers["content-disposition"]
    for other in ("leads-gbk.csv", "roles.yaml", "..%2Froles.yaml"):
        assert (await house.admin.send("GET", f"{LIST}/samples/{other}")).status_code == 404
    assert (await house.admin.send("GET", "/checklists/none/samples/leads.xlsx")).status_code == 404


async def test_a_list_that_is_not_there_is_not_found(house: House):
    assert (await house.admin.send("GET", "/checklists/none")).status_code == 404
    assert (await house.admin.send("PATCH", "/checklists/none", json={"dismissed": True})).status_code == 404


async def test_a_step_whose_facts_the_firm_took_away_is_not_there(house: House, firm_workspace: Engine):
    field = {"key": "channel", "type": "text", "label": {"zh": "渠道", "en": "Channel"}}
    await house.admin.post("/tables/lead/fields", field)
    [shipped] = APP.parts["checklists"]
    fact = Records(kind="records", table="lead", filter={"field": "channel", "op": "not_empty"})
    first, *others = shipped.steps
    asking = shipped.model_copy(update={"steps": [first.model_copy(update={"done": [fact]}), *others]})
    async with begin(firm_workspace) as db:
        await save_checklist(db, asking, source="app")
    assert (await house.admin.get(LIST))["steps"][0]["key"] == "team"

    ok(await house.admin.send("DELETE", "/tables/lead/fields/channel"))

    assert [step["key"] for step in (await house.admin.get(LIST))["steps"]] == [step.key for step in others]
