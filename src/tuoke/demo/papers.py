"""Quotes, contracts, instalments, payments and invoices: what money leaves behind, in this order."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from tuoke.demo.book import Person, Row
from tuoke.demo.office import IMPLEMENTATION, MIGRATION, PRINTER, SCANNER, SOFTWARE, TRAINING
from tuoke.demo.scene import Party, Scene

_CENT = Decimal("0.01")
_TERMS = (
    (("全款", 100, 7),),
    (("首付款", 50, 5), ("尾款", 50, 45)),
    (("首付款", 40, 5), ("上线款", 40, 40), ("尾款", 20, 100)),
)


def quote(scene: Scene, rep: Person, party: Party, at: float) -> None:
    """A first quote, or a better one in place of the last."""
    book, random, deal = scene.book, scene.random, party.deal
    assert deal is not None
    before = party.quote
    lines = _lines(scene, party)
    total = sum((price * count for _, count, price in lines), Decimal(0))
    discount = (
        random.choice((0, 0, 5, 8, 10)) if before is None else before["discount"] + random.choice((3, 5, 7))
    )
    if before is not None:
        total = before["amount"] * 100 / (100 - before["discount"])
        book.change(before, at, rep, status="rejected")
    amount = (total * (100 - discount) / 100).quantize(_CENT)
    day = scene.shifts.day_of(at)
    party.quote = book.create(
        "quote", at, rep, name=f"{deal['name']}报价", opportunity=deal, account=party.account, contact=party.contact,
        amount=amount, discount=discount, status="sent", quoted_on=day, valid_until=day + timedelta(days=30), owner=rep,
        department=rep.department,
    )  # fmt: skip
    if before is not None:
        lines = [(row["product"], row["quantity"], row["price"]) for row in scene.lines[before]]
    scene.lines[party.quote] = [_line(scene, rep, party.quote, at, *line) for line in lines]
    book.change(deal, at, rep, amount=amount, products=[product for product, _, _ in lines])


def _lines(scene: Scene, party: Party) -> list[tuple[Row, int, Decimal]]:
    random, products, users = scene.random, scene.products, party.facts.users
    wanted = [(random.choices(SOFTWARE, (45, 38, 17))[0], users)]
    extras = (
        (SCANNER, max(1, users // 3), 0.45),
        (PRINTER, 1, 0.25),
        (IMPLEMENTATION, max(1, party.facts.stores), 0.6),
        (MIGRATION, 1, 0.3),
        (TRAINING, 1, 0.25),
    )
    wanted += [(place, count) for place, count, share in extras if scene.chance(share)]
    return [(products[place], count, products[place]["price"]) for place, count in wanted]


def _line(scene: Scene, rep: Person, of: Row, at: float, product: Row, quantity: int, price: Decimal) -> Row:
    return scene.book.create(
        "quote_line", at, rep, product_name=product["name"], quote=of, product=product, quantity=quantity, price=price,
        discount=0, amount=price * quantity,
    )  # fmt: skip


def reject(scene: Scene, rep: Person, party: Party, at: float) -> None:
    if party.quote is not None:
        scene.book.change(party.quote, at, rep, status="rejected")


def sign(scene: Scene, rep: Person, party: Party, at: float) -> None:
    """The contract, its instalments, and what of them has been paid by now."""
    deal, accepted = party.deal, party.quote
    assert deal is not None
    assert accepted is not None
    scene.book.change(accepted, at, rep, status="accepted")
    day = scene.shifts.day_of(at)
    contract = scene.book.create(
        "contract", at, rep, name=f"{deal['name']}合同", account=party.account, contact=party.contact, opportunity=deal,
        quote=accepted, amount=accepted["amount"], status="signed", signed_on=day, starts_on=day + timedelta(days=3),
        ends_on=day + timedelta(days=368), owner=rep, department=rep.department,
    )  # fmt: skip
    left: Decimal = contract["amount"]
    terms = scene.random.choices(_TERMS, (52, 33, 15) if left < 30_000 else (15, 45, 40))[0]
    for place, (name, share, days) in enumerate(terms):
        amount = left if place == len(terms) - 1 else (contract["amount"] * share / 100).quantize(_CENT)
        left -= amount
        plan = scene.book.create(
            "payment_plan", at, rep, name=name, contract=contract, account=party.account, amount=amount,
            due_on=day + timedelta(days=days), status="pending", owner=rep, department=rep.department,
        )  # fmt: skip
        if not _pay(scene, rep, plan, at):
            break


def _pay(scene: Scene, rep: Person, plan: Row, signed: float) -> bool:
    """The money of one instalment, when it has come by now. False: so none of the later ones has."""
    random, shifts = scene.random, scene.shifts
    late = round(random.choices((random.gauss(-1, 2), random.uniform(3, 25), 400), (72, 22, 6))[0])
    earliest = shifts.day_of(signed) + timedelta(days=1)
    day = shifts.working_day(max(plan["due_on"] + timedelta(days=late), earliest))
    at = shifts.during(day, random)
    if at > scene.now:
        _chase(scene, rep, plan)
        return True
    for amount in _parts(scene, plan["amount"]):
        if at > scene.now:
            break
        _receive(scene, rep, plan, at, amount)
        # The second half of an instalment comes some days after the first.
        at = shifts.during(
            shifts.working_day(shifts.day_of(at) + timedelta(days=random.randint(1, 9))), random
        )
    return True


def _parts(scene: Scene, amount: Decimal) -> list[Decimal]:
    """Now and then an instalment comes in two transfers."""
    if amount < 8000 or not scene.chance(0.06):
        return [amount]
    first = (amount / 2).quantize(_CENT)
    return [first, amount - first]


def _receive(scene: Scene, rep: Person, plan: Row, at: float, amount: Decimal) -> None:
    book, finance, contract = scene.book, scene.firm.finance, plan["contract"]
    method = scene.random.choices(("bank", "alipay", "wechat", "draft"), (74, 10, 13, 3))[0]
    book.create(
        "payment", at, finance, amount=amount, paid_on=scene.shifts.day_of(at), contract=contract, payment_plan=plan, account=plan["account"],
        method=method, owner=rep, department=rep.department,
    )  # fmt: skip
    scene.paid[plan] = scene.paid.get(plan, Decimal(0)) + amount
    is_all = scene.paid[plan] == plan["amount"]
    book.change(plan, at, finance, status="paid" if is_all else "partial")
    if contract["status"] == "signed" and at >= contract.touched:
        book.change(contract, at, finance, status="performing")
    if is_all:
        _invoice(scene, rep, plan, at)


def _invoice(scene: Scene, rep: Person, plan: Row, at: float) -> None:
    book, random, finance = scene.book, scene.random, scene.firm.finance
    asked = scene.shifts.during(scene.shifts.working_day(scene.shifts.day_of(at) + timedelta(days=1)), random)
    if asked > scene.now or not scene.chance(0.9):
        return
    invoice = book.create(
        "invoice", asked, rep, billing_title=plan["account"]["billing_title"], account=plan["account"],
        contract=plan["contract"], kind="special" if scene.chance(0.6) else "general", amount=plan["amount"], tax_rate=6,
        status="requested", owner=rep, department=rep.department,
    )  # fmt: skip
    days = random.choice((1, 1, 2, 3))
    issued = scene.shifts.during(
        scene.shifts.working_day(scene.shifts.day_of(asked) + timedelta(days=days)), random
    )
    if issued <= scene.now:
        number = f"{random.randrange(10**7, 10**8)}"
        book.change(
            invoice, issued, finance, status="issued", issued_on=scene.shifts.day_of(issued), number=number
        )


def _chase(scene: Scene, rep: Person, plan: Row) -> None:
    """An instalment that is late becomes the rep's to-do."""
    shifts, random = scene.shifts, scene.random
    if plan["due_on"] >= shifts.today:
        return
    at = shifts.during(shifts.working_day(plan["due_on"] + timedelta(days=1)), random)
    if at > scene.now:
        return
    # Put off once or twice, it stands before him around today.
    due = max(
        shifts.later(at, 3, random), shifts.later(scene.now, random.choice((-2, 0, 0, 1, 2, 4)), random)
    )
    scene.book.create(
        "task", at, rep, title=f"催收{plan['name']}", kind="collection", status="open", priority="high", due_at=due,
        owner=rep, department=rep.department, account=plan["account"],
    )  # fmt: skip
