"""How a condition is put when a whole table may have to be read for it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ARRAY, BigInteger, Column, ColumnElement, MetaData, Table, Text, and_, not_, or_
from sqlalchemy.dialects import postgresql

from tuoke.query.scan import texts_first

LEAD = Table(
    "lead",
    MetaData(),
    Column("city", Text),
    Column("source", Text),
    Column("owner", BigInteger),
    Column("tags", ARRAY(Text)),
)


def sql(condition: ColumnElement[Any]) -> str:
    said = condition.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True})  # type: ignore[no-untyped-call]
    return " ".join(str(said).split())


def test_a_text_to_be_equal_to_becomes_one_of_an_array():
    assert sql(texts_first(LEAD.c.city == "杭州")) == "lead.city = ANY (ARRAY['杭州'])"


def test_conditions_joined_by_and_are_looked_through():
    joined = and_(LEAD.c.owner == 7, and_(LEAD.c.source != "ad", LEAD.c.city == "杭州"))

    assert sql(texts_first(joined)) == (
        "lead.owner = 7 AND lead.source != 'ad' AND lead.city = ANY (ARRAY['杭州'])"
    )


def test_everything_else_stays_as_it_is():
    for condition in (
        LEAD.c.owner == 7,
        LEAD.c.city.is_(None),
        LEAD.c.city == LEAD.c.source,
        LEAD.c.city.in_(["杭州", "宁波"]),
        or_(LEAD.c.city == "杭州", LEAD.c.owner == 7),
        not_(LEAD.c.city == "杭州"),
    ):
        assert sql(texts_first(condition)) == sql(condition)
