"""Logging in and out, one's own password, devices and API keys."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from tuoke.access import api_keys, audit, login, passwords, people, sessions, throttle
from tuoke.access.api_keys import ApiKey, NewKey
from tuoke.access.departments import Name
from tuoke.access.login import Attempt, PasswordChange
from tuoke.access.passwords import Check
from tuoke.access.policy import Action, Narrowing
from tuoke.access.sessions import Opened, Seen
from tuoke.api.door import COOKIE, Door, Stranger, enter, enter_by_session, enter_unknown
from tuoke.kit.errors import Invalid
from tuoke.kit.words import Language, say

router = APIRouter(tags=["session"])

Known = Annotated[Door, Depends(enter)]
LoggedIn = Annotated[Door, Depends(enter_by_session)]
Unknown = Annotated[Stranger, Depends(enter_unknown)]
Line = Annotated[str, Field(max_length=254, pattern=r"^[^\x00]*$")]
Secret = Annotated[str, Field(max_length=1000, pattern=r"^[^\x00]*$")]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class LogIn(Body):
    email: Line
    password: Secret


class Myself(BaseModel):
    id: int
    name: str
    email: str
    roles: list[str]
    department: int | None
    language: str
    must_change_password: bool


class SessionAnswer(BaseModel):
    user: Myself
    csrf: str
    """To be sent as `X-CSRF` with every write by cookie."""


@router.post("/session")
async def log_in(body: LogIn, response: Response, door: Unknown) -> SessionAnswer:
    """Log in; sets the `session` cookie. 401 when refused, 429 with `retry_after` after too many failures."""
    email = body.email.strip()
    attempt, checked = await _look_at_password(door, email, body.password)
    renewed = await passwords.hashed(body.password) if checked.is_right and checked.is_outdated else None
    async with door.begin() as db:
        opened = await login.finish(db, attempt, checked, door.agent, door.now)
        seen = await sessions.resolve(db, opened.token, door.now) if opened else None
        if seen is not None and renewed is not None:
            await login.renew_hash(db, attempt, renewed)
    if opened is None or seen is None:
        raise login.refusal(attempt, checked)
    _set_cookie(response, opened, door)
    return _session(seen)


async def _look_at_password(door: Stranger, email: str, password: str) -> tuple[Attempt, Check]:
    """Counted, committed, and only then looked at: see `access.login`."""
    async with door.begin() as db:
        attempt = await login.start(db, email, door.ip, door.now)
    if attempt.barred_until is not None:
        raise throttle.too_many(attempt.barred_until, door.now)
    return attempt, await passwords.check(password, attempt.kept)


def _set_cookie(response: Response, opened: Opened, door: Stranger) -> None:
    response.set_cookie(
        COOKIE,
        opened.token,
        max_age=int(sessions.LONGEST.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=door.is_secure,
        path="/",
    )


@router.get("/session")
async def who_am_i(door: Known) -> SessionAnswer:
    """The user of this session; 401 when there is none."""
    return _session(door.seen)


class OwnChange(Body):
    language: Language


@router.patch("/session")
async def change_myself(body: OwnChange, door: LoggedIn) -> SessionAnswer:
    """Choose the language of one's screens and messages."""
    async with door.begin() as db:
        await people.set_language(db, door.actor.user_id, body.language)
    answer = _session(door.seen)
    answer.user.language = body.language
    return answer


@router.delete("/session", status_code=204)
async def log_out(request: Request, door: LoggedIn) -> Response:
    """End this session."""
    assert door.seen.session is not None
    async with door.begin() as db:
        await sessions.revoke(db, door.actor.user_id, door.seen.session, door.now)
        await audit.note(db, door.by, audit.LOGOUT, session=door.seen.session)
    response = Response(status_code=204)
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax", secure=door.is_secure)
    return response


class NewPassword(Body):
    old: Secret
    new: Secret


@router.post("/session/password", status_code=204)
async def change_password(body: NewPassword, door: LoggedIn) -> None:
    """Change one's own password; every other session ends."""
    attempt, checked = await _look_at_password(door, door.seen.email, body.old)
    change = PasswordChange(body.old, body.new, door.seen.session)
    async with door.begin() as db:
        is_changed = await login.change_password(db, attempt, checked, change, door.now)
    if not is_changed:
        fault = say("旧密码不正确", "The old password is wrong")
        raise Invalid(fault, fields={"old": fault})


