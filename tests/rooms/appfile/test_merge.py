"""Upgrades never break a firm's own changes: the laws of the three-way merge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from hypothesis import given
from hypothesis import settings as running
from hypothesis import strategies as st

from tuoke.appfile.merge import ABSENT, DELETED, NOT_SHIPPED, OTHER_TYPE, THEIRS, merge

law = running(max_examples=50, deadline=None)

words = st.sampled_from(["a", "b", "c"])
labels = st.fixed_dictionaries({"zh": words, "en": words})


def keyed(entry: dict[str, Any], **optional: Any) -> st.SearchStrategy[list[dict[str, Any]]]:
    each = st.fixed_dictionaries({"key": st.sampled_from("pqrs"), **entry}, optional=optional)
    return st.lists(each, max_size=4, unique_by=lambda e: e["key"])


choices = keyed({"label": labels}, color=words)
fields = keyed(
    {"type": st.sampled_from(["text", "dropdown"]), "label": labels},
    required=st.just(True),
    help=labels,
    aliases=st.lists(words, unique=True, min_size=1),
    options=st.fixed_dictionaries({}, optional={"choices": choices, "longest": st.integers(1, 3)}),
)
settings = st.fixed_dictionaries(
    {},
    optional={
        "title": words,
        "columns": st.lists(words, unique=True),
        "views": keyed({"label": labels}, sort=words),
    },
)
documents = st.fixed_dictionaries(
    {
        "tables": keyed({"label": labels, "fields": fields}, settings=settings),
        "roles": keyed(
            {"label": labels}, grants=keyed({"grants": st.lists(st.just({"read": ["own"]}), max_size=2)})
        ),
    }
)


def places(value: Any, where: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every single value of a document with its place; lists of scalars count as one value."""
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from places(part, (*where, name))
    elif isinstance(value, list) and value and all(isinstance(e, Mapping) and "key" in e for e in value):
        for entry in value:
            yield from places(entry, (*where, entry["key"]))
    else:
        yield where, value


@law
@given(documents, documents)
def test_nothing_new_shipped_changes_nothing(shipped: Any, theirs: Any):
    merged = merge(shipped, shipped, theirs)

    assert merged.value == theirs
    assert merged.kept == ()


@law
@given(documents, documents)
def test_an_untouched_workspace_gets_everything_shipped(before: Any, now: Any):
    got = dict(places(merge(before, now, before).value))

    for where, value in places(now):
        if not changed_type(before, now, where):
            assert is_within(where, value, got), where


@law
@given(documents, documents, documents)
def test_what_the_firm_changed_survives_every_upgrade(before: Any, now: Any, theirs: Any):
    shipped, merged = dict(places(before)), dict(places(merge(before, now, theirs).value))

    for where, value in places(theirs):
        if shipped.get(where, ABSENT) != value:
            assert is_within(where, value, merged, dropped=shipped.get(where)), where


@law
@given(documents, documents, documents)
def test_no_table_field_option_or_role_is_ever_taken_away(before: Any, now: Any, theirs: Any):
    merged = keys_of(merge(before, now, theirs).value)

    assert keys_of(theirs) <= merged


@law
@given(documents, documents, documents)
def test_what_the_firm_deleted_stays_deleted(before: Any, now: Any, theirs: Any):
    deleted = keys_of(before) - keys_of(theirs)

    assert not deleted & keys_of(merge(before, now, theirs).value)


@law
@given(documents, documents, documents)
def test_merging_again_changes_nothing_more(before: Any, now: Any, theirs: Any):
    once = merge(before, now, theirs).value

    assert merge(now, now, once).value == once


@law
@given(documents, documents, documents)
def test_the_three_versions_stay_as_they_were(before: Any, now: Any, theirs: Any):
    copies = deepcopy((before, now, theirs))

    merge(before, now, theirs)

    assert (before, now, theirs) == copies


@law
@given(documents, documents)
def test_a_first_application_adds_and_keeps(now: Any, theirs: Any):
    merged = keys_of(merge(ABSENT, now, theirs).value)

    assert merged >= keys_of(theirs)
    assert {k for k in keys_of(now) if not changed_type(theirs, now, k)} <= merged | keys_of(theirs)


def keys_of(document: Any) -> set[tuple[str, ...]]:
    """Places of everything that records may depend on."""
    found: set[tuple[str, ...]] = set()
    for table in document["tables"]:
        found.add(("tables", table["key"]))
        for field in table["fields"]:
            found.add(("tables", table["key"], "fields", field["key"]))
            for choice in field.get("options", {}).get("choices", []):
                found.add(
                    ("tables", table["key"], "fields", field["key"], "options", "choices", choice["key"])
                )
    return found | {("roles", role["key"]) for role in document["roles"]}


