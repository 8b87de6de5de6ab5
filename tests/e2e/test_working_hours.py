"""The working calendar: an administrator says when the firm works, and what follows from it is shown."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.e2e.conftest import EVERY_LOOK, ROOT, enter
from tests.product import Product


def test_saturday_is_worked_from_now_on_and_a_day_of_ones_own_is_off(browser: Browser, product: Product):
    admin = enter(browser, product)
    page = admin.page
    admin.go("/admin/workspace")
    admin.settle()
    page.get_by_role("switch", name="周六上班").click()
    opens = page.get_by_role("textbox", name="周六几点上班")
    opens.fill("10:00")
    # Not Enter, which saves and shows what was saved.
    page.keyboard.press("Tab")
    year = page.evaluate("new Date().getFullYear()") + 1
    page.get_by_role("textbox", name="日期").fill(f"{year}-03-03")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="这天放假").click()
    page.get_by_role("region", name="上班时间").get_by_role("button", name="保存").click()

    expect(page.get_by_text("已保存，新进流程的按新的时间算")).to_be_visible()
    kept = admin.api("GET", "/workspace/calendar")
    assert (kept["hours"]["sat"], kept["holidays"]) == ([["10:00", "18:00"]], [f"{year}-03-03"])
    expect(page.get_by_role("region", name=str(year))).to_contain_text("3月3日 放假")
    assert admin.faults == []


@EVERY_LOOK
def test_it_fits_every_screen_and_can_be_read_by_everybody(
    browser: Browser, product: Product, size: str, scheme: str
):
    axe = (ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    person = enter(browser, product, size=size, scheme=scheme)
    person.go("/admin/workspace")
    expect(person.page.get_by_text("放假安排", exact=True)).to_be_visible(timeout=20_000)
    person.picture(f"workspace-{size}-{scheme}")
    assert person.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 1
    person.page.context.new_cdp_session(person.page).send("Runtime.evaluate", {"expression": axe})
    found = person.page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    assert [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in ("serious", "critical")] == []
