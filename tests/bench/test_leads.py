"""The leads we measure with are leads the product would have taken."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from bench.leads import CHUNK, COLUMNS, SEARCHED, Holder, Order, chunk_of
from bench.seed import Team, holders

from tuoke.appfile.check import table_of
from tuoke.appfile.read import folder_files, read_app
from tuoke.appfile.shipped import shipped_apps
from tuoke.query.search import searchable_fields
from tuoke.schema.field_type import Chooses

NOW = datetime(2026, 11, 22, tzinfo=UTC)
ORDER = Order(CHUNK + 500, 7, NOW, (Holder(3, 2, 0.6), Holder(None, 2, 0.4)))
LEAD = table_of(next(t for t in read_app(folder_files(next(iter(shipped_apps())))).tables if t.key == "lead"))


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    lines = chunk_of(ORDER, 1, with_tokens=False).leads.decode().splitlines()
    return [dict(zip(COLUMNS, line.split("\t"), strict=True)) for line in lines]


def test_the_same_seed_gives_the_same_leads():
    assert chunk_of(ORDER, 1, with_tokens=True) == chunk_of(ORDER, 1, with_tokens=True)


def test_the_last_chunk_is_as_long_as_what_is_left(rows: list[dict[str, str]]):
    assert len(rows) == 500
    assert rows[0]["id"] == str(CHUNK + 1)


def test_every_value_is_one_the_product_would_store(rows: list[dict[str, str]]):
    for row in rows:
        for field in LEAD.fields:
            written = row.get(field.key, "\\N")
            if written == "\\N" or field.key in (
                "id",
                "created_at",
                "updated_at",
                "created_by",
                "updated_by",
            ):
                continue
            given: Any = int(written) if field.key in ("owner", "department") else written
            stored = field.kind.parse(given, field.options)
            if isinstance(field.kind, Chooses) or field.key == "phone":
                assert stored == written, field.key


def test_no_phone_comes_twice(rows: list[dict[str, str]]):
    phones = [row["phone"] for row in rows]

    assert len(set(phones)) == len(phones)


def test_every_searchable_column_is_in_the_tokens():
    assert {f.key for f in searchable_fields(LEAD)} & set(COLUMNS) == set(SEARCHED)


def test_the_rep_sees_one_percent_and_the_team_lead_thirty():
    regions = [
        [Team(10 * r + t, tuple(100 * r + 10 * t + n for n in range(4))) for t in range(3)] for r in range(3)
    ]
    found = list(holders(regions))

    def seen(departments: set[int], owners: set[int]) -> float:
        return sum(
            h.share for h in found if h.owner in owners or (h.owner is None and h.department in departments)
        )

    first = regions[0]
    assert sum(h.share for h in found) == pytest.approx(1)
    assert seen({first[0].department}, {first[0].reps[0]}) == pytest.approx(0.01)
    assert seen({t.department for t in first}, {r for t in first for r in t.reps}) == pytest.approx(0.30)
