"""Memory for PostgreSQL, by the size of the machine."""

from __future__ import annotations

import pytest

from tuoke.kit.pg_settings import fitting


@pytest.mark.parametrize(
    ("memory_mb", "buffers"),
    [(512, "64MB"), (2048, "256MB"), (8192, "2048MB"), (16384, "4096MB"), (262144, "4096MB")],
)
def test_the_cache_is_a_quarter_of_a_large_machine_and_little_of_a_small_one(
    memory_mb: int, buffers: str
) -> None:
    assert fitting(memory_mb)["shared_buffers"] == buffers
