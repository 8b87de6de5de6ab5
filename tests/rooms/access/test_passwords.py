"""Which passwords are taken, and how they are kept."""

from __future__ import annotations

import asyncio

import pytest
from argon2 import PasswordHasher

from tuoke.access import passwords

from .conftest import EMAIL, PASSWORD


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
