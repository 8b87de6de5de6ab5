"""A flow in the browser: drawn from its data, followed without reload, by mouse, finger and keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import PASSWORD, ROOT, Person, enter, looks
from tests.e2e.reading import faults_of
from tests.product import Product


def label(zh: str) -> dict[str, str]:
    return {"zh": zh, "en": zh}


FLOW = {
    "key": "share_out",
    "label": label("名单分配与跟进"),
    "table": "lead",
    "trigger": {"type": "record_created", "when": {"field": "owner", "op": "is_empty"}},
    "nodes": [
        {
            "key": "source",
            "type": "branch",
            "label": label("按来源分"),
            "config": {
                "ways": [
                    {
                        "port": "ads",
                        "label": label("广告"),
                        "when": {"field": "source", "op": "in", "value": ["baidu", "douyin"]},
                    },
                    {"port": "known", "when": {"field": "source", "op": "eq", "value": "referral"}},
                ]
            },
            "next": {"ads": "ads", "known": "known", "else": "turn"},
        },
        *(
            {
                "key": key,
                "type": "assign",
                "label": label(name),
                "config": {"to": {"who": "role", "role": role}},
                "next": {"next": "wait", "nobody": "tell"},
            }
            for key, name, role in (
                ("ads", "分给坐席", "rep"),
                ("known", "分给主管", "team_lead"),
                ("turn", "轮流分配", "rep"),
            )
        ),
        {
            "key": "wait",
            "type": "wait",
            "label": label("等三个工作日"),
            "config": {
                "length": 3,
                "unit": "working_days",
                "or_when": {"field": "next_follow_at", "op": "not_empty"},
            },
            "next": {"timeout": "todo", "happened": None},
        },
        {
            "key": "todo",
            "type": "create",
            "label": label("建待办：跟进"),
            "config": {"table": "task", "set": {"title": "尽快跟进 {name}"}},
        },
        {
            "key": "tell",
            "type": "create",
            "label": label("没人可分，请主管看"),
            "config": {"table": "task", "set": {"title": "没有人可分：{name}"}},
        },
    ],
}


@pytest.fixture(scope="module")
def admin(browser: Browser, product: Product) -> Person:
    return enter(browser, product)


@pytest.fixture(scope="module")
def department(admin: Person) -> int:
    made: int = admin.api("POST", "/departments", {"name": "华东一组"})["id"]
    for email, name, role in (("lead", "林涛", "team_lead"), ("rep", "陈思雨", "rep")):
        admin.api(
            "POST",
            "/users",
            {
                "email": f"{email}@tuoke.test",
                "name": name,
                "password": PASSWORD,
                "roles": [role],
                "department": made,
            },
        )
    return made


@pytest.fixture(scope="module")
def flow(admin: Person, department: int) -> int:
    made: int = admin.api("POST", "/flows", FLOW)["id"]
    bring(admin, department, *(["明轩", "若溪", "思远", "嘉禾", "向阳", "一诺"]))
    return made


def bring(admin: Person, department: int, *names: str) -> list[int]:
    sources = ("baidu", "douyin", "referral", "website")
    rows = [
        {
            "name": f"赵{name}",
            "phone": f"1360{ord(name[0]) % 10_000:04d}{ord(name[1]) % 1000:03d}",
            "department": department,
            "source": sources[i % 4],
        }
        for i, name in enumerate(names)
    ]
    made: list[int] = admin.api("POST", "/tables/lead/records", {"records": rows})["ids"]
    return made


def test_the_drawing_follows_its_runs_without_reload_and_leads_to_the_record(
    admin: Person, department: int, flow: int
):
    page = admin.page
    admin.go("/flows")
    page.get_by_role("link", name="名单分配与跟进").click()
    box = page.get_by_role("button", name=re.compile("等三个工作日"))
    expect(box).to_contain_text("6条在等", timeout=15_000)

    bring(admin, department, "佳怡")
    expect(box).to_contain_text("7条在等", timeout=3_000)

    # By keyboard: the box, then the record that stands there.
    box.focus()
    page.keyboard.press("Enter")
    expect(box).to_have_attribute("aria-pressed", "true")
    side = page.get_by_role("complementary", name="停在「等三个工作日」的")
    expect(side.get_by_role("listitem")).to_have_count(7)
    expect(side).to_contain_text("→ 建待办：跟进")
    side.get_by_role("link", name="赵佳怡").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="赵佳怡").first).to_be_visible()
    expect(page.get_by_text(re.compile("停在「等三个工作日」")).first).to_be_visible()
    assert admin.faults == []


def test_an_administrator_switches_it_off_a_lead_reads_it_and_a_rep_has_no_such_page(
    browser: Browser, product: Product, admin: Person, flow: int
):
    admin.go("/flows")
    switch = admin.page.get_by_role("switch", name="启用 名单分配与跟进")
    switch.click()
    expect(switch).not_to_be_checked()
    expect(admin.page.get_by_text("已停用").first).to_be_visible()
    switch.click()
    expect(switch).to_be_checked()

    lead = enter(browser, product, "lead@tuoke.test")
    lead.go(f"/flows/{flow}")
    expect(lead.page.get_by_role("button", name=re.compile("按来源分"))).to_be_visible()
    expect(lead.page.get_by_role("switch")).to_have_count(0)
    rep = enter(browser, product, "rep@tuoke.test")
    rep.go(f"/flows/{flow}")
    expect(rep.page.get_by_text("没有这个流程")).to_be_visible()


@looks("wide-light")
def test_it_fits_every_screen_and_can_be_read_by_everybody(
    browser: Browser, product: Product, flow: int, size: str, scheme: str
):
    axe = (ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    person = enter(browser, product, size=size, scheme=scheme)
    for name, path in {
        "flows": "/flows",
        "flow": f"/flows/{flow}",
        "flow-node": f"/flows/{flow}?node=wait",
    }.items():
        person.go(path)
        expect(person.page.get_by_text("名单分配与跟进").first).to_be_visible()
        person.picture(f"{name}-{size}-{scheme}")
        assert person.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 1
        # Our own policy forbids eval in the page; the debugger's door is not the page.
        person.page.context.new_cdp_session(person.page).send("Runtime.evaluate", {"expression": axe})
        found = person.page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        assert [v["id"] for v in found if v["impact"] in ("serious", "critical")] == []
    assert person.faults == []


FAILING = {
    "key": "product_by_company",
    "label": label("按公司建产品"),
    "table": "lead",
    "trigger": {"type": "record_created", "when": {"field": "source", "op": "eq", "value": "list"}},
    "nodes": [
        {
            "key": "move",
            "type": "create",
            "label": label("建产品"),
            "config": {"table": "product", "set": {"name": "$name", "code": "$company"}},
        }
    ],
}


def test_what_failed_is_tried_again_on_the_flows_page_or_called_off(
    browser: Browser, product: Product, admin: Person, department: int
):
    flow = admin.api("POST", "/flows", FAILING)["id"]
    rows = [
        {
            "name": f"写错的{n}",
            "phone": f"1390008000{n}",
            "company": "BY-1",
            "source": "list",
            "department": department,
        }
        for n in range(3)
    ]
    # No second product with a code: each of the three stops there.
    admin.api("POST", "/tables/product/records", {"name": "样品", "code": "BY-1"})
    first, *_ = admin.api("POST", "/tables/lead/records", {"records": rows})["ids"]
    admin.go(f"/flows/{flow}?node=move")
    page = admin.page
    expect(page.get_by_text("3 条出错").first).to_be_visible(timeout=15_000)
    faults = faults_of(page)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        admin.picture(f"flow-failed-wide-{scheme}")

    admin.api("PATCH", "/tables/lead/records", {"records": [{"id": first, "company": "BY-2"}]})
    page.get_by_role("button", name="再试一次：写错的0").click()
    expect(page.get_by_text("写错的0")).not_to_be_visible(timeout=15_000)
    products = admin.api("GET", "/tables/product/records?limit=100&sort=id")["records"]
    assert [product["code"] for product in products] == ["BY-1", "BY-2"]

    # By keyboard, the way out for the rest: nobody is asked about what he did not choose.
    admin.settle()
    page.get_by_role("button", name="全部终止").focus()
    page.keyboard.press("Enter")
    with page.expect_response(re.compile(r"/cancel$")) as said:
        page.get_by_role("dialog").get_by_role("button", name="终止").click()
    assert said.value.json() == {"done": 2}
    expect(page.get_by_text("现在没有停在这里的了")).to_be_visible(timeout=15_000)
    assert admin.api("GET", f"/flows/{flow}/runs?state=error")["runs"] == []
    assert (faults, admin.faults) == ([], [])
    admin.api("PATCH", f"/flows/{flow}", {"active": False})
