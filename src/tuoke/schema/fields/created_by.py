from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import BigInteger

from tuoke.kit.words import say
from tuoke.schema.field_type import FieldType, NoOptions, Samples
from tuoke.schema.values import id_of

_WHAT = say("成员", "a user")


class CreatedByField(FieldType):
    """Who made the record.

    建立记录的人。
    """

    type, widget = "created_by", "user"
    label = say("创建人", "Created by")
    automatic: ClassVar[bool] = True
    many: ClassVar[bool] = False

    def column_type(self, options: NoOptions):
        return BigInteger()

    def parse(self, raw: Any, options: NoOptions) -> int:
        return id_of(raw, _WHAT)

    def target(self, options: NoOptions) -> str:
        return "@user"

    def json_schema(self, options: NoOptions) -> dict[str, Any]:
        return {"type": "integer"}

    def samples(self) -> Samples:
        return Samples(valid={"an id": (7, 7)}, invalid={"a name": "ann", "a boolean": True, "zero": 0})
