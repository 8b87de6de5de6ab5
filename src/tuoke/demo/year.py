"""The year: day after day, who comes in and who calls whom. Pure: the same dice, the same story."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from random import Random

from tuoke.demo import leads, office, response, service, talk
from tuoke.demo.book import Book, Row
from tuoke.demo.names import Phones
from tuoke.demo.people import Firm, found
from tuoke.demo.scene import Scene
from tuoke.demo.shifts import Shifts
from tuoke.demo.talk import Desk
from tuoke.kit.calendar import WorkingCalendar


@dataclass(frozen=True, slots=True)
class Story:
    firm: Firm
    book: Book


def story(seed: int, count: int, now: datetime, calendar: WorkingCalendar) -> Story:
    """A firm and its year up to `now`, with `count` leads."""
    scene = _scene(seed, now, calendar)
    scene.products = office.products(scene)
    running = office.campaigns(scene)
    office.scripts(scene)
    coming = leads.arrivals(scene, count)
    desks = [Desk(rep, team) for team in scene.firm.teams for rep in team.reps]
    for day in scene.shifts.days():
        _come_in(scene, desks, coming[day], running)
        if scene.shifts.works(day):
            _work(scene, desks, day)
    response.run_out(scene)
    service.after_sales(scene)
    office.tasks_of_leads(scene)
    office.targets(scene, _monthly(scene))
    return Story(scene.firm, scene.book)


def _scene(seed: int, now: datetime, calendar: WorkingCalendar) -> Scene:
    random = Random(seed)
    shifts = Shifts(calendar, now)
    firm = found(random, shifts)
    pools = {team.department.name: deque[talk.Party]() for team in firm.teams}
    return Scene(random, Book(shifts.now), shifts, firm, Phones(random), pools=pools)


def _come_in(
    scene: Scene, desks: list[Desk], arriving: list[leads.Arrival], running: dict[str, list[Row]]
) -> None:
    of = {desk.rep: desk for desk in desks}
    for arrival in arriving:
        party, team, rep = leads.receive(scene, arrival, running.get(arrival.source, []))
        if rep is None:
            party.back_at = arrival.at
            scene.pools[team.department.name].append(party)
        else:
            waiting = of[rep].listed if arrival.source == "list" else of[rep].fresh
            waiting.append(party)


def _work(scene: Scene, desks: list[Desk], day: date) -> None:
    opens = scene.shifts.stretches(day)[0][0]
    for desk in desks:
        # Now and then somebody is ill or on leave; never on the day one looks at.
        is_away = scene.chance(0.035) and day != scene.shifts.today
        if desk.rep.joined <= opens and opens < scene.now and not is_away:
            talk.work(scene, desk, day)


def _monthly(scene: Scene) -> float:
    """What a rep brings in a month on average, in yuan."""
    total = sum((row["amount"] for row in scene.book.rows.get("payment", [])), Decimal(0))
    return float(total) / (12 * 0.85 * len(scene.firm.reps))
