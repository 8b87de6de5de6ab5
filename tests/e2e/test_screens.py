"""Every screen on the demo firm's data, as those see it who use it: it fits, it can be read, nothing is cut off."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.conftest import LOOKS, Person, enter, looks
from tests.e2e.reading import faults_of
from tests.firm import Firm

PAGES = {
    "rep": {
        "workbench": "/today",
        "list": "/t/lead?view=mine",
        "today-due": "/today?queue=today",
        "tasks": "/t/task",
        "calls": "/t/call",
        "contracts": "/t/contract",
        "figures-mine": "/dashboards",
        "account": "/account",
        "record": "/t/opportunity/{opportunity}",
        "quote": "/t/quote/{quote}",
    },
    "lead": {
        "board": "/t/opportunity?look=board",
        "figures": "/dashboards",
        "import": "/t/lead/import",
        "bin": "/t/lead/bin",
        "changes": "/changes",
        "payments": "/t/payment",
    },
    "admin": {
        "figures-company": "/dashboards/company",
        "people": "/admin/people",
        "roles": "/admin/roles/rep",
        "tables": "/admin/tables",
        "fields": "/admin/tables/lead",
        "audit": "/admin/audit",
        "developer": "/admin/api",
        "workspace": "/admin/workspace",
        "flows": "/flows",
        "flow": "/flows/{flow}",
    },
}


EMPTY = {"bin", "changes", "flows", "flow", "today-due"}
"""What nobody of the demo has touched yet, and what is shown by another: looked at, but no picture."""


def newest(person: Person) -> dict[str, int]:
    """A record of each kind that has something to show."""
    found: dict[str, int] = {}
    for table in ("opportunity", "quote"):
        rows = person.api("GET", f"/tables/{table}/records?limit=1&sort=-id&fields=name")["records"]
        found[table] = rows[0]["id"]
    return found


def walks() -> Iterator[Any]:
    """Everybody in every look; at once a rep on the phone and an administrator at a desk, the rest takes minutes."""
    at_once = {("rep", "phone", "dark"), ("admin", "wide", "light")}
    for who in PAGES:
        for look in LOOKS:
            yield pytest.param(who, *look, marks=[] if (who, *look) in at_once else [pytest.mark.soak])


@pytest.mark.parametrize(("who", "size", "scheme"), [*walks()])
def test_every_screen_fits_and_can_be_read(browser: Browser, demo: Firm, who: str, size: str, scheme: str):
    person = enter(browser, demo.product, demo.emails[who], size, scheme, demo.password)
    ids = newest(person)
    if who == "admin":
        ids["flow"] = person.api("GET", "/flows")["flows"][0]["id"]
    found: list[str] = []
    for name, path in PAGES[who].items():
        person.go(path.format(**ids))
        person.settle()
        if name not in EMPTY:
            person.picture(f"{name}-{size}-{scheme}")
        found += [f"{name}: {fault}" for fault in faults_of(person.page)]
    person.page.context.close()
    assert found == []
    assert person.faults == []


def press(page: Page, name: str | re.Pattern[str]) -> None:
    page.get_by_role("button", name=name).first.click()


def menu(page: Page) -> Locator:
    return page.get_by_role("menuitem")


def open_palette(page: Page) -> None:
    if (page.viewport_size or {"width": 0})["width"] > 720:
        page.keyboard.press("Control+k")
    else:
        page.locator(".tab-bar .me").click()
        menu(page).filter(has_text="找客户").click()
    page.keyboard.insert_text("待办")
    expect(page.get_by_role("option").first).to_be_visible()


def open_own_menu(page: Page) -> None:
    page.locator(".me").click()
    expect(menu(page).filter(has_text="退出登录")).to_be_in_viewport()


def open_filter(page: Page) -> None:
    press(page, "筛选")
    press(page, "添加条件")


CONVENIENCES: dict[str, Callable[[Page], None]] = {
    "own-menu": open_own_menu,
    "palette": open_palette,
    "filter": open_filter,
    "sort": lambda page: press(page, "排序"),
    "views-menu": lambda page: page.locator(".view-bar button").last.click(),
    "form": lambda page: press(page, "新建线索"),
}


@looks("phone-dark")
def test_what_opens_over_a_list_stays_on_the_screen(browser: Browser, demo: Firm, size: str, scheme: str):
    person = enter(browser, demo.product, demo.emails["lead"], size, scheme, demo.password)
    found: list[str] = []
    for name, act in CONVENIENCES.items():
        person.go("/t/lead")
        expect(person.page.get_by_text(re.compile(r"^[\d,]+ 条"))).to_be_visible()
        act(person.page)
        person.settle()
        person.picture(f"{name}-{size}-{scheme}")
        found += [f"{name}: {fault}" for fault in off_the_screen(person.page)]
    person.page.context.close()
    assert found == []
    assert person.faults == []


def off_the_screen(page: Page) -> list[str]:
    """Menus, drawers and dialogs that reach past an edge."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll(
            ".ant-dropdown, .ant-popover, .ant-drawer-section, .ant-modal, [role=dialog]")].flatMap((one) => {
            const box = one.getBoundingClientRect();
            const isShown = box.width > 0 && getComputedStyle(one).visibility !== "hidden";
            const fits = box.left >= -1 && box.right <= innerWidth + 1 && box.top >= -1 && box.bottom <= innerHeight + 1;
            return isShown && !fits ? [one.className + " " + [box.left, box.top, box.right, box.bottom].map(Math.round)] : [];
        })"""
    )
    return found
