"""Believable Chinese leads by the million: skewed like real ones, the same for the same seed.

Only for measuring: rows and search tokens as text that PostgreSQL's COPY takes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import accumulate
from math import exp
from random import Random
from typing import Any

from tuoke.query.tokens import tokens_of

COLUMNS = (
    *("id", "created_at", "updated_at", "created_by", "updated_by", "name", "company", "phone", "city"),
    *("industry", "source", "status", "grade", "amount", "score", "owner", "department"),
    *("next_follow_at", "last_follow_at", "remark", "need", "position"),
)
SEARCHED = ("name", "company", "phone", "city", "remark", "need", "position")
"""Columns of text, phones and long texts: what the search box looks into."""

CHUNK = 50_000
_YEARS_S = 2 * 365 * 86_400
_DAY_S = 86_400


@dataclass(frozen=True)
class Holder:
    """Whose a lead is: a rep's, or with `owner` None a department's pool."""

    owner: int | None
    department: int
    share: float


@dataclass(frozen=True)
class Order:
    """What to make."""

    leads: int
    seed: int
    now: datetime
    holders: tuple[Holder, ...]
    first_id: int = 1


@dataclass(frozen=True)
class Chunk:
    leads: bytes
    """Lines of `COLUMNS` for COPY."""
    tokens: bytes
    """Lines of id and tokens for COPY; empty when not asked for."""


def chunk_of(order: Order, number: int, with_tokens: bool) -> Chunk:
    """The leads `number * CHUNK …`. Chunks may be made in any order, by any process."""
    start = number * CHUNK
    count = min(CHUNK, order.leads - start)
    columns = _columns(Random(f"{order.seed}/{number}"), order, start, count)
    rows = list(zip(*(columns[key] for key in COLUMNS), strict=True))
    lines = "".join(["\t".join(row) + "\n" for row in rows])
    return Chunk(lines.encode(), _tokens(columns).encode() if with_tokens else b"")


def _columns(random: Random, order: Order, start: int, count: int) -> dict[str, list[str]]:
    cities = _drawn(random, _CITIES, count)
    industries = _drawn(random, _INDUSTRIES, count)
    statuses = _drawn(random, _STATUSES, count)
    holders = random.choices(order.holders, [h.share for h in order.holders], k=count)
    created = [_created(random, order, start + i) for i in range(count)]
    followed = [_followed(random, s, at, order) for s, at in zip(statuses, created, strict=True)]
    return {
        "id": [str(order.first_id + start + i) for i in range(count)],
        "created_at": [_time(at) for at in created],
        "updated_at": [_time(f or at) for f, at in zip(followed, created, strict=True)],
        "created_by": ["1"] * count,
        "updated_by": [str(h.owner or 1) for h in holders],
        "name": _names(random, count),
        "company": _companies(random, cities, industries),
        "phone": _phones(random, start, count),
        "city": cities,
        "industry": industries,
        "source": _drawn(random, _SOURCES, count),
        "status": statuses,
        "grade": [_grade(random, status) for status in statuses],
        "amount": [_amount(random) for _ in range(count)],
        "score": [str(int(random.triangular(0, 100, 35))) for _ in range(count)],
        "owner": [_or_null(h.owner) for h in holders],
        "department": [str(h.department) for h in holders],
        "next_follow_at": [_next(random, s, order) for s in statuses],
        "last_follow_at": [_or_null(f and _time(f)) for f in followed],
        "remark": [random.choice(_REMARKS) if random.random() < 0.35 else "\\N" for _ in range(count)],
        "need": [random.choice(_NEEDS) if random.random() < 0.3 else "\\N" for _ in range(count)],
        "position": [random.choice(_POSITIONS) if random.random() < 0.4 else "\\N" for _ in range(count)],
    }


def _tokens(columns: dict[str, list[str]]) -> str:
    searched = zip(*(columns[key] for key in SEARCHED), strict=True)
    lines: list[str] = []
    for id, texts in zip(columns["id"], searched, strict=True):
        found = tokens_of([text for text in texts if text != "\\N"])
        quoted = ",".join([f'"{token}"' for token in found])
        lines.append(f"{id}\t{{{quoted}}}\n")
    return "".join(lines)


# --- single values --------------------------------------------------------------------------------


def _drawn(random: Random, weights: dict[str, float], count: int) -> list[str]:
    return random.choices(list(weights), cum_weights=list(accumulate(weights.values())), k=count)


def _names(random: Random, count: int) -> list[str]:
    surnames = _drawn(random, _SURNAMES, count)
    firsts = random.choices(_GIVEN, _zipf(len(_GIVEN)), k=count)
    seconds = random.choices(["", *_GIVEN], [25, *(100 * w for w in _zipf(len(_GIVEN)))], k=count)
    return [s + a + b for s, a, b in zip(surnames, firsts, seconds, strict=True)]


def _companies(random: Random, cities: Sequence[str], industries: Sequence[str]) -> list[str]:
    first = random.choices(_BRANDS, _zipf(len(_BRANDS)), k=len(cities))
    second = random.choices(_BRANDS, k=len(cities))
    trades = [random.choice(_TRADES[industry]) for industry in industries]
    ends = random.choices(
        ["有限公司", "股份有限公司", "有限责任公司", "集团", "经营部"], [70, 6, 8, 4, 12], k=len(cities)
    )
    return [
        "\\N" if random.random() < 0.08 else city + a + b + trade + end
        for city, a, b, trade, end in zip(cities, first, second, trades, ends, strict=True)
    ]


def _phones(random: Random, start: int, count: int) -> list[str]:
    """No two alike: the last eight digits are a permutation of the first hundred million numbers."""
    prefixes = _drawn(random, _PREFIXES, count)
    return [f"+86{p}{(start + i) * 61_803_399 % 100_000_000:08d}" for i, p in enumerate(prefixes)]


def _created(random: Random, order: Order, place: int) -> float:
    """More and more leads come: three fifths of them in the second year. In order of their ids."""
    passed = (place + random.random()) / order.leads
    return order.now.timestamp() - _YEARS_S * (1 - passed**0.75)


def _followed(random: Random, status: str, created: float, order: Order) -> float | None:
    if status == "new" or random.random() < 0.05:
        return None
    return min(created + random.expovariate(1 / (20 * _DAY_S)), order.now.timestamp())


def _next(random: Random, status: str, order: Order) -> str:
    if status in ("converted", "invalid") or random.random() < 0.55:
        return "\\N"
    at = order.now.timestamp() + random.triangular(-10, 30, 2) * _DAY_S
    return _time(at - at % 900)


def _grade(random: Random, status: str) -> str:
    if status == "new":
        return "\\N" if random.random() < 0.8 else "C"
    weights = [45, 40, 15] if status in ("interested", "converted") else [5, 30, 65]
    return random.choices("ABC", weights)[0]


def _amount(random: Random) -> str:
    return "\\N" if random.random() < 0.4 else f"{round(exp(random.gauss(9.6, 1.1)), -2):.2f}"


def _time(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds")


def _or_null(value: Any) -> str:
    return "\\N" if value is None else str(value)


def _zipf(count: int) -> list[float]:
    return [1 / (place + 6) for place in range(count)]


_CITIES = {
    "上海": 90,
    "北京": 85,
    "深圳": 80,
    "广州": 75,
    "杭州": 60,
    "成都": 52,
    "苏州": 48,
    "武汉": 40,
    "南京": 38,
    "重庆": 38,
    "东莞": 34,
    "西安": 32,
    "宁波": 30,
    "佛山": 30,
    "长沙": 28,
    "郑州": 28,
    "青岛": 26,
    "天津": 26,
    "合肥": 24,
    "无锡": 24,
    "济南": 22,
    "福州": 20,
    "厦门": 20,
    "温州": 20,
    "泉州": 16,
    "常州": 16,
    "嘉兴": 14,
    "金华": 14,
    "沈阳": 14,
    "昆明": 13,
    "大连": 12,
    "石家庄": 12,
    "南昌": 11,
    "中山": 11,
    "绍兴": 10,
    "台州": 10,
    "惠州": 10,
    "南宁": 9,
    "哈尔滨": 9,
    "贵阳": 8,
    "太原": 8,
    "长春": 8,
    "烟台": 8,
    "徐州": 7,
    "南通": 7,
    "珠海": 6,
    "潍坊": 6,
    "扬州": 5,
    "海口": 4,
    "兰州": 4,
    "乌鲁木齐": 4,
    "呼和浩特": 3,
    "银川": 2,
    "西宁": 1,
    "拉萨": 1,
}
_INDUSTRIES = {
    "manufacturing": 26,
    "software": 14,
    "retail": 13,
    "education": 9,
    "construction": 8,
    "logistics": 6,
    "business_services": 6,
    "finance": 5,
    "healthcare": 4,
    "hospitality": 3,
    "foreign_trade": 3,
    "property": 2,
    "agriculture": 1,
}
_TRADES = {
    "manufacturing": ["精密机械", "电子", "五金制品", "新材料", "智能装备", "模具"],
    "software": ["科技", "网络科技", "信息技术", "软件", "数字科技"],
    "retail": ["商贸", "贸易", "百货", "食品", "服饰"],
    "education": ["教育科技", "教育咨询", "文化传播"],
    "construction": ["建筑工程", "装饰工程", "装饰设计"],
    "logistics": ["物流", "供应链管理", "货运代理"],
    "business_services": ["企业管理咨询", "人力资源", "广告"],
    "finance": ["投资管理", "保险代理", "融资租赁"],
    "healthcare": ["医疗器械", "生物科技", "健康管理"],
    "hospitality": ["餐饮管理", "酒店管理"],
    "foreign_trade": ["进出口", "国际贸易"],
    "property": ["房地产开发", "物业管理"],
    "agriculture": ["农业科技", "生态农业"],
}
_SOURCES = {
    "list": 30,
    "baidu": 18,
    "douyin": 14,
    "website": 12,
    "event": 7,
    "referral": 6,
    "wechat": 5,
    "exhibition": 4,
    "call_in": 2,
    "xiaohongshu": 1,
    "other": 1,
}
_STATUSES = {"new": 34.0, "following": 36.0, "interested": 11.0, "converted": 6.0, "invalid": 13.0}
_PREFIXES = {
    "138": 9,
    "139": 9,
    "136": 8,
    "137": 8,
    "135": 8,
    "159": 6,
    "158": 6,
    "150": 5,
    "151": 5,
    "188": 5,
    "186": 5,
    "185": 4,
    "180": 4,
    "189": 4,
    "133": 3,
    "153": 3,
    "177": 3,
    "176": 3,
    "199": 1,
    "166": 1,
}
_SURNAMES = {
    "王": 72,
    "李": 71,
    "张": 68,
    "刘": 54,
    "陈": 46,
    "杨": 31,
    "黄": 22,
    "赵": 20,
    "吴": 20,
    "周": 19,
    "徐": 15,
    "孙": 15,
    "马": 14,
    "朱": 14,
    "胡": 13,
    "郭": 12,
    "何": 12,
    "林": 11,
    "罗": 11,
    "高": 10,
    "梁": 9,
    "郑": 9,
    "谢": 8,
    "宋": 8,
    "唐": 8,
    "许": 7,
    "邓": 7,
    "韩": 7,
    "冯": 6,
    "曹": 6,
    "彭": 6,
    "曾": 6,
    "肖": 5,
    "田": 5,
    "董": 5,
    "袁": 5,
    "潘": 5,
    "于": 5,
    "蒋": 5,
    "蔡": 4,
    "余": 4,
    "杜": 4,
    "叶": 4,
    "程": 4,
    "苏": 4,
    "魏": 4,
    "吕": 4,
    "丁": 4,
    "任": 3,
    "沈": 3,
    "姚": 3,
    "卢": 3,
    "钟": 2,
    "欧阳": 0.5,
    "上官": 0.1,
    "司马": 0.1,
}
_GIVEN = list(
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰建文辉宇婷浩雪琳子涵欣怡梓轩晨若思雨嘉俊博佳慧"
    "志国峰鹏飞云海波林春秋月红梅燕莉丹萍颖蕾倩琪瑶颜睿哲远航凯翔宁安康健德清源成振东兴旺荣庆学良智永福"
)
_BRANDS = list(
    "云帆鼎盛华信恒瑞博远嘉禾锦程天启星辰宏达金鑫盛泰永诚中联创新德润安捷顺丰泽万通优品卓越蓝海正阳凯旋"
)
_POSITIONS = [
    "总经理",
    "采购经理",
    "老板",
    "行政主管",
    "销售总监",
    "运营负责人",
    "财务经理",
    "店长",
    "厂长",
    "人事经理",
]
_NEEDS = [
    *(
        "想了解电销系统的价格",
        "需要带录音和质检功能",
        "现有系统续费到期，准备更换",
        "要求对接企业微信",
        "十个坐席，月底前上线",
    ),
    *(
        "关心数据安全，要私有化部署",
        "希望先试用一周",
        "主要看外呼线路稳定性",
        "要能导入历史Excel数据",
        "需要和金蝶对接",
    ),
]
_REMARKS = [
    *(
        "上午不方便，下午三点后再打",
        "已加微信，发过资料",
        "价格敏感，等活动",
        "让我们月底再联系",
        "电话是前台接的",
    ),
    *(
        "老客户介绍，态度很好",
        "正在和竞品比较",
        "预算五万以内",
        "负责人出差，周四回来",
        "打了两次没人接",
        "需要和老板商量预算",
    ),
]
