from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import BigInteger

from tuoke.kit.words import say
from tuoke.schema.field_type import FieldType, NoOptions, Samples
from tuoke.schema.operators import ORDER
from tuoke.schema.values import id_of

_WHAT = say("一条记录", "a record")


class IdField(FieldType):
    """The record's own number; never changes and is never given twice.

    记录的唯一编号，不会改变，也不会重复使用。
    """

    type, widget, operators = "id", "number", ORDER
    label = say("记录编号", "Record ID")
    automatic: ClassVar[bool] = True

    def column_type(self, options: NoOptions):
        return BigInteger()

    def parse(self, raw: Any, options: NoOptions) -> int:
        return id_of(raw, _WHAT)

    def json_schema(self, options: NoOptions) -> dict[str, Any]:
        return {"type": "integer", "minimum": 1}

    def samples(self) -> Samples:
        return Samples(
            valid={"an id": (7, 7)}, invalid={"zero": 0, "a boolean": True, "text": "7", "a fraction": 7.5}
        )
