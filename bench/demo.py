"""The demo's firm and its year: how long it takes to make, how fast its dashboards are, and from a list to a record."""

from __future__ import annotations

import time
from typing import Protocol

from bench.rank import p95
from playwright.sync_api import sync_playwright
from tests.e2e.conftest import CHROMIUM, QUIET, Person, enter
from tests.firm import Firm, demo_firm

DASHBOARDS = {"rep": ("mine",), "lead": ("team",), "admin": ("team", "company")}
PERIODS = ("today", "this_month", "this_year")
REPEATS = 20

# From the key to the frame in which the record can be read: its name, its facts and what happened with it.
MEASURE = """
() => {
  let began = null;
  const isReadable = () => document.querySelector('.record-name h1') && document.querySelector('.record .timeline > li')
    && document.querySelector('.brief-words, .brief-none') && !document.querySelector('.record .bone');
  new MutationObserver(() => {
    if (began === null || !isReadable()) return;
    const start = began;
    began = null;
    requestAnimationFrame(() => performance.measure('record', { start, end: performance.now() }));
  }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
  addEventListener('keydown', (event) => { if (event.key === 'Enter') began = performance.now(); }, true);
}
"""


class Rows(Protocol):
    def add(self, name: str, value: float, unit: str, target: float) -> None: ...


def demo(table: Rows) -> None:
    begun = time.perf_counter()
    with demo_firm(patience_s=1800) as firm:
        made = firm.product.started - begun
        table.add("tuoke demo: 24 000 leads, 145 000 calls, a year", made, "s", 120)
        if CHROMIUM is None:
            print("no Chromium: the demo's dashboards and records were not measured")
            return
        firm.product.await_workers()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
            people = {
                who: enter(browser, firm.product, email, password=firm.password, motion=True)
                for who, email in firm.emails.items()
            }
            _dashboards(table, firm, people)
            taken = _records(people["rep"])
            browser.close()
    table.add(f"list → record on the demo, {len(taken)} records: median", taken[len(taken) // 2], "ms", 150)
    table.add("list → record on the demo: p95", p95(taken), "ms", 150)


def _dashboards(table: Rows, firm: Firm, people: dict[str, Person]) -> None:
    """All tiles of one page in one answer, each computed anew; the slowest of the pages a role has."""
    for who, keys in DASHBOARDS.items():
        for period in PERIODS:
            taken = [_slowest(people[who], key, period) for key in keys]
            table.add(f"dashboard of the demo, {period.replace('_', ' ')}, {who}: p95", max(taken), "ms", 300)


def _slowest(person: Person, key: str, period: str) -> float:
    taken: list[float] = []
    for _ in range(REPEATS + 2):
        begun = time.perf_counter()
        person.api("GET", f"/dashboards/{key}?period={period}")
        taken.append((time.perf_counter() - begun) * 1000)
    return p95(sorted(taken[2:]))


def _records(rep: Person) -> list[float]:
    """One record after another of a rep's own leads, by keyboard; none was open before. Milliseconds, ascending."""
    page = rep.page
    rep.go("/t/lead?view=mine")
    grid = page.get_by_role("grid")
    grid.wait_for()
    rep.settle()
    page.evaluate(MEASURE)
    for number in range(REPEATS + 2):
        grid.focus()
        page.keyboard.press("ArrowDown")
        # Whoever opens a record has looked for it first.
        rep.settle()
        page.keyboard.press("Enter")
        page.wait_for_function(
            "n => performance.getEntriesByName('record').length > n", arg=number, timeout=30_000
        )
        rep.settle()
        page.go_back()
        grid.wait_for()
        rep.settle()
    taken = page.evaluate("() => performance.getEntriesByName('record').map((one) => one.duration)")
    return sorted(taken[2:])


if __name__ == "__main__":
    from bench.__main__ import Table

    demo(Table())
