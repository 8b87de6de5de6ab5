"""What a dashboard answers: plain values, for the screen and for scripts alike."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from tuoke.reports.definition import Unit
from tuoke.reports.measure import Value


@dataclass(frozen=True, slots=True)
class MeasureFacts:
    """What the values at the same place mean."""

    label: dict[str, str] | None
    unit: Unit
    currency: str | None
    """Of money; None = the workspace's own."""
    better: str | None


@dataclass(frozen=True, slots=True)
class Part:
    """One step of a trend, one place of a ranking, one part of a whole."""

    key: int | float | str | bool | None
    """The value of the group's field; of a trend the day, or the hour as the clock of the workspace showed it."""
    label: dict[str, str] | None
    values: list[Value]
    is_rest: bool = False
    """All parts that are not shown by themselves."""


@dataclass(frozen=True, slots=True)
class TileAnswer:
    key: str
    kind: str
    label: dict[str, str]
    help: dict[str, str] | None
    period: str | None
    """Which period it shows; None = it looks at all times."""
    width: int
    table: str
    """Where all filters of this tile find their records."""
    measures: list[MeasureFacts]
    values: list[Value]
    """Of the whole tile, one for each measure."""
    previous: list[Value] | None = None
    """The same of the period before; only figures are compared."""
    group: str | None = None
    """The field the parts are of."""
    bucket: str | None = None
    parts: list[Part] = field(default_factory=list[Part])
    columns: list[str] = field(default_factory=list[str])
    sort: str | None = None
    records: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    """Of a list: the first of its records, with these columns."""
    fault: str | None = None
    """Why the tile shows nothing; told to administrators, others do not see such a tile."""


@dataclass(frozen=True, slots=True)
class Days:
    first: date
    last: date
    until: datetime | None = None
    """Where the last day ends early; None = with the day."""


@dataclass(frozen=True, slots=True)
class DashboardAnswer:
    key: str
    label: dict[str, str]
    period: str
    days: Days
    previous: Days
    at: datetime
    """When the figures were true."""
    tiles: list[TileAnswer]
