"""On paper: a list, a record and figures come out whole, light, signed and without anything one could press."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import Person, enter
from tests.e2e.paper import filled, near, printed, signed, words
from tests.product import Product

A4_PT = 595
INK = "#16211E"
OF_THE_NIGHT = ("#0C1311", "#141D1A", "#1A2521", "#E8EEEB")
"""What a dark screen is painted and written with."""


@pytest.fixture(scope="module")
def admin(browser: Browser, product: Product) -> Person:
    """Whose screen is dark: paper is not."""
    return enter(browser, product, scheme="dark")


@pytest.fixture(scope="module")
def quote(admin: Person) -> int:
    """A quote with two lines, and 130 leads."""
    account = admin.api("POST", "/tables/account/records", {"name": "杭州云帆科技有限公司"})["ids"][0]
    values = {"name": "云帆年度报价", "account": account, "amount": "25600"}
    made: int = admin.api("POST", "/tables/quote/records", values)["ids"][0]
    lines = [
        {"quote": made, "product_name": name, "quantity": count, "price": price}
        for name, count, price in (("云仓专业版", 12, "1680"), ("上线培训", 2, "2720"))
    ]
    admin.api("POST", "/tables/quote_line/records", {"records": lines})
    leads = [
        {
            "name": f"客户{n:03d}",
            "company": f"宁波博远精密第{n}分公司",
            "phone": f"1370000{n:04d}",
            "city": "宁波",
        }
        for n in range(130)
    ]
    admin.api("POST", "/tables/lead/records", {"records": leads})
    return made


def test_a_list_prints_all_its_rows_under_a_head_on_every_sheet(admin: Person, quote: int):
    admin.go("/t/lead?view=all&search=博远")
    expect(admin.page.get_by_text("130 条")).to_be_visible()
    # A statement in a function: an expression whose value is a function would be called at once.
    admin.page.evaluate("() => { window.print = () => { document.body.dataset.printed = 'yes' } }")
    admin.page.get_by_role("button", name="更多").last.click()
    admin.page.get_by_role("menuitem", name="打印").click()
    expect(admin.page.locator("body[data-printed]")).to_be_attached()

    pages = printed(admin)

    signed(pages)
    assert "线索" in words(pages[0])
    assert "130 条" in words(pages[0])
    assert "搜索:博远" in words(pages[0])
    assert len(pages) > 2
    for page in pages:
        assert page.mediabox.width > page.mediabox.height
        assert "姓名" in words(page)
        assert "公司" in words(page)
    whole = " ".join(words(page) for page in pages)
    assert sorted({name.replace(" ", "") for name in re.findall(r"客户 ?\d{3}", whole)}) == [
        f"客户{n:03d}" for n in range(130)
    ]
    assert "打印了前" not in whole


def test_what_was_not_fetched_is_told_on_the_sheet(admin: Person, quote: int):
    admin.go("/t/lead?view=all")
    expect(admin.page.get_by_text("130 条")).to_be_visible()
    admin.settle()

    pages = printed(admin)

    assert "打印了前 100 条,共 130 条" in words(pages[-1])


def test_a_quote_prints_with_its_lines_and_nothing_to_press(admin: Person, quote: int):
    admin.go(f"/t/quote/{quote}")
    expect(admin.page.get_by_role("heading", name="云帆年度报价")).to_be_visible()
    expect(admin.page.get_by_role("button", name="打印")).to_be_visible()
    admin.settle()

    pages = printed(admin)

    signed(pages)
    said = words(pages[0])
    for text in (
        "报价单",
        "云帆年度报价",
        "杭州云帆科技有限公司",
        "报价明细",
        "云仓专业版",
        "上线培训",
        "1,680",
    ):
        assert text in said, text
    assert round(float(pages[0].mediabox.width)) == A4_PT


def test_figures_print_light_from_a_dark_screen_which_stays_dark(admin: Person, quote: int):
    admin.go("/dashboards")
    expect(admin.page.get_by_role("button", name="打印")).to_be_visible()
    admin.settle()

    pages = printed(admin)

    signed(pages)
    assert "新增线索" in words(pages[0])
    used = {colour for page in pages for colour in filled(page)}
    assert near(used, INK)
    assert [colour for colour in OF_THE_NIGHT if near(used, colour)] == []
    assert admin.page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert admin.faults == []
