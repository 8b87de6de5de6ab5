"""The firm: forty people, who leads whom, since when, and how good they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time, timedelta
from random import Random

from tuoke.demo.book import Department, Person
from tuoke.demo.names import STAFF
from tuoke.demo.shifts import Shifts

FIRM = "启帆云仓（演示）"
MAIL = "qifan.example"
"""A name that is reserved for examples: nobody has a mailbox there."""
TEAMS = ("华东一组", "华东二组", "华南组", "华北组", "西南组")
_OPENING = time(8, 50)
_REPS = 5
_AT_FIRST = 0.6
"""Share of the reps who were there a year ago."""


@dataclass(slots=True, eq=False)
class Team:
    department: Department
    lead: Person
    reps: list[Person]


@dataclass(slots=True, eq=False)
class Firm:
    owner: Person
    administrator: Person
    marketers: list[Person]
    service: list[Person]
    finance: Person
    teams: list[Team]
    people: list[Person] = field(default_factory=list[Person])
    departments: list[Department] = field(default_factory=list[Department])

    @property
    def reps(self) -> list[Person]:
        return [rep for team in self.teams for rep in team.reps]


class _Staff:
    """Hires people of the list in a random order."""

    def __init__(self, random: Random, shifts: Shifts) -> None:
        self._names = [entry.split() for entry in STAFF.split("|")]
        random.shuffle(self._names)
        self._random, self._shifts = random, shifts
        self.people: list[Person] = []

    def hire(self, role: str, department: Department, days_ago: int = 366) -> Person:
        name, mailbox = self._names.pop()
        joined = self._shifts.at(self._shifts.first, time(0))
        if days_ago < 366:
            day = self._shifts.working_day(self._shifts.today - timedelta(days=days_ago))
            joined = self._shifts.at(day, _OPENING)
        person = Person(name, f"{mailbox}@{MAIL}", role, department, joined)
        if role == "rep":
            person.pace = min(1.4, max(0.75, self._random.gauss(1, 0.16)))
            person.charm = min(1.9, max(0.45, self._random.gauss(1, 0.3)))
        self.people.append(person)
        return person


def found(random: Random, shifts: Shifts) -> Firm:
    """The same firm for the same dice."""
    staff = _Staff(random, shifts)
    root = Department(FIRM)
    sales, marketing, service = (Department(name, root) for name in ("销售中心", "市场部", "客户成功部"))
    firm = Firm(
        owner=staff.hire("team_lead", root),
        administrator=staff.hire("admin", root),
        marketers=[staff.hire("team_lead", marketing), *(staff.hire("rep", marketing) for _ in range(2))],
        service=[staff.hire("team_lead", service), *(staff.hire("rep", service) for _ in range(2))],
        finance=staff.hire("team_lead", root),
        teams=[],
    )
    staff.hire("team_lead", sales)
    for name in TEAMS:
        department = Department(name, sales)
        lead = staff.hire("team_lead", department)
        firm.teams.append(
            Team(
                department, lead, [staff.hire("rep", department, _days_ago(random, n)) for n in range(_REPS)]
            )
        )
    firm.people = staff.people
    firm.departments = [root, sales, marketing, service, *(team.department for team in firm.teams)]
    return firm


def _days_ago(random: Random, place: int) -> int:
    return 366 if place < _AT_FIRST * _REPS else random.randint(20, 300)
