"""What a kind of node is. It gets a batch and says for each run how it goes on; the runner does the rest."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, NamedTuple

from pydantic import BaseModel, ConfigDict

from tuoke.flows.known import Known
from tuoke.kit.calendar import WorkingCalendar
from tuoke.kit.words import Words
from tuoke.records.rows import Row
from tuoke.records.transaction import Transaction
from tuoke.records.written import Finding
from tuoke.schema.model import Table

NEXT = "next"
"""The port of a node that has only one way on."""


class Config(BaseModel):
    """Settings of one placed node. What is not understood is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Step(NamedTuple):
    """One run on this node."""

    run: int
    record: int
    row: Row
    """The record as it stands, locked."""
    data: Mapping[str, Any]
    at: datetime
    """When this step was due; what is timed is timed from here, however late the worker is."""
    waited: bool = False
    """The run has waited here and is due."""
    noticed: bool = False
    """What it waited for happened before the time was up."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Runs that stand on the same node, with the transaction their effects belong to."""

    tx: Transaction
    table: Table
    steps: Sequence[Step]
    flow: int
    node: str
    calendar: WorkingCalendar


class Done(NamedTuple):
    """Go on through `port`."""

    port: str = NEXT
    told: Mapping[str, Any] | None = None
    """What happened, in facts, for people who look at the run."""
    data: Mapping[str, Any] | None = None
    """What the run remembers from now on."""


class Wait(NamedTuple):
    """Stay until `until`, or until the record matches `awaits`."""

    until: datetime
    awaits: Any = None
    provisional: bool = False
    told: Mapping[str, Any] | None = None


class Stop(NamedTuple):
    """The run is over."""

    told: Mapping[str, Any] | None = None


Outcome = Done | Wait | Stop


class Node(ABC):
    """The class docstring is the help people read in the palette."""

    type: ClassVar[str]
    label: ClassVar[Words]
    Config: ClassVar[type[Config]] = Config

    def ports(self, config: Any) -> Sequence[str]:
        """The ways out of a node with these settings."""
        return (NEXT,)

    def check(self, config: Any, known: Known) -> Iterable[Finding]:
        """What in these settings does not fit the workspace: asked before the flow is published."""
        return ()

    @abstractmethod
    async def run_many(self, config: Any, batch: Batch) -> Sequence[Outcome]:
        """One outcome a step, in the batch's order. Raise to fail the batch; the runner finds the guilty run."""

    @abstractmethod
    def said(self, config: Any) -> Words:
        """What a node with these settings does, in words: the line on its drawing."""
