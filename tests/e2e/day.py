"""A day to look at: a rep with people to call back, new ones, a history, and what to say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import Browser

from tests.e2e.conftest import PASSWORD, Person, enter
from tests.product import Product

ANSWERS = "0006"
"""A number with these last four digits is always answered, by somebody who talks until one hangs up: a test that looks
later than usual finds him still there."""

# Name, firm, what was said last, hours until due (None: nobody has spoken to him yet), grade, source, contacts.
PEOPLE: list[tuple[str, str, str, float | None, str | None, str, int]] = [
    ("赵明轩", "苏州博远精密", "报价已发，说周五给答复", -50, "A", "website", 6),
    ("林若溪", "杭州云帆科技", "想看同行案例，关心售后响应时间", -3, "A", "referral", 9),
    ("马思远", "南京紫金装饰", "上午开会，十点半后再打", -0.5, "B", "baidu", 4),
    ("何佩珊", "广州顺达物流", "需与老板商量预算", 1, "B", "exhibition", 3),
    ("徐嘉禾", "成都锦程教育", "约定上门，确认到场人数", 1.5, "A", "website", 7),
    ("高向阳", "武汉启明软件", "已加微信，发过资料", 2, "C", "douyin", 2),
    ("唐一诺", "宁波港通货代", "抖音表单：咨询价格", None, None, "douyin", 0),
    ("郑子衿", "深圳瑞丰贸易", "百度推广：CRM 电销", None, None, "baidu", 0),
    ("许知远", "厦门海拓食品", "官网留言：想了解外呼", None, None, "website", 0),
]
SAID = [
    "客户正在对比两家供应商，关注售后响应时间与同行案例；预算约 5 万，本月内定。下次带制造业案例，约上门演示。",
    "确认了使用人数，约 12 个坐席，想先试用两周。",
    "发了资料，客户说老板回来再定。",
    "第一次接通，问了价格，没有拒绝。",
    "前台转接，负责人在开会。",
    "加了微信，发了产品介绍。",
    "问了和现在系统怎么对接，答应发接口说明。",
    "聊了十分钟，主要担心坐席不愿意换系统。",
    "确认收到报价。",
]
DAYS_AGO = [1, 5, 11, 18, 26, 37, 49, 63, 80]
KINDS = ["call", "call", "wechat", "visit", "call", "wechat", "call", "call", "email"]


SCRIPT = {
    "name": "约上门",
    "steps": "确认身份与方便时间\n回顾上次关注点：售后、案例\n给出价值：「同样做精密制造的博远，上线两周跟进率从 41% 提到 68%。」\n"
    "二选一约时间：周三上午 / 周四下午\n确认地址与到场人",
    "answers": "太贵了：按坐席算，一天不到一杯奶茶；先用两周再定。\n再考虑：您主要想考虑哪一点？我把那一点的资料发您。\n"
    "已有系统：不用换，先接一个小组试，数据能导出。\n发资料：发您微信，明早十点我打来讲三分钟。",
}


@dataclass
class Team:
    department: int
    users: dict[str, int]

    def email(self, name: str) -> str:
        return f"{name}@tuoke.test"


def make_team(admin: Person) -> Team:
    """A department with a team lead and two reps."""
    department = admin.api("POST", "/departments", {"name": "华东一组"})["id"]
    users = {
        key: admin.api(
            "POST",
            "/users",
            {
                "email": f"{key}@tuoke.test",
                "name": name,
                "password": PASSWORD,
                "roles": [role],
                "department": department,
            },
        )["id"]
        for key, name, role in (
            ("lintao", "林涛", "team_lead"),
            ("siyu", "陈思雨", "rep"),
            ("haoran", "周浩然", "rep"),
        )
    }
    return Team(department, users)


def make_script(admin: Person) -> None:
    admin.api("POST", "/tables/script/records", SCRIPT)


def make_day(browser: Browser, product: Product, team: Team, name: str = "siyu") -> dict[str, int]:
    """Leads of a rep with their history; name -> id."""
    rep = enter(browser, product, team.email(name))
    now = datetime.now(UTC)
    made: dict[str, int] = {}
    for place, (who, firm, note, due_h, grade, source, contacts) in enumerate(PEOPLE):
        lead = {
            "name": who,
            "company": firm,
            "phone": f"138{place:04d}{ANSWERS}",
            "city": firm[:2],
            "source": source,
            "need": note,
            "position": "采购经理",
        }
        if grade:
            lead |= {"grade": grade, "score": 90 - 7 * place, "amount": str(48_000 + 9_000 * place)}
        made[who] = rep.api("POST", "/tables/lead/records", lead)["ids"][0]
        for turn in range(contacts - 1, -1, -1):
            _speak(rep, made[who], now, turn)
        if due_h is not None:
            _agree(rep, made[who], now + timedelta(hours=due_h), who)
    rep.page.context.close()
    return made


def _speak(rep: Person, lead: int, now: datetime, turn: int) -> None:
    """One contact of the past."""
    said: dict[str, Any] = {
        "lead": lead,
        "content": SAID[turn],
        "kind": KINDS[turn],
        "happened_at": (now - timedelta(days=DAYS_AGO[turn], hours=turn % 3)).isoformat(),
    }
    rep.api("POST", "/tables/activity/records", said)


def _agree(rep: Person, lead: int, due: datetime, who: str) -> None:
    rep.api("PATCH", "/tables/lead/records", {"records": [{"id": lead, "next_follow_at": due.isoformat()}]})
    if who == "林若溪":
        for title, later_h in (("发制造业案例", 0), ("问清到场人数", 33)):
            due_at = (due + timedelta(hours=later_h)).isoformat()
            rep.api(
                "POST", "/tables/task/records",
                {"title": title, "lead": lead, "due_at": due_at, "kind": "material"},
            )  # fmt: skip
