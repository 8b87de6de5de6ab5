"""From the shape of a slow list to the index that would have helped it."""

from __future__ import annotations

import pytest

from tuoke.appfile.check import table_of
from tuoke.appfile.read import folder_files, read_app
from tuoke.appfile.shipped import shipped_apps
from tuoke.query.advise import Shape, propose, serves, shape_of
from tuoke.query.ast import Page, condition_from, sort_from

LEAD = table_of(next(t for t in read_app(folder_files(next(iter(shipped_apps())))).tables if t.key == "lead"))


def leaf(field, op, value=None):
    return {"field": field, "op": op, "value": value}


CITY = leaf("city", "in", ["杭州", "宁波"])
STATUS = leaf("status", "eq", "new")
AMOUNT = leaf("amount", "gte", "100")
SCORE = leaf("score", "between", [1, 2])


def shape(*where, sort="", **more):
    return shape_of(LEAD, Page(where=condition_from({"all": list(where)}), sort=sort_from(sort), **more))


@pytest.mark.parametrize(
    ("where", "sort", "columns"),
    [
        ([CITY, STATUS], "", ["city", "status", "-created_at"]),
        ([STATUS, CITY], "", ["city", "status", "-created_at"]),
        ([AMOUNT, STATUS, CITY], "", ["city", "status", "amount"]),
        ([STATUS, AMOUNT, SCORE], "", ["status", "amount"]),
        ([AMOUNT], "", ["amount"]),
        ([STATUS, leaf("owner", "is_empty")], "", ["status", "owner", "-created_at"]),
        ([STATUS, leaf("company", "contains", "科技")], "", ["status", "-created_at"]),
        ([STATUS, leaf("next_follow_at", "eq", "@today")], "", ["status", "next_follow_at"]),
        ([STATUS], "-score,name", ["status", "-score", "name"]),
        ([], "-score", ["-score"]),
        ([{"all": [CITY, {"all": [STATUS]}]}], "", ["city", "status", "-created_at"]),
        (
            [CITY, STATUS, leaf("source", "eq", "list"), leaf("grade", "eq", "A"), AMOUNT],
            "",
            ["city", "source", "status", "grade"],
        ),
        ([STATUS, {"any": [CITY, AMOUNT]}], "", ["status", "-created_at"]),
        ([STATUS, leaf("campaign.name", "eq", "x")], "", ["status", "-created_at"]),
    ],
)
def test_equal_ones_first_then_a_range_or_else_the_sort(where, sort, columns):
    proposal = propose(LEAD, shape(*where, sort=sort))

    assert proposal is not None
    assert list(proposal.columns) == columns


@pytest.mark.parametrize(
    "where",
    [
        [],
        [leaf("company", "contains", "科技")],
        [leaf("remark", "is_empty")],
        [{"any": [CITY, STATUS]}],
        [{"not": STATUS}],
    ],
)
def test_nothing_is_proposed_for_what_no_index_narrows(where):
    assert propose(LEAD, shape(*where)) is None


@pytest.mark.parametrize(
    "page",
    [
        Page(search="王芳"),
        Page(deleted=True),
        Page(where=condition_from({"all": [STATUS, leaf("id", "in", [1, 2])]})),
    ],
)
def test_a_search_the_recycle_bin_and_named_records_have_no_shape(page):
    assert shape_of(LEAD, page) is None


def test_what_rights_count_and_sort_read_travels_along():
    proposal = propose(LEAD, shape(CITY, AMOUNT, SCORE, leaf("company", "contains", "科技")))

    assert proposal is not None
    assert proposal.columns == ("city", "amount")
    assert set(proposal.included) == {"score", "company", "created_at", "owner", "department", "id"}


def test_a_long_text_is_in_no_index():
    proposal = propose(LEAD, shape(STATUS, leaf("remark", "contains", "价格")))

    assert proposal is not None
    assert "remark" not in (*proposal.columns, *proposal.included)


def test_the_shape_holds_no_value_and_comes_back_from_text():
    found = shape(CITY, AMOUNT, sort="-score")

    assert found is not None
    assert "杭州" not in found.to_text()
    assert Shape.from_text(found.to_text()) == found


def test_the_reason_names_the_fields_in_both_languages():
    proposal = propose(LEAD, shape(CITY, AMOUNT))

    assert proposal is not None
    assert "「城市」、「预计金额」" in proposal.why.in_("zh")
    assert "City, Expected amount" in proposal.why.in_("en")


@pytest.mark.parametrize(
    ("columns", "does"),
    [
        (["city", "status", "amount"], True),
        (["status", "city", "amount"], True),
        (["city", "status", "amount", "score"], True),
        (["city", "amount", "status"], False),
        (["city", "status"], False),
        (["city", "status", "score"], False),
    ],
)
def test_an_index_that_begins_alike_makes_another_needless(columns, does):
    proposal = propose(LEAD, shape(CITY, STATUS, AMOUNT))

    assert proposal is not None
    assert serves(columns, proposal) is does
