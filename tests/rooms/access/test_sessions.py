"""Sessions live by being used and end when told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from tuoke.access import api_keys, sessions
from tuoke.access.api_keys import NewKey
from tuoke.access.audit import By
from tuoke.access.cleaning import clean
from tuoke.access.people import NewUser, create_user
from tuoke.access.sessions import LONGEST, SILENCE
from tuoke.kit.database import Connection, run_sql
from tuoke.kit.errors import NotFound

from .conftest import IP, MACHINE, NOW, PASSWORD, log_in


async def test_a_used_session_lives_on_and_an_unused_one_ends(db: Connection, ann: int) -> None:
    used = await sessions.open_session(db, ann, IP, "", NOW)
    unused = await sessions.open_session(db, ann, IP, "", NOW)
    half = NOW + SILENCE / 2

    seen = await sessions.resolve(db, used.token, half)
    assert seen is not None
    await sessions.touch(db, seen, half)

    later = NOW + SILENCE + timedelta(hours=1)
    assert await sessions.resolve(db, used.token, later) is not None
    assert await sessions.resolve(db, unused.token, later) is None


async def test_no_session_outlives_its_longest(db: Connection, ann: int) -> None:
    opened = await sessions.open_session(db, ann, IP, "", NOW)
    now = NOW
    while now < NOW + LONGEST:
        seen = await sessions.resolve(db, opened.token, now)
        assert seen is not None
        await sessions.touch(db, seen, now)
        now += SILENCE / 2

    assert await sessions.resolve(db, opened.token, NOW + LONGEST) is None


async def test_use_is_noted_at_most_once_a_minute(db: Connection, ann: int) -> None:
    opened = await sessions.open_session(db, ann, IP, "", NOW)
    seen = await sessions.resolve(db, opened.token, NOW)
    assert seen is not None

    assert not sessions.is_due(seen, NOW + timedelta(seconds=59))
    assert sessions.is_due(seen, NOW + timedelta(seconds=60))


async def test_nobody_ends_another_ones_session(db: Connection, ann: int) -> None:
    bob, _ = await create_user(db, NewUser(email="bob@x.cn", name="博", password=PASSWORD), MACHINE, NOW)
    opened = await sessions.open_session(db, ann, IP, "", NOW)

    with pytest.raises(NotFound):
        await sessions.revoke(db, bob, opened.id, NOW)
    assert [one.id for one in await sessions.list_sessions(db, ann, NOW)] == [opened.id]


async def test_the_database_holds_no_token(db: Connection, ann: int) -> None:
    opened = await sessions.open_session(db, ann, IP, "", NOW)
    _, key = await api_keys.create(db, NewKey("script"), By(ann), NOW)

    kept = (await run_sql(db, "select s::text || k::text from tuoke.session s, tuoke.api_key k")).scalar_one()

    assert opened.token not in kept
    assert key not in kept


async def test_a_request_is_resolved_by_one_query(db: Connection, ann: int) -> None:
    opened = await sessions.open_session(db, ann, IP, "", NOW)
    asked: list[str] = []

    @event.listens_for(db.sync_connection, "before_cursor_execute")
    def note(*arguments: Any) -> None:
        asked.append(arguments[2])

    assert await sessions.resolve(db, opened.token, NOW) is not None
    assert await sessions.resolve(db, "not a token", NOW) is None
    assert len(asked) == 2


async def test_only_what_is_long_over_is_cleaned_away(db: Connection, ann: int) -> None:
    old = await sessions.open_session(db, ann, IP, "", NOW - timedelta(days=60))
    open_still = await sessions.open_session(db, ann, IP, "", NOW)
    await log_in(db, "wrong horse", now=NOW - timedelta(days=2))
    await log_in(db, "wrong horse", now=NOW, email="bob@x.cn", ip="10.0.0.8")

    await clean(db, NOW)

    kept = await run_sql(
        db, "select id from tuoke.session where id = any($1::bigint[])", [old.id, open_still.id]
    )
    assert kept.scalars().all() == [open_still.id]
    failures = await run_sql(db, "select key from tuoke.login_failure order by key")
    assert failures.scalars().all() == ["10.0.0.8", "bob@x.cn"]
