"""The app on the telephone: it can be installed, says so when the network is away, and an upgrade reaches it."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.e2e.conftest import CHROMIUM, QUIET, ROOT, Person, enter
from tests.product import Product

AWAY = re.compile("没有网络|连不上拓客")
"""A browser may know that it has no network, or only find that nobody answers."""
APP = ROOT / "src" / "tuoke" / "static" / "app"
KEPT = """async () => Object.fromEntries(await Promise.all((await caches.keys()).map(async (name) =>
    [name, (await (await caches.open(name)).keys()).map((request) => new URL(request.url).pathname)])))"""


@pytest.fixture
def person(browser: Browser, product: Product) -> Person:
    found = enter(browser, product, size="phone")
    settled(found)
    return found


def settled(person: Person) -> None:
    """The page stands, and the worker has kept the shell."""
    person.go("/today")
    expect(person.page.get_by_role("navigation", name="主导航")).to_be_visible()
    person.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    person.page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    person.settle()


def kept(page: Page) -> dict[str, list[str]]:
    found: dict[str, list[str]] = page.evaluate(KEPT)
    return found


def test_a_browser_finds_nothing_to_say_against_installing_it(product: Product, tmp_path: Path):
    # Browsers refuse to install from a private window, and each of our other tests runs in one.
    if CHROMIUM is None:
        pytest.skip("NO CHROMIUM: nothing was tried in a browser")
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            tmp_path / "profile", executable_path=CHROMIUM, args=QUIET
        )
        page = context.pages[0]
        page.goto(product.address)
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        debugger = context.new_cdp_session(page)
        against = debugger.send("Page.getInstallabilityErrors")["installabilityErrors"]
        found = debugger.send("Page.getAppManifest")
        context.close()

    assert against == []
    assert found["errors"] == []
    manifest: dict[str, Any] = json.loads(found["data"])
    assert (manifest["short_name"], manifest["display"], manifest["start_url"]) == ("拓客", "standalone", "/")
    assert {"any", "maskable"} == {icon.get("purpose", "any") for icon in manifest["icons"]}
    for icon in manifest["icons"]:
        if icon["type"] == "image/png":
            side = int.from_bytes(product.get(icon["src"])[16:20], "big")
            assert icon["sizes"] == f"{side}x{side}"


def test_only_files_of_the_build_are_kept_and_never_an_answer(person: Person):
    lead = person.api("POST", "/tables/lead/records", {"name": "林若溪", "phone": "13900010001"})["ids"][0]
    for path in ("/t/lead", f"/t/lead/{lead}", "/dashboards"):
        person.go(path)
        person.settle()

    [files] = kept(person.page).values()

    assert "/" in files
    assert [file for file in files if file.startswith("/api/")] == []
    assert {file for file in files if not file.startswith("/assets/")} == {"/", "/favicon.svg"}
    words = person.page.evaluate(
        """async () => { let all = ""; for (const name of await caches.keys()) { const cache = await caches.open(name);
        for (const request of await cache.keys()) all += await (await cache.match(request)).text(); } return all; }"""
    )
    assert "林若溪" not in words
    assert "管理员" in words, "the texts of the screen are kept: the search would have found a name"


def test_without_a_network_it_says_so_and_goes_on_by_itself_when_it_is_back(person: Person):
    page, context = person.page, person.page.context
    context.set_offline(True)
    expect(page.get_by_text("没有网络。写的跟进留在这台设备上")).to_be_visible()

    page.reload()

    expect(page.get_by_role("heading", name=AWAY)).to_be_visible()
    expect(page.get_by_text("客户资料不存在这台设备上")).to_be_visible()
    person.picture("offline-phone-light")
    policy = page.evaluate("fetch('/').then((answer) => answer.headers.get('content-security-policy'))")
    assert "worker-src 'self';" in policy

    context.set_offline(False)
    expect(page.get_by_role("navigation", name="主导航")).to_be_visible(timeout=10_000)
    assert "/today" in page.url
    assert person.faults == []


def test_it_says_so_in_english_too(browser: Browser, product: Product):
    context = browser.new_context(locale="en-GB", viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(product.address)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    context.set_offline(True)

    page.goto(product.address + "/t/lead")

    expect(page.get_by_role("heading", name=re.compile("No network|cannot be reached"))).to_be_visible()
    context.close()


def test_a_follow_up_that_was_begun_outlives_the_network_and_the_page_and_nobody_else_sees_it(
    browser: Browser, product: Product
):
    person = enter(browser, product, size="phone")
    lead = person.api("POST", "/tables/lead/records", {"name": "方晴", "phone": "13900010002"})["ids"][0]
    settled(person)
    page, context = person.page, person.page.context
    person.go(f"/t/lead/{lead}")
    page.get_by_role("button", name="写跟进").first.click()
    page.get_by_role("textbox", name="跟进内容").fill("看了仓库，下周三定方案")
    context.set_offline(True)
    page.reload()
    expect(page.get_by_text("写到一半的跟进还在：1 份")).to_be_visible()
    person.picture("offline-draft-phone-light")
    context.set_offline(False)

    expect(page.get_by_role("textbox", name="跟进内容")).to_have_value(
        "看了仓库，下周三定方案", timeout=10_000
    )
    page.get_by_role("button", name="保存", exact=True).last.click()
    expect(page.get_by_text("已记下这次跟进")).to_be_visible()
    said = person.api("GET", "/tables/activity/records?limit=5")["records"]
    assert [row["content"] for row in said] == ["看了仓库，下周三定方案"]
    assert drafts(page) == []

    # The next one on the same telephone finds nothing of what was begun.
    page.get_by_role("button", name="写跟进").or_(page.get_by_role("textbox", name="跟进内容")).first.click()
    page.get_by_role("textbox", name="跟进内容").fill("老板说价格再谈")
    assert len(drafts(page)) == 1
    page.get_by_role("button", name="我的菜单").or_(page.locator(".tab-bar .me")).first.click()
    page.get_by_role("menuitem", name="退出登录").click()
    expect(page.get_by_role("textbox", name="邮箱")).to_be_visible()
    assert drafts(page) == []
    context.close()


def drafts(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        "Object.keys(localStorage).filter((key) => key.startsWith('tuoke.draft.'))"
    )
    return found


def test_what_others_do_still_arrives_over_the_live_connection(
    browser: Browser, product: Product, person: Person
):
    person.go("/t/lead")
    person.settle()
    other = enter(browser, product)

    other.api("POST", "/tables/lead/records", {"name": "新来的", "phone": "13900010003"})

    expect(person.page.get_by_text("新来的").first).to_be_visible(timeout=10_000)
    assert other.page.context != person.page.context


@pytest.fixture
def another_build():
    """The same sources built again would be the same version; one more word in the page is another build."""
    before = {name: (APP / name).read_bytes() for name in ("index.html", "shell-worker.js")}

    def put() -> str:
        page = before["index.html"].replace(
            "<title>拓客 Tuoke</title>".encode(), "<title>拓客 新版</title>".encode()
        )
        assert page != before["index.html"]
        worker = before["shell-worker.js"].decode()
        old = worker.split('"version":"')[1].split('"')[0]
        (APP / "index.html").write_bytes(page)
        (APP / "shell-worker.js").write_text(worker.replace(old, "another00000"))
        return f"tuoke-shell-{old}"

    yield put
    for name, was in before.items():
        (APP / name).write_bytes(was)


def test_an_upgrade_reaches_the_next_page_and_leaves_nothing_of_the_build_before(
    person: Person, another_build: Callable[[], str]
):
    page, context = person.page, person.page.context
    [old] = kept(page)

    assert another_build() == old
    page.reload()

    assert page.title() == "拓客 新版", "the network first: no page of the old build is shown"
    end = time.monotonic() + 20
    while list(kept(page)) != ["tuoke-shell-another00000"]:
        assert time.monotonic() < end, f"still there: {list(kept(page))}"
        page.wait_for_timeout(100)
    context.set_offline(True)
    page.reload()
    expect(page.get_by_role("heading", name=AWAY)).to_be_visible()
    assert page.title() == "拓客 新版"


def test_a_file_of_another_build_is_not_answered_with_the_page(person: Person):
    answer = person.page.request.get(f"{person.base}/assets/list-page-00000000.js")

    assert answer.status == 404
    assert "immutable" not in answer.headers.get("cache-control", "")


def test_a_page_whose_file_an_upgrade_took_away_asks_to_be_reloaded(person: Person):
    page = person.page
    page.route("**/assets/account-page-*.js", lambda route: route.fulfill(status=404))
    page.route("**/assets/account-*.js", lambda route: route.fulfill(status=404))
    page.locator(".tab-bar .me").click()
    # On a busy machine the menu once stayed open, as if it had been pressed before it came to rest.
    person.settle()
    page.get_by_role("menuitem", name="我的账号").click()

    expect(page.get_by_text("拓客刚升级过")).to_be_visible(timeout=10_000)
    page.unroute_all()
    page.get_by_role("button", name="刷新页面").click()
    expect(page.get_by_role("heading", name="我的账号")).to_be_visible()
