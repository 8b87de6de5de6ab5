"""Who is at the door: from a request to the person that acts, his rights, and a transaction for his verb."""

from __future__ import annotations

import hmac
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from fastapi import Request
from fastapi.security.utils import get_authorization_scheme_param

from tuoke.access import api_keys, sessions
from tuoke.access.audit import By
from tuoke.access.org import Org
from tuoke.access.policy import Policy
from tuoke.access.sessions import Seen
from tuoke.access.sight import Sight
from tuoke.access.workspace import Workspace
from tuoke.access.world import World
from tuoke.api.problem import language_of
from tuoke.kit.actor import Actor
from tuoke.kit.clock import utc_now
from tuoke.kit.database import Connection, begin
from tuoke.kit.errors import Forbidden, Unauthenticated
from tuoke.kit.words import say
from tuoke.schema.model import Catalog

COOKIE = "session"
_READS = frozenset({"GET", "HEAD", "OPTIONS"})


class ForgedRequest(Forbidden):
    """A write by cookie that our own pages did not make."""

    slug = "forged-request"


@dataclass(frozen=True, slots=True)
class Stranger:
    """A request of somebody who has not said who he is."""

    world: World
    ip: str
    agent: str
    language: str
    now: datetime
    """When the request came in; the time of everything it does."""
    is_secure: bool

    def begin(self) -> AbstractAsyncContextManager[Connection]:
        """One transaction for one verb: commits at the end of the block, rolls back on any error."""
        return begin(self.world.engine)


@dataclass(frozen=True, slots=True)
class Door(Stranger):
    """A request of a known person."""

    seen: Seen
    sight: Sight
    """What his verbs may know. Its policy is narrowed when the request came with a narrowed API key."""
    workspace: Workspace

    @property
    def actor(self) -> Actor:
        return self.sight.actor

    @property
    def policy(self) -> Policy:
        return self.sight.policy

    @property
    def org(self) -> Org:
        return self.sight.org

    @property
    def catalog(self) -> Catalog:
        return self.sight.catalog

    @property
    def by(self) -> By:
        return By(self.actor.user_id, self.ip)

    @property
    def is_administrator(self) -> bool:
        return self.policy.is_administrator(self.actor)


async def enter_unknown(request: Request) -> Stranger:
    """For what needs no session: logging in."""
    _require_our_own_page(request)
    return _stranger(request)


async def enter(request: Request) -> Door:
    """The known person, by cookie or `Authorization: Bearer`. Raises Unauthenticated, ForgedRequest, TooMany."""
    stranger = _stranger(request)
    seen = await _seen(request, stranger)
    request.state.language = seen.language
    world = stranger.world
    return Door(
        world=world,
        ip=stranger.ip,
        agent=stranger.agent,
        language=language_of(request.scope),
        now=stranger.now,
        is_secure=stranger.is_secure,
        seen=seen,
        sight=await world.sight(
            seen.user_id, seen.org_version, seen.meta_version, stranger.now, seen.narrowing
        ),
        workspace=await world.workspace(seen.meta_version),
    )


async def enter_by_session(request: Request) -> Door:
    """For what a script's key must not touch: passwords, sessions and keys themselves."""
    door = await enter(request)
    if door.seen.session is None:
        raise Forbidden(
            say("这里只能登录后操作，不能用 API 密钥", "This needs a log-in; an API key will not do")
        )
    return door


async def enter_as_administrator(request: Request) -> Door:
    """For the administration of the workspace."""
    door = await enter(request)
    if not door.is_administrator:
        raise Forbidden(say("只有管理员可以这样做", "Only administrators may do this"))
    return door


def _stranger(request: Request) -> Stranger:
    world: World = request.app.state.world
    return Stranger(
        world=world,
        ip=request.client.host if request.client else "",
        agent=request.headers.get("user-agent", ""),
        language=language_of(request.scope),
        now=utc_now(),
        is_secure=request.url.scheme == "https" or world.settings.secure_cookies,
    )


async def _seen(request: Request, stranger: Stranger) -> Seen:
    scheme, key = get_authorization_scheme_param(request.headers.get("authorization"))
    seen = await _by_key(stranger, key) if scheme.lower() == "bearer" else await _by_cookie(request, stranger)
    if seen is None:
        raise Unauthenticated(say("请先登录", "Please log in"))
    return seen


async def _by_key(stranger: Stranger, key: str) -> Seen | None:
    async with stranger.world.glance.connect() as db:
        return await api_keys.resolve(db, key, stranger.now)


async def _by_cookie(request: Request, stranger: Stranger) -> Seen | None:
    token = request.cookies.get(COOKIE)
    if token is None:
        return None
    async with stranger.world.glance.connect() as db:
        seen = await sessions.resolve(db, token, stranger.now)
        if seen is not None:
            _require_unforged(request, seen)
            if sessions.is_due(seen, stranger.now):
                await sessions.touch(db, seen, stranger.now)
    return seen


def _require_unforged(request: Request, seen: Seen) -> None:
    """A browser sends the cookie wherever a request comes from; only our own page knows the CSRF token."""
    if request.method in _READS:
        return
    _require_our_own_page(request)
    sent = request.headers.get("x-csrf", "")
    if not hmac.compare_digest(sent.encode(), seen.csrf.encode()):
        raise ForgedRequest(
            say("请求缺少有效的 X-CSRF，请刷新页面", "The X-CSRF header is missing or wrong; reload the page")
        )


def _require_our_own_page(request: Request) -> None:
    if request.method not in _READS and not _comes_from_us(request):
        raise ForgedRequest(say("请求来自其他网站", "This request comes from another site"))


def _comes_from_us(request: Request) -> bool:
    # Sec-Fetch-Site is the browser's own word and right behind every proxy, but is sent over https and to
    # localhost only. Scripts send neither header: they cannot be tricked into carrying a user's cookie.
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")