def changed_type(before: Any, now: Any, where: tuple[str, ...]) -> bool:
    """Whether `where` lies in a field whose type is another in `now`: such a field is left alone."""
    if where[0] != "tables" or len(where) < 4:
        return False
    types = [dict(places(d)).get((*where[:4], "type")) for d in (before, now)]
    return None not in types and types[0] != types[1]


def is_within(where: tuple[str, ...], value: Any, merged: Mapping[Any, Any], dropped: Any = None) -> bool:
    if where[-1] == "aliases":
        # A set: both sides' additions, and what was shipped before may go again.
        return set(value) - set(dropped or []) <= set(merged.get(where, []))
    if value == []:
        return True
    return merged.get(where, ABSENT) == value


# --- by example -----------------------------------------------------------------------------------


def document(**field: Any) -> dict[str, Any]:
    plain = {"key": "city", "type": "text", "label": {"zh": "城市", "en": "City"}, **field}
    return {
        "tables": [{"key": "lead", "label": {"zh": "线索", "en": "Lead"}, "fields": [plain]}],
        "roles": [],
    }


def field_of(merged: Any) -> Any:
    return merged["tables"][0]["fields"][0]


def test_a_new_english_label_comes_beside_a_chinese_one_of_the_firm():
    before, now = document(), document(label={"zh": "城市", "en": "Town"})
    theirs = document(label={"zh": "地市", "en": "City"})

    assert field_of(merge(before, now, theirs).value)["label"] == {"zh": "地市", "en": "Town"}


def test_a_label_changed_by_both_stays_the_firms_and_is_told():
    before, now = document(), document(label={"zh": "所在城市", "en": "City"})
    theirs = document(label={"zh": "地市", "en": "City"})

    merged = merge(before, now, theirs)

    assert field_of(merged.value)["label"]["zh"] == "地市"
    assert [(k.where, k.reason) for k in merged.kept] == [
        (("tables", "lead", "fields", "city", "label", "zh"), THEIRS)
    ]


def test_a_new_option_stands_where_it_was_shipped_and_the_firms_own_stays():
    def options(*keys: str) -> dict[str, Any]:
        return document(type="dropdown", options={"choices": [{"key": k, "label": k} for k in keys]})

    merged = merge(options("new", "won"), options("new", "quoted", "won"), options("new", "visited", "won"))

    assert [c["key"] for c in field_of(merged.value)["options"]["choices"]] == [
        "new",
        "visited",
        "quoted",
        "won",
    ]


def test_the_firms_order_of_options_stays():
    def options(*keys: str) -> dict[str, Any]:
        return document(type="dropdown", options={"choices": [{"key": k, "label": k} for k in keys]})

    merged = merge(options("a", "b", "c"), options("a", "x", "b", "c"), options("c", "b", "a"))

    assert [c["key"] for c in field_of(merged.value)["options"]["choices"]] == ["c", "b", "a", "x"]


def test_both_sides_add_headings():
    merged = merge(
        document(aliases=["市"]), document(aliases=["市", "地区"]), document(aliases=["市", "省市"])
    )

    assert field_of(merged.value)["aliases"] == ["市", "省市", "地区"]


def test_a_heading_no_longer_shipped_is_free_for_another_field():
    merged = merge(
        document(aliases=["市", "地区"]), document(aliases=["市"]), document(aliases=["市", "地区", "省市"])
    )

    assert field_of(merged.value)["aliases"] == ["市", "省市"]


def test_a_deleted_field_that_changed_is_not_brought_back_and_is_told():
    before, now, theirs = document(), document(label={"zh": "所在城市", "en": "City"}), document()
    theirs["tables"][0]["fields"] = []

    merged = merge(before, now, theirs)

    assert merged.value["tables"][0]["fields"] == []
    assert [k.reason for k in merged.kept] == [DELETED]


def test_a_field_no_longer_shipped_stays_and_is_told():
    before, now, theirs = document(), document(), document()
    now["tables"][0]["fields"] = []

    merged = merge(before, now, theirs)

    assert merged.value == theirs
    assert [k.reason for k in merged.kept] == [NOT_SHIPPED]


def test_a_field_of_the_firm_with_the_same_key_and_another_type_stays():
    theirs = document(type="dropdown")

    merged = merge(ABSENT, document(), theirs)

    assert merged.value == theirs
    assert [k.reason for k in merged.kept] == [OTHER_TYPE]


def test_a_grant_withdrawn_from_an_untouched_role_goes():
    def role(*tables: str) -> dict[str, Any]:
        grants = [{"key": t, "grants": [{"read": ["all"]}]} for t in tables]
        return {"tables": [], "roles": [{"key": "rep", "label": {}, "grants": grants}]}

    merged = merge(role("lead", "target"), role("lead"), role("lead", "target"))

    assert [g["key"] for g in merged.value["roles"][0]["grants"]] == ["lead"]
