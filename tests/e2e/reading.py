"""Whether a page fits its screen and can be read by everybody."""

from __future__ import annotations

from functools import cache
from typing import Any

from playwright.sync_api import Page

from tests.e2e.conftest import ROOT

_CUT = """() => { const found = [];
for (const one of document.querySelectorAll("main *")) {
    const box = one.getBoundingClientRect();
    if (box.width === 0 || box.height === 0 || box.right <= innerWidth + 1 || box.left >= innerWidth) continue;
    const scrolls = (e) => ["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(e).overflowX);
    let around = one.parentElement;
    while (around && around.tagName !== "MAIN" && !scrolls(around)) around = around.parentElement;
    if (around?.tagName === "MAIN") found.push(one.tagName + "." + one.className + " to " + Math.round(box.right));
}
return found.slice(0, 3); }"""
"""What reaches past the right edge of the page and is not meant to be moved sideways."""

SQUEEZED = """[...document.querySelectorAll("main .ellipsis")]
  .filter((one) => one.textContent.trim() && one.parentElement.clientWidth > 0 && one.clientWidth < 8)
  .slice(0, 3).map((one) => one.className + " " + one.textContent)"""
"""Words that may be shortened and of which nothing is left."""


@cache
def _axe() -> str:
    return (ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def faults_of(page: Page) -> list[str]:
    """What is wider than the screen, and what axe finds serious."""
    overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    wide = [f"{overflow} px wider than the screen"] if overflow > 1 else []
    wide += [f"cut off: {one}" for one in page.evaluate(_CUT)]
    wide += [f"no room for: {one}" for one in page.evaluate(SQUEEZED)]
    # Our own policy forbids eval in the page; the debugger's door is not the page.
    debugger = page.context.new_cdp_session(page)
    debugger.send("Runtime.evaluate", {"expression": _axe()})
    result: Any = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return wide + [
        f"{v['id']} ({v['impact']}) {v['nodes'][0]['html'][:120]}"
        for v in result["violations"]
        if v["impact"] in ("serious", "critical")
    ]
