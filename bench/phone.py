"""The workbench in Chromium: from the key that calls to the ringing, from saving a wrap-up to the next customer.

Both are measured in the page, from the key to the frame that shows it, over a product of its own whose simulated line
is in a hurry.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path
from typing import Protocol

from bench.rank import p95
from playwright.sync_api import Page, sync_playwright
from tests.e2e.conftest import CHROMIUM, QUIET, Person, enter
from tests.e2e.day import ANSWERS, make_team
from tests.product import Product, serving

PASSWORD = "ocean-lamp-4711"
REPEATS = 42
"""The first two warm up and do not count."""

# One waiting measure at a time: which key began it, when, and what on the screen ends it. The next customer is there when
# his name, his number and what was last said, promised and agreed on can be read: bones in their place do not count.
MEASURE = """
() => {
  let waiting = null;
  const seen = (what) => [...document.querySelectorAll(what)].find((one) => one.checkVisibility());
  const name = () => seen('.record-name h1')?.textContent;
  const isReadable = () => {
    const brief = seen('.brief');
    return seen('.record-phone') && brief?.querySelectorAll('.brief-part').length === 3
      && !brief.querySelector('.bone') && brief.querySelector('.brief-words, .brief-none');
  };
  const ends = {
    ringing: () => seen('.phone-state.ringing'),
    next: () => name() && name() !== waiting.name && isReadable(),
  };
  const look = () => {
    if (!waiting || !ends[waiting.what]()) return;
    const { what, began } = waiting;
    waiting = null;
    requestAnimationFrame(() => {
      const end = performance.now();
      performance.measure(what, { start: began, end });
      if (what === 'next') shown = end;
      pair();
    });
  };
  // The server's answer and the screen that follows it are told in either order.
  let saved = null;
  let shown = null;
  const pair = () => {
    if (saved === null || shown === null) return;
    performance.measure('after', { start: Math.min(saved, shown), end: shown });
    saved = shown = null;
  };
  performance.setResourceTimingBufferSize(20000);
  new PerformanceObserver((list) => {
    for (const { name, responseEnd } of list.getEntries()) if (name.endsWith('/wrap_up')) saved = responseEnd;
    pair();
  }).observe({ type: 'resource' });
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
  addEventListener('keydown', (event) => {
    const isWriting = event.target.closest('input, textarea');
    const what = event.key === 'c' && !isWriting ? 'ringing' : event.key === 'Enter' && event.ctrlKey ? 'next' : null;
    if (what) waiting = { what, began: performance.now(), name: name() };
  }, true);
}
"""


class Rows(Protocol):
    def add(self, name: str, value: float, unit: str, target: float) -> None: ...


def phone(table: Rows) -> None:
    """Two rows each of the table: the median, and what one in twenty exceeds."""
    if CHROMIUM is None:
        print("no Chromium: the workbench was not measured")
        return
    data = Path(tempfile.mkdtemp(prefix="tuoke-bench-phone-"))
    data.chmod(0o711)
    with serving(data, "--twin-pace", "5", TUOKE_ADMIN_PASSWORD=PASSWORD) as product:
        product.await_workers()
        found = _measured(product)
    shutil.rmtree(data, ignore_errors=True)
    for what, name, target in (
        ("ringing", "key that calls → ringing on the screen", 150),
        ("after", "wrap-up saved → next customer on the screen", 200),
        ("next", "key that saves the wrap-up → next customer on the screen", 200),
    ):
        times = sorted(found[what][2:])
        table.add(f"{name}, {len(times)} times: median", times[len(times) // 2], "ms", target)
        table.add(f"{name}: p95", p95(times), "ms", target)


def _measured(product: Product) -> dict[str, list[float]]:
    """What -> milliseconds, in the order they were lived."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        team = make_team(enter(browser, product))
        rep = enter(browser, product, team.email("siyu"), motion=True)
        rows = [{"name": f"客户{n:02d}", "phone": f"1380{n:03d}{ANSWERS}"} for n in range(100, 102 + REPEATS)]
        rep.api("POST", "/tables/lead/records", {"records": rows})
        rep.go("/today")
        rep.settle()
        rep.page.evaluate(MEASURE)
        for _ in range(REPEATS):
            _call_and_write_up(rep)
        found = {what: _taken(rep.page, what) for what in ("ringing", "after", "next")}
        browser.close()
    return found


def _call_and_write_up(rep: Person) -> None:
    page = rep.page
    said = page.get_by_role("region", name="电话").get_by_role("status")
    page.keyboard.press("c")
    # Where the machine is slow a short talk may be over before one has looked.
    said.get_by_text(re.compile("通话中|通话已结束")).wait_for(timeout=30_000)
    page.keyboard.press("Control+Shift+H")
    said.get_by_text("通话已结束").wait_for(timeout=30_000)
    page.keyboard.insert_text("想看同行案例")
    for key in ("Tab", "2", "Tab", "2", "Tab", "3"):
        page.keyboard.press(key)
    before = len(_taken(page, "next"))
    page.keyboard.press("Control+Enter")
    page.wait_for_function("n => performance.getEntriesByName('next').length > n", arg=before, timeout=30_000)
    # Whoever calls in earnest reads a moment first; what the saving set off has come to rest.
    rep.settle()


def _taken(page: Page, what: str) -> list[float]:
    return page.evaluate("what => performance.getEntriesByName(what).map((one) => one.duration)", what)


if __name__ == "__main__":
    from bench.__main__ import Table

    phone(Table())
