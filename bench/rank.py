"""What one in twenty exceeds."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil


def p95(ascending: Sequence[float]) -> float:
    """By nearest rank: of twenty the nineteenth, of fewer the greatest."""
    return ascending[ceil(0.95 * len(ascending)) - 1]
