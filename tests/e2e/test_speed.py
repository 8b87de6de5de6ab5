"""An administrator makes a table's lists faster while everybody works, and takes it back."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.e2e.conftest import EVERY_LOOK, ROOT, enter
from tests.product import Product


def test_a_field_is_sped_up_in_the_background_and_taken_back(browser: Browser, product: Product):
    admin = enter(browser, product)
    page = admin.page
    admin.go("/admin/tables/lead")
    page.get_by_text("加速", exact=True).click()
    expect(page.get_by_text("近来没有慢的列表，不用加速。")).to_be_visible()

    page.get_by_role("combobox", name="自己选字段加速").click()
    page.keyboard.insert_text("城市")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="加速", exact=True).click()

    expect(page.get_by_text("城市已加速，下一次打开列表就会用上。")).to_be_visible(timeout=30_000)
    own = [index for index in admin.api("GET", "/tables/lead/indexes")["indexes"] if index["own"]]
    assert [index["columns"] for index in own] == [["city"]]
    page.get_by_role("button", name="取消城市的加速").click()
    page.get_by_role("dialog").get_by_role("button", name="取消加速").click()
    expect(page.get_by_role("button", name="取消城市的加速")).to_have_count(0, timeout=30_000)
    assert not [index for index in admin.api("GET", "/tables/lead/indexes")["indexes"] if index["own"]]
    assert admin.faults == []


@EVERY_LOOK
def test_it_fits_every_screen_and_can_be_read_by_everybody(
    browser: Browser, product: Product, size: str, scheme: str
):
    axe = (ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    person = enter(browser, product, size=size, scheme=scheme)
    person.go("/admin/tables/lead")
    person.page.get_by_text("加速", exact=True).click()
    expect(person.page.get_by_text("自己选字段加速")).to_be_visible()
    person.picture(f"speed-{size}-{scheme}")
    assert person.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 1
    person.page.context.new_cdp_session(person.page).send("Runtime.evaluate", {"expression": axe})
    found = person.page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    assert [v["id"] for v in found if v["impact"] in ("serious", "critical")] == []
