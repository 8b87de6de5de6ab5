"""One user and the way he logs in."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tuoke.access import login, passwords
from tuoke.access.audit import By
from tuoke.access.people import NewUser, create_user
from tuoke.access.sessions import Opened
from tuoke.kit.database import Connection

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
EMAIL, PASSWORD, IP = "ann@x.cn", "correct horse", "10.0.0.7"
MACHINE = By()


@pytest.fixture
async def ann(db: Connection) -> int:
    made, _ = await create_user(db, NewUser(email=EMAIL, name="安", password=PASSWORD), MACHINE, NOW)
    return made


async def log_in(
    db: Connection, password: str, *, now: datetime = NOW, ip: str = IP, email: str = EMAIL
) -> Opened | datetime | None:
    """The session, None when refused, or until when one is barred."""
    attempt = await login.start(db, email, ip, now)
    if attempt.barred_until is not None:
        return attempt.barred_until
    checked = await passwords.check(password, attempt.kept)
    return await login.finish(db, attempt, checked, "browser", now)
