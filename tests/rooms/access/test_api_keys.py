"""API keys: part of a user's rights, for so many requests a minute."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tuoke.access import api_keys
from tuoke.access.api_keys import NewKey
from tuoke.access.audit import By
from tuoke.access.policy import Action, Narrowing
from tuoke.kit.database import Connection
from tuoke.kit.errors import NotFound, TooMany

from .conftest import NOW


async def test_a_key_acts_as_its_user_within_its_narrowing(db: Connection, ann: int) -> None:
    narrowing = Narrowing(frozenset({"lead"}), frozenset({Action.READ}))
    made, key = await api_keys.create(db, NewKey("script", narrowing), By(ann), NOW)

    seen = await api_keys.resolve(db, key, NOW)

    assert seen is not None
    assert (seen.user_id, seen.api_key, seen.session) == (ann, made, None)
    assert seen.narrowing == narrowing
    (listed,) = await api_keys.list_keys(db, ann)
    assert (listed.narrowing, listed.last_used_at) == (narrowing, NOW)
    assert key.startswith(listed.prefix)


async def test_a_revoked_or_expired_key_opens_nothing(db: Connection, ann: int) -> None:
    revoked, key = await api_keys.create(db, NewKey("one"), By(ann), NOW)
    _, short = await api_keys.create(db, NewKey("two", expires_at=NOW + timedelta(days=1)), By(ann), NOW)

    await api_keys.revoke(db, revoked, By(ann), NOW)

    assert await api_keys.resolve(db, key, NOW) is None
    assert await api_keys.resolve(db, short, NOW) is not None
    assert await api_keys.resolve(db, short, NOW + timedelta(days=1)) is None
    with pytest.raises(NotFound):
        await api_keys.revoke(db, revoked, By(ann), NOW)


async def test_a_key_may_make_so_many_requests_a_minute(db: Connection, ann: int) -> None:
    _, key = await api_keys.create(db, NewKey("script", per_minute=3), By(ann), NOW)
    for _ in range(3):
        assert await api_keys.resolve(db, key, NOW) is not None

    with pytest.raises(TooMany) as refused:
        await api_keys.resolve(db, key, NOW + timedelta(seconds=20))

    assert refused.value.facts["retry_after"] == 40
    assert await api_keys.resolve(db, key, NOW + timedelta(minutes=1)) is not None
