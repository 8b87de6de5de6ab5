"""The model while it runs, at the HTTP surface."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest_asyncio

from tests.house import House, open_house


@pytest_asyncio.fixture
async def house(firm_workspace, tmp_path) -> AsyncIterator[House]:
    async with open_house(firm_workspace, tmp_path) as opened:
        yield opened


def _own(table: Mapping[str, Any]) -> list[str]:
    return [f["key"] for f in table["fields"] if not f["automatic"]]


async def test_fields_stand_in_the_order_given_and_a_new_one_comes_last(house):
    before = _own(await house.admin.get("/tables/lead"))
    wanted = [before[2], *before[:2], *before[3:]]

    told = await house.admin.patch("/tables/lead", {"fields": wanted})
    await house.admin.post(
        "/tables/lead/fields", {"key": "nick", "type": "text", "label": {"zh": "外号", "en": "Nickname"}}
    )

    assert _own(told) == wanted
    assert _own(await house.admin.get("/tables/lead")) == [*wanted, "nick"]


async def test_an_order_that_forgets_a_field_is_refused(house):
    before = await house.admin.get("/tables/lead")

    for keys in (_own(before)[1:], [*_own(before), "phone"], [*_own(before)[1:], "id"]):
        refused = await house.admin.send("PATCH", "/tables/lead", json={"fields": keys})
        assert refused.status_code == 422
        assert list(refused.json()["fields"]) == ["fields"]
    assert await house.admin.get("/tables/lead") == before


async def test_headings_of_imports_are_told_to_administrators_only(house):
    phone = {"zh": "手机", "en": "Phone"}

    seen = {
        who: next(f for f in (await client.get("/tables/lead"))["fields"] if f["label"] == phone)
        for who, client in (("admin", house.admin), ("rep", house["ann"]))
    }

    assert "手机号码" in seen["admin"]["aliases"]
    assert "aliases" not in seen["rep"]


async def test_the_audit_names_what_is_no_more(house):
    level = {"zh": "级别", "en": "Level"}
    await house.admin.post("/tables/lead/fields", {"key": "level", "type": "text", "label": level})
    await house.admin.delete("/tables/lead/fields/level")

    (entry,) = (await house.admin.get("/audit", action="field.deleted"))["entries"]

    assert entry["facts"]["label"] == {"zh": "线索", "en": "Lead"}
    assert entry["facts"]["fields"] == [{"key": "level", "label": level}]
