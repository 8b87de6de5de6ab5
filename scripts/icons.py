"""Draws the icons of the installed app from web/public/favicon.svg, the product's own mark.

    .venv/bin/python scripts/icons.py

Only needed when the mark changes; the pictures are kept in web/public/icons. Wants a Chromium.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

PUBLIC = Path(__file__).resolve().parent.parent / "web" / "public"
MARK = (PUBLIC / "favicon.svg").read_text(encoding="utf-8")
# Android cuts its own shape out of a maskable icon, iOS rounds the corners itself: both want colour up to the edge.
FULL = MARK.replace('rx="9"', 'rx="0"')
# Of a maskable icon only a circle of four fifths is certain to be seen.
SAFE = FULL.replace("<g ", '<g transform="translate(16 16) scale(0.78) translate(-15.45 -16)" ')
ICONS = {
    "192": (192, MARK),
    "512": (512, MARK),
    "maskable-192": (192, SAFE),
    "maskable-512": (512, SAFE),
    "apple-180": (180, FULL),
}


def main() -> None:
    (PUBLIC / "icons").mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = chromium.new_page()
        for name, (side, drawing) in ICONS.items():
            _draw(page, side, drawing, PUBLIC / "icons" / f"{name}.png")
        chromium.close()


def _draw(page: Page, side: int, drawing: str, to: Path) -> None:
    page.set_viewport_size({"width": side, "height": side})
    page.set_content(f"<style>body{{margin:0}}svg{{display:block;width:{side}px}}</style>{drawing}")
    page.screenshot(path=to, omit_background=True)


if __name__ == "__main__":
    main()
