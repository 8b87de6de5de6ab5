from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import BigInteger

from tuoke.kit.words import say
from tuoke.schema.field_type import FieldType, NoOptions, Samples
from tuoke.schema.values import id_of

_WHAT = say("部门", "a department")


class DepartmentField(FieldType):
    """One department.

    一个部门。
    """

    type, widget = "department", "department"
    label = say("部门", "Department")
    many: ClassVar[bool] = False

    def column_type(self, options: NoOptions):
        return BigInteger()

    def parse(self, raw: Any, options: NoOptions) -> int:
        return id_of(raw, _WHAT)

    def target(self, options: NoOptions) -> str:
        return "@department"

    def json_schema(self, options: NoOptions) -> dict[str, Any]:
        return {"type": "integer"}

    def samples(self) -> Samples:
        return Samples(
            valid={
                "an id": (7, 7),
                "an object": ({"id": 7, "name": "王芳"}, 7),
                "a large id": (2**40, 2**40),
            },
            invalid={
                "a name": "ann",
                "a boolean": True,
                "zero": 0,
                "too large": 2**63,
                "a list": [7],
                "a fraction": 7.5,
            },
        )
