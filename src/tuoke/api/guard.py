"""Around every request: security headers on the answer, and an incident number for what nobody expected."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tuoke.api.problem import incident

# Fits a Vite build: scripts and styles are files of our own. antd writes its styles into the page, hence
# 'unsafe-inline' for styles; recordings and pictures just taken are blobs.
_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self'",
        "manifest-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
_ALWAYS = (
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"permissions-policy", b"microphone=(self), camera=(), geolocation=(), payment=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
_TLS = ((b"strict-transport-security", b"max-age=31536000"),)
_PRIVATE = ((b"cache-control", b"no-store"),)


class Guard:
    """Plain ASGI, because it runs on every request: a wrapper of `send`, nothing else.

    `tls`: whether browsers reach us by https, directly or through a proxy.
    """

    def __init__(self, app: ASGIApp, *, tls: bool = False) -> None:
        self._app = app
        self._headers = (*_ALWAYS, *(_TLS if tls else ()))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def guarded(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                message["headers"] = self._with_ours(scope["path"], list(message.get("headers", ())))
            await send(message)

        try:
            await self._app(scope, receive, guarded)
        except Exception as error:
            answer = incident(error, scope)
            if begun:
                # Half an answer is out; only breaking the connection tells the client that it is not whole.
                raise
            await answer(scope, receive, guarded)

    def _with_ours(self, path: str, theirs: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        # What a route says itself holds: the page of API documentation may load its own script, for instance.
        named = {name.lower() for name, _ in theirs}
        ours = (*self._headers, *(_PRIVATE if path.startswith("/api/") else ()))
        return [*theirs, *((name, value) for name, value in ours if name not in named)]
