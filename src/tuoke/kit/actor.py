"""Who is acting. Every verb takes an Actor; there is no anonymous default."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Actor:
    """A person (or a flow's identity) with all that row rules ask about."""

    user_id: int
    name: str = ""
    roles: frozenset[str] = field(default_factory=frozenset)
    department: int | None = None
    departments_below: frozenset[int] = field(default_factory=frozenset)
    """The own department and every one below it."""
    colleagues: frozenset[int] = field(default_factory=frozenset)
    """Users whose present department is the actor's own."""
    team: frozenset[int] = field(default_factory=frozenset)
    """Users whose present department is in `departments_below`."""
    language: str = "zh"
