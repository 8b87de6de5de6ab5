"""What the firm has and plans: products, campaigns with their cost, targets, and what team leads set themselves."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal

from tuoke.demo.book import Person, Row
from tuoke.demo.scene import Scene

_PRODUCTS = (
    ("云仓标准版（每用户/年）", "YC-STD", "software", 980, 120, "用户"),
    ("云仓专业版（每用户/年）", "YC-PRO", "software", 1680, 180, "用户"),
    ("云仓生产版（每用户/年）", "YC-MFG", "software", 2980, 320, "用户"),
    ("手持扫码枪", "HW-SCAN", "hardware", 1280, 760, "台"),
    ("条码打印机", "HW-PRINT", "hardware", 1980, 1240, "台"),
    ("上线实施（人天）", "SV-IMPL", "service", 1800, 900, "人天"),
    ("数据迁移", "SV-MIGR", "service", 3600, 1500, "次"),
    ("仓管培训课程", "CR-TRAIN", "course", 2400, 800, "期"),
    ("年度驻场支持", "SV-ONSITE", "service", 28000, 15000, "年"),
)
SOFTWARE, SCANNER, PRINTER, IMPLEMENTATION, MIGRATION, TRAINING = (0, 1, 2), 3, 4, 5, 6, 7

# Kind, source, name, days ago at the start, days it runs, budget. Some run to this day.
_CAMPAIGNS = (
    ("ads", "baidu", "百度搜索投放·年框", 360, 400, 480_000),
    ("ads", "douyin", "抖音信息流·仓库那些事", 330, 150, 180_000),
    ("ads", "douyin", "抖音直播间投放", 140, 200, 220_000),
    ("content", "website", "官网盘点攻略下载", 365, 500, 36_000),
    ("content", "wechat", "公众号库存管理专栏", 300, 330, 42_000),
    ("content", "xiaohongshu", "小红书店主笔记合作", 170, 190, 28_000),
    ("exhibition", "exhibition", "春季物流装备展", 245, 12, 96_000),
    ("exhibition", "exhibition", "秋季五金博览会", 62, 14, 88_000),
    ("offline", "event", "华东仓储数字化沙龙", 205, 21, 38_000),
    ("online", "event", "双十一备货线上课", 40, 25, 18_000),
    ("online", "event", "年底盘点公开课", 9, 30, 16_000),
    ("list", "list", "行业名录采购·一批", 352, 95, 60_000),
    ("list", "list", "行业名录采购·二批", 230, 120, 75_000),
    ("list", "list", "行业名录采购·三批", 95, 130, 82_000),
)


def products(scene: Scene) -> list[Row]:
    at = scene.shifts.at(scene.shifts.first, time(8, 55))
    return [
        scene.book.create(
            "product", at, scene.firm.administrator, name=name, code=code, category=category, price=Decimal(price),
            cost=Decimal(cost), unit=unit, status="on_sale", stock=None if category != "hardware" else 40 + 7 * len(name),
        )
        for name, code, category, price, cost, unit in _PRODUCTS
    ]  # fmt: skip


def campaigns(scene: Scene) -> dict[str, list[Row]]:
    """By source."""
    found: dict[str, list[Row]] = {}
    for kind, source, name, ago, length, budget in _CAMPAIGNS:
        found.setdefault(source, []).append(_campaign(scene, kind, source, name, ago, length, budget))
    return found


def _campaign(scene: Scene, kind: str, source: str, name: str, ago: int, length: int, budget: int) -> Row:
    random, today = scene.random, scene.shifts.today
    starts = today - timedelta(days=ago)
    ends = starts + timedelta(days=length)
    # What was planned for a year and runs still has spent its part so far.
    spent = min(1.0, ago / length) * random.uniform(0.88, 1.08)
    by = random.choice(scene.firm.marketers)
    at = scene.shifts.at(starts, time(8, 30))
    row = scene.book.create(
        "campaign", max(at, by.joined), by, name=f"{name}", kind=kind, source=source, status="running", starts_on=starts,
        ends_on=ends, budget=Decimal(budget), cost=Decimal(round(budget * spent / 10) * 10),
        expected_leads=round(budget / 160 / 10) * 10, owner=by, department=by.department,
    )  # fmt: skip
    if ends < today:
        closed = scene.shifts.at(ends + timedelta(days=1), time(9, 20))
        if closed <= scene.now:
            scene.book.change(row, closed, by, status="finished")
    return row


_SCRIPTS = (
    (
        "陌生名单首访", "list",
        "先报公司和姓名，问现在方便讲一分钟吗\n问：仓库现在用什么记库存？多久盘一次？\n问：上次盘点差了多少，花了几天？\n"
        "讲一个同行的例子：从表格换过来，盘点从两天变半天\n约时间看十五分钟演示，记下决策人",
        "没时间：那我下午三点再打给您，两分钟说完\n已经在用别的：用得顺吗？批次和调拨是怎么管的？\n发资料就行：好的，我加您微信，明天上午听您的看法",
    ),
    (
        "网上咨询首响", "website",
        "谢谢您的留言，先确认留言里的需求\n问：几个仓库、几个人用、想什么时候用起来\n对照需求讲两个功能，不超过两个\n"
        "约演示，问还有谁一起看",
        "先报个价：按用户数算，标准版每人每年九百八，您这边几个人用？\n要再比较：理解，您最看重哪一点？我把这一点的案例发您",
    ),
    (
        "老客户回访", None,
        "问用得怎么样，哪个功能用得最多\n问有没有新仓、新人要加账号\n提醒盘点前的准备，问要不要安排培训\n请他介绍一位同行",
        "最近卡：我现在就登记，客户成功同事两小时内联系您",
    ),
)  # fmt: skip


def scripts(scene: Scene) -> None:
    """What reps say, step by step."""
    by = scene.firm.teams[0].lead
    at = scene.shifts.at(scene.shifts.first, time(8, 58))
    for name, source, steps, answers in _SCRIPTS:
        scene.book.create(
            "script", at, by, name=name, steps=steps, answers=answers, is_active=True, source=source
        )


def targets(scene: Scene, monthly: float) -> None:
    """Payments a month: every rep's and every team's, from the year's first month to this one.

    `monthly`: what a rep brings in on average, in yuan.
    """
    month = scene.shifts.first.replace(day=1)
    while month <= scene.shifts.today:
        after = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
        season = 0.6 if month.month == 2 else 1.25 if month.month in (3, 6, 11, 12) else 1.0
        for team in scene.firm.teams:
            there = [rep for rep in team.reps if scene.shifts.day_of(rep.joined) < after]
            value = _round(monthly * season * 1.15)
            for rep in there:
                _target(scene, f"{rep.name} {month:%Y年%m月}回款", value, month, after, rep, team.lead)
            name = f"{team.department.name} {month:%Y年%m月}回款"
            _target(scene, name, value * max(1, len(there)), month, after, None, team.lead)
        month = after


def _target(
    scene: Scene, name: str, value: int, starts: date, after: date, rep: Person | None, lead: Person
) -> None:
    at = max(scene.shifts.at(starts, time(9, 5)), lead.joined, rep.joined if rep else 0)
    if at > scene.now:
        return
    scene.book.create(
        "target", at, lead, name=name, measure="payment", value=value, period="month", starts_on=starts,
        ends_on=after - timedelta(days=1), owner=rep, department=lead.department,
    )  # fmt: skip


def _round(value: float) -> int:
    return max(1000, round(value / 1000) * 1000)


_LEADS_TASKS = (
    ("听本组本周录音，挑三通讲评", 7, "normal"),
    ("和{rep}做一对一，过一遍停滞商机", 11, "high"),
    ("核对本组回款进度", 14, "normal"),
    ("公海线索重新分配", 9, "low"),
)


def tasks_of_leads(scene: Scene) -> None:
    """Team leads' own to-dos over the last weeks: most of them done, one or two late, some for today."""
    for team in scene.firm.teams:
        for title, every, priority in _LEADS_TASKS:
            for ago in range(every * 5 + 1, -every, -every):
                _task_of_lead(scene, team.lead, team.reps, title, ago, priority)


def _task_of_lead(
    scene: Scene, lead: Person, reps: list[Person], title: str, ago: int, priority: str
) -> None:
    random, shifts = scene.random, scene.shifts
    day = shifts.working_day(shifts.today - timedelta(days=ago))
    due = shifts.during(day, random)
    made = shifts.during(shifts.working_day(day - timedelta(days=10)), random)
    if made > scene.now or made >= due:
        return
    task = scene.book.create(
        "task", made, lead, title=title.format(rep=random.choice(reps).name), kind="other", status="open",
        priority=priority, due_at=due, owner=lead, department=lead.department,
    )  # fmt: skip
    done = due + random.uniform(-3600, 3600)
    if made < done < scene.now and not (ago < 8 and scene.chance(0.35)):
        scene.book.change(task, done, lead, status="done")
