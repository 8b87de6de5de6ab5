"""Another system that is told of what happens."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Erp(http.server.BaseHTTPRequestHandler):
    """The other system."""

    heard: list[bytes]

    def do_POST(self) -> None:
        self.heard.append(self.rfile.read(int(self.headers["content-length"])))
        self.send_response(200)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: a test has other ways to see."""


@contextmanager
def listening() -> Iterator[tuple[str, list[bytes]]]:
    heard: list[bytes] = []
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), type("Erp", (Erp,), {"heard": heard}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/tuoke", heard
    server.shutdown()
    server.server_close()
