"""After the sale: tickets of customers, how they were solved, and what customers said of it."""

from __future__ import annotations

from tuoke.demo.book import Row
from tuoke.demo.scene import Scene

_SUBJECTS = {
    "question": (
        "怎么批量导入商品资料",
        "条码标签尺寸怎么改",
        "盘点单能不能撤回",
        "多仓调拨在哪里做",
        "子账号权限怎么分",
    ),
    "fault": (
        "扫码枪连不上",
        "盘点页面打开很慢",
        "打印的条码扫不出来",
        "库存数量和单据对不上",
        "手机端登录不了",
    ),
    "suggestion": ("希望支持按货位盘点", "希望报表能导出到表格", "希望增加效期提醒"),
    "complaint": ("反馈问题两天没人回", "培训时间一再推迟"),
    "refund": ("多买了两个账号，申请退换",),
}
_SHARES = {"question": 48, "fault": 34, "suggestion": 11, "complaint": 4, "refund": 3}
_SOLVED = (
    "远程协助解决，客户确认正常",
    "已发操作说明并电话讲解",
    "版本更新后恢复，回访确认",
    "更换设备后正常使用",
    "已登记为需求，回复客户排期",
)
_COMMENTS = {
    5: ("响应很快，讲得清楚", "客服很耐心", "问题当天就解决了", None),
    4: ("总体满意，希望再快一点", "解决了，操作有点绕", None),
    3: ("解决得慢，问了两次", "一般", None),
    2: ("等了两天才有人联系", "问题反复出现"),
    1: ("没人跟进，很失望",),
}
_DUE_S = {"high": 4 * 3600, "normal": 24 * 3600, "low": 72 * 3600}


def after_sales(scene: Scene) -> None:
    """Tickets and surveys of every contract, from its signature to now."""
    for contract in scene.book.rows.get("contract", []):
        for _ in range(scene.random.choices((0, 1, 2, 3, 5), (30, 30, 22, 12, 6))[0]):
            # Most questions come in the first weeks of using it.
            days = min(360.0, scene.random.expovariate(1 / 45) + 2)
            _ticket(scene, contract, contract.at + days * 86_400)


def _ticket(scene: Scene, contract: Row, at: float) -> None:
    random, shifts = scene.random, scene.shifts
    day = shifts.working_day(shifts.day_of(min(at, scene.now)))
    at = shifts.during(day, random)
    if at > scene.now or at <= contract.at:
        return
    kind = random.choices(list(_SHARES), list(_SHARES.values()))[0]
    priority = "high" if kind in ("complaint", "fault") and scene.chance(0.4) else "normal"
    by = random.choice(scene.firm.service)
    ticket = scene.book.create(
        "ticket", at, by, subject=random.choice(_SUBJECTS[kind]), account=contract["account"], contact=contract["contact"],
        kind=kind, status="open", priority=priority, reported_at=at, due_at=at + _DUE_S[priority], owner=by,
        department=by.department,
    )  # fmt: skip
    _solve(scene, ticket, at)


def _solve(scene: Scene, ticket: Row, at: float) -> None:
    random, by = scene.random, ticket.by
    begun = round(at + random.uniform(600, 7200), 3)
    solved = round(
        begun + random.choices((random.uniform(900, 9000), random.uniform(1, 4) * 86_400), (70, 30))[0], 3
    )
    if begun > scene.now:
        return
    scene.book.change(ticket, begun, by, status="in_progress")
    if solved > scene.now:
        return
    scene.book.change(ticket, solved, by, status="resolved", solution=random.choice(_SOLVED))
    asked = round(solved + random.uniform(0.2, 3) * 86_400, 3)
    if asked > scene.now:
        return
    scene.book.change(ticket, asked, by, status="closed")
    if scene.chance(0.55):
        _survey(scene, ticket, asked, is_slow=solved - at > 86_400)


def _survey(scene: Scene, ticket: Row, at: float, is_slow: bool) -> None:
    random = scene.random
    weights = (8, 14, 24, 32, 22) if is_slow else (1, 2, 7, 30, 60)
    score = random.choices((1, 2, 3, 4, 5), weights)[0]
    scene.book.create(
        "survey_answer", at, ticket.by, subject="工单满意度回访", score=score, comment=random.choice(_COMMENTS[score]),
        answered_at=at, account=ticket["account"], contact=ticket["contact"], ticket=ticket, owner=ticket.by,
        department=ticket.by.department,
    )  # fmt: skip
