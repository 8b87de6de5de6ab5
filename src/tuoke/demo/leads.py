"""How leads come in: seasons, sources that differ in quality, bought lists in batches, nights and week-ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from math import exp

from tuoke.demo import names, response, writing
from tuoke.demo.book import Person, Row
from tuoke.demo.people import Team
from tuoke.demo.scene import Party, Scene
from tuoke.demo.writing import Facts


@dataclass(frozen=True, slots=True)
class Source:
    share: float
    heat: float
    """Mean."""
    answers: float
    dead: float


SOURCES = {
    "list": Source(34, 0.045, 0.26, 0.070),
    "baidu": Source(17, 0.13, 0.42, 0.025),
    "douyin": Source(15, 0.08, 0.34, 0.045),
    "website": Source(12, 0.17, 0.47, 0.015),
    "event": Source(6, 0.12, 0.44, 0.010),
    "referral": Source(5, 0.3, 0.6, 0.002),
    "wechat": Source(4, 0.14, 0.46, 0.010),
    "exhibition": Source(3, 0.15, 0.45, 0.015),
    "call_in": Source(2, 0.27, 0.6, 0.002),
    "xiaohongshu": Source(1.5, 0.09, 0.38, 0.020),
    "other": Source(0.5, 0.08, 0.36, 0.030),
}
_MONTHS = (0.86, 0.55, 1.22, 1.10, 1.00, 1.10, 0.92, 0.90, 1.12, 0.95, 1.20, 1.12)
_HOURS = (2, 1, 0.5, 0.4, 0.4, 1, 2, 4, 8, 14, 16, 13, 9, 10, 14, 15, 13, 10, 7, 7, 8, 8, 6, 4)
_TO_POOL = 0.35
"""Share of a bought list that nobody is given: it waits in the team's pool."""

_SOURCE = names.Lot({key: source.share for key, source in SOURCES.items()})


@dataclass(frozen=True, slots=True)
class Arrival:
    at: float
    source: str


def arrivals(scene: Scene, count: int) -> dict[date, list[Arrival]]:
    """When `count` leads come in, in the order of the days."""
    days = scene.shifts.days()
    weights = [_weight(scene, day, place / len(days)) for place, day in enumerate(days)]
    found: dict[date, list[Arrival]] = {day: [] for day in days}
    for day in scene.random.choices(days, weights, k=count):
        source = _SOURCE.draw(scene.random)
        day = scene.shifts.working_day(day) if source in _BY_HAND else day
        if day <= scene.shifts.today:
            at = _moment(scene, day, source)
            found[day].append(Arrival(at, source))
    return {day: sorted(those, key=lambda one: one.at) for day, those in found.items()}


_BY_HAND = ("list", "call_in", "referral", "exhibition")
"""Sources somebody types in or imports, at work."""


def _weight(scene: Scene, day: date, passed: float) -> float:
    """Growth over the year, the season, and quiet days off."""
    rest = 1.0 if scene.shifts.works(day) else 0.3
    today = 1.0
    if day == scene.shifts.today:
        today = (scene.now - scene.shifts.at(day, time(0))) / 86_400
    return (0.72 + 0.6 * passed) * _MONTHS[day.month - 1] * rest * today


def _moment(scene: Scene, day: date, source: str) -> float:
    start = scene.shifts.at(day, time(0))
    if source == "list":
        # One file, imported in the morning before the telephones start.
        at = start + 8 * 3600 + 2400 + scene.random.randrange(8) * 0.5
    elif source in _BY_HAND:
        at = scene.shifts.during(day, scene.random)
    else:
        hour = scene.random.choices(range(24), _HOURS)[0]
        at = round(start + hour * 3600 + scene.random.random() * 3600, 3)
    # Today is not over: what would come later comes some time before now.
    return at if at <= scene.now else round(scene.random.uniform(start, scene.now), 3)


def receive(scene: Scene, arrival: Arrival, running: list[Row]) -> tuple[Party, Team, Person | None]:
    """The new lead, whose team's it is, and the rep who has him now; None = he waits in the pool."""
    random = scene.random
    team = random.choice(scene.firm.teams)
    there = [rep for rep in team.reps if rep.joined <= arrival.at]
    to_pool = arrival.source == "list" and scene.chance(_TO_POOL)
    rep = random.choices(there, [rep.pace for rep in there])[0] if there and not to_pool else None
    by = rep if rep and arrival.source in ("call_in", "referral") else random.choice(scene.firm.marketers)
    party = _party(scene, SOURCES[arrival.source])
    party.lead = scene.book.create(
        "lead", arrival.at, by, phone=party.number, source=arrival.source, status="new", owner=rep,
        department=team.department, campaign=_campaign(scene, arrival.at, running), score=_score(scene, party.heat),
        **_card(scene, arrival.source, party.facts), **response.clock(scene, arrival.at, arrival.source, rep),
    )  # fmt: skip
    return party, team, rep


def _party(scene: Scene, source: Source) -> Party:
    random = scene.random
    return Party(
        number=scene.phones.next(),
        facts=Facts(random),
        heat=random.betavariate(1.3, 1.3 / source.heat - 1.3),
        answers=min(0.92, random.betavariate(4, 4 / source.answers - 4)),
        is_dead=scene.chance(source.dead),
        lead=None,
    )


def _campaign(scene: Scene, at: float, of_source: list[Row]) -> Row | None:
    day = scene.shifts.day_of(at)
    running = [row for row in of_source if row["starts_on"] <= day <= row["ends_on"] and row.at <= at]
    return scene.random.choice(running) if running and scene.chance(0.85) else None


def _score(scene: Scene, heat: float) -> int:
    return min(98, max(5, round(14 + 84 * (1 - exp(-3 * heat)) + scene.random.gauss(0, 7))))


def _card(scene: Scene, source: str, facts: Facts) -> dict[str, object]:
    """What is known of somebody at first: a bought list has firms, an advertisement hardly a name."""
    random = scene.random
    known = _known(scene)
    city, industry = names.CITIES.draw(random), names.INDUSTRIES.draw(random)
    is_list = source == "list"
    return {
        "name": names.person(random) if known(0.9 if is_list else 0.97) else None,
        "company": names.company(random, city, industry) if known(0.97 if is_list else 0.82) else None,
        "city": city,
        "industry": industry,
        "position": names.POSITIONS.draw(random) if known(0.5) else None,
        "amount": Decimal(round(facts.users * random.choice((980, 1680, 2980)), -2)) if known(0.35) else None,
        "need": None if is_list else facts.write(random, writing.WEB_NEEDS) if known(0.6) else None,
        "remark": random.choice(writing.LIST_REMARKS) if is_list and known(0.3) else None,
        "wechat": f"wx{random.randrange(10**8):08d}" if known(0.18) else None,
        "email": f"{random.randrange(10**7, 10**9)}@mail.example" if known(0.12) else None,
    }


def _known(scene: Scene) -> Callable[[float], bool]:
    return scene.chance
