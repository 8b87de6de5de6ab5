"""Dashboards at their door: whose there are, what a bad definition is told, what a missing right takes away."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from tests.house import House, ok, open_house


@pytest_asyncio.fixture(scope="module")
async def house(module_workspace, tmp_path_factory) -> AsyncIterator[House]:
    async with open_house(module_workspace, tmp_path_factory.mktemp("boards")) as opened:
        yield opened


def board(**more: Any) -> dict[str, Any]:
    tile = {
        "key": "leads",
        "kind": "figure",
        "label": {"zh": "线索", "en": "Leads"},
        "table": "lead",
        "period": "created_at",
    }
    return {"key": "own", "label": {"zh": "自建", "en": "Own"}, "tiles": [{**tile, **more}]}


async def test_everybody_is_shown_his_own_dashboards(house: House):
    keys = {
        who: [one["key"] for one in (await house[who].get("/dashboards"))["dashboards"]]
        for who in ("admin", "leader", "ann")
    }

    assert keys == {
        "admin": ["team", "company", "mine"],
        "leader": ["team", "company", "mine"],
        "ann": ["mine"],
    }
    in_meta = (await house["ann"].get("/meta"))["dashboards"]
    assert [one["key"] for one in in_meta] == keys["ann"]
    assert (await house["ann"].send("GET", "/dashboards/team")).status_code == 404
    assert (await house["ann"].send("GET", "/dashboards/none")).status_code == 404


async def test_an_unknown_period_is_told_with_those_known(house: House):
    answer = await house.admin.send("GET", "/dashboards/team", params={"period": "the_other_day"})

    assert answer.status_code == 422
    assert "this_month" in answer.json()["known"]
    for period in ("2026-13-01..2026-13-02", "2026-02-02..2026-02-01", "0001-01-01..9999-12-31"):
        wrong = await house.admin.send("GET", "/dashboards/team", params={"period": period})
        assert wrong.status_code == 422, period


async def test_an_administrator_makes_changes_and_takes_away_a_dashboard(house: House):
    await house.admin.post("/tables/lead/records", {"phone": "13800000001", "source": "website"})
    ok(await house.admin.send("POST", "/dashboards", json=board()))
    assert (await house.admin.send("POST", "/dashboards", json=board())).status_code == 409
    assert (await house["ann"].send("POST", "/dashboards", json=board())).status_code == 403

    (tile,) = (await house.admin.get("/dashboards/own", period="today"))["tiles"]
    assert (tile["values"][0]["value"], tile["previous"][0]["value"]) == (1, 0)
    only = {"filter": {"field": "source", "op": "eq", "value": "douyin"}}
    ok(await house.admin.send("PUT", "/dashboards/own", json=board(**only)))
    (tile,) = (await house.admin.get("/dashboards/own", period="today"))["tiles"]
    assert tile["values"][0]["value"] == 0
    written = await house.admin.get("/dashboards/own/definition")
    ok(await house.admin.send("PUT", "/dashboards/own", json=written))

    assert (await house.admin.send("DELETE", "/dashboards/own")).status_code == 204
    assert (await house.admin.send("GET", "/dashboards/own")).status_code == 404


LABELLED = {"label": {"zh": "x", "en": "x"}}
FAULTS: dict[str, tuple[dict[str, Any], str]] = {
    "no such table": ({"table": "leads"}, "tiles.leads.table"),
    "no such field": ({"period": "made_at"}, "tiles.leads.period"),
    "not a date": ({"period": "source"}, "tiles.leads.period"),
    "an unknown operator": ({"filter": {"field": "source", "op": "like", "value": "x"}}, "tiles.leads.filter"),
    "no such option": ({"filter": {"field": "source", "op": "eq", "value": "radio"}}, "tiles.leads.filter"),
    "a sum of words": ({"measure": {"aggregate": "sum", "field": "source"}}, "tiles.leads.measure.field"),
    "a sum of nothing": ({"measure": {"aggregate": "sum"}}, "tiles.leads.measure.field"),
    "a share of what": ({"measure": {"aggregate": "share"}}, "tiles.leads.measure.where"),
    "a bad share": (
        {"measure": {"aggregate": "share", "where": {"field": "nope", "op": "eq", "value": 1}}},
        "tiles.leads.measure.where",
    ),
    "a trend without time": ({"kind": "trend", "period": None}, "tiles.leads.period"),
    "grouped by a moment": ({"kind": "ranking", "group": "created_at"}, "tiles.leads.group"),
    "two nameless measures": ({"kind": "ranking", "group": "source", "measures": [{}, {}]}, "tiles.leads.measures.0.label"),
    "an unknown step": ({"kind": "funnel", "group": "status", "steps": ["new", "sold"]}, "tiles.leads.steps.1"),
    "a funnel of averages": (
        {
            "kind": "funnel",
            "group": "status",
            "steps": ["new", "converted"],
            "measures": [{"aggregate": "avg", "field": "score"}],
        },
        "tiles.leads.measures.0.aggregate",
    ),
    "a missing column": ({"kind": "list", "columns": ["name", "nope"]}, "tiles.leads.columns.1"),
    "a bad least period": ({"at_least": "ever"}, "tiles.leads.at_least"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_bad_definition_is_told_where_it_is_wrong(house: House, fault: str):
    more, place = FAULTS[fault]

    answer = await house.admin.send("POST", "/dashboards", json=board(**more))

    assert answer.status_code == 422, answer.text
    assert place in answer.json()["fields"], answer.json()


async def test_a_kind_that_is_none_and_two_tiles_of_one_key_are_refused(house: House):
    twice = board()
    twice["tiles"] = twice["tiles"] * 2
    for body in (board(kind="pie"), twice, {**board(), "roles": ["nobody"]}, {**board(), "period": "ever"}):
        assert (await house.admin.send("POST", "/dashboards", json=body)).status_code == 422


async def test_a_tile_without_the_right_to_its_records_is_not_there(house: House):
    """A role that may read leads, but not where they came from, and nothing else."""
    grant = {"tables": ["lead"], "read": ["all"], "hide": ["source"]}
    role = {"key": "looker", "label": {"zh": "看客", "en": "Looker"}, "grants": [grant]}
    ok(await house.admin.send("POST", "/roles", json=role))
    ann = next(u for u in (await house.admin.get("/users"))["users"] if u["id"] == house["ann"].id)
    await house.admin.patch(f"/users/{ann['id']}", {"roles": ["looker"]})
    tiles = [
        board()["tiles"][0],
        {**board()["tiles"][0], "key": "sources", "kind": "share", "group": "source"},
        {**board()["tiles"][0], "key": "paid", "table": "payment"},
    ]
    ok(await house.admin.send("POST", "/dashboards", json={**board(), "tiles": tiles}))

    seen = await house["ann"].get("/dashboards/own", period="today")

    assert [tile["key"] for tile in seen["tiles"]] == ["leads"]
    await house.admin.patch(f"/users/{ann['id']}", {"roles": ["rep"]})


async def test_what_lost_its_field_is_told_to_administrators_and_spares_its_neighbours(house: House):
    field = {"key": "channel", "type": "text", "label": {"zh": "渠道", "en": "Channel"}}
    await house.admin.post("/tables/lead/fields", field)
    tiles = [
        board()["tiles"][0],
        {
            **board()["tiles"][0],
            "key": "channels",
            "measure": {"where": {"field": "channel", "op": "not_empty"}},
        },
    ]
    ok(await house.admin.send("POST", "/dashboards", json={**board(), "key": "lost", "tiles": tiles}))
    ok(await house.admin.send("DELETE", "/tables/lead/fields/channel"))

    told = (await house.admin.get("/dashboards/lost", period="today"))["tiles"]
    others = (await house["leader"].get("/dashboards/lost", period="today"))["tiles"]

    assert [(tile["key"], tile["fault"] is None) for tile in told] == [("leads", True), ("channels", False)]
    assert [tile["key"] for tile in others] == ["leads"]
