"""Whether a page fits its screen and can be read by everybody."""

from __future__ import annotations

from functools import cache
from typing import Any

from playwright.sync_api import Page

from tests.e2e.conftest import ROOT


@cache
def _axe() -> str:
    return (ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def faults_of(page: Page) -> list[str]:
    """What is wider than the screen, and what axe finds serious."""
    overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    wide = [f"{overflow} px wider than the screen"] if overflow > 1 else []
    # Our own policy forbids eval in the page; the debugger's door is not the page.
    debugger = page.context.new_cdp_session(page)
    debugger.send("Runtime.evaluate", {"expression": _axe()})
    result: Any = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return wide + [
        f"{v['id']} ({v['impact']}) {v['nodes'][0]['html'][:120]}"
        for v in result["violations"]
        if v["impact"] in ("serious", "critical")
    ]
