"""Another system reads by an example from the screen, and is told of a change."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import at_work, enter
from tests.e2e.erp import listening
from tests.product import Product


@pytest.fixture(scope="module")
def product(founded: Path) -> Iterator[Product]:
    with at_work(founded, "--webhooks-local") as running:
        yield running


@pytest.fixture
def erp() -> Iterator[tuple[str, list[bytes]]]:
    with listening() as system:
        yield system


def test_an_example_copied_from_the_screen_works_with_a_key(browser: Browser, product: Product):
    admin = enter(browser, product)
    admin.api("POST", "/tables/lead/records", {"name": "云海科技", "phone": "13800138000"})
    key = admin.api("POST", "/api_keys", {"name": "ERP"})["key"]
    admin.go("/admin/api")
    admin.page.get_by_role("button", name="试一试").click()
    expect(admin.page.get_by_label("返回结果")).to_contain_text("云海科技")

    command = admin.page.get_by_label("接口示例").last.inner_text()
    answered = subprocess.run(
        ["bash", "-c", command],
        capture_output=True,
        text=True,
        env={"TUOKE_KEY": key, "PATH": "/usr/bin:/bin"},
    )

    assert "云海科技" in answered.stdout, answered.stderr
    admin.page.get_by_text("新建", exact=True).first.click()
    created = admin.page.get_by_label("接口示例").last.inner_text()
    answered = subprocess.run(
        ["bash", "-c", created.replace("13800138000", "13800138001")],
        capture_output=True, text=True, env={"TUOKE_KEY": key, "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert re.search(r'"ids":\[\d+\]', answered.stdout), answered.stdout
    assert admin.faults == []


def test_a_webhook_is_set_up_tried_told_and_sent_again(
    browser: Browser, product: Product, erp: tuple[str, list[bytes]]
):
    url, heard = erp
    admin = enter(browser, product)
    page = admin.page
    admin.go("/admin/api")
    page.get_by_role("button", name="新建推送").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("名称").fill("财务系统")
    dialog.get_by_label("对方地址").fill(url)
    dialog.get_by_label("哪些表").click()
    page.keyboard.type("线索")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    dialog.get_by_role("button", name=re.compile("保.?存")).click()
    expect(page.get_by_text("whsec_")).to_be_visible()
    page.get_by_role("dialog").get_by_role("button").last.click()

    page.get_by_role("button", name="「财务系统」的更多操作").click()
    page.get_by_role("menuitem", name="发一条测试").click()
    drawer = page.get_by_role("dialog", name="「财务系统」的发送记录")
    expect(drawer.get_by_text("已送达")).to_be_visible(timeout=15_000)
    admin.api("POST", "/tables/lead/records", {"name": "宁波远航", "phone": "13900139000"})
    expect(drawer.get_by_text(re.compile("新建 · 线索"))).to_be_visible(timeout=15_000)
    expect(drawer.get_by_text("已送达")).to_have_count(2, timeout=15_000)
    admin.picture("deliveries-wide-light")
    assert any("宁波远航" in body.decode() for body in heard)

    count = len(heard)
    drawer.get_by_role("button", name="重发").first.click()
    page.wait_for_timeout(3500)
    assert len(heard) == count + 1
    assert heard[-1] in heard[:-1]
    assert admin.faults == []
