"""What the wizard shows before anything is imported: columns, the first rows, and the rows with something to tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tuoke.kit.texts import cell_text
from tuoke.kit.words import LANGUAGES, Words
from tuoke.records.bulk import Fate
from tuoke.schema.model import Table
from tuoke.transfer.fates import Sorted, noted
from tuoke.transfer.fault_book import DUPLICATE, REFUSED, REMARKED, reasons
from tuoke.transfer.reading import Opened
from tuoke.transfer.rows import Plan, ReadRow

FIRST_ROWS = 50
NOTED_ROWS = 50
_LONGEST_TEXT = 200
_OUTCOMES = {REFUSED: "faulty", DUPLICATE: "duplicate"}

Json = dict[str, Any]


class Preview:
    """Sentences stand in both languages; who reads the job's result sees his own."""

    def __init__(self, table: Table, opened: Opened, plan: Plan) -> None:
        self._table, self._opened, self._plan = table, opened, plan
        self._first: dict[int, Json] = {}
        self._noted: dict[int, Json] = {}
        self._options: dict[str, dict[str, None]] = {}

    def add(self, rows: Sorted, fates: Sequence[Fate]) -> None:
        notes = {row.line: (kind, why) for kind, row, why in noted(rows, fates) if kind != REMARKED}
        outcomes = {row.line: fate.outcome.value for row, fate in zip(rows.good, fates, strict=True)}
        every = [*rows.good, *rows.faulty, *(row for row, _ in rows.repeated)]
        for row in sorted(every, key=lambda row: row.line):
            kind, why = notes.get(row.line, ("", {}))
            outcome = _OUTCOMES.get(kind) or outcomes[row.line]
            if len(self._first) < FIRST_ROWS:
                self._first[row.line] = self._row(row, outcome, why)
            elif (why or row.warnings) and len(self._noted) < NOTED_ROWS:
                self._noted[row.line] = self._row(row, outcome, why)

    def add_options(self, added: Mapping[str, Sequence[str]]) -> None:
        for key, labels in added.items():
            self._options.setdefault(key, {}).update(dict.fromkeys(labels))

    def shown(self) -> Json:
        rows = {**self._first, **self._noted}
        return {
            "columns": self._columns(),
            "rows": [rows[line] for line in sorted(rows)],
            "options_added": {key: list(labels) for key, labels in self._options.items()},
            "sheets": list(self._opened.names),
        }

    def _columns(self) -> list[Json]:
        return [
            {
                "name": heading,
                "field": self._plan.columns.get(place),
                "samples": [cell_text(cell)[:_LONGEST_TEXT] for cell in self._opened.samples[place]],
            }
            for place, heading in enumerate(self._opened.headings)
        ]

    def _row(self, row: ReadRow, outcome: str, faults: Mapping[str, Words]) -> Json:
        cells = {key: self._cell(row, place, key, faults) for place, key in self._plan.columns.items()}
        shown: Json = {"line": row.line, "outcome": outcome, "cells": cells}
        rest = {key: why for key, why in {**row.warnings, **faults}.items() if key not in cells}
        if rest:
            shown["note"] = {language: reasons(self._table, rest, language) for language in LANGUAGES}
        return shown

    def _cell(self, row: ReadRow, place: int, key: str, faults: Mapping[str, Words]) -> Json:
        field, value = self._table.field(key), row.values.get(key)
        cell: Json = {
            "text": cell_text(row.cells[place])[:_LONGEST_TEXT],
            "value": None if value is None else field.kind.render(value, field.options),
        }
        if key in faults:
            cell["fault"] = _both(faults[key])
        if key in row.warnings:
            cell["warning"] = _both(row.warnings[key])
        return cell


def _both(words: Words) -> Json:
    return {language: words.in_(language) for language in LANGUAGES}
