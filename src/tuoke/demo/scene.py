"""What everybody in the story shares: the dice, the book, the calendar, the firm."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from tuoke.demo.book import Book, Person, Row
from tuoke.demo.names import Phones
from tuoke.demo.people import Firm
from tuoke.demo.shifts import Shifts
from tuoke.demo.writing import Facts


@dataclass(slots=True, eq=False)
class Party:
    """Somebody we talk to: a lead, and later the customer he becomes."""

    number: str
    facts: Facts
    heat: float
    """How likely he buys, 0 to 1. Nobody in the story knows it."""
    answers: float
    """Chance that he picks up."""
    is_dead: bool
    """The number does not exist."""
    lead: Row | None
    account: Row | None = None
    contact: Row | None = None
    deal: Row | None = None
    quote: Row | None = None
    task: Row | None = None
    """The open to-do that his next time made."""
    tries: int = 0
    """Dials without an answer since the last talk."""
    talks: int = 0
    answered: float | None = None
    """When he took up the call that was more than small talk."""
    former: set[Person] = field(default_factory=set[Person])
    """Who had him and gave him back."""
    back_at: float = 0.0

    @property
    def is_warm(self) -> bool:
        """A lead that has shown interest."""
        return self.lead is not None and self.lead["status"] == "interested"


@dataclass(slots=True, eq=False)
class Scene:
    random: Random
    book: Book
    shifts: Shifts
    firm: Firm
    phones: Phones
    products: list[Row] = field(default_factory=list[Row])
    pools: dict[str, deque[Party]] = field(default_factory=dict[str, deque[Party]])
    """By the name of a team's department."""
    lines: dict[Row, list[Row]] = field(default_factory=dict[Row, list[Row]])
    """Of each quote."""
    paid: dict[Row, Decimal] = field(default_factory=dict[Row, Decimal])
    """Of each instalment, so far."""

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    @property
    def now(self) -> float:
        return self.shifts.now
