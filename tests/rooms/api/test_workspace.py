"""The workspace's own settings over HTTP."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .conftest import Browser

Visit = Callable[..., Browser]


@pytest.fixture
async def admin(visit: Visit) -> Browser:
    browser = visit()
    await browser.log_in("admin@x.cn")
    return browser


async def test_only_what_is_named_changes(admin: Browser) -> None:
    changed = await admin.patch("/workspace", name="  杭州云帆  ", currency="usd")

    expected = {"name": "杭州云帆", "time_zone": "Asia/Shanghai", "currency": "USD"}
    assert changed.json() == expected
    assert (await admin.get("/workspace")).json() == expected


@pytest.mark.parametrize("zone", ["Asia/Hangzhou", "../../etc/passwd", "", "posix/Asia/Shanghai"])
async def test_a_zone_must_be_one_the_world_knows(admin: Browser, zone: str) -> None:
    refused = await admin.patch("/workspace", time_zone=zone, name="Other")

    assert refused.status_code == 422
    assert list(refused.json()["fields"]) == ["time_zone"]
    assert (await admin.get("/workspace")).json()["name"] == "拓客"


async def test_all_faults_of_the_form_are_told_at_their_fields(admin: Browser) -> None:
    refused = await admin.patch("/workspace", name="", currency="yuan")

    assert set(refused.json()["fields"]) == {"name", "currency"}


async def test_it_is_for_administrators(visit: Visit) -> None:
    ann = visit()
    await ann.log_in("ann@x.cn")

    assert (await ann.get("/workspace")).status_code == 403
    assert (await ann.patch("/workspace", name="Mine")).status_code == 403


async def test_the_audit_tells_what_was_before_and_after(admin: Browser) -> None:
    await admin.patch("/workspace", name="新名", currency="CNY")
    await admin.patch("/workspace", name="新名")

    (entry,) = (await admin.get("/audit?action=workspace")).json()["entries"]
    assert entry["facts"] == {"changed": {"name": ["拓客", "新名"]}}
