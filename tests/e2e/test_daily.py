"""What one does every day in a list and a record, in a browser: views, bulk edits, edits in place, comments, files."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from playwright.sync_api import Browser, FilePayload, expect

from tests.e2e.conftest import PASSWORD, ROOT, Person, enter
from tests.e2e.ways import remark_all
from tests.product import Product

CITIES = ("杭州", "宁波", "苏州")
LEADS = "/tables/lead/records"


@pytest.fixture(scope="module")
def admin(browser: Browser, product: Product) -> Person:
    return enter(browser, product)


@pytest.fixture(scope="module")
def team(admin: Person) -> dict[str, int]:
    """A department with a leader and two reps, one of whom has thirty leads; ids by name."""
    department = admin.api("POST", "/departments", {"name": "华东一组"})["id"]
    ids = {"department": department}
    for number, (name, role) in enumerate((("林涛", "team_lead"), ("陈思雨", "rep"), ("周浩然", "rep"))):
        body = {"email": f"d{number}@tuoke.test", "name": name, "password": PASSWORD, "roles": [role]}
        ids[name] = admin.api("POST", "/users", {**body, "department": department})["id"]
    rows = [
        {
            "name": f"{'王李张刘陈杨'[n % 6]}{'伟芳娜敏静强'[n // 6]}",
            "company": f"{CITIES[n % 3]}云帆{n}科技有限公司",
            "phone": f"1370000{n:04d}",
            "city": CITIES[n % 3],
            "amount": str(1000 * n),
            "owner": ids["陈思雨"],
            "department": department,
        }
        for n in range(30)
    ]
    admin.api("POST", LEADS, {"records": rows})
    return ids


@pytest.fixture(scope="module")
def leader(browser: Browser, product: Product, team: dict[str, int]) -> Person:
    return enter(browser, product, "d0@tuoke.test")


@pytest.fixture(scope="module")
def rep(browser: Browser, product: Product, team: dict[str, int]) -> Person:
    return enter(browser, product, "d1@tuoke.test")


def by_city(city: str) -> str:
    return f'{{"field":"city","op":"eq","value":"{city}"}}'


def until(true: Any, patience_s: float = 15) -> None:
    end = time.monotonic() + patience_s
    while not true():
        assert time.monotonic() < end
        time.sleep(0.1)


def test_how_a_list_looks_is_saved_as_a_view_shared_and_deleted(leader: Person, rep: Person):
    page = leader.page
    leader.go(f"/t/lead?view=all&filter={by_city('宁波')}&sort=-amount&columns=name,city,amount")
    page.get_by_role("button", name="存为视图").click()
    dialog = page.get_by_role("dialog", name="保存视图")
    dialog.get_by_label("名称").fill("宁波大客户")
    dialog.get_by_label("共享给").click()
    page.get_by_title("华东一组").click()
    leader.picture("view-dialog")
    dialog.get_by_role("heading", name="条件").click()
    dialog.get_by_role("button", name="保存").click()

    expect(page.get_by_role("tab", name="宁波大客户", selected=True)).to_be_visible()
    assert "filter=" not in page.url
    expect(page.locator(".list-count")).to_have_text("10 条")

    # The rep opens it, makes it the view his list opens with, and may not change it.
    rep.go("/t/lead?view=all")
    rep.page.get_by_role("tab", name="宁波大客户").click()
    rep.page.get_by_role("button", name="视图选项").click()
    expect(rep.page.get_by_role("menuitem", name="修改视图")).to_have_count(0)
    rep.page.get_by_role("menuitem", name="设为我的默认视图").click()
    rep.settle()
    rep.go("/t/lead")
    expect(rep.page.get_by_role("tab", name="宁波大客户", selected=True)).to_be_visible()
    assert "view=saved-" in rep.page.url
    rep.picture("views")

    # Changed and deleted by the leader.
    page.get_by_role("button", name="视图选项").click()
    page.get_by_role("menuitem", name="修改视图").click()
    page.get_by_role("dialog", name="修改视图").get_by_label("名称").fill("宁波客户")
    page.get_by_role("dialog", name="修改视图").get_by_role("button", name="保存").click()
    expect(page.get_by_role("tab", name="宁波客户", selected=True)).to_be_visible()
    page.get_by_role("button", name="视图选项").click()
    page.get_by_role("menuitem", name="删除视图").click()
    page.get_by_role("dialog").get_by_role("button", name="删除视图").click()
    expect(page.get_by_role("tab", name="宁波客户")).to_have_count(0)
    expect(page.get_by_role("tab", name="全部", selected=True)).to_be_visible()
    assert not leader.faults + rep.faults


def test_many_records_are_changed_at_once_and_taken_back(leader: Person):
    page = leader.page
    leader.go(f"/t/lead?view=all&filter={by_city('苏州')}")
    assert remark_all(page, "月底回访", leader.picture) == 10
    tree = '{"field":"remark","op":"eq","value":"月底回访"}'
    assert leader.api("GET", f"{LEADS}?filter={tree}")["count"] == 10
    page.get_by_role("button", name="撤销").click()
    expect(page.get_by_text("已撤销 10 条")).to_be_visible(timeout=20_000)
    assert leader.api("GET", f"{LEADS}?filter={tree}")["count"] == 0
    leader.go("/changes")
    expect(page.get_by_text("批量修改 · 线索").first).to_be_visible()
    assert not leader.faults


def test_cells_are_changed_in_their_place_and_a_conflict_is_told(leader: Person, admin: Person):
    page = leader.page
    leader.go(f"/t/lead?view=all&filter={by_city('宁波')}&sort=-amount&columns=name,company,remark,city")
    row = page.locator("#row-0")
    row.locator("[data-edit=company]").dblclick()
    box = row.get_by_role("textbox", name="公司")
    box.fill("宁波远洋科技")
    leader.picture("inline-edit")
    page.keyboard.press("Tab")
    row.get_by_role("textbox", name="备注").fill("周五前报价")
    page.keyboard.press("Enter")
    expect(row.locator("[data-edit=remark]")).to_have_text("周五前报价")
    expect(row.locator("[data-edit=company]")).to_have_text("宁波远洋科技")
    [lead] = leader.api("GET", f"{LEADS}?filter={by_city('宁波')}&sort=-amount&limit=1")["records"]
    assert (lead["company"], lead["remark"]) == ("宁波远洋科技", "周五前报价")

    # By keyboard: the row has the focus, the arrow keys choose the cell. Escape leaves it as it was.
    page.keyboard.press("Enter")
    row.get_by_role("textbox", name="备注").fill("不要了")
    page.keyboard.press("Escape")
    expect(row.locator("[data-edit=remark]")).to_have_text("周五前报价")

    # Somebody else was faster.
    page.keyboard.press("F2")
    row.get_by_role("textbox", name="备注").fill("我的说法")
    other = {"records": [{"id": lead["id"], "remark": "别人的说法"}]}
    admin.api("PATCH", LEADS, other)
    expect(page.get_by_text("别人的说法")).to_be_visible()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="有人刚刚改过同样的字段")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="保存所选").click()
    until(lambda: leader.api("GET", f"{LEADS}/{lead['id']}")["remark"] == "我的说法")

    # A single click opens the record all the same.
    row.locator("[data-edit=city]").click()
    page.wait_for_url(f"**/t/lead/{lead['id']}*")
    assert not leader.faults


def test_a_comment_tells_whom_it_mentions_and_leads_there(leader: Person, rep: Person):
    [lead] = leader.api("GET", f"{LEADS}?filter={by_city('杭州')}&sort=id&limit=1")["records"]
    page = leader.page
    leader.go(f"/t/lead/{lead['id']}")
    page.get_by_role("button", name="写评论，输入 @ 提到同事").click()
    box = page.get_by_role("textbox", name="写评论")
    box.press_sequentially("@陈")
    page.get_by_role("option", name="陈思雨").or_(page.get_by_role("menuitem", name="陈思雨")).first.click()
    box.press_sequentially("<b>周五</b>前请回访")
    leader.picture("comment-box")
    page.get_by_role("button", name="发送").click()

    said = page.locator(".comment-text")
    expect(said).to_contain_text("<b>周五</b>前请回访")
    expect(said.locator("em")).to_have_text("@陈思雨")
    leader.picture("comment")

    rep.go("/t/lead?view=all")
    rep.page.get_by_role("button", name="通知").first.click()
    rep.page.get_by_text("林涛 在评论里提到了你").first.click()
    rep.page.wait_for_url(f"**/t/lead/{lead['id']}*")
    expect(rep.page.locator(".comment-text")).to_contain_text("前请回访")
    # What is another's can be read, not changed.
    expect(rep.page.locator(".comment-own")).to_have_count(0)

    page.locator(".comment-own").get_by_role("button", name="移除").click()
    page.get_by_role("dialog").get_by_role("button", name="移除").click()
    expect(page.locator(".comment-text")).to_have_count(0)
    assert not leader.faults + rep.faults


def test_photos_of_a_visit_survive_a_break_of_the_network(
    browser: Browser, product: Product, team: dict[str, int]
):
    rep = enter(browser, product, "d1@tuoke.test", size="phone")
    page = rep.page
    picture = (ROOT / "docs" / "pictures" / "readme.png").read_bytes()
    [lead] = rep.api("GET", f"{LEADS}?filter={by_city('杭州')}&sort=-id&limit=1")["records"]
    rep.go(f"/t/lead/{lead['id']}")
    page.get_by_role("button", name="写跟进").first.click()
    page.get_by_role("textbox", name="跟进内容").fill("看了仓库，下周三定方案")
    page.get_by_role("button", name="照片与附件").click()
    page.route("**/api/v1/files", lambda route: route.abort())
    photos = [{"name": f"仓库{n}.png", "mimeType": "image/png", "buffer": picture} for n in (1, 2)]
    for photo in photos:
        page.locator("input[capture]").set_input_files(photo)
    again = page.get_by_role("button", name="重新上传 仓库2.png")
    expect(again).to_be_visible()
    page.locator(".file-box").scroll_into_view_if_needed()
    rep.picture("photos-broken")

    page.unroute("**/api/v1/files")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator(".file.picture")).to_have_count(2)
    expect(page.get_by_role("textbox", name="跟进内容")).to_have_value("看了仓库，下周三定方案")
    rep.picture("photos")
    page.get_by_role("button", name="保存", exact=True).last.click()

    expect(page.get_by_text("已记下这次跟进")).to_be_visible()
    [said] = rep.api("GET", "/tables/activity/records?sort=-id&limit=1")["records"]
    assert said["lead"]["id"] == lead["id"]
    assert [file["name"] for file in said["photos"]] == ["仓库1.png", "仓库2.png"]
    assert not rep.faults


def test_a_visit_is_written_up_on_the_phone_with_photos_whose_progress_one_sees_over_a_slow_line(
    browser: Browser, product: Product, team: dict[str, int]
):
    rep = enter(browser, product, "d1@tuoke.test", size="phone")
    page = rep.page
    [lead] = rep.api("GET", f"{LEADS}?filter={by_city('宁波')}&sort=-id&limit=1")["records"]
    rep.go(f"/t/lead/{lead['id']}")
    page.get_by_role("button", name="写跟进").first.click()
    page.get_by_role("radio", name=re.compile("拜访")).click()
    page.get_by_role("textbox", name="跟进内容").fill("看了两个仓库，老板下周三拍板")
    page.get_by_role("button", name="照片与附件").click()
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    slow = {"offline": False, "latency": 20, "downloadThroughput": 500_000, "uploadThroughput": 60_000}
    line.send("Network.emulateNetworkConditions", slow)
    picture = (ROOT / "docs" / "pictures" / "readme.png").read_bytes()
    one: FilePayload = {"name": "仓库门口.png", "mimeType": "image/png", "buffer": picture}
    two: FilePayload = {"name": "货架.png", "mimeType": "image/png", "buffer": picture}
    page.locator("input[type=file][multiple]").first.set_input_files([one, two])

    bar = page.get_by_role("progressbar", name="仓库门口.png")
    seen: set[int] = set()
    end = time.monotonic() + 30
    while bar.count() and time.monotonic() < end:
        told = bar.evaluate_all("bars => bars.map(bar => bar.getAttribute('aria-valuenow'))")
        seen |= {int(value) for value in told if value is not None}
        page.wait_for_timeout(100)
    assert [value for value in seen if 0 < value < 100], f"only {seen}"
    line.send("Network.emulateNetworkConditions", {**slow, "uploadThroughput": -1, "downloadThroughput": -1})

    expect(page.locator(".file.picture")).to_have_count(2, timeout=30_000)
    page.get_by_role("button", name="保存", exact=True).last.click()
    expect(page.get_by_text("已记下这次跟进")).to_be_visible()
    [said] = rep.api("GET", "/tables/activity/records?sort=-id&limit=1")["records"]
    assert (said["kind"], said["lead"]["id"]) == ("visit", lead["id"])
    assert [file["name"] for file in said["photos"]] == ["仓库门口.png", "货架.png"]
    assert not rep.faults
