"""Locks that the kernel gives back however their holder ends."""

from __future__ import annotations

import fcntl
import time
from typing import IO


def locked(held: IO[str]) -> bool:
    """Take the lock of an open file; False when another open file holds it."""
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def locked_within(held: IO[str], patience_s: float) -> bool:
    end = time.monotonic() + patience_s
    while not locked(held):
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True
