from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field
from sqlalchemy import BigInteger

from tuoke.kit.words import say
from tuoke.schema.field_type import FieldType, Options, Samples
from tuoke.schema.values import id_of

_WHAT = say("一条记录", "a record")


class LinkOptions(Options):
    table: str = Field(pattern=r"^[a-z][a-z0-9_]{0,47}$")
    """Key of the table linked to."""


class LinkField(FieldType):
    """One record of another table, such as the account of a contact.

    另一张表里的一条记录，如联系人所属的客户。
    """

    type, widget, Options = "link", "link", LinkOptions
    label = say("关联一条", "Link to one")
    many: ClassVar[bool] = False

    def column_type(self, options: LinkOptions):
        return BigInteger()

    def parse(self, raw: Any, options: LinkOptions) -> int:
        return id_of(raw, _WHAT)

    def target(self, options: LinkOptions) -> str:
        return options.table

    def json_schema(self, options: LinkOptions) -> dict[str, Any]:
        return {"type": "integer"}

    def samples(self) -> Samples:
        return Samples(
            options={"table": "account"},
            valid={"an id": (7, 7), "an object": ({"id": 7, "title": "西湖科技"}, 7)},
            invalid={"a title": "西湖科技", "a boolean": True, "zero": 0, "too large": 2**63, "a list": [7]},
        )
