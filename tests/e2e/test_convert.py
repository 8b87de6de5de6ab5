"""A lead becomes a customer without the mouse: V, a look, Enter; and what was said is there when one arrives."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import LOOKS, Person, enter, looks
from tests.product import Product


@pytest.fixture(scope="module")
def admin(browser: Browser, product: Product) -> Person:
    return enter(browser, product)


def make(admin: Person, table: str, **values: Any) -> int:
    return admin.api("POST", f"/tables/{table}/records", values)["ids"][0]


def lead(admin: Person, number: int, **values: Any) -> int:
    made = make(
        admin,
        "lead",
        **{
            "name": "林若溪",
            "company": f"云帆科技{number}",
            "phone": f"1380000{number:04d}",
            "position": "采购总监",
            "amount": "48000",
            "city": "杭州",
            "industry": "software",
            "grade": "A",
            "need": "二十个坐席，月底前要看到方案",
            **values,
        },
    )
    make(admin, "activity", lead=made, content="想看同行案例，约了下周再谈", intent="A")
    return made


def test_two_keys_make_a_customer_and_the_story_is_there(admin: Person):
    at = lead(admin, 1)
    admin.go(f"/t/lead/{at}")
    page = admin.page
    expect(page.get_by_role("button", name="转化", exact=True)).to_be_visible()

    page.keyboard.press("v")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("客户名称")).to_be_focused()
    page.keyboard.press("Enter")

    page.wait_for_url("**/t/opportunity/*")
    expect(page.get_by_role("heading", name="云帆科技1")).to_be_visible()
    expect(page.get_by_text("想看同行案例，约了下周再谈").first).to_be_visible()
    admin.go(f"/t/lead/{at}")
    expect(page.get_by_text("已转化为")).to_be_visible()
    expect(page.get_by_role("button", name="转化", exact=True)).to_have_count(0)
    assert admin.faults == []


def test_what_is_here_already_is_chosen_and_may_be_unchosen(admin: Person):
    account = make(admin, "account", name="云帆科技2")
    at = lead(admin, 2)
    page = admin.page
    admin.go(f"/t/lead/{at}")
    page.get_by_role("button", name="已转化").click()

    card = page.get_by_role("region", name="客户")
    expect(card.get_by_role("radio", name="云帆科技2")).to_be_checked()
    expect(card.get_by_role("textbox", name="客户名称")).to_have_count(0)
    card.get_by_role("radio", name="新建客户").click()
    expect(card.get_by_role("textbox", name="客户名称")).to_have_value("云帆科技2")
    card.get_by_role("radio", name="云帆科技2").click()
    page.get_by_role("region", name="联系人").get_by_role("checkbox").uncheck()
    page.get_by_role("dialog").get_by_role("button", name="转化").click()

    page.wait_for_url("**/t/opportunity/*")
    told = admin.api("GET", f"/tables/lead/records/{at}")
    assert (told["account"]["id"], told["contact"]) == (account, None)


def test_an_emptied_name_is_asked_for_where_it_stands(admin: Person):
    at = lead(admin, 3)
    page = admin.page
    admin.go(f"/t/lead/{at}")
    page.get_by_role("button", name="转化", exact=True).wait_for()
    page.keyboard.press("v")
    page.get_by_label("商机名称").fill("")
    page.keyboard.press("Enter")

    expect(page.get_by_role("region", name="商机").get_by_role("alert")).to_be_visible()
    assert admin.api("GET", f"/tables/lead/records/{at}")["status"] != "converted"


@looks("phone-dark")
def test_it_fits_every_screen(browser: Browser, product: Product, admin: Person, size: str, scheme: str):
    number = 10 + LOOKS.index((size, scheme))
    make(admin, "account", name=f"云帆科技{number}")
    at = lead(admin, number)
    person = enter(browser, product, size=size, scheme=scheme)
    person.go(f"/t/lead/{at}")
    button = person.page.get_by_role("button", name="转化", exact=True)
    button.wait_for()
    person.settle()
    person.picture(f"convert-lead-{size}-{scheme}")

    button.click()
    person.page.get_by_role("region", name="商机").wait_for()
    person.settle()
    person.picture(f"convert-{size}-{scheme}")
    person.page.get_by_role("dialog").get_by_role("button", name="转化").click()
    person.page.wait_for_url("**/t/opportunity/*")
    person.go(f"/t/lead/{at}")
    person.page.get_by_text("已转化为").wait_for()
    person.settle()
    person.picture(f"converted-{size}-{scheme}")

    wide = person.page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert not wide
    assert person.faults == []
