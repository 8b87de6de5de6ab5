"""The web process: uvicorn over the application, on a socket that is already listening."""

from __future__ import annotations

import socket
from collections.abc import Callable

import uvicorn

from tuoke.api.app import create_app
from tuoke.kit.settings import Settings

_LEAVE_S = 3


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, on_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._on_ready()


def run_web(settings: Settings, listening: socket.socket, on_ready: Callable[[], None]) -> None:
    config = uvicorn.Config(
        create_app(settings),
        loop="uvloop",
        http="httptools",
        log_config=None,
        access_log=False,
        server_header=False,
        ssl_certfile=settings.tls_cert,
        ssl_keyfile=settings.tls_key,
        # A live connection has no end of its own; nobody should wait for it.
        timeout_graceful_shutdown=_LEAVE_S,
    )
    _Server(config, on_ready).run(sockets=[listening])
