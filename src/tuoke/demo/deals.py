"""Opportunities: from the first talk with a customer to the signature, or to the reason it came to nothing."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from tuoke.demo import follow_up, names, papers, writing
from tuoke.demo.book import Person, Row
from tuoke.demo.scene import Party, Scene
from tuoke.demo.verdicts import SHORT_S, Act, Verdict

_STAGES = ("first_contact", "needs", "quote", "negotiation", "won")
_PROBABILITY = {"first_contact": 10, "needs": 30, "quote": 50, "negotiation": 70, "won": 100, "lost": 0}
_GOES_ON = {"first_contact": 0.62, "needs": 0.50, "quote": 0.40, "negotiation": 0.36}
_ENDS = {"first_contact": 0.06, "needs": 0.07, "quote": 0.12, "negotiation": 0.15}
_SAID = {
    "first_contact": writing.NEEDS,
    "needs": writing.QUOTED,
    "quote": writing.NEGOTIATING,
    "negotiation": writing.WON,
}
_SIZES = ((20, "under_20"), (100, "from_20"), (500, "from_100"), (1000, "from_500"))
_REASONS = {"price_lost": 34, "competitor": 26, "no_budget": 22, "no_need": 18}
_WON = {"fit": 55, "relation": 22, "price_won": 23}
_RIVALS = ("一家本地软件商", "同城的ERP代理", "客户自己的IT团队", "大厂的通用版")


def judge(scene: Scene, party: Party, rep: Person, talk: float) -> Verdict:
    """A talk about an opportunity: on, over, or still waiting."""
    assert party.deal is not None
    stage = party.deal["stage"]
    days = scene.random.choice((2, 3, 3, 4, 5, 6, 8))
    if talk < SHORT_S:
        return Verdict(writing.HUNG_UP, "connected", None, scene.random.choice((1, 1, 2)))
    likely = _GOES_ON[stage] * (0.45 + 0.55 * party.heat * 2) * (0.5 + 0.5 * rep.charm)
    if scene.chance(min(0.85, likely)):
        after = _STAGES[_STAGES.index(stage) + 1]
        until = None if after == "won" else days
        return Verdict(_SAID[stage], "appointed", "A", until, Act.MOVE, after)
    if scene.chance(_ENDS[stage] * (1.5 - party.heat)):
        reason = scene.random.choices(list(_REASONS), list(_REASONS.values()))[0]
        return Verdict(writing.LOST[reason], "not_needed", "C", None, Act.MOVE, f"lost/{reason}")
    return Verdict(writing.STILL, "considering", "B", days)


def convert(scene: Scene, rep: Person, party: Party, at: float) -> float:
    """The lead becomes a customer with a contact and an opportunity; returns when to call next."""
    lead = party.lead
    assert lead is not None
    city = lead["city"]
    name = lead["company"] or names.company(scene.random, city, lead["industry"])
    size = next((key for most, key in _SIZES if party.facts.users * 8 < most), "over_1000")
    party.account = scene.book.create(
        "account", at, rep, name=name, phone=party.number, status="negotiating", industry=lead["industry"],
        source=lead["source"], city=city, size=size, owner=rep, department=rep.department,
        budget=Decimal(scene.random.choice((10, 20, 30, 50, 80)) * 1000) if scene.chance(0.6) else None,
        challenge=party.facts.need(), grade=None, billing_title=name,
    )  # fmt: skip
    _contacts(scene, rep, party, at)
    until = _open(scene, rep, party, at, f"{_short(party.account)}仓库管理项目")
    scene.book.change(lead, at, rep, account=party.account, contact=party.contact, opportunity=party.deal)
    return until


def _contacts(scene: Scene, rep: Person, party: Party, at: float) -> None:
    lead = party.lead
    assert lead is not None
    first = scene.chance(0.55)
    party.contact = scene.book.create(
        "contact", at, rep, name=lead["name"] or names.person(scene.random), account=party.account, phone=party.number,
        position=lead["position"] or names.POSITIONS.draw(scene.random), role="decider" if first else "user",
        influence="high" if first else "medium", attitude=scene.random.choice(("supportive", "supportive", "neutral")),
        wechat=lead["wechat"], email=lead["email"], owner=rep, department=rep.department,
    )  # fmt: skip
    for _ in range(scene.random.choices((0, 1, 2), (45, 40, 15))[0]):
        role = scene.random.choice(("evaluator", "user", "approver", "influencer"))
        scene.book.create(
            "contact", at, rep, name=names.person(scene.random), account=party.account, phone=scene.phones.next(),
            position=scene.random.choice(("仓库主管", "财务经理", "信息主管", "采购经理")), role=role,
            influence=scene.random.choice(("high", "medium", "low")), owner=rep, department=rep.department,
            attitude=scene.random.choices(("supportive", "neutral", "opposed"), (40, 50, 10))[0],
        )  # fmt: skip


def another(scene: Scene, rep: Person, party: Party, at: float) -> float:
    """Somebody who bought before wants more."""
    assert party.account is not None
    scene.book.change(party.account, at, rep, status="negotiating")
    what = scene.random.choice(("加购账号", "新仓上线", "模块升级", "续费"))
    return _open(scene, rep, party, at, f"{_short(party.account)}{what}")


def _open(scene: Scene, rep: Person, party: Party, at: float, name: str) -> float:
    lead, account = party.lead, party.account
    assert lead is not None
    assert account is not None
    until = scene.shifts.later(at, scene.random.choice((1, 2, 2, 3)), scene.random)
    party.quote = None
    amount = Decimal(round(party.facts.users * scene.random.choice((1100, 1800, 3000)), -2))
    party.deal = scene.book.create(
        "opportunity", at, rep, name=name, account=account, contact=party.contact, stage="first_contact", amount=amount,
        probability=10, expected_on=scene.shifts.day_of(at) + timedelta(days=scene.random.randint(18, 50)),
        source=lead["source"], campaign=lead["campaign"], need=party.facts.need(), owner=rep, department=rep.department,
        products=[scene.products[scene.random.choice((0, 1, 2))]], next_follow_at=until,
        competitor=scene.random.choice(_RIVALS) if scene.chance(0.35) else None,
    )  # fmt: skip
    scene.book.change(account, at, rep, next_follow_at=until)
    follow_up.promise_deal(scene, rep, party, at, until)
    return until


def move(scene: Scene, rep: Person, party: Party, at: float, stage: str, until: float | None) -> float | None:
    """The opportunity reaches a stage; returns when to call next, None = never."""
    stage, _, reason = stage.partition("/")
    deal, account = party.deal, party.account
    assert deal is not None
    assert account is not None
    if stage == "lost":
        return _lose(scene, rep, party, at, reason)
    scene.book.change(deal, at, rep, stage=stage, probability=_PROBABILITY[stage])
    if stage == "quote":
        papers.quote(scene, rep, party, at)
        scene.book.change(account, at, rep, status="negotiating")
    if stage == "negotiation" and scene.chance(0.35):
        papers.quote(scene, rep, party, at)
    if stage != "won":
        return until
    reason = scene.random.choices(list(_WON), list(_WON.values()))[0]
    scene.book.change(deal, at, rep, close_reason=reason, next_follow_at=None)
    grade = "A" if deal["amount"] > 40_000 else "B" if deal["amount"] > 12_000 else "C"
    papers.sign(scene, rep, party, at)
    party.deal, party.quote = None, None
    again = scene.shifts.later(at, scene.random.uniform(12, 35), scene.random)
    scene.book.change(account, at, rep, status="closed", grade=grade, next_follow_at=again)
    return again


def _lose(scene: Scene, rep: Person, party: Party, at: float, reason: str) -> float | None:
    deal, account = party.deal, party.account
    assert deal is not None
    assert account is not None
    scene.book.change(deal, at, rep, stage="lost", probability=0, close_reason=reason, next_follow_at=None)
    papers.reject(scene, rep, party, at)
    was_customer = account["grade"] is not None
    scene.book.change(
        account, at, rep, status="closed" if was_customer else scene.random.choice(("lost", "dormant")), next_follow_at=None
    )  # fmt: skip
    if party.task is not None:
        scene.book.change(party.task, at, rep, status="cancelled")
        party.task = None
    party.deal, party.quote = None, None
    return None


def give_up(scene: Scene, rep: Person, party: Party, at: float) -> None:
    """Nobody has answered for weeks."""
    _lose(scene, rep, party, at, "no_need")


def _short(account: Row) -> str:
    """What everybody calls the firm: neither its city nor its legal form."""
    return account["name"].removeprefix(account["city"])[:4]
