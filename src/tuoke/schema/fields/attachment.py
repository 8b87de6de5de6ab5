from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from pydantic import Field
from sqlalchemy import BigInteger
from sqlalchemy.dialects.postgresql import ARRAY

from tuoke.kit.words import say
from tuoke.schema.field_type import FieldType, Options, Samples
from tuoke.schema.operators import LIST, Operator
from tuoke.schema.values import ids_of

_WHAT = say("文件", "a file")


class AttachmentOptions(Options):
    most: int = Field(default=20, ge=1, le=100)
    """Files one record may have in this field."""


class AttachmentField(FieldType):
    """Files, such as a scanned contract or a photo.

    附件，如合同扫描件、照片。
    """

    type, widget, Options = "attachment", "attachment", AttachmentOptions
    operators: ClassVar[Mapping[str, Operator]] = {name: LIST[name] for name in ("is_empty", "not_empty")}
    label = say("附件", "Attachment")
    many: ClassVar[bool] = True

    def column_type(self, options: AttachmentOptions):
        return ARRAY(BigInteger())

    def parse(self, raw: Any, options: AttachmentOptions) -> list[int] | None:
        return ids_of(raw, _WHAT, options.most)

    def target(self, options: AttachmentOptions) -> str:
        return "@file"

    def json_schema(self, options: AttachmentOptions) -> dict[str, Any]:
        return {"type": "array", "items": {"type": "integer"}, "uniqueItems": True, "maxItems": options.most}

    def samples(self) -> Samples:
        return Samples(
            options={"most": 2},
            valid={"two": ([5, 4], [5, 4]), "an object": ([{"id": 5, "name": "合同.pdf"}], [5])},
            invalid={"a name": ["合同.pdf"], "too many": [1, 2, 3], "a boolean": True},
        )
