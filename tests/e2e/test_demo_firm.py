"""What a customer is shown, on the demo's firm and its year: each point by who does it. Among the long runs; the same
ways are walked on data of their own in every run."""

from __future__ import annotations

import re
import subprocess
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import ROOT, Person, enter
from tests.e2e.test_exports import ask, rows_of
from tests.firm import Firm

pytestmark = pytest.mark.soak

LEADS = "/tables/lead/records"


def come(browser: Browser, demo: Firm, who: str, size: str = "wide") -> Person:
    return enter(browser, demo.product, demo.emails[who], size, password=demo.password)


def number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def listed(page: Page) -> int:
    told = page.locator(".list-count")
    expect(told).to_have_text(re.compile(r"^[\d,]+ 条"))
    return number(told.inner_text())


@pytest.mark.parametrize(("who", "key"), [("rep", "mine"), ("lead", "team"), ("admin", "company")])
def test_every_figure_is_as_long_as_the_list_it_leads_to(browser: Browser, demo: Firm, who: str, key: str):
    person = come(browser, demo, who)
    person.go(f"/dashboards/{key}?period=this_year")
    expect(person.page.locator(".figure-value").first).to_be_visible()
    person.settle()
    tiles: list[dict[str, Any]] = person.api("GET", f"/dashboards/{key}?period=this_year")["tiles"]
    expected = {
        value["count"]
        for tile in tiles
        for value in [*tile["values"], *(v for part in tile["parts"] for v in part["values"])]
    }
    links = person.page.locator(".tiles a").evaluate_all("links => links.map(a => a.getAttribute('href'))")
    lists = list(dict.fromkeys(link for link in links if link.startswith("/t/") and "?" in link))

    assert len(lists) > 8
    for address in lists[:: max(1, len(lists) // 8)]:
        person.go(address)
        assert listed(person.page) in expected, address
    assert person.faults == []


def test_a_figure_leads_to_the_voice(browser: Browser, demo: Firm):
    lead = come(browser, demo, "lead")
    recordings = lead.api("GET", "/tables/recording/records?limit=50&sort=-id&fields=call")["records"]
    calls = [lead.api("GET", f"/tables/call/records/{one['call']['id']}") for one in recordings]
    about = next(call["lead"]["id"] for call in calls if call["lead"])
    lead.go(f"/t/lead/{about}")
    play = lead.page.get_by_role("button", name=re.compile("播放录音")).first
    expect(play).to_be_visible(timeout=20_000)
    with lead.page.expect_response(re.compile(r"/recordings/|/api/v1/files/|\.wav")) as heard:
        play.click()

    assert heard.value.ok
    assert lead.faults == []


def test_many_leads_are_changed_and_taken_back(browser: Browser, demo: Firm):
    lead = come(browser, demo, "lead")
    page, tree = lead.page, '{"field":"remark","op":"eq","value":"展会后回访"}'
    lead.go("/t/lead?view=all&sort=-id")
    listed(page)
    page.get_by_role("checkbox", name="全选已加载的行").click()
    page.get_by_role("button", name="批量修改").click()
    dialog = page.get_by_role("dialog", name="批量修改")
    dialog.get_by_role("combobox", name="选择字段").fill("备注")
    page.keyboard.press("Enter")
    dialog.get_by_role("textbox", name="备注").fill("展会后回访")
    said = dialog.get_by_role("status")
    expect(said).to_contain_text(re.compile(r"将修改 \d+ 条"))
    many = int(re.findall(r"将修改 (\d+) 条", said.inner_text())[0])
    dialog.get_by_role("button", name=re.compile(rf"修改 {many} 条")).click()
    expect(page.get_by_text(f"已修改 {many} 条")).to_be_visible()
    assert lead.api("GET", f"{LEADS}?filter={tree}")["count"] == many > 20

    page.get_by_role("button", name="撤销").click()
    expect(page.get_by_text(f"已撤销 {many} 条")).to_be_visible(timeout=20_000)
    assert lead.api("GET", f"{LEADS}?filter={tree}")["count"] == 0
    assert lead.faults == []


def test_a_view_is_exported_as_it_is_shown(browser: Browser, demo: Firm):
    lead = come(browser, demo, "lead")
    lead.go("/t/opportunity?view=all&columns=name,stage&sort=name")
    many = listed(lead.page)
    with lead.page.expect_download(timeout=30_000) as coming:
        ask(lead, "导出 Excel")
    rows = rows_of(coming.value)

    assert len(rows) == many + 1
    assert len(rows[0]) == 2


def test_a_card_moves_on_by_keyboard(browser: Browser, demo: Firm):
    lead = come(browser, demo, "lead")
    open_ = '{"field":"stage","op":"eq","value":"first_contact"}'
    lead.go("/t/opportunity?look=board")
    card = lead.page.get_by_role("group").first.get_by_role("link").first
    expect(card).to_be_visible(timeout=15_000)
    lead.settle()
    before = lead.api("GET", f"/tables/opportunity/records?filter={open_}&limit=1")["count"]
    card.focus()
    lead.page.keyboard.press("Shift+ArrowRight")
    lead.settle()

    assert lead.api("GET", f"/tables/opportunity/records?filter={open_}&limit=1")["count"] == before - 1
    assert lead.faults == []


def test_ctrl_k_finds_one_of_thousands(browser: Browser, demo: Firm):
    rep = come(browser, demo, "rep")
    me = rep.api("GET", "/session")["user"]["id"]
    mine = f'{{"field":"owner","op":"eq","value":{me}}}'
    [found] = rep.api("GET", f"{LEADS}?filter={mine}&limit=1&sort=-id&fields=name,phone")["records"]
    rep.go("/today")
    expect(rep.page.get_by_role("heading").first).to_be_visible(timeout=15_000)
    rep.page.keyboard.press("Control+k")
    expect(rep.page.get_by_role("combobox", name="找客户、页面和操作")).to_be_focused()
    rep.page.keyboard.insert_text(found["name"])
    expect(rep.page.get_by_role("option", name=re.compile(found["name"])).first).to_be_visible(timeout=10_000)
    rep.page.keyboard.press("Enter")

    expect(rep.page).to_have_url(re.compile(r"/t/\w+/\d+$"))
    expect(rep.page.get_by_role("heading", level=1).first).to_be_visible()


def test_after_a_visit_a_follow_up_with_a_photo_is_written_on_the_phone(browser: Browser, demo: Firm):
    rep = come(browser, demo, "rep", "phone")
    page = rep.page
    me = rep.api("GET", "/session")["user"]["id"]
    mine = f'{{"field":"owner","op":"eq","value":{me}}}'
    [lead] = rep.api("GET", f"{LEADS}?filter={mine}&limit=1&sort=-id&fields=name")["records"]
    rep.go(f"/t/lead/{lead['id']}")
    page.get_by_role("button", name="写跟进").first.click()
    page.get_by_role("radio", name=re.compile("拜访")).click()
    page.get_by_role("textbox", name="跟进内容").fill("看了仓库，老板下周三拍板")
    page.get_by_role("button", name="照片与附件").click()
    picture = (ROOT / "docs" / "pictures" / "readme.png").read_bytes()
    photo = {"name": "仓库.png", "mimeType": "image/png", "buffer": picture}
    page.locator("input[capture]").set_input_files([photo])  # pyright: ignore[reportArgumentType]
    expect(page.locator(".file.picture")).to_have_count(1, timeout=30_000)
    page.get_by_role("button", name="保存", exact=True).last.click()

    expect(page.get_by_text("已记下这次跟进")).to_be_visible()
    [said] = rep.api("GET", "/tables/activity/records?sort=-id&limit=1")["records"]
    assert (said["kind"], said["lead"]["id"], len(said["photos"])) == ("visit", lead["id"], 1)
    assert rep.faults == []


def test_an_example_of_the_page_answers_with_the_firms_records(browser: Browser, demo: Firm):
    admin = come(browser, demo, "admin")
    key = admin.api("POST", "/api_keys", {"name": "ERP"})["key"]
    admin.go("/admin/api")
    admin.page.get_by_role("button", name="试一试").click()
    expect(admin.page.get_by_label("返回结果")).to_contain_text('"records"')
    command = admin.page.get_by_label("接口示例").last.inner_text()
    environment = {"TUOKE_KEY": key, "PATH": "/usr/bin:/bin"}
    answered = subprocess.run(["bash", "-c", command], capture_output=True, text=True, env=environment)

    assert '"count":' in answered.stdout, answered.stderr
    assert admin.faults == []
