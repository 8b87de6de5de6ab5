"""A long list is taken out as a file: seen on every page, stopped, fetched, and whole though the worker dies."""

from __future__ import annotations

import csv
import io
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Browser, Download, Locator, expect

from tests.e2e.conftest import Person, enter, looks
from tests.e2e.test_daily import until
from tests.product import Product

LEADS = 2_600
WORKER = "--supervised jobs"


@pytest.fixture(scope="module")
def admin(browser: Browser, product: Product) -> Person:
    admin = enter(browser, product)
    for start in range(0, LEADS, 650):
        rows = [{"name": f"王{n}", "phone": f"1390000{n:04d}"} for n in range(start, start + 650)]
        admin.api("POST", "/tables/lead/records", {"records": rows})
    return admin


@contextmanager
def worker_held(product: Product) -> Iterator[int]:
    """The worker stands still: what is asked for waits."""
    pid = product.child(WORKER)
    os.kill(pid, signal.SIGSTOP)
    try:
        yield pid
    finally:
        os.kill(pid, signal.SIGCONT)


def ask(who: Person, words: str) -> Locator:
    """Through the menu of the list, by keyboard; returns the tray."""
    page = who.page
    page.locator(".list-right").get_by_role("button", name="更多").focus()
    page.keyboard.press("Enter")
    item = page.get_by_role("menuitem", name=words)
    expect(item).to_be_visible()
    item.press("Enter")
    return page.get_by_role("region", name="导出")


def rows_of(got: Download) -> list[list[Any]]:
    path = Path(str(got.path()))
    if got.suggested_filename.endswith(".csv"):
        return list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()), read_only=True)
    return [list(row) for row in book.active.iter_rows(values_only=True)]  # type: ignore[union-attr]


def test_it_runs_while_one_goes_elsewhere_and_its_file_comes_by_itself(admin: Person, product: Product):
    page = admin.page
    admin.go("/t/lead?view=all&columns=name,phone&sort=phone")
    expect(page.locator(".list-count")).to_have_text("2,600 条")
    with page.expect_download(timeout=30_000) as coming, worker_held(product):
        tray = ask(admin, "导出 Excel")
        expect(tray).to_contain_text("正在排队")
        page.get_by_role("link", name="看板").click()
        page.wait_for_url(lambda address: "/t/lead" not in address)
        expect(tray).to_contain_text("正在排队")
    rows = rows_of(coming.value)

    assert rows[0] == ["姓名", "手机"]
    assert [row[1] for row in rows[1:]] == [f"1390000{n:04d}" for n in range(LEADS)]
    expect(tray).to_contain_text("已下载")
    # What is done with does not stand on every page for a day.
    page.reload()
    admin.settle()
    expect(tray).to_have_count(0)
    assert not admin.faults


def test_it_is_stopped_also_after_the_page_was_left(admin: Person, product: Product):
    page = admin.page
    admin.go("/t/lead?view=all")
    with worker_held(product):
        tray = ask(admin, "导出 CSV")
        expect(tray).to_contain_text("正在排队")
        page.reload()
        expect(tray).to_contain_text("正在排队")
        stop = tray.get_by_role("button", name="停止导出")
        stop.focus()
        page.keyboard.press("Enter")
        expect(tray).to_have_count(0)
    assert [one for one in admin.api("GET", "/exports")["exports"] if one["state"] != "done"] == []
    assert not admin.faults


def test_the_worker_dies_in_the_middle_and_the_file_is_whole(admin: Person, product: Product):
    page = admin.page
    admin.go("/t/lead?view=all&columns=phone&sort=phone")
    worker = product.child(WORKER)
    for one in admin.api("GET", "/exports")["exports"]:
        admin.api("DELETE", f"/exports/{one['job']}")
    with page.expect_download(timeout=60_000) as coming:
        tray = ask(admin, "导出 CSV")
        until(lambda: [one["state"] for one in admin.api("GET", "/exports")["exports"]] == ["running"])
        os.kill(worker, signal.SIGKILL)

    assert rows_of(coming.value)[1:] == [[f"1390000{n:04d}"] for n in range(LEADS)]
    expect(tray).to_contain_text("已下载")
    assert not admin.faults


def test_who_was_away_fetches_the_file_later_and_removes_it(
    browser: Browser, admin: Person, product: Product
):
    admin.api("POST", "/tables/lead/exports", {"format": "csv", "fields": "phone"})
    until(lambda: admin.api("GET", "/exports")["exports"][0]["state"] == "done")

    later = enter(browser, product, size="phone", scheme="dark")
    later.go("/t/lead")
    tray = later.page.get_by_role("region", name="导出")
    line = tray.get_by_role("listitem").first
    with later.page.expect_download() as coming:
        line.get_by_role("button", name="下载").click()
    assert len(rows_of(coming.value)) == LEADS + 1
    url = admin.api("GET", "/exports")["exports"][0]["url"]
    line.get_by_role("button", name="移除").click()
    until(lambda: url not in str(admin.api("GET", "/exports")))
    assert later.page.request.get(later.base + url).status == 404
    assert not later.faults


def test_a_short_list_is_a_file_at_once(admin: Person):
    page = admin.page
    admin.go('/t/lead?view=all&columns=phone&filter={"field":"phone","op":"eq","value":"13900000007"}')
    expect(page.locator(".list-count")).to_have_text("1 条")
    with page.expect_download() as coming:
        ask(admin, "导出 CSV")
    assert rows_of(coming.value)[1:] == [["13900000007"]]


@looks("wide-light")
def test_it_looks_right(browser: Browser, admin: Person, product: Product, size: str, scheme: str):
    who = enter(browser, product, size=size, scheme=scheme)
    admin.api("POST", "/tables/lead/exports", {"format": "xlsx", "fields": "phone"})
    until(lambda: admin.api("GET", "/exports")["exports"][0]["state"] == "done")
    with worker_held(product):
        admin.api("POST", "/tables/lead/exports", {"format": "csv"})
        who.go("/t/lead?view=all")
        tray = who.page.get_by_role("region", name="导出")
        expect(tray).to_contain_text("正在排队")
        who.settle()
        box = tray.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= who.page.viewport_size["width"]  # type: ignore[index]
        who.picture(f"exports-{size}-{scheme}")
        tray.get_by_role("button", name="收起导出").click()
        expect(tray.get_by_role("list")).to_have_count(0)
    for one in admin.api("GET", "/exports")["exports"]:
        admin.api("DELETE", f"/exports/{one['job']}")
    assert not who.faults
