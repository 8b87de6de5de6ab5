"""What became of the rows of an import: sorted before they are stored, counted and told after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tuoke.kit.words import Words, say
from tuoke.records.bulk import EXISTS, WHOLE_ROW, Fate, Key, Outcome, match_key
from tuoke.transfer.fault_book import DUPLICATE, REFUSED, REMARKED
from tuoke.transfer.rows import Chunk, ReadRow

_SAME_LINE = "与第 {line} 行重复", "The same as line {line}"

Note = tuple[str, ReadRow, Mapping[str, Words]]
"""Sheet of the error workbook, row, and what is to be said by field."""


@dataclass(frozen=True)
class Counts:
    """What became of the rows so far. `warnings`: cells left empty or changed in rows that were imported."""

    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    """Of the updated ones, those that were as the file says already."""
    duplicates: int = 0
    faulty: int = 0
    warnings: int = 0
    blank: int = 0


@dataclass(frozen=True)
class Sorted:
    """The rows of one chunk."""

    good: list[ReadRow]
    """To be brought in; no two have the same match key."""
    faulty: list[ReadRow]
    repeated: list[tuple[ReadRow, int]]
    """Rows with the key of an earlier line, and that line."""
    blank: int

    @property
    def values(self) -> list[dict[str, Any]]:
        return [row.values for row in self.good]


class Seen:
    """The match keys of the file so far, with their lines."""

    def __init__(self, match: Sequence[str], constants: Mapping[str, Any]) -> None:
        self._match, self._constants = match, constants
        self._lines: dict[Key, int] = {}

    def sort(self, rows: Sequence[ReadRow]) -> Sorted:
        """Take the rows apart; the good ones get the values every row shares."""
        found = Sorted([], [], [], sum(row.is_blank() for row in rows))
        here: dict[Key, int] = {}
        for row in rows:
            if row.is_blank():
                continue
            if row.faults:
                found.faulty.append(row)
                continue
            row.values = {**self._constants, **row.values}
            key = match_key(row.values, self._match)
            earlier = None if key is None else self._lines.get(key, here.get(key))
            if earlier is not None:
                found.repeated.append((row, earlier))
                continue
            found.good.append(row)
            if key is not None:
                here[key] = row.line
        return found

    def remember(self, rows: Sorted, fates: Sequence[Fate]) -> None:
        """A refused row leaves its key to a later one."""
        for row, fate in zip(rows.good, fates, strict=True):
            key = match_key(row.values, self._match)
            if key is not None and fate.outcome is not Outcome.REFUSED:
                self._lines[key] = row.line

    def learn(self, keys: Sequence[tuple[Key, int]]) -> None:
        """Keys of rows that an earlier worker did."""
        self._lines.update(keys)


def counted(before: Counts, from_line: int, chunk: Chunk, rows: Sorted, fates: Sequence[Fate]) -> Counts:
    """The counts after this chunk, which follows on line `from_line`."""
    outcomes = [fate.outcome for fate in fates]
    last, read = chunk.rows[-1].line, len(chunk.rows)
    remarks = [len(row.warnings) for row, fate in zip(rows.good, fates, strict=True) if _is_taken(fate)]
    unchanged = [fate for fate in fates if fate.outcome is Outcome.UPDATED and not fate.is_changed]
    return Counts(
        rows=before.rows + read - rows.blank,
        created=before.created + outcomes.count(Outcome.CREATED),
        updated=before.updated + outcomes.count(Outcome.UPDATED),
        unchanged=before.unchanged + len(unchanged),
        duplicates=before.duplicates + outcomes.count(Outcome.DUPLICATE) + len(rows.repeated),
        faulty=before.faulty + outcomes.count(Outcome.REFUSED) + len(rows.faulty),
        warnings=before.warnings + sum(remarks),
        # Lines between the first and the last that hold nothing are not even sent.
        blank=before.blank + (last - from_line - read) + rows.blank,
    )


def noted(rows: Sorted, fates: Sequence[Fate]) -> list[Note]:
    """What there is to tell, in the order of the file."""
    notes = [*_before_storing(rows), *_after_storing(rows, fates)]
    return sorted(notes, key=lambda note: note[1].line)


def _before_storing(rows: Sorted) -> Iterator[Note]:
    for row in rows.faulty:
        yield REFUSED, row, row.faults
    for row, line in rows.repeated:
        yield DUPLICATE, row, {WHOLE_ROW: say(*_SAME_LINE, line=line)}


def _after_storing(rows: Sorted, fates: Sequence[Fate]) -> Iterator[Note]:
    for row, fate in zip(rows.good, fates, strict=True):
        if fate.outcome is Outcome.REFUSED:
            yield REFUSED, row, fate.faults
        elif fate.outcome is Outcome.DUPLICATE:
            yield DUPLICATE, row, {WHOLE_ROW: EXISTS}
        elif row.warnings:
            yield REMARKED, row, row.warnings


def _is_taken(fate: Fate) -> bool:
    return fate.outcome in (Outcome.CREATED, Outcome.UPDATED)
