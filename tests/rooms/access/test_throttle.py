"""Failed log-ins make the next try wait, on every process alike."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from tuoke.access import throttle
from tuoke.access.sessions import Opened
from tuoke.kit.database import Connection, Engine, begin

from .conftest import EMAIL, IP, NOW, PASSWORD, log_in


async def test_after_five_failures_every_wait_is_twice_the_last(db: Connection) -> None:
    now, waits = NOW, list[float]()
    for _ in range(5):
        assert await throttle.admit(db, EMAIL, "", now) is None
    for _ in range(5):
        barred = await throttle.admit(db, EMAIL, "", now)
        assert barred is not None
        waits.append((barred - now).total_seconds())
        now = barred
        assert await throttle.admit(db, EMAIL, "", now) is None

    assert waits == [1, 2, 4, 8, 16]


async def test_even_the_right_password_waits_while_barred(db: Connection, ann: int) -> None:
    for _ in range(throttle.ACCOUNT.free):
        assert await log_in(db, "wrong horse") is None

    barred = await log_in(db, PASSWORD)

    assert isinstance(barred, datetime)
    assert isinstance(await log_in(db, PASSWORD, now=barred), Opened)
    assert await log_in(db, "wrong horse", now=barred) is None


async def test_no_wait_is_longer_than_the_longest(db: Connection) -> None:
    now, longest = NOW, timedelta(0)
    for _ in range(60):
        barred = await throttle.admit(db, EMAIL, "", now)
        if barred is not None:
            longest, now = max(longest, barred - now), barred

    assert longest == timedelta(seconds=throttle.ACCOUNT.longest_s)


async def test_failures_are_forgotten_in_time(db: Connection, ann: int) -> None:
    for _ in range(throttle.ACCOUNT.free - 1):
        await log_in(db, "wrong horse")

    later = NOW + throttle.ACCOUNT.forgotten_after + timedelta(seconds=1)

    for _ in range(throttle.ACCOUNT.free - 1):
        assert await log_in(db, "wrong horse", now=later) is None
    assert isinstance(await log_in(db, PASSWORD, now=later), Opened)


async def test_one_address_that_tries_many_accounts_is_barred(db: Connection, ann: int) -> None:
    tries = [await throttle.admit(db, f"user{n}@x.cn", IP, NOW) for n in range(throttle.ADDRESS.free + 1)]

    assert tries[-1] is not None
    assert all(one is None for one in tries[:-1])
    assert await throttle.admit(db, "user0@x.cn", "10.0.0.8", NOW) is None


async def test_an_office_that_logs_in_rightly_is_never_barred(db: Connection) -> None:
    for n in range(throttle.ADDRESS.free * 2):
        assert await throttle.admit(db, f"user{n}@x.cn", IP, NOW) is None
        await throttle.forgive(db, f"user{n}@x.cn", IP)


async def test_tries_sent_at_once_are_counted_one_by_one(fresh_workspace: Engine) -> None:
    async def attempt() -> bool:
        async with begin(fresh_workspace) as db:
            return await throttle.admit(db, EMAIL, IP, NOW) is None

    admitted = await asyncio.gather(*(attempt() for _ in range(20)))

    assert sum(admitted) == throttle.ACCOUNT.free
