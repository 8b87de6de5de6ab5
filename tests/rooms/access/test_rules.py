"""Rules are simplified without changing what they cover."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tuoke.access.rules import (
    EVERYTHING,
    NOTHING,
    AllOf,
    AnyOf,
    Equals,
    Linked,
    Missing,
    OneOf,
    Rule,
    Where,
    all_of,
    any_of,
    holds,
    one_of,
)

VALUES = st.integers(1, 3)
FIELDS = st.sampled_from(["owner", "department"])
LEAVES: st.SearchStrategy[Rule] = st.one_of(
    st.just(EVERYTHING),
    st.just(NOTHING),
    st.builds(Equals, FIELDS, VALUES),
    st.builds(OneOf, FIELDS, st.frozensets(VALUES)),
    st.builds(Missing, FIELDS),
    st.builds(Linked, st.just("account")),
)
ROWS = st.fixed_dictionaries({"owner": st.none() | VALUES, "department": st.none() | VALUES})


@given(st.lists(LEAVES), ROWS)
def test_simplified_any_of_covers_what_its_parts_cover(parts: list[Rule], row: dict[str, int | None]) -> None:
    assert holds(any_of(*parts), row) == holds(AnyOf(tuple(parts)), row)


@given(st.lists(LEAVES), ROWS)
def test_simplified_all_of_covers_what_its_parts_cover(parts: list[Rule], row: dict[str, int | None]) -> None:
    assert holds(all_of(*parts), row) == holds(AllOf(tuple(parts)), row)


@given(st.lists(st.lists(LEAVES)), ROWS)
def test_nested_rules_are_flattened_without_a_change(
    groups: list[list[Rule]], row: dict[str, int | None]
) -> None:
    nested = any_of(*(all_of(*group) for group in groups))

    assert holds(nested, row) == holds(AnyOf(tuple(AllOf(tuple(group)) for group in groups)), row)


def test_no_values_mean_no_row() -> None:
    assert one_of("owner", []) == NOTHING


def test_everything_swallows_the_other_alternatives() -> None:
    assert any_of(Equals("owner", 1), EVERYTHING) == EVERYTHING


def test_of_no_alternatives_nothing_is_left() -> None:
    assert any_of() == NOTHING


def test_alternatives_on_one_field_become_one_list() -> None:
    assert any_of(Equals("owner", 1), one_of("owner", [1, 2])) == OneOf("owner", frozenset({1, 2}))


def test_a_link_cannot_be_judged_by_the_row_alone_unless_another_rule_settles_it() -> None:
    assert holds(Linked("account"), {}) is None
    assert holds(any_of(Linked("account"), Equals("owner", 1)), {"owner": 1}) is True
    assert holds(all_of(Linked("account"), Equals("owner", 1)), {"owner": 2}) is False


def test_filters_are_equal_however_their_members_are_ordered() -> None:
    one = Where.of({"field": "status", "op": "eq"})
    other = Where.of({"op": "eq", "field": "status"})

    assert one == other
    assert one.tree == {"field": "status", "op": "eq"}
