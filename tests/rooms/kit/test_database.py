"""What the engine makes of errors the database tells."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import DBAPIError

from tuoke.kit.database import Connection, run_sql
from tuoke.kit.errors import Invalid


@pytest.mark.parametrize("value", [2**63, -(2**70)])
async def test_a_number_too_large_is_the_askers_mistake(db: Connection, value: int):
    with pytest.raises(Invalid):
        await run_sql(db, "select $1::bigint", value)


async def test_a_character_no_text_can_hold_is_the_askers_mistake(db: Connection):
    with pytest.raises(Invalid):
        await run_sql(db, "select $1::text", "a\x00b")


async def test_our_own_mistakes_stay_what_they_are(db: Connection):
    with pytest.raises(DBAPIError):
        await run_sql(db, "select $1::bigint", "seven")
    with pytest.raises(DBAPIError):
        await run_sql(db, "selekt 1")
