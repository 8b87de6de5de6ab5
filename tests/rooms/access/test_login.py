"""Passwords, one-time passwords, waiting after failures, sessions and keys."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher

from tuoke.access import api_keys, login, one_time, passwords, sessions, throttle
from tuoke.access.api_keys import NewKey
from tuoke.access.audit import By
from tuoke.access.login import PasswordChange
from tuoke.access.people import NewUser, UserChange, change_user, create_user
from tuoke.access.policy import Action, Narrowing
from tuoke.access.sessions import LONGEST, SILENCE, Opened
from tuoke.kit.database import Connection, Engine, begin, run_sql
from tuoke.kit.errors import Invalid, NotFound, TooMany

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


# Passwords


@pytest.mark.parametrize(
    "password", ["short", "12345678", "PASSWORD", "aaaaaaaa", "abababab", EMAIL, "x" * 201]
)
def test_a_poor_password_is_refused(password: str) -> None:
    assert passwords.fault_of(password, EMAIL) is not None


@pytest.mark.parametrize("password", [PASSWORD, "我的密码很长很安全", "Rep-2026-pass"])
def test_a_good_password_is_taken(password: str) -> None:
    assert passwords.fault_of(password, EMAIL) is None


def test_one_time_passwords_are_good_and_differ() -> None:
    made = {passwords.one_time_password() for _ in range(100)}

    assert len(made) == 100
    assert all(passwords.fault_of(one) is None for one in made)


async def test_without_a_kept_password_none_is_right() -> None:
    assert not (await passwords.check("", None)).is_right


async def test_a_weakly_kept_password_asks_to_be_kept_better() -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)

    assert (await passwords.check(PASSWORD, weak)).is_outdated
    assert not (await passwords.check(PASSWORD, await passwords.hashed(PASSWORD))).is_outdated
    assert not (await passwords.check("wrong", weak)).is_outdated


async def test_hashing_does_not_stop_the_event_loop() -> None:
    hashing = asyncio.ensure_future(passwords.hashed(PASSWORD))
    turns = 0
    while not hashing.done():
        await asyncio.sleep(0)
        turns += 1

    assert turns > 10


# Logging in


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


# Waiting after failures


async def test_after_five_failures_one_waits_longer_each_time(db: Connection, ann: int) -> None:
    now, waits = NOW, []
    for _ in range(9):
        assert await log_in(db, "wrong horse", now=now) is None
        barred = await log_in(db, "wrong horse", now=now)
        if isinstance(barred, datetime):
            waits.append((barred - now).total_seconds())
            now = barred

    # The first six tries were free or counted in pairs; from then on every failure doubles the wait.
    assert waits == sorted(waits)
    assert waits[-1] / waits[-2] == 2
    assert len(waits) >= 5


async def test_even_the_right_password_waits_while_barred(db: Connection, ann: int) -> None:
    for _ in range(throttle.ACCOUNT.free):
        assert await log_in(db, "wrong horse") is None

    barred = await log_in(db, PASSWORD)

    assert isinstance(barred, datetime)
    assert isinstance(await log_in(db, PASSWORD, now=barred), Opened)
    assert await log_in(db, "wrong horse", now=barred) is None


async def test_no_wait_is_longer_than_the_longest(db: Connection, ann: int) -> None:
    now = NOW
    for _ in range(40):
        barred = await throttle.admit(db, EMAIL, IP, now)
        now = barred or now

    assert barred is not None or now > NOW
    until = await throttle.admit(db, EMAIL, IP, now) or now
    assert until - now <= timedelta(seconds=throttle.ACCOUNT.longest_s)


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


# One-time passwords and changes


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


# Sessions


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
    await run_sql(db, "analyze tuoke.session")

    plan = await run_sql(
        db, "explain select 1 from tuoke.session where token_hash = $1", sessions.hash_of(opened.token)
    )

    assert plan.scalars().all()
    assert await sessions.resolve(db, "not a token", NOW) is None


# API keys


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
