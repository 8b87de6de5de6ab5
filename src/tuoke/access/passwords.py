"""Passwords: what is accepted, how it is kept, and a check that takes as long for strangers as for users."""

from __future__ import annotations

import asyncio
import secrets
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from tuoke.kit.errors import Invalid
from tuoke.kit.words import Words, say

MIN_LENGTH, MAX_LENGTH = 8, 200

# Above the least that OWASP names for argon2id (19 MiB, two passes, one lane). Stronger values are taken
# up as people log in: see `Check.is_outdated`.
_HASHER = PasswordHasher(time_cost=2, memory_cost=32 * 1024, parallelism=1)

# argon2 takes its CPU time and memory on purpose: outside the event loop, and never more than two at once,
# or a burst of log-ins would stop every list.
_THREADS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="argon2")

# Leaves out 0/O and 1/l/I: these passwords are read aloud and typed from paper.
_ALPHABET = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"

_COMMON = frozenset(
    """
    password passw0rd password1 p@ssw0rd p@ssword 12345678 123456789 1234567890 0123456789 87654321 987654321
    11223344 12341234 12344321 123123123 1q2w3e4r 1q2w3e4r5t 1qaz2wsx qwertyui qwerty123 qwertyuiop asdfghjk
    asdfghjkl zxcvbnm1 abcd1234 abc12345 a1234567 a12345678 aa123456 aa12345678 q1w2e3r4 5201314520 woaini520
    woaini1314 woaini123 iloveyou admin123 admin1234 administrator sunshine football baseball princess trustno1
    letmein1 welcome1 dragon123 monkey123
    """.split()  # noqa: SIM905 - a list of seventy quoted words is harder to read
)


@dataclass(frozen=True, slots=True)
class Check:
    is_right: bool
    is_outdated: bool = False
    """Kept with weaker parameters than today's: hash it again while the password is at hand."""


async def hashed(password: str) -> str:
    """The form a password is kept in."""
    return await asyncio.get_running_loop().run_in_executor(_THREADS, _HASHER.hash, password)


async def check(password: str, kept: str | None) -> Check:
    """Whether `password` is the one kept. Without a kept one: as slow, and wrong."""
    return await asyncio.get_running_loop().run_in_executor(_THREADS, _check, password, kept)


def _check(password: str, kept: str | None) -> Check:
    try:
        _HASHER.verify(kept or _nobodys(), password[: MAX_LENGTH + 1])
    except (VerificationError, InvalidHashError):
        return Check(False)
    return Check(kept is not None, kept is not None and _HASHER.check_needs_rehash(kept))


@cache
def _nobodys() -> str:
    return _HASHER.hash(secrets.token_hex(16))


def one_time_password() -> str:
    """Sixteen letters and digits in four groups: 90 bits, readable on the telephone."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))


def fault_of(password: str, email: str = "") -> Words | None:
    """Why `password` is refused, None when it is good."""
    if len(password) < MIN_LENGTH:
        return say("密码至少 {n} 位", "The password needs at least {n} characters", n=MIN_LENGTH)
    if len(password) > MAX_LENGTH:
        return say("密码最多 {n} 位", "The password has at most {n} characters", n=MAX_LENGTH)
    lowered = password.lower()
    if lowered in _COMMON or len(set(lowered)) <= 2:
        return say("这个密码太常见，容易被猜到", "This password is too common to be safe")
    if lowered in (email.lower(), email.lower().partition("@")[0]):
        return say("密码不能与邮箱相同", "The password must not be the e-mail address")
    return None


def require_good(password: str, email: str = "", *, field: str = "password") -> None:
    """Raises Invalid, with the fault at `field`, when the password is refused."""
    fault = fault_of(password, email)
    if fault is not None:
        raise Invalid(fault, fields={field: fault})
