"""What is left of a value when a role may not see it in full."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from tuoke.kit.database import Connection
from tuoke.schema.field_type import Maskable
from tuoke.schema.model import FIELD_TYPES

SHOWN = {
    ("phone", "+8613812345678"): "138****5678",
    ("phone", "+8613812345678;ext=12"): "138****5678",
    ("phone", "+8657188886666"): "+86571****6666",
    ("phone", "+8657188886666;ext=801"): "+86571****6666",
    ("phone", "+16502530000"): "+165****0000",
    ("phone", "+862112"): "+****12",
    ("email", "ann@example.com"): "a***@example.com",
    ("text", "王小芳"): "王****",
    ("long_text", "第一行\n第二行"): "第****",
}


@pytest.mark.parametrize(("type_", "value"), SHOWN, ids=str)
async def test_a_mask_keeps_just_enough_to_recognise(db: Connection, type_: str, value: str) -> None:
    kind = FIELD_TYPES.get(type_)
    assert isinstance(kind, Maskable)

    shown = await db.scalar(sa.select(kind.mask(sa.literal(value, sa.Text()))))

    assert shown == SHOWN[type_, value]
