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


async def test_the_working_calendar_is_nine_to_six_until_the_firm_says_otherwise(admin: Browser) -> None:
    found = (await admin.get("/workspace/calendar")).json()

    assert found["hours"]["mon"] == [["09:00", "18:00"]]
    assert found["hours"]["sun"] == found["holidays"] == found["workdays"] == []
    assert len(found["years"]) == 2


async def test_hours_and_own_days_are_kept_and_audited(admin: Browser) -> None:
    lunch = [["09:00", "12:00"], ["13:30", "18:00"]]

    changed = await admin.patch(
        "/workspace/calendar", hours={"mon": lunch, "sat": [["09:00", "12:00"]]}, holidays=["2026-12-24"]
    )
    await admin.patch("/workspace/calendar", workdays=["2026-11-28"])

    found = (await admin.get("/workspace/calendar")).json()
    assert changed.json()["holidays"] == found["holidays"] == ["2026-12-24"]
    assert (found["hours"]["mon"], found["hours"]["tue"]) == (lunch, [["09:00", "18:00"]])
    assert found["workdays"] == ["2026-11-28"]
    last, first = (await admin.get("/audit?action=workspace.working_time")).json()["entries"]
    assert last["facts"]["changed"] == {"workdays": ["", "2026-11-28"]}
    assert set(first["facts"]["changed"]) == {"hours", "holidays"}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"hours": {"mon": [["18:00", "09:00"]]}}, "hours.mon"),
        ({"hours": {"mon": [["09:00", "13:00"], ["12:00", "18:00"]]}}, "hours.mon"),
        ({"hours": {"mon": [["9 o'clock", "18:00"]]}}, "hours.mon.0.0"),
        ({"holidays": ["2026-12-24"], "workdays": ["2026-12-24"]}, "workdays"),
    ],
)
async def test_hours_that_make_no_sense_are_refused_at_their_day(
    admin: Browser, change: dict, field: str
) -> None:
    refused = await admin.patch("/workspace/calendar", **change)

    assert refused.status_code == 422
    assert list(refused.json()["fields"]) == [field]


async def test_a_week_without_any_hour_is_refused(admin: Browser) -> None:
    off: dict[str, list[str]] = {day: [] for day in ("mon", "tue", "wed", "thu", "fri")}

    assert (await admin.patch("/workspace/calendar", hours=off)).status_code == 422


async def test_the_calendar_is_for_administrators(visit: Visit) -> None:
    ann = visit()
    await ann.log_in("ann@x.cn")

    assert (await ann.get("/workspace/calendar")).status_code == 403
    assert (await ann.patch("/workspace/calendar", holidays=[])).status_code == 403
