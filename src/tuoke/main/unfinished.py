"""The mark of a data folder whose restore has not ended: nobody may take it for the real thing."""

from __future__ import annotations

from pathlib import Path

from tuoke.kit.errors import Unavailable
from tuoke.kit.words import say

MARK = "restore-unfinished"


def refuse_unfinished(data: Path) -> None:
    """Raises Unavailable for a folder that a restore was killed in."""
    if (data / MARK).exists():
        raise Unavailable(
            say(
                "{data} 中的恢复没有完成，数据不完整。请重新执行 tuoke restore，它会从头开始。",
                "A restore into {data} did not end: the data is incomplete. Run tuoke restore again; it starts afresh.",
                data=data,
            )
        )
