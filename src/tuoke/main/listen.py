"""The listening socket: bound by the parent, so that it stays open while a crashed web process is replaced."""

from __future__ import annotations

import errno
import socket
import time
from contextlib import suppress

from tuoke.kit.errors import Unavailable
from tuoke.kit.settings import Settings
from tuoke.kit.words import say

_PATIENCE_S = 2.0


def bind(host: str, port: int) -> socket.socket:
    """A socket listening on `host`:`port` (0: any free port). Raises Unavailable when that is taken."""
    try:
        listening = _bound(host, port, time.monotonic() + _PATIENCE_S)
    except OSError as error:
        raise Unavailable(
            say(
                "无法监听 {host}:{port}（{why}）。请用 --port 换一个端口。",
                "Cannot listen on {host}:{port} ({why}). Choose another port with --port.",
                host=host,
                port=port,
                why=error.strerror or error,
            )
        ) from error
    listening.setblocking(False)
    return listening


def _bound(host: str, port: int, until: float) -> socket.socket:
    family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
    while True:
        try:
            return socket.create_server((host, port), family=family, backlog=512)
        except OSError as error:
            # The web process of a Tuoke that was killed a moment ago may be on its way out.
            if error.errno != errno.EADDRINUSE or time.monotonic() > until:
                raise
            time.sleep(0.1)


def address(settings: Settings, listening: socket.socket) -> str:
    """What to type into a browser."""
    scheme = "https" if settings.tls_cert else "http"
    host = {"0.0.0.0": _own_name(), "::": _own_name()}.get(settings.host, settings.host)
    shown = f"[{host}]" if ":" in host else host
    return f"{scheme}://{shown}:{listening.getsockname()[1]}"


def _own_name() -> str:
    """This machine's address in its network; 127.0.0.1 when it has none."""
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        # Connecting a datagram socket sends nothing; it only picks the outgoing address.
        probe.connect(("192.0.2.1", 9))
        return str(probe.getsockname()[0])
    return "127.0.0.1"
