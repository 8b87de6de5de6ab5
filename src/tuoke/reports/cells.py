"""Many questions about the same records, answered by looking at them once.

A dashboard asks for a number, its course over time and its share by person, of the same million calls. Each would
read them all. Instead they are counted into cells, one for each piece of time and each part, and every question
adds up the cells that are its own. What does not add up, such as a median, is asked by itself.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias

import orjson

from tuoke.query.aggregate import MOST_MEASURES, Dimension, Measure, Report
from tuoke.query.ast import condition_from
from tuoke.reports.buckets import Step
from tuoke.reports.measure import together
from tuoke.reports.question import Want

Raw: TypeAlias = list[Any]
"""One row as it came: the part's key where there are parts, then the aggregates."""

MOST_CELLS = 50_000
"""More would cost more to carry over than further looks do."""
_ADD_UP = ("count", "sum")


@dataclass(frozen=True, slots=True)
class Cells:
    """One look: a grid of time by part."""

    wants: tuple[Want, ...]

    @property
    def report(self) -> Report:
        """Asks for one cell more than may be: so that too many are noticed."""
        first = self.wants[0]
        where = condition_from(together(first.where, first.over))
        return Report(tuple(self._dimensions()), tuple(self.measures), where, most=MOST_CELLS + 1)

    @property
    def measures(self) -> list[Measure]:
        found: list[Measure] = []
        for measure in (measure for want in self.wants for measure in want.measures):
            # By equality: a filter may hold lists, which have no hash.
            if measure not in found:
                found.append(measure)
        return found

    @property
    def edges(self) -> tuple[Step, ...]:
        """Where a cell of time begins: wherever one of the wants begins, steps on or ends."""
        found: set[Step] = set()
        for want in self.wants:
            for stretch in want.stretches:
                found |= {stretch.start, stretch.end}
            if want.dimension is not None:
                found |= set(want.dimension.edges)
        return tuple(sorted(found))  # pyright: ignore[reportArgumentType]  -- moments or days, never both

    @property
    def group(self) -> str | None:
        return next((want.group for want in self.wants if want.group), None)

    def answer(self, want: Want, rows: Iterable[Sequence[Any]]) -> list[Raw]:
        """What `want` would have been answered by itself."""
        return _Sum(self, want).of(rows)

    def _dimensions(self) -> Iterable[Dimension]:
        moment, group = self.wants[0].moment, self.group
        if moment is not None:
            yield Dimension(moment, edges=self.edges)
        if group is not None:
            yield Dimension(group)


def looks_of(wants: Sequence[Want]) -> list[Cells]:
    """The looks that serve two wants or more; every other want is as well asked by itself.

    One look has one group at most: the parts of two multiply.
    """
    looks: dict[bytes, list[list[Want]]] = {}
    for want in wants:
        if all(measure.aggregate in _ADD_UP for measure in want.measures):
            _place(looks.setdefault(_subject(want), []), want)
    return [Cells(tuple(look)) for same in looks.values() for look in same if len(look) > 1]


def _subject(want: Want) -> bytes:
    return orjson.dumps([want.table.key, want.where, want.moment, want.over])


def _place(looks: list[list[Want]], want: Want) -> None:
    for look in looks:
        if _fits(Cells((*look, want))):
            look.append(want)
            return
    looks.append([want])


def _fits(cells: Cells) -> bool:
    groups = {want.group for want in cells.wants} - {None}
    return len(groups) <= 1 and len(cells.measures) <= MOST_MEASURES


class _Sum:
    """Adds up the cells of one want."""

    def __init__(self, cells: Cells, want: Want) -> None:
        self._want = want
        self._edges = cells.edges
        self._keys = (want.moment is not None) + (cells.group is not None)
        self._places = [cells.measures.index(measure) + self._keys for measure in want.measures]
        # For every cell of time the stretches it lies in.
        self._stretches = [
            [place for place, s in enumerate(want.stretches) if s.start <= edge < s.end]  # pyright: ignore[reportOperatorIssue]
            for edge in self._edges
        ]

    def of(self, rows: Iterable[Sequence[Any]]) -> list[Raw]:
        found: dict[Any, Raw] = {} if self._want.dimension is not None else {None: self._nothing()}
        for row in rows:
            for place in self._places_of(row):
                if self._want.dimension is None:
                    self._add(found[None], place, row)
                elif place == 0:
                    self._add(found.setdefault(self._key(row), self._nothing()), place, row)
        return (
            [[key, *sums] for key, sums in found.items()]
            if self._want.dimension is not None
            else [found[None]]
        )

    def _places_of(self, row: Sequence[Any]) -> Sequence[int]:
        if self._want.moment is None:
            return (0,)
        # Counted from 1; 0 is before the first edge.
        return self._stretches[row[0] - 1] if row[0] else ()

    def _key(self, row: Sequence[Any]) -> Any:
        dimension = self._want.dimension
        assert dimension is not None
        if dimension.edges:
            return bisect_right(dimension.edges, self._edges[row[0] - 1])  # pyright: ignore[reportArgumentType]
        return row[self._keys - 1]

    def _nothing(self) -> Raw:
        none = [0 if measure.aggregate == "count" else None for measure in self._want.measures]
        return none * max(1, len(self._want.stretches))

    def _add(self, sums: Raw, stretch: int, row: Sequence[Any]) -> None:
        for at, place in enumerate(self._places, start=stretch * len(self._places)):
            value: int | Decimal | None = row[place]
            if value is not None:
                sums[at] = value if sums[at] is None else sums[at] + value
