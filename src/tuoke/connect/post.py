"""Sends one message to an address somebody typed in: never into the machine itself, never for long."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlsplit

import httpcore

from tuoke.kit.errors import Invalid
from tuoke.kit.words import Words, say

PATIENCE_S = 10.0
MAX_URL = 2000
_SAID = 500
"""Characters of an answer that are kept, so that one sees why a message was refused."""


@dataclass(frozen=True, slots=True)
class Outcome:
    is_heard: bool
    took_ms: int
    status: int | None = None
    reason: Words | None = None


class _Refused(Exception):
    """The address leads where no message may go."""


class _Guarded(httpcore.AsyncNetworkBackend):
    """Connects to the address it has looked at, so that a name cannot change its mind in between."""

    def __init__(self, lets_local: bool) -> None:
        self._below = cast("httpcore.AsyncNetworkBackend", httpcore.AnyIOBackend())
        self._lets_local = lets_local

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        address = str(found[0][4][0])
        if not is_allowed(address, self._lets_local):
            raise _Refused(address)
        return await self._below.connect_tcp(address, port, timeout, local_address, socket_options)


def is_allowed(address: str, lets_local: bool) -> bool:
    """A firm's own network is fine: that is where its other systems are. The machine itself, and the addresses at
    which clouds tell secrets, are not."""
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    if ip.is_loopback:
        return lets_local
    return not (ip.is_link_local or ip.is_multicast or ip.is_unspecified or ip.is_reserved)


def checked_url(url: str) -> str:
    """Raises Invalid for what cannot be an address of a receiver."""
    parts = urlsplit(url.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname or len(url) > MAX_URL or parts.username:
        raise Invalid(
            say(
                "地址要以 http:// 或 https:// 开头，不能带用户名",
                "The address begins with http:// or https://, without a user name",
            ),
            field="url",
        )
    return url.strip()


class Post:
    """One per sender; keeps connections open between messages."""

    def __init__(self, lets_local: bool) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            max_connections=8, keepalive_expiry=5.0, network_backend=_Guarded(lets_local)
        )

    async def __aenter__(self) -> Post:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._pool.aclose()

    async def send(self, url: str, body: bytes, headers: Mapping[str, str]) -> Outcome:
        """POST; any 2xx means heard. Redirects are not followed: a message goes where it was addressed to."""
        started = time.perf_counter()
        timeout = dict.fromkeys(("connect", "read", "write", "pool"), PATIENCE_S)
        try:
            async with asyncio.timeout(PATIENCE_S):
                async with self._pool.stream(
                    "POST", url, headers=list(headers.items()), content=body, extensions={"timeout": timeout}
                ) as answer:
                    status, said = answer.status, await _beginning(answer)
        except (TimeoutError, httpcore.TimeoutException):
            return _failed(
                started, say("对方 10 秒内没有应答", "The other side did not answer within 10 seconds")
            )
        except _Refused:
            return _failed(
                started,
                say("不能推送到本机或保留地址", "Messages may not go to this machine or a reserved address"),
            )
        except (
            OSError,
            httpcore.NetworkError,
            httpcore.ProtocolError,
            httpcore.UnsupportedProtocol,
        ) as error:
            why = str(error)[:200] or type(error).__name__
            return _failed(
                started, say("连不上对方：{why}", "Could not reach the other side: {why}", why=why)
            )
        if 200 <= status < 300:
            return Outcome(True, _ms(started), status)
        return _failed(
            started, say("对方答复 {s}：{x}", "The other side answered {s}: {x}", s=status, x=said), status
        )


async def _beginning(answer: httpcore.Response) -> str:
    """The first characters of the answer; an endless one is not read to its end."""
    found = b""
    async for part in answer.aiter_stream():
        found += part
        if len(found) >= _SAID:
            break
    return found[:_SAID].decode("utf-8", "replace").replace("\x00", "")


def _failed(started: float, reason: Words, status: int | None = None) -> Outcome:
    return Outcome(False, _ms(started), status, reason)


def _ms(started: float) -> int:
    return int((time.perf_counter() - started) * 1000)
