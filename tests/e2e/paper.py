"""What comes out on paper, read back from the PDF."""

from __future__ import annotations

import base64
import io
import re
import unicodedata
from typing import Any

from pypdf import PageObject, PdfReader

from tests.e2e.conftest import Person

MENUS = ("工作台", "更多", "新建", "搜索线索", "筛选", "写跟进", "拨打", "时间线", "写评论", "保存")


def printed(person: Person) -> list[PageObject]:
    debugger = person.page.context.new_cdp_session(person.page)
    answer = debugger.send("Page.printToPDF", {"preferCSSPageSize": True, "printBackground": True})
    return list(PdfReader(io.BytesIO(base64.b64decode(answer["data"]))).pages)


def words(page: PageObject) -> str:
    # The font gives some characters back as the radicals they look like, ⼾ for 户; commas and colons become narrow.
    plain = unicodedata.normalize("NFKC", page.extract_text()).replace("戶", "户")
    return re.sub(r"\s+", " ", plain)


def right_edge(page: PageObject) -> float:
    """How far to the right words begin, in points."""
    edges: list[float] = [0]

    def visit(text: str, now: Any, matrix: Any, *_: Any) -> None:
        if text.strip():
            edges.append(float(now[0] * matrix[4] + now[4]))

    page.extract_text(visitor_text=visit)
    return max(edges)


def filled(page: PageObject) -> set[tuple[float, ...]]:
    """The colours areas are filled with."""
    content = page.get_contents()
    assert content is not None
    found = re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) rg", content.get_data())
    return {tuple(float(part) for part in colour) for colour in found}


def near(used: set[tuple[float, ...]], colour: str) -> bool:
    wanted = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return any(max(abs(a - b) for a, b in zip(one, wanted, strict=True)) < 0.004 for one in used)


def signed(pages: list[PageObject], by: str = "拓客 管理员") -> None:
    """By a firm's name and a person's."""
    first = words(pages[0])
    assert re.search(rf"{re.escape(by)} 打印于 20\d\d-\d\d-\d\d \d\d:\d\d", first), first
    for number, page in enumerate(pages, 1):
        assert f"{number} / {len(pages)}" in words(page)
        said = words(page)
        assert [menu for menu in MENUS if menu in said] == []
        assert right_edge(page) < float(page.mediabox.width) - 30
