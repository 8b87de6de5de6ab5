"""The line between the parent and a child: a brief goes down, `ready` comes up, and its end means goodbye.

It is the child's standard input, so neither the database's address nor its password stands in a command
line or an environment that other users of the machine can read.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import threading
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tuoke.kit.settings import Settings

_READY = b"ready\n"
_LEAVE_S = 5.0


@dataclass(frozen=True, slots=True)
class Brief:
    """What a child must know before it can work."""

    settings: Settings
    listening: int | None
    """Descriptor of the listening socket, inherited; None for who answers nobody."""


class Channel:
    """The parent's end."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line

    def fileno(self) -> int:
        return self._line.fileno()

    def send(self, brief: Brief) -> None:
        try:
            self._line.sendall(json.dumps(asdict(brief), default=str).encode() + b"\n")
        except (BrokenPipeError, ConnectionResetError):
            # The child has died while loading; its exit code will tell.
            return

    def says_ready(self) -> bool:
        """Whether what came is the word `ready`; otherwise the child has closed its end."""
        try:
            return self._line.recv(len(_READY)) == _READY
        except ConnectionResetError:
            return False

    def close(self) -> None:
        self._line.close()


class ParentLine:
    """The child's end. When the parent is gone, however it went, the child leaves too."""

    def __init__(self) -> None:
        self._line = socket.socket(fileno=os.dup(0))
        self._line.setblocking(True)

    def brief(self) -> Brief | None:
        """Wait for the brief; None when the parent leaves without giving one."""
        with self._line.makefile("r", encoding="utf-8") as lines:
            line = lines.readline()
        if not line:
            return None
        threading.Thread(target=self._leave_with_parent, daemon=True).start()
        return _parse(json.loads(line))

    def tell_ready(self) -> None:
        # A parent that was killed hears nothing; the other thread sees to our leaving.
        with suppress(BrokenPipeError, ConnectionResetError):
            self._line.sendall(_READY)

    def _leave_with_parent(self) -> None:
        # A parent killed before it read our `ready` ends the line with a reset.
        with suppress(ConnectionResetError):
            self._line.recv(1)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(_LEAVE_S)
        # A child that does not leave would keep the port and the database of a parent that is gone.
        os._exit(1)


def _parse(said: dict[str, Any]) -> Brief:
    settings = said["settings"]
    for name in ("data", "tls_cert", "tls_key"):
        settings[name] = Path(settings[name]) if settings[name] else None
    return Brief(Settings(**settings), said["listening"])
