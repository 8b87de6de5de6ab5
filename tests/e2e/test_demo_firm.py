"""What a customer is shown, on the demo's firm and its year: each point by who does it. Among the long runs; the same
ways are walked on data of their own in every run."""

from __future__ import annotations

import re
import subprocess
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import ROOT, Person, arrive, enter
from tests.e2e.erp import listening
from tests.e2e.paper import printed, signed, words
from tests.e2e.test_exports import ask, rows_of
from tests.e2e.ways import remark_all
from tests.firm import Firm

pytestmark = pytest.mark.soak

LEADS = "/tables/lead/records"


def come(browser: Browser, demo: Firm, who: str, size: str = "wide") -> Person:
    return enter(browser, demo.product, demo.emails[who], size, password=demo.password, motion=True)


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
    many = remark_all(page, "展会后回访")
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


def test_a_view_is_saved_shared_and_becomes_the_one_a_list_opens_with(browser: Browser, demo: Firm):
    lead, rep = come(browser, demo, "lead"), come(browser, demo, "rep")
    home = rep.api("GET", "/session")["user"]["department"]
    names = {one["id"]: one["name"] for one in lead.api("GET", "/departments")["departments"]}
    tree = '{"field":"source","op":"eq","value":"website"}'
    page = lead.page
    lead.go(f"/t/lead?view=all&filter={tree}&sort=-amount&columns=name,source,amount")
    many = listed(page)
    page.get_by_role("button", name="存为视图").click()
    dialog = page.get_by_role("dialog", name="保存视图")
    dialog.get_by_label("名称").fill("官网大单")
    dialog.get_by_label("共享给").click()
    page.get_by_title(names[home]).click()
    dialog.get_by_role("heading", name="条件").click()
    dialog.get_by_role("button", name="保存").click()
    expect(page.get_by_role("tab", name="官网大单", selected=True)).to_be_visible()
    assert listed(page) == many

    rep.go("/t/lead?view=all")
    rep.page.get_by_role("tab", name="官网大单").click()
    rep.page.get_by_role("button", name="视图选项").click()
    rep.page.get_by_role("menuitem", name="设为我的默认视图").click()
    rep.settle()
    rep.go("/t/lead")
    expect(rep.page.get_by_role("tab", name="官网大单", selected=True)).to_be_visible()
    assert 0 < listed(rep.page) < many
    assert lead.faults + rep.faults == []


def test_a_quote_and_the_figures_come_out_on_paper(browser: Browser, demo: Firm):
    lead = come(browser, demo, "lead")
    me = f"启帆云仓(演示) {lead.api('GET', '/session')['user']['name']}"
    [line] = lead.api("GET", "/tables/quote_line/records?limit=1&fields=quote,quantity")["records"]
    number = lead.api("GET", f"/tables/quote/records/{line['quote']['id']}")["number"]
    lead.go(f"/t/quote/{line['quote']['id']}")
    expect(lead.page.get_by_role("button", name="打印")).to_be_visible(timeout=15_000)
    lead.settle()
    pages = printed(lead)
    signed(pages, me)
    assert number in words(pages[0])
    assert "报价明细" in words(pages[0])

    lead.go("/dashboards/team?period=this_year")
    expect(lead.page.locator(".figure-value").first).to_be_visible()
    lead.settle()
    pages = printed(lead)
    signed(pages, me)
    assert lead.page.locator(".figure-value").first.inner_text() in words(pages[0])
    assert lead.faults == []


def test_another_system_is_told_of_the_firms_leads_and_told_again(browser: Browser, demo: Firm):
    admin = come(browser, demo, "admin")
    page = admin.page
    with listening() as (url, heard):
        made = admin.api(
            "POST", "/webhooks", {"name": "财务系统", "url": url, "tables": ["lead"], "events": ["updated"]}
        )
        [lead] = admin.api("GET", f"{LEADS}?limit=1&sort=-id&fields=name")["records"]
        admin.go(f"/t/lead/{lead['id']}")
        admin.api("PATCH", LEADS, {"records": [{"id": lead["id"], "remark": "合同已寄出"}]})
        admin.go("/admin/api")
        page.get_by_role("button", name="发送记录").click()
        drawer = page.get_by_role("dialog", name="「财务系统」的发送记录")
        expect(drawer.get_by_text("已送达")).to_have_count(1, timeout=20_000)
        assert [lead["name"] in body.decode() for body in heard] == [True]
        drawer.get_by_role("button", name="重发").first.click()
        page.wait_for_timeout(3500)
        assert heard[1:] == heard[:1]
        admin.api("DELETE", f"/webhooks/{made['id']}")
    assert admin.faults == []


def test_the_first_steps_are_behind_a_firm_that_has_taken_them(browser: Browser, demo: Firm):
    admin = arrive(browser, demo.product, demo.emails["admin"], password=demo.password, motion=True)
    admin.go("/today")
    admin.settle()
    [checklist] = admin.api("GET", "/meta")["checklists"]
    steps = admin.api("GET", f"/checklists/{checklist['key']}")["steps"]

    assert [step["done"] for step in steps] == [True] * 5
    expect(admin.page.get_by_role("region", name="开始使用")).to_have_count(0)
    assert admin.faults == []


def test_a_cell_is_changed_in_its_place_and_a_colleague_is_told_of_it(browser: Browser, demo: Firm):
    lead, rep = come(browser, demo, "lead"), come(browser, demo, "rep")
    me = rep.api("GET", "/session")["user"]
    page = lead.page
    lead.go(f'/t/lead?view=all&filter={{"field":"owner","op":"eq","value":{me["id"]}}}&columns=name,remark')
    listed(page)
    row = page.locator("#row-0")
    row.locator("[data-edit=remark]").dblclick()
    row.get_by_role("textbox", name="备注").fill("周五前报价")
    page.keyboard.press("Enter")
    expect(row.locator("[data-edit=remark]")).to_have_text("周五前报价")
    row.locator("[data-edit=name]").click()
    page.wait_for_url(re.compile(r"/t/lead/\d+"))
    page.get_by_role("button", name="写评论，输入 @ 提到同事").click()
    box = page.get_by_role("textbox", name="写评论")
    box.press_sequentially(f"@{me['name']}")
    page.get_by_role("option", name=me["name"]).or_(
        page.get_by_role("menuitem", name=me["name"])
    ).first.click()
    box.press_sequentially("报价我来跟")
    page.get_by_role("button", name="发送").click()
    expect(page.locator(".comment-text")).to_contain_text("报价我来跟")

    rep.go("/today")
    rep.page.get_by_role("button", name="通知").first.click()
    rep.page.get_by_text("在评论里提到了你").first.click()
    rep.page.wait_for_url(re.compile(r"/t/lead/\d+"))
    expect(rep.page.locator(".comment-text")).to_contain_text("报价我来跟")
    assert lead.faults + rep.faults == []