class SessionEntry(BaseModel):
    id: int
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    ip: str
    agent: str
    current: bool


class SessionList(BaseModel):
    sessions: list[SessionEntry]


@router.get("/sessions")
async def list_sessions(door: LoggedIn) -> SessionList:
    """Where I am logged in."""
    async with door.begin() as db:
        found = await sessions.list_sessions(db, door.actor.user_id, door.now)
    return SessionList(
        sessions=[
            SessionEntry(
                id=one.id,
                created_at=one.created_at,
                last_seen_at=one.last_seen_at,
                expires_at=one.expires_at,
                ip=one.ip,
                agent=one.agent,
                current=one.id == door.seen.session,
            )
            for one in found
        ]
    )


@router.delete("/sessions/{session}", status_code=204)
async def end_session(session: int, door: LoggedIn) -> None:
    """Log out another device of mine."""
    async with door.begin() as db:
        await sessions.revoke(db, door.actor.user_id, session, door.now)
        await audit.note(db, door.by, audit.SESSION_REVOKED, session=session)


class NewKeyBody(Body):
    name: Name
    tables: list[str] | None = None
    """Only these tables; absent = all the user may reach."""
    actions: list[Action] | None = None
    """Only these actions; absent = all. A narrowed key never administers."""
    per_minute: int = Field(default=api_keys.PER_MINUTE, ge=1, le=60_000)
    expires_at: datetime | None = None


class KeyEntry(BaseModel):
    id: int
    name: str
    prefix: str
    tables: list[str] | None
    actions: list[str] | None
    per_minute: int
    created_at: datetime
    last_used_at: datetime | None
    expires_at: datetime | None


class KeyList(BaseModel):
    api_keys: list[KeyEntry]


class KeyMade(BaseModel):
    id: int
    key: str
    """Shown this once."""


@router.get("/api_keys")
async def list_api_keys(door: LoggedIn) -> KeyList:
    """My API keys; the keys themselves cannot be shown again."""
    async with door.begin() as db:
        found = await api_keys.list_keys(db, door.actor.user_id)
    return KeyList(api_keys=[_key(one) for one in found])


@router.post("/api_keys", status_code=201)
async def create_api_key(body: NewKeyBody, door: LoggedIn) -> KeyMade:
    """A key with my rights, or fewer, for `Authorization: Bearer`."""
    for table in body.tables or ():
        door.catalog.table(table)
    new = NewKey(
        name=body.name,
        narrowing=Narrowing(
            tables=None if body.tables is None else frozenset(body.tables),
            actions=None if body.actions is None else frozenset(body.actions),
        ),
        per_minute=body.per_minute,
        expires_at=_aware(body.expires_at),
    )
    async with door.begin() as db:
        made, key = await api_keys.create(db, new, door.by, door.now)
    return KeyMade(id=made, key=key)


@router.delete("/api_keys/{key}", status_code=204)
async def revoke_api_key(key: int, door: LoggedIn) -> None:
    """End one of my keys."""
    async with door.begin() as db:
        await api_keys.revoke(db, key, door.by, door.now)


def _session(seen: Seen) -> SessionAnswer:
    return SessionAnswer(user=myself(seen), csrf=seen.csrf)


def myself(seen: Seen) -> Myself:
    """The user as the web app needs him at start."""
    return Myself(
        id=seen.user_id,
        name=seen.name,
        email=seen.email,
        roles=sorted(seen.roles),
        department=seen.department,
        language=seen.language,
        must_change_password=seen.must_change_password,
    )


def _key(one: ApiKey) -> KeyEntry:
    narrowed: dict[str, Any] = api_keys.written(one.narrowing)
    return KeyEntry(
        id=one.id,
        name=one.name,
        prefix=one.prefix,
        tables=narrowed.get("tables"),
        actions=narrowed.get("actions"),
        per_minute=one.per_minute,
        created_at=one.created_at,
        last_used_at=one.last_used_at,
        expires_at=one.expires_at,
    )


def _aware(moment: datetime | None) -> datetime | None:
    if moment is not None and moment.tzinfo is None:
        fault = say("时间要带时区", "The time needs a zone")
        raise Invalid(fault, fields={"expires_at": fault})
    return moment
