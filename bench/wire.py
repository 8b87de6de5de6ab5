"""A cheap HTTP client: the machine's two cores should be the product's, not ours.

One keep-alive connection, one request at a time, no parsing beyond the length of the answer.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

import orjson

PATIENCE_S = 120.0
"""Longest wait for one answer; a bench that hangs is a failed one."""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    """Names in small letters; of several cookies the last."""
    body: bytes

    def json(self) -> Any:
        return orjson.loads(self.body)


class Refused(Exception):
    """The product answered with something else than success."""


class Wire(asyncio.Protocol):
    """One connection to 127.0.0.1."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._buffer = bytearray()
        self._waiting: asyncio.Future[Answer] | None = None
        self._head: tuple[int, dict[str, str], int] | None = None

    async def ask(self, request: bytes) -> Answer:
        """Send a whole request, get its whole answer."""
        assert self._transport is not None
        self._waiting = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        async with asyncio.timeout(PATIENCE_S):
            return await self._waiting

    @property
    def is_open(self) -> bool:
        return self._transport is not None and not self._transport.is_closing()

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(exc or ConnectionResetError("the product closed the connection"))

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if self._head is None:
            self._read_head()
        if self._head is not None:
            self._read_body(*self._head)

    def _read_head(self) -> None:
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return
        first, *lines = self._buffer[:end].decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        del self._buffer[: end + 4]
        # Every answer of the product has a length; an event stream is not asked for here.
        self._head = int(first.split(" ", 2)[1]), headers, int(headers.get("content-length", 0))

    def _read_body(self, status: int, headers: dict[str, str], length: int) -> None:
        if len(self._buffer) < length:
            return
        body = bytes(self._buffer[:length])
        del self._buffer[:length]
        self._head = None
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(Answer(status, headers, body))


async def connect(port: int) -> Wire:
    _, wire = await asyncio.get_running_loop().create_connection(Wire, "127.0.0.1", port)
    return wire


class Person:
    """Somebody logged in, on a connection of his own."""

    def __init__(self, wire: Wire, port: int, user: dict[str, Any], cookie: str, csrf: str) -> None:
        self._wire, self._port, self.user = wire, port, user
        self._cookie, self._csrf = cookie, csrf

    @property
    def id(self) -> int:
        return int(self.user["id"])

    async def again(self) -> Person:
        """The same session on one more connection."""
        return Person(await connect(self._port), self._port, self.user, self._cookie, self._csrf)

    def request(self, method: str, path: str, body: bytes = b"", kind: str = "application/json") -> bytes:
        """The bytes on the wire, so that a loop may make them beforehand."""
        lines = [
            f"{method} /api/v1{path} HTTP/1.1",
            "host: 127.0.0.1",
            f"cookie: {self._cookie}",
            f"x-csrf: {self._csrf}",
        ]
        if body:
            lines += [f"content-type: {kind}", f"content-length: {len(body)}"]
        return "\r\n".join([*lines, "", ""]).encode() + body

    async def ask(self, request: bytes) -> Answer:
        """Raises Refused unless the product says that all went well."""
        if not self._wire.is_open:
            # The product hangs up on who says nothing for some seconds.
            self._wire = await connect(self._port)
        answer = await self._wire.ask(request)
        if not 200 <= answer.status < 300:
            raise Refused(f"{answer.status} {answer.body[:500].decode(errors='replace')}")
        return answer

    async def get(self, path: str) -> Any:
        return (await self.ask(self.request("GET", path))).json()

    async def send(self, method: str, path: str, body: Any) -> Any:
        answer = await self.ask(self.request(method, path, orjson.dumps(body)))
        return answer.json() if answer.body else None

    def close(self) -> None:
        self._wire.close()


async def log_in(port: int, email: str, password: str) -> Person:
    wire = await connect(port)
    body = orjson.dumps({"email": email, "password": password})
    head = (
        "POST /api/v1/session HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n"
        f"content-length: {len(body)}\r\n\r\n"
    )
    answer = await wire.ask(head.encode() + body)
    if answer.status != 200:
        raise Refused(f"{email} could not log in: {answer.status} {answer.body[:300].decode()}")
    said = answer.json()
    return Person(wire, port, said["user"], answer.headers["set-cookie"].split(";")[0], said["csrf"])
