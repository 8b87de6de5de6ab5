"""Opportunities by stage: carried over by mouse, by keys and by menu; somebody else's change in between is told."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import EVERY_LOOK, ROOT, Person, enter
from tests.product import Product

RECORDS = "/tables/opportunity/records"


@pytest.fixture(scope="module")
def admin(browser: Browser, product: Product) -> Person:
    return enter(browser, product)


@pytest.fixture(scope="module")
def stages(admin: Person) -> list[dict[str, Any]]:
    fields = admin.api("GET", "/tables/opportunity")["fields"]
    found: list[dict[str, Any]] = next(f for f in fields if f["key"] == "stage")["options"]["choices"]
    return found


@pytest.fixture(scope="module")
def made(admin: Person, stages: list[dict[str, Any]]) -> list[int]:
    account = admin.api("POST", "/tables/account/records", {"records": [{"name": "杭州云帆科技"}]})["ids"][0]
    rows = [
        {"name": f"云帆{what}", "account": account, "amount": str(amount), "stage": stages[at]["key"]}
        for what, amount, at in (
            ("坐席扩容", 48000, 0), ("质检模块", 12800, 0), ("年度续费", 66000, 1), ("培训服务", 9000, 2)
        )
    ]  # fmt: skip
    ids: list[int] = admin.api("POST", RECORDS, {"records": rows})["ids"]
    return ids


def stage_of(admin: Person, id: int) -> str:
    found: str = admin.api("GET", f"{RECORDS}/{id}")["stage"]
    return found


def test_a_card_is_carried_by_mouse_by_keys_and_by_menu(
    admin: Person, stages: list[dict[str, Any]], made: list[int]
):
    page = admin.page
    names = [stage["label"]["zh"] for stage in stages]

    def column(at: int):
        return page.get_by_role("group", name=names[at], exact=True)

    admin.go("/t/opportunity")
    page.get_by_role("button", name="看板视图").click()
    expect(column(0).get_by_role("listitem")).to_have_count(2, timeout=15_000)

    page.get_by_role("listitem").filter(has_text="云帆坐席扩容").drag_to(column(1))
    expect(column(1).get_by_role("link", name="云帆坐席扩容")).to_be_visible()
    expect(column(0).get_by_role("listitem")).to_have_count(1)

    page.get_by_role("link", name="云帆质检模块").focus()
    page.keyboard.press("Shift+ArrowRight")
    expect(column(1).get_by_role("link", name="云帆质检模块")).to_be_visible()

    page.get_by_role("button", name="移动云帆培训服务").click()
    page.get_by_role("menuitem", name=f"移到{names[0]}", exact=True).click()
    expect(column(0).get_by_role("link", name="云帆培训服务")).to_be_visible()
    page.wait_for_timeout(500)

    assert [stage_of(admin, id) for id in made] == [stages[at]["key"] for at in (1, 1, 1, 0)]
    page.reload()
    expect(column(1).get_by_role("listitem")).to_have_count(3, timeout=15_000)
    assert admin.faults == []


def test_somebody_elses_change_in_between_is_told(
    admin: Person, stages: list[dict[str, Any]], made: list[int]
):
    page, id = admin.page, made[2]
    admin.go("/t/opportunity?look=board")
    card = page.get_by_role("link", name="云帆年度续费")
    expect(card).to_be_visible(timeout=15_000)
    # The board is not told of the other's change, as when the line was away.
    page.route("**/api/v1/tables/opportunity/records?*", lambda route: route.abort())
    version = admin.api("GET", f"{RECORDS}/{id}")["version"]
    admin.api("PATCH", RECORDS, {"records": [{"id": id, "version": version, "stage": stages[3]["key"]}]})

    card.focus()
    page.keyboard.press("Shift+ArrowRight")

    expect(page.get_by_role("dialog")).to_be_visible(timeout=10_000)
    page.unroute("**/api/v1/tables/opportunity/records?*")
    assert stage_of(admin, id) == stages[3]["key"]


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_a_menu_opens_in_its_place_whether_things_move_or_not(admin: Person, made: list[int], motion: Any):
    page = admin.page
    page.emulate_media(reduced_motion=motion)
    admin.go("/t/opportunity?look=board")
    for name in ("云帆坐席扩容", "云帆质检模块"):
        page.get_by_role("button", name=f"移动{name}").click()
        item = page.get_by_role("menuitem").filter(visible=True).first
        expect(item).to_be_in_viewport(timeout=10_000)
        page.keyboard.press("Escape")
        expect(item).not_to_be_visible()


def test_a_menu_longer_than_the_room_for_it_can_be_read_to_its_end(admin: Person):
    page = admin.page
    admin.go("/t/opportunity")
    page.get_by_role("navigation", name="主导航").get_by_text("更多").click()
    items = page.get_by_role("menuitem").filter(visible=True)
    expect(items.first).to_be_in_viewport(ratio=1)
    menu = page.get_by_role("menu").filter(visible=True).bounding_box()
    assert menu
    assert menu["y"] >= 0
    assert menu["y"] + menu["height"] <= 900
    items.last.scroll_into_view_if_needed()
    expect(items.last).to_be_in_viewport(ratio=1)
    page.keyboard.press("Escape")


@EVERY_LOOK
def test_it_fits_every_screen_and_can_be_read_by_everybody(
    browser: Browser, product: Product, made: list[int], size: str, scheme: str
):
    axe = (ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    person = enter(browser, product, size=size, scheme=scheme)
    person.go("/t/opportunity?look=board")
    expect(person.page.get_by_role("link", name="云帆坐席扩容")).to_be_attached(timeout=20_000)
    assert person.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 1
    person.page.context.new_cdp_session(person.page).send("Runtime.evaluate", {"expression": axe})
    found = person.page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    assert [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in ("serious", "critical")] == []
