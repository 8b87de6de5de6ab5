"""Ctrl-K finds people, pages and things to do; `?` says which keys there are. By keyboard alone."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Route, expect

from tests.e2e.conftest import ROOT, enter
from tests.product import Product


def test_ctrl_k_finds_a_person_a_page_and_a_form_and_question_mark_the_keys(
    browser: Browser, product: Product
):
    admin = enter(browser, product)
    page = admin.page
    admin.api("POST", "/tables/lead/records", {"records": [{"name": "钱多多", "phone": "13700001111"}]})
    admin.go("/today")
    expect(page.get_by_role("heading").first).to_be_visible(timeout=15_000)
    box = page.get_by_role("combobox", name="找客户、页面和操作")

    page.keyboard.press("Control+k")
    expect(box).to_be_focused()
    page.keyboard.insert_text("钱多")
    expect(page.get_by_role("option", name="钱多多")).to_be_visible(timeout=10_000)
    admin.picture("palette-wide-light")
    axe = (ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    page.context.new_cdp_session(page).send("Runtime.evaluate", {"expression": axe})
    found = page.evaluate("axe.run(document.querySelector('.palette'), {resultTypes: ['violations']})")
    assert [v["id"] for v in found["violations"] if v["impact"] in ("serious", "critical")] == []
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/t/lead/\d+$"))

    page.keyboard.press("Control+k")
    box.fill("商机")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/t/opportunity"))

    page.keyboard.press("Control+k")
    box.fill("新建线索")
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="姓名")).to_be_visible(timeout=10_000)
    page.keyboard.press("Escape")
    admin.go("/changes")
    expect(page.get_by_role("heading").first).to_be_visible(timeout=15_000)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="键盘快捷键")).to_be_visible()
    assert admin.faults == []


def test_what_is_typed_before_the_box_is_there_stands_in_it_and_calls_nobody(
    browser: Browser, product: Product
):
    admin = enter(browser, product)
    page = admin.page
    lead = admin.api("POST", "/tables/lead/records", {"name": "常山", "phone": "13700002222"})["ids"][0]

    def slow(route: Route) -> None:
        page.wait_for_timeout(800)
        route.continue_()

    page.route("**/assets/palette-*.js", slow)
    admin.go(f"/t/lead/{lead}")
    expect(page.get_by_role("heading", name="常山").first).to_be_visible()
    box = page.get_by_role("combobox", name="找客户、页面和操作")

    page.keyboard.press("Control+k")
    page.keyboard.type("cx")
    assert box.count() == 0, "the code came too early for this test"
    page.keyboard.press("Backspace")
    expect(box).to_be_focused()
    page.keyboard.type("hang")

    expect(box).to_have_value("chang")
    # Opened again, now that its code is there.
    for word in ("li", "wang"):
        page.keyboard.press("Escape")
        expect(box).to_have_count(0)
        page.keyboard.press("Control+k")
        page.keyboard.type(word)
        expect(box).to_have_value(word)
    assert admin.api("GET", "/tables/call/records?limit=1")["count"] == 0
    assert admin.faults == []
