"""Which steps are done, as the records and people themselves tell."""

from __future__ import annotations

from dataclasses import dataclass

from tuoke.access.sight import Sight
from tuoke.checklists.check import check_fact
from tuoke.checklists.definition import ChecklistDefinition, Fact, People, Records, Step
from tuoke.kit.database import Connection
from tuoke.query.ast import Page, condition_from
from tuoke.query.page import fetch_page


@dataclass(frozen=True, slots=True)
class Ticked:
    step: Step
    is_done: bool


async def ticked(db: Connection, sight: Sight, definition: ChecklistDefinition) -> list[Ticked]:
    """The steps in their order, each with whether it is done for whoever asks.

    A step whose facts the firm's own tables can no longer answer could never be ticked: it is not there.
    """
    found: list[Ticked] = []
    for step in definition.steps:
        facts = [fact for fact in step.done if _can_be_asked(fact, sight)]
        if facts:
            found.append(Ticked(step, await _any_holds(db, sight, facts)))
    return found


def _can_be_asked(fact: Fact, sight: Sight) -> bool:
    return not any(check_fact(fact, sight.catalog.tables, sight.policy.roles))


async def _any_holds(db: Connection, sight: Sight, facts: list[Fact]) -> bool:
    for fact in facts:
        if await _holds(db, sight, fact):
            return True
    return False


async def _holds(db: Connection, sight: Sight, fact: Fact) -> bool:
    match fact:
        case People():
            return _people(sight, fact.role) >= fact.at_least
        case Records():
            page = Page(fields=(), where=condition_from(fact.filter), limit=fact.at_least)
            found = await fetch_page(db, sight.catalog.table(fact.table), sight, page)
            return len(found.rows) >= fact.at_least


def _people(sight: Sight, role: str) -> int:
    return sum(
        role in person.roles and person.is_active and not person.is_archived and person.department is not None
        for person in sight.org.people.values()
    )
