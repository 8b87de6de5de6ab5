"""Ways through a page that several tests go."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect


def remark_all(page: Page, remark: str, picture: Callable[[str], None] = lambda _: None) -> int:
    """Tick every row that is there and give it this 备注; how many were changed. The way back is still on the screen."""
    page.get_by_role("checkbox", name="全选已加载的行").click()
    page.get_by_role("button", name="批量修改").click()
    dialog = page.get_by_role("dialog", name="批量修改")
    dialog.get_by_role("combobox", name="选择字段").fill("备注")
    page.keyboard.press("Enter")
    dialog.get_by_role("textbox", name="备注").fill(remark)
    said = dialog.get_by_role("status")
    expect(said).to_contain_text(re.compile(r"将修改 \d+ 条"))
    many = int(re.findall(r"将修改 (\d+) 条", said.inner_text())[0])
    picture("bulk-edit")
    dialog.get_by_role("button", name=re.compile(rf"修改 {many} 条")).click()
    expect(page.get_by_text(f"已修改 {many} 条")).to_be_visible()
    picture("bulk-undo")
    return many
