"""What the words of a role mean for one person."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuoke.access.rules import EVERYTHING, NOTHING, Equals, Linked, Where, holds
from tuoke.access.scopes import Reach, scope_of, scope_rule, written_scope
from tuoke.kit.actor import Actor
from tuoke.kit.errors import Invalid
from tuoke.schema.model import TableSettings

LEADS = TableSettings(owner="owner", department="department", pool=True)
NOTES = TableSettings()
ANN = Actor(
    user_id=1,
    department=10,
    departments_below=frozenset({10, 11}),
    colleagues=frozenset({1, 2}),
    team=frozenset({1, 2, 3}),
)
LONER = Actor(user_id=1, colleagues=frozenset({1}), team=frozenset({1}))

MINE = {"owner": 1, "department": 10}
COLLEAGUES = {"owner": 2, "department": 99}
BELOW = {"owner": 3, "department": 11}
STRANGERS = {"owner": 9, "department": 10}
POOLED = {"owner": None, "department": 10}
POOLED_BELOW = {"owner": None, "department": 11}
POOLED_ELSEWHERE = {"owner": None, "department": 99}
POOLED_NOWHERE = {"owner": None, "department": None}

EVERY_ROW = [
    MINE,
    COLLEAGUES,
    BELOW,
    STRANGERS,
    POOLED,
    POOLED_BELOW,
    POOLED_ELSEWHERE,
    POOLED_NOWHERE,
]
COVERED: dict[Reach, list[dict[str, Any]]] = {
    Reach.OWN: [MINE],
    Reach.POOL: [POOLED],
    Reach.POOL_BELOW: [POOLED, POOLED_BELOW],
    # The colleague's lead counts though its own department is another: the owner's present one decides.
    Reach.DEPARTMENT: [MINE, COLLEAGUES, POOLED],
    Reach.DEPARTMENT_BELOW: [MINE, COLLEAGUES, BELOW, POOLED, POOLED_BELOW],
    Reach.ALL: EVERY_ROW,
}


@pytest.mark.parametrize("reach", Reach)
def test_a_scope_covers_exactly_its_rows(reach: Reach) -> None:
    rule = scope_rule(reach, LEADS, ANN)

    assert [row for row in EVERY_ROW if holds(rule, row)] == COVERED[reach]


ROWS = st.fixed_dictionaries(
    {"owner": st.none() | st.integers(1, 4), "department": st.none() | st.integers(9, 12)}
)


@given(ROWS, st.sampled_from([ANN, LONER]))
def test_every_wider_scope_covers_what_the_narrower_covers(row: dict[str, Any], actor: Actor) -> None:
    covers = [
        bool(holds(scope_rule(reach, LEADS, actor), row))
        for reach in (Reach.OWN, Reach.DEPARTMENT, Reach.DEPARTMENT_BELOW, Reach.ALL)
    ]

    assert covers == sorted(covers)


@pytest.mark.parametrize("reach", [Reach.POOL, Reach.POOL_BELOW])
def test_who_has_no_department_has_no_pool(reach: Reach) -> None:
    assert scope_rule(reach, LEADS, LONER) == NOTHING


@pytest.mark.parametrize("reach", [Reach.POOL, Reach.POOL_BELOW])
def test_a_table_without_owner_has_no_pool(reach: Reach) -> None:
    assert scope_rule(reach, NOTES, ANN) == NOTHING


def test_a_record_of_a_table_without_owner_is_its_writers_own() -> None:
    assert scope_rule(Reach.OWN, NOTES, ANN) == Equals("created_by", 1)


def test_all_means_everything() -> None:
    assert scope_rule(Reach.ALL, NOTES, LONER) == EVERYTHING


def test_via_asks_for_the_linked_record() -> None:
    assert scope_rule(scope_of({"via": "account"}), NOTES, ANN) == Linked("account")


def test_where_keeps_its_filter() -> None:
    tree = {"field": "status", "op": "eq", "value": "open"}

    assert scope_rule(scope_of({"where": tree}), NOTES, ANN) == Where.of(tree)


@pytest.mark.parametrize("written", ["own", "all", {"via": "account"}, {"where": {"all": []}}])
def test_a_scope_is_written_as_it_was_read(written: Any) -> None:
    assert written_scope(scope_of(written)) == written


@pytest.mark.parametrize(
    "written",
    [
        "mine",
        "",
        None,
        7,
        [],
        {},
        {"via": "account", "where": {}},
        {"via": "A b"},
        {"via": 3},
        {"where": {}},
        {"where": "own"},
    ],
)
def test_what_is_not_understood_is_refused(written: Any) -> None:
    with pytest.raises(Invalid):
        scope_of(written)
