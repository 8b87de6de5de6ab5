"""The web process: uvicorn over the application, on a socket that is already listening."""

from __future__ import annotations

import socket
from collections.abc import Callable

import uvicorn
from fastapi import FastAPI

from tuoke.api.app import create_app
from tuoke.kit.settings import Settings

_LEAVE_S = 3


class _Server(uvicorn.Server):
    def __init__(self, app: FastAPI, config: uvicorn.Config, on_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._app = app
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._on_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # A live connection has no end of its own; nobody should wait for it.
        self._app.state.live.end()
        await super().shutdown(sockets)


def run_web(settings: Settings, listening: socket.socket, on_ready: Callable[[], None]) -> None:
    app = create_app(settings)
    config = uvicorn.Config(
        app,
        loop="uvloop",
        http="httptools",
        log_config=None,
        access_log=False,
        server_header=False,
        ssl_certfile=settings.tls_cert,
        ssl_keyfile=settings.tls_key,
        timeout_graceful_shutdown=_LEAVE_S,
    )
    _Server(app, config, on_ready).run(sockets=[listening])
