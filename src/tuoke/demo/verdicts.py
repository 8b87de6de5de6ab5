"""What a talk with a lead or a customer comes to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from tuoke.demo import writing
from tuoke.demo.book import Person
from tuoke.demo.scene import Party, Scene


class Act(Enum):
    NONE = auto()
    GIVE_BACK = auto()
    CONVERT = auto()
    MOVE = auto()
    """The opportunity goes on to another stage."""
    ANOTHER = auto()
    """Another opportunity with somebody who bought before."""


@dataclass(frozen=True, slots=True)
class Verdict:
    texts: tuple[str, ...]
    result: str
    intent: str | None
    days: float | None
    """Until the next time; None = none was agreed."""
    act: Act = Act.NONE
    stage: str | None = None
    """The lead's or the opportunity's new one."""


NOBODY = Verdict(writing.NO_ANSWER, "no_answer", None, 1)
SHORT_S = 22


def judge(scene: Scene, party: Party, rep: Person, talk: float) -> Verdict:
    """A lead on the telephone."""
    random = scene.random
    assert party.lead is not None
    if talk < SHORT_S:
        if party.talks > 2 and not party.is_warm and scene.chance(0.4):
            return Verdict(writing.HUNG_UP, "connected", "C", None, Act.GIVE_BACK)
        return Verdict(writing.HUNG_UP, "connected", None, random.choice((1, 2, 3, 5)))
    if party.talks == 1 and scene.chance(0.03):
        return Verdict(writing.WRONG, "wrong_number", None, None, stage="invalid")
    warmth = party.heat * rep.charm * (1 + 0.12 * min(party.talks, 5))
    if party.is_warm:
        return _warm(scene, warmth)
    if scene.chance(min(0.7, warmth * 0.5)):
        return Verdict(writing.INTERESTED, "connected", "A", random.choice((1, 2, 2, 3)), stage="interested")
    if scene.chance(0.42 * (1 - party.heat) + 0.05 * party.talks):
        return _refused(scene)
    if party.talks > 3 and scene.chance(0.5):
        # Friendly, and nothing comes of it: somebody else may try, or in two months.
        act = Act.GIVE_BACK if scene.chance(0.6) else Act.NONE
        days = None if act is Act.GIVE_BACK else random.uniform(40, 70)
        return Verdict(writing.CONSIDERING, "considering", "C", days, act)
    grade = "B" if scene.chance(0.3 + party.heat) else "C"
    return Verdict(writing.CONSIDERING, "considering", grade, random.choice((2, 3, 4, 5, 7, 10)))


def _warm(scene: Scene, warmth: float) -> Verdict:
    if scene.chance(min(0.8, 0.25 + 0.6 * warmth)):
        return Verdict(writing.CONVERTED, "appointed", "A", None, Act.CONVERT, stage="converted")
    if scene.chance(0.16):
        return _refused(scene, gives_back=0.2)
    return Verdict(writing.INTERESTED, "considering", "A", scene.random.choice((1, 2, 3, 5)))


def _refused(scene: Scene, gives_back: float = 0.45) -> Verdict:
    if scene.chance(gives_back):
        return Verdict(writing.REFUSED, "not_needed", "C", None, Act.GIVE_BACK)
    if scene.chance(0.30):
        return Verdict(writing.REFUSED, "not_needed", "C", None, stage="invalid")
    return Verdict(writing.REFUSED, "not_needed", "C", scene.random.uniform(25, 60))


def aftercare(scene: Scene, party: Party, talk: float) -> Verdict:
    """A call to somebody who bought."""
    if talk < SHORT_S:
        return Verdict(writing.HUNG_UP, "connected", None, scene.random.choice((1, 2, 4)))
    if scene.chance(0.10 + 0.15 * party.heat):
        return Verdict(writing.AFTERCARE, "considering", "B", None, Act.ANOTHER)
    return Verdict(writing.AFTERCARE, "connected", None, scene.random.uniform(35, 75))
