"""From a figure to the voice behind it, in a browser: dashboard, list, record, call, recording."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import Person, enter
from tests.e2e.day import Team, make_day, make_team
from tests.product import Product


@pytest.fixture(scope="module")
def team(browser: Browser, product: Product) -> Team:
    admin = enter(browser, product)
    made = make_team(admin)
    admin.page.context.close()
    return made


@pytest.fixture(scope="module")
def leads(browser: Browser, product: Product, team: Team) -> dict[str, int]:
    """A rep's leads; to one of them he has spoken on the telephone."""
    made = make_day(browser, product, team)
    rep = enter(browser, product, team.email("siyu"))
    call = rep.api("POST", "/calls", {"table": "lead", "record": made["林若溪"], "field": "phone"})["call"]
    until(rep, call, "talking")
    time.sleep(1.5)
    rep.api("POST", f"/calls/{call}/hang_up")
    until(rep, call, "ended")
    # The worker brings the recording; the line is simulated, its sound is not.
    deadline = time.monotonic() + 60
    while rep.api("GET", "/tables/recording/records?limit=1")["count"] == 0:
        assert time.monotonic() < deadline, "the recording never came"
        time.sleep(0.2)
    rep.page.context.close()
    return made


def until(rep: Person, call: int, state: str) -> None:
    deadline = time.monotonic() + 40
    while rep.api("GET", f"/tables/call/records/{call}")["state"] != state:
        assert time.monotonic() < deadline, f"the call never got to {state}"
        time.sleep(0.1)


def number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


@pytest.fixture
def lead(browser: Browser, product: Product, team: Team, leads: dict[str, int]) -> Person:
    """The team lead, before his dashboard."""
    person = enter(browser, product, team.email("lintao"))
    person.go("/dashboards/team?period=this_year")
    expect(person.page.get_by_role("region", name="外呼量")).to_be_visible()
    person.settle()
    return person


def test_a_figure_leads_to_its_records_to_a_person_and_to_the_call(lead: Person):
    page = lead.page
    fresh = page.get_by_role("region", name="新增线索")
    count = number(fresh.locator(".figure-value").inner_text())
    assert count == 9

    fresh.get_by_role("link").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="线索")).to_be_visible()
    expect(page.get_by_text(re.compile(rf"^{count} 条"))).to_be_visible()
    page.get_by_text("林若溪").first.click()
    expect(page.get_by_role("heading", name="林若溪").first).to_be_visible()
    expect(page.get_by_text(re.compile("呼出 · 已接通"))).to_be_visible(timeout=20_000)
    play = page.get_by_role("button", name=re.compile("播放录音")).first
    expect(play).to_be_visible(timeout=20_000)
    play.click()
    assert lead.faults == []


def test_every_figure_of_the_page_is_as_long_as_its_list(lead: Person):
    tiles: list[dict[str, Any]] = lead.api("GET", "/dashboards/team?period=this_year")["tiles"]
    links = lead.page.locator(".tiles a").evaluate_all("links => links.map(a => a.getAttribute('href'))")
    lists = [link for link in links if link.startswith("/t/") and "?" in link]
    expected = {
        value["count"]
        for tile in tiles
        for value in [*tile["values"], *(v for part in tile["parts"] for v in part["values"])]
    }

    assert len(lists) > 15
    for address in dict.fromkeys(lists[:3] + lists[-3:]):
        lead.go(address)
        told = lead.page.locator(".list-count")
        expect(told).to_have_text(re.compile(r"^[\d,]+ 条"))
        assert number(told.inner_text()) in expected, address


def test_the_period_stands_in_the_address_and_is_chosen_by_keyboard(lead: Person):
    page = lead.page
    page.get_by_role("button", name="本月").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("period=this_month"))
    page.get_by_role("button", name=re.compile("自定义")).click()
    page.get_by_label("从").fill("2026-01-05")
    page.get_by_label("到", exact=True).fill("2026-01-09")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"period=2026-01-05\.\.2026-01-09"))
    expect(page.get_by_role("region", name="外呼量").locator(".figure-value")).to_have_text("0")
    page.go_back()
    expect(page).to_have_url(re.compile("period=this_month"))


def test_figures_follow_what_others_do_without_being_asked(
    browser: Browser, product: Product, team: Team, lead: Person
):
    told = lead.page.get_by_role("region", name="新增线索").locator(".figure-value")
    before = number(told.inner_text())
    rep = enter(browser, product, team.email("haoran"))

    rep.api("POST", "/tables/lead/records", {"name": "新来的", "phone": "13911110000"})

    expect(told).to_have_text(str(before + 1), timeout=25_000)


def test_a_rep_finds_his_own_figures_behind_more(browser: Browser, product: Product, team: Team, leads: Any):
    rep = enter(browser, product, team.email("siyu"))
    rep.go("/today")
    menu = rep.page.get_by_role("navigation", name="主导航")
    expect(menu.get_by_text("更多")).to_be_visible()
    assert menu.locator(".rail-link").count() <= 6

    menu.get_by_text("更多").click()
    rep.page.get_by_role("menuitem", name="看板").click()

    expect(rep.page.get_by_role("heading", name="我的数据")).to_be_visible()
    expect(rep.page.get_by_role("region", name="外呼量").locator(".figure-value")).to_have_text("1")
    rep.go("/dashboards/team")
    expect(rep.page.get_by_text("找不到")).to_be_visible()
