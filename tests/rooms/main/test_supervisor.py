"""What the supervisor does when the database under it does not start again."""

from __future__ import annotations

import socket
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from tuoke.kit.errors import Unavailable
from tuoke.kit.settings import Settings
from tuoke.kit.words import say
from tuoke.main.supervisor import Supervisor


class FullDisk:
    """A server that is down and cannot come up."""

    def __init__(self) -> None:
        self.tries = 0
        self.process = SimpleNamespace(returncode=1)

    def alive(self) -> bool:
        return False

    def start_again(self) -> None:
        self.tries += 1
        raise Unavailable(say("磁盘已满", "The disk is full"))


def test_a_database_that_does_not_start_is_tried_less_and_less_often() -> None:
    server: Any = FullDisk()
    with (
        socket.socket() as listening,
        Supervisor(Settings(Path("data"), None), listening, server) as supervisor,
    ):
        end = time.monotonic() + 1.6
        while time.monotonic() < end:
            supervisor._look_after_database()  # pyright: ignore[reportPrivateUsage]
            time.sleep(0.01)

    # At once, at once again, after a second; the next would come after two more.
    assert server.tries == 3
