from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field
from sqlalchemy import BigInteger
from sqlalchemy.dialects.postgresql import ARRAY

from tuoke.kit.words import say
from tuoke.schema.field_type import FieldType, Options, Samples
from tuoke.schema.operators import LIST
from tuoke.schema.values import ids_of

_MOST = 1000

_WHAT = say("一条记录", "a record")


class LinksOptions(Options):
    table: str = Field(pattern=r"^[a-z][a-z0-9_]{0,47}$")
    """Key of the table linked to."""


class LinksField(FieldType):
    """Any number of records of another table, such as the products of an opportunity.

    另一张表里的任意多条记录，如商机里的产品。
    """

    type, widget, operators, Options = "links", "links", LIST, LinksOptions
    label = say("关联多条", "Link to many")
    many: ClassVar[bool] = True

    def column_type(self, options: LinksOptions):
        return ARRAY(BigInteger())

    def parse(self, raw: Any, options: LinksOptions) -> list[int] | None:
        return ids_of(raw, _WHAT, _MOST)

    def target(self, options: LinksOptions) -> str:
        return options.table

    def json_schema(self, options: LinksOptions) -> dict[str, Any]:
        return {"type": "array", "items": {"type": "integer"}, "uniqueItems": True}

    def samples(self) -> Samples:
        return Samples(
            options={"table": "product"},
            valid={
                "two": ([3, 1], [3, 1]),
                "objects": ([{"id": 3, "title": "基础版"}, 1], [3, 1]),
                "the same twice": ([3, 3], [3]),
                "one alone": (3, [3]),
            },
            invalid={
                "a title": ["基础版"],
                "a boolean": [True],
                "zero": [0],
                "too many": list(range(1, _MOST + 2)),
            },
        )
