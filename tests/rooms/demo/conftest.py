"""A demo quick enough for every run: a few recordings, and passwords whose hashes cost nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher

from tuoke.access import passwords
from tuoke.demo import sound


@pytest.fixture(scope="package", autouse=True)
def quick() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        patch.setattr(sound, "CALLS", 6)
        yield
