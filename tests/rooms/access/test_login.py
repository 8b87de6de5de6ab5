"""Logging in, one-time passwords, changing one's own."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tuoke.access import login, one_time, passwords, sessions
from tuoke.access.audit import By
from tuoke.access.login import PasswordChange
from tuoke.access.people import NewUser, UserChange, change_user, create_user
from tuoke.access.sessions import Opened
from tuoke.kit.database import Connection
from tuoke.kit.errors import Invalid

from .conftest import EMAIL, IP, MACHINE, NOW, PASSWORD, log_in


async def test_the_right_password_opens_a_session(db: Connection, ann: int) -> None:
    opened = await log_in(db, PASSWORD)

    assert isinstance(opened, Opened)
    seen = await sessions.resolve(db, opened.token, NOW)
    assert seen is not None
    assert (seen.user_id, seen.csrf, seen.session) == (ann, opened.csrf, opened.id)


@pytest.mark.parametrize(("email", "password"), [(EMAIL, "wrong horse"), ("nobody@x.cn", PASSWORD)])
async def test_strangers_and_wrong_passwords_are_refused_alike(
    db: Connection, ann: int, email: str, password: str
) -> None:
    attempt = await login.start(db, email, IP, NOW)
    checked = await passwords.check(password, attempt.kept)

    assert await login.finish(db, attempt, checked, "", NOW) is None
    assert str(login.refusal(attempt, checked)) == "The e-mail address or the password is wrong"


async def test_only_the_user_himself_learns_that_he_is_deactivated(db: Connection, ann: int) -> None:
    await create_user(
        db, NewUser(email="admin@x.cn", name="管", password=PASSWORD, roles=["admin"]), MACHINE, NOW
    )
    await change_user(db, ann, UserChange(active=False), MACHINE, NOW)

    for password, told in ((PASSWORD, "deactivated"), ("wrong horse", "is wrong")):
        attempt = await login.start(db, EMAIL, IP, NOW)
        checked = await passwords.check(password, attempt.kept)
        assert await login.finish(db, attempt, checked, "", NOW) is None
        assert told in str(login.refusal(attempt, checked))


async def test_a_password_changed_during_the_check_opens_nothing(db: Connection, ann: int) -> None:
    attempt = await login.start(db, EMAIL, IP, NOW)
    checked = await passwords.check(PASSWORD, attempt.kept)
    await one_time.reset_password(db, ann, MACHINE, NOW)

    assert await login.finish(db, attempt, checked, "", NOW) is None


async def test_a_reset_gives_a_password_for_one_change(db: Connection, ann: int) -> None:
    opened = await log_in(db, PASSWORD)
    assert isinstance(opened, Opened)

    once = await one_time.reset_password(db, ann, By(ann), NOW)

    assert await sessions.resolve(db, opened.token, NOW) is None
    assert await log_in(db, PASSWORD) is None
    anew = await log_in(db, once)
    assert isinstance(anew, Opened)
    seen = await sessions.resolve(db, anew.token, NOW)
    assert seen is not None
    assert seen.must_change_password


async def test_a_one_time_password_expires(db: Connection, ann: int) -> None:
    once = await one_time.reset_password(db, ann, By(ann), NOW)

    assert await log_in(db, once, now=NOW + one_time.GOOD_FOR) is None


async def test_what_the_machine_gave_out_waits_for_its_user(db: Connection, ann: int) -> None:
    once = await one_time.reset_password(db, ann, MACHINE, NOW)

    assert isinstance(await log_in(db, once, now=NOW + timedelta(days=400)), Opened)


async def test_changing_the_password_ends_the_other_sessions(db: Connection, ann: int) -> None:
    here, elsewhere = await log_in(db, PASSWORD), await log_in(db, PASSWORD)
    assert isinstance(here, Opened)
    assert isinstance(elsewhere, Opened)

    attempt = await login.start(db, EMAIL, IP, NOW)
    checked = await passwords.check(PASSWORD, attempt.kept)
    change = PasswordChange(PASSWORD, "another horse", here.id)
    assert await login.change_password(db, attempt, checked, change, NOW)

    assert await sessions.resolve(db, here.token, NOW) is not None
    assert await sessions.resolve(db, elsewhere.token, NOW) is None
    assert await log_in(db, PASSWORD) is None
    assert isinstance(await log_in(db, "another horse"), Opened)


@pytest.mark.parametrize("new", ["short", PASSWORD])
async def test_a_poor_or_unchanged_new_password_is_refused(db: Connection, ann: int, new: str) -> None:
    attempt = await login.start(db, EMAIL, IP, NOW)
    checked = await passwords.check(PASSWORD, attempt.kept)

    with pytest.raises(Invalid) as refused:
        await login.change_password(db, attempt, checked, PasswordChange(PASSWORD, new, None), NOW)

    assert list(refused.value.fields) == ["new"]
