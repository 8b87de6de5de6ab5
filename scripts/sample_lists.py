"""Writes the samples of the telesales app: two short lists of leads to try the import with, as untidy as bought lists are.

    .venv/bin/python scripts/sample_lists.py [FOLDER]

Everybody in them is invented. The same content at every run; tests/test_samples.py says what an import makes of it.
"""

from __future__ import annotations

import csv
import sys
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

import xlsxwriter

FOLDER = Path(__file__).resolve().parent.parent / "src" / "tuoke" / "apps" / "telesales" / "samples"
XLSX, CSV = "leads.xlsx", "leads-gbk.csv"
HEADINGS = (
    *("客户姓名", "公司名称", "联系电话", "所在城市", "所属行业", "来源渠道", "意向", "预算金额"),
    *("下次联系时间", "客户需求", "备注"),
)
_PHONE, _INDUSTRY, _AMOUNT, _NEXT, _NEED = 2, 4, 7, 8, 9

_FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = [
    "明轩",
    "若溪",
    "思远",
    "佩珊",
    "嘉禾",
    "向阳",
    "一诺",
    "子衿",
    "英佳",
    "景行",
    "予安",
    "书航",
    "婉清",
    "启航",
    "知夏",
    "文博",
    "雨桐",
    "海涛",
    "静怡",
    "志强",
]
_CITIES = ["杭州", "苏州", "南京", "宁波", "上海", "广州", "深圳", "成都", "武汉", "合肥"]
_NAMES = [
    "云帆",
    "博远",
    "紫金",
    "顺达",
    "锦程",
    "启明",
    "瑞丰",
    "恒信",
    "新禾",
    "远航",
    "立方",
    "晨曦",
    "嘉木",
    "汇通",
    "天合",
    "青禾",
]
_TRADES = {
    "制造业": "精密机械有限公司",
    "软件互联网": "软件科技有限公司",
    "教育培训": "教育咨询有限公司",
    "建筑装修": "装饰工程有限公司",
    "物流运输": "物流有限公司",
    "外贸": "进出口贸易有限公司",
    "医疗健康": "健康管理有限公司",
    "餐饮酒店": "餐饮管理有限公司",
}
_SOURCES = ["官网", "抖音", "百度推广", "微信", "展会", "老客转介", "客户来电"]
_NEEDS = (
    "想了解 20 个坐席的报价",
    "现有系统月底到期，正在比较三家",
    "要能导入旧系统的客户和跟进记录",
    "老板要看每天每人的跟进量",
    "外地分公司也要用，关心权限",
    "先试用一个组，满意再全员上",
    "",
    "",
)
_PREFIXES = ["138", "139", "136", "158", "186", "199"]


def rows(seed: int, count: int, first: int) -> list[list[Any]]:
    """Tidy rows; `first` is where their telephone numbers begin, which all have 0000 in the middle."""
    random = Random(seed)
    return [_row(random, first + place) for place in range(count)]


def _row(random: Random, number: int) -> list[Any]:
    city, trade = random.choice(_CITIES), random.choice(list(_TRADES))
    day = datetime(2026, 11, random.randrange(23, 31), random.randrange(9, 18), random.choice((0, 30)))
    return [
        random.choice(_FAMILY) + random.choice(_GIVEN),
        city + random.choice(_NAMES) + _TRADES[trade],
        f"{random.choice(_PREFIXES)}0000{number:04d}",
        city,
        trade,
        random.choice(_SOURCES),
        random.choices(("A", "B", "C", ""), (2, 4, 3, 2))[0],
        random.choice((3600, 6800, 12000, 25000, 48000, "")),
        day if random.random() < 0.6 else "",
        random.choice(_NEEDS),
        "",
    ]


def excel_rows() -> list[list[Any]]:
    """44 rows and a blank line between them: two that stand there twice, two without a number one could dial."""
    made = rows(seed=7, count=40, first=101)
    _spell(made, 1, _PHONE, lambda phone: f"{phone[:3]}-{phone[3:7]}-{phone[7:]}")
    _spell(made, 2, _PHONE, lambda phone: f"+86 {phone[:3]} {phone[3:7]} {phone[7:]}")
    _spell(
        made, 3, _PHONE, lambda phone: phone.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    )
    _spell(made, 4, _PHONE, lambda phone: f"手机：{phone}")
    _spell(made, 5, _PHONE, int)
    made[6][_PHONE] = "0571-87650107转801"
    made[7][_AMOUNT], made[8][_AMOUNT], made[9][_AMOUNT] = "¥12,000.00", "1.2万", "8000元"
    made[10][_NEXT], made[11][_NEXT], made[12][_NEXT] = (
        "2026年12月3日 14:30",
        "2026/12/4",
        "2026-12-07 下午3点",
    )
    # Cells nobody can read: the row is kept, the cell is left empty, and the import says so.
    made[13][_AMOUNT], made[14][_NEXT] = "面议", "2026年2月30日"
    made[15][_INDUSTRY] = "新能源"
    again, by_hand, nameless, short = made[0].copy(), made[20].copy(), made[21].copy(), made[22].copy()
    by_hand[_PHONE] = f"{by_hand[_PHONE]} "
    nameless[_PHONE], short[_PHONE] = "", "1380000012"
    return [*made[:18], again, *made[18:30], nameless, ["" for _ in HEADINGS], *made[30:], by_hand, short]


def csv_rows() -> list[list[Any]]:
    """40 rows as an old system writes them out; the last three are on the other list."""
    made = rows(seed=8, count=37, first=201)
    made[4][_NEED] = "要发票，\n合同按季度签"
    made[9][_PHONE] = f"{made[9][_PHONE]}（李总助理）"
    made[12][_AMOUNT] = "￥1.5万"
    return [*made, *rows(seed=7, count=40, first=101)[30:33]]


def _spell(made: list[list[Any]], row: int, column: int, spelled: Any) -> None:
    made[row][column] = spelled(made[row][column])


def write(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    _write_xlsx(folder / XLSX, excel_rows())
    with open(folder / CSV, "w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([HEADINGS, *([_as_text(cell) for cell in row] for row in csv_rows())])


def _write_xlsx(path: Path, content: list[list[Any]]) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        # Without it the file would hold today's date and differ at every run.
        book.set_properties({"created": datetime(2026, 11, 22)})
        bold, moment = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy/m/d h:mm"})
        sheet = book.add_worksheet("线索")
        sheet.set_column(0, len(HEADINGS) - 1, 16)
        sheet.write_row(0, 0, HEADINGS, bold)
        for line, row in enumerate(content, 1):
            for column, cell in enumerate(row):
                if isinstance(cell, datetime):
                    sheet.write_datetime(line, column, cell, moment)
                elif cell != "":
                    sheet.write(line, column, cell)


def _as_text(cell: Any) -> str:
    return f"{cell:%Y/%m/%d %H:%M}" if isinstance(cell, datetime) else str(cell)


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
