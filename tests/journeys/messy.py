"""A bought list of 5 000 leads as untidy as they come, with the truth about every row.

The truth follows from how a row is made, never from our own reading of it: a number is chosen first and then
written in some way, a fault is put in on purpose.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import xlsxwriter

HEADINGS = (
    *("序号", "客户姓名", "*手机号码（必填）", "公司名称", "所属行业", "来源渠道", "预算金额(元)"),
    *("下次联系时间", "邮箱", "备注"),
)
KNOWN_INDUSTRIES = {
    "制造业": "manufacturing",
    "软件互联网": "software",
    " 教育培训 ": "education",
    "Retail": "retail",
}
NEW_INDUSTRIES = ("新能源", "跨境电商", "宠物用品")
SOURCES = {"官网": "website", "抖音": "douyin", "": None}
_FULL_WIDTH = {ord(c): ord(c) + 0xFEE0 for c in "0123456789+-"}
_SHANGHAI = timedelta(hours=8)

MOBILE_FORMS: tuple[Callable[[str], Any], ...] = (
    *(str, str, str, int, float),
    lambda n: f"+86{n}",
    lambda n: f"+86 {n[:3]} {n[3:7]} {n[7:]}",
    lambda n: f"0086-{n}",
    lambda n: f"86{n}",
    lambda n: f"{n[:3]}-{n[3:7]}-{n[7:]}",
    lambda n: f"{n[:3]} {n[3:7]} {n[7:]}",
    lambda n: n.translate(_FULL_WIDTH),
    lambda n: f"＋８６{n}",
    lambda n: f"手机：{n}",
    lambda n: f"手机: {n}",
    lambda n: f"'{n}",
    lambda n: f" {n} ",
    lambda n: f"\u202d{n}\u202c",
    lambda n: f"({n})",
)
LANDLINES = (("0571", "8"), ("021", "6"), ("010", "6"), ("0755", "8"), ("028", "8"))
AMOUNT_FORMS: tuple[tuple[Callable[[int], Any], Callable[[int], Decimal]], ...] = (
    (lambda n: f"¥{n:,}.50", lambda n: Decimal(n) + Decimal("0.50")),
    (lambda n: f"￥{n}", Decimal),
    (lambda n: f"{n}元", Decimal),
    (lambda n: f"{n / 10000:.4f}万", Decimal),
    (lambda n: f"{n:,}", Decimal),
    (lambda n: str(n).translate(_FULL_WIDTH), Decimal),
    (lambda n: n, Decimal),
    (lambda n: n + 0.25, lambda n: Decimal(n) + Decimal("0.25")),
    (lambda n: f"RMB {n}", Decimal),
)
DATE_FORMS: tuple[Callable[[datetime], Any], ...] = (
    lambda d: d,
    lambda d: f"{d:%Y-%m-%d %H:%M}",
    lambda d: f"{d:%Y/%m/%d %H:%M:%S}",
    lambda d: f"{d.year}年{d.month}月{d.day}日 {d:%H:%M}",
    lambda d: f"{d.year}.{d.month}.{d.day} {d.hour}:{d:%M}",
    lambda d: f"{d:%Y%m%d%H%M%S}",
    lambda d: f"{d:%Y-%m-%d} {'上午' if d.hour < 12 else '下午'}{(d.hour - 1) % 12 + 1}:{d:%M}",
    lambda d: f"{d:%Y-%m-%dT%H:%M:%S}+08:00",
)
BAD_PHONES = (
    "",
    "1380000",
    "138123456789",
    "无",
    "12345678901",
    "1.38E+10",
    "138****0001",
    "电话",
    "88886666",
)
BAD_AMOUNTS, BAD_DATES = ("面议", "1,2 0 0", "待定"), ("2026-02-30", "下周", "2026年13月1日", "03/04/2026")
BAD_EMAILS = ("没有邮箱呢", "a@b", "a b@example.com")


@dataclass
class Truth:
    created: int = 0
    duplicates: int = 0
    faulty: int = 0
    warnings: int = 0
    blank: int = 0
    records: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    """Phone in E.164 → what the record must hold, as the API shows it."""
    refused_lines: list[int] = field(default_factory=list[int])
    repeated_lines: list[int] = field(default_factory=list[int])
    new_industries: set[str] = field(default_factory=set[str])

    def counts(self) -> dict[str, int]:
        names = ("created", "duplicates", "faulty", "warnings", "blank")
        return {name: getattr(self, name) for name in names}


class Messy:
    """`known`: phones in E.164 that the table has already."""

    def __init__(self, seed: int, known: list[str], count: int = 5000) -> None:
        self._random, self._known = Random(seed), known
        self._used = Counter(known)
        self.rows: list[list[Any]] = []
        self.truth = Truth()
        for place in range(count):
            kind = self._random.choices(
                (self._new, self._in_table, self._in_file, self._faulty, self._blank), (80, 6, 5, 5, 4)
            )[0]
            # A blank row at the end of a file is none.
            kind = self._new if place in (0, count - 1) else kind
            self.rows.append(kind())

    @property
    def _line(self) -> int:
        return len(self.rows) + 2

    def _new(self) -> list[Any]:
        phone, e164, extra = self._fresh_phone()
        cells, record, warnings = self._rest()
        self.truth.created += 1
        self.truth.warnings += warnings + extra
        self.truth.records[e164] = {"phone": e164, **record}
        if record["industry"] in NEW_INDUSTRIES:
            self.truth.new_industries.add(record["industry"])
        return [self._line - 1, cells[0], phone, *cells[1:]]

    def _in_table(self) -> list[Any]:
        return self._repeated(self._random.choice(self._known))

    def _in_file(self) -> list[Any]:
        return self._repeated(self._random.choice(list(self.truth.records)))

    def _repeated(self, e164: str) -> list[Any]:
        number = e164.removeprefix("+86")
        written = self._random.choice(MOBILE_FORMS)(number) if self._is_mobile(number) else e164
        self.truth.duplicates += 1
        self.truth.repeated_lines.append(self._line)
        cells, _, _ = self._rest(options=False)
        return [self._line - 1, cells[0], written, *cells[1:]]

    def _faulty(self) -> list[Any]:
        self.truth.faulty += 1
        self.truth.refused_lines.append(self._line)
        cells, _, _ = self._rest(options=False)
        return [self._line - 1, cells[0] or "王芳", self._random.choice(BAD_PHONES), *cells[1:]]

    def _blank(self) -> list[Any]:
        self.truth.blank += 1
        return [
            self._random.choice(("", " ", "\u3000")) if column == 1 else "" for column in range(len(HEADINGS))
        ]

    def _is_mobile(self, number: str) -> bool:
        return len(number) == 11 and number.startswith("1")

    def _fresh_phone(self) -> tuple[Any, str, int]:
        """As written, in E.164, and how many warnings it brings."""
        while True:
            written, e164, warnings = self._phone()
            if not self._used[e164]:
                self._used[e164] += 1
                return written, e164, warnings

    def _phone(self) -> tuple[Any, str, int]:
        random = self._random
        chance = random.random()
        number = f"1{random.choice('3456789')}{random.randrange(10**9):09d}"
        if chance < 0.86:
            return random.choice(MOBILE_FORMS)(number), f"+86{number}", 0
        if chance < 0.90:
            second = f"139{random.randrange(10**8):08d}"
            return f"{number}{random.choice('/、；，')}{second}", f"+86{number}", 1
        if chance < 0.92:
            return f"{number}（{random.choice('王李张')}总）", f"+86{number}", 1
        area, first = random.choice(LANDLINES)
        local = f"{first}{random.randrange(2, 9)}{random.randrange(10**6):06d}"
        e164 = f"+86{area[1:]}{local}"
        if chance < 0.96:
            return (
                random.choice(
                    (f"{area}-{local}", f"({area}){local[:4]} {local[4:]}", f"电话：{area}{local}")
                ),
                e164,
                0,
            )
        extension = str(random.randrange(100, 9000))
        between = random.choice(("转", "-", " ext ", "分机"))
        return f"{area}-{local}{between}{extension}", f"{e164};ext={extension}", 0

    def _rest(self, options: bool = True) -> tuple[list[Any], dict[str, Any], int]:
        """The other cells, what the record must hold of them, and the warnings."""
        random = self._random
        name = random.choice(("王芳", " 李伟 ", "张 敏", "O'Neil", "", "=cmd", "赵\n六"))
        record: dict[str, Any] = {"name": {" 李伟 ": "李伟", "": None, "赵\n六": "赵 六"}.get(name, name)}
        company = random.choice(("杭州云帆科技有限公司", "上海博远贸易", ""))
        record["company"] = company or None
        industry = random.choice((*KNOWN_INDUSTRIES, "", "-", *(NEW_INDUSTRIES if options else ())))
        record["industry"] = KNOWN_INDUSTRIES.get(industry, industry if industry in NEW_INDUSTRIES else None)
        source = random.choice(tuple(SOURCES))
        record["source"] = SOURCES[source]
        amount, record["amount"], bad_amount = self._amount()
        following, record["next_follow_at"], bad_date = self._moment()
        email, record["email"], bad_email = self._email()
        remark = random.choice(("", "要发票，\n季度签", '说 "再看看"', "A,B;C"))
        record["remark"] = remark or None
        return (
            [name, company, industry, source, amount, following, email, remark],
            record,
            bad_amount + bad_date + bad_email,
        )

    def _amount(self) -> tuple[Any, str | None, int]:
        chance = self._random.random()
        if chance < 0.3:
            return self._random.choice(("", "-", "无")), None, 0
        if chance < 0.34:
            return self._random.choice(BAD_AMOUNTS), None, 1
        write, value = self._random.choice(AMOUNT_FORMS)
        number = self._random.randrange(1, 500) * 100
        return write(number), f"{value(number):.2f}", 0

    def _moment(self) -> tuple[Any, str | None, int]:
        chance = self._random.random()
        if chance < 0.4:
            return "", None, 0
        if chance < 0.43:
            return self._random.choice(BAD_DATES), None, 1
        at = datetime(2026, 11, 1) + timedelta(minutes=30 * self._random.randrange(5000))
        return self._random.choice(DATE_FORMS)(at), (at - _SHANGHAI).replace(tzinfo=UTC).isoformat(), 0

    def _email(self) -> tuple[str, str | None, int]:
        chance = self._random.random()
        if chance < 0.6:
            return "", None, 0
        if chance < 0.63:
            return self._random.choice(BAD_EMAILS), None, 1
        n = self._random.randrange(10**6)
        return (
            self._random.choice((f"u{n}@Example.com", f" u{n}@example.com ", f"u{n}＠example.com")),
            f"u{n}@example.com",
            0,
        )


def write_xlsx(path: Path, rows: list[list[Any]]) -> Path:
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
        moment = book.add_format({"num_format": "yyyy/m/d h:mm"})
        sheet = book.add_worksheet("名单")
        for line, row in enumerate([list(HEADINGS), *rows]):
            for column, cell in enumerate(row):
                if isinstance(cell, datetime):
                    sheet.write_datetime(line, column, cell, moment)
                elif isinstance(cell, str):
                    sheet.write_string(line, column, cell)
                else:
                    sheet.write_number(line, column, cell)
    return path


def write_gbk(path: Path, rows: list[list[Any]]) -> Path:
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([HEADINGS, *([_as_text(cell) for cell in row] for row in rows)])
    return path


def _as_text(cell: Any) -> str:
    if isinstance(cell, datetime):
        return f"{cell:%Y/%m/%d %H:%M}"
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
