"""The live door: server-sent events of what changed, of calls and of notices, to those who may see it.

One reader of the log a process, from "now" on. What it finds is asked of `readable` once for each person and table
that somebody is connected as; when nothing changes nothing is asked.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any

import orjson
import structlog
from fastapi import APIRouter, Depends, Header, Request
from fastapi.responses import StreamingResponse

from tuoke.access.org import org_version
from tuoke.access.policy import Action, Narrowing
from tuoke.access.sight import Sight
from tuoke.access.world import World
from tuoke.api.answers import plain
from tuoke.api.calls import current_call
from tuoke.api.door import Door, enter
from tuoke.bus.log import Change, Kind, Stretch, all_changes_in, newest, next_stretch
from tuoke.bus.remarks import remarks_in
from tuoke.bus.runs import newest_step, stepped_after
from tuoke.kit.clock import utc_now
from tuoke.kit.database import Connection, begin
from tuoke.kit.errors import AppError
from tuoke.notify.notice import newer_than, newest_id, notices_of
from tuoke.query.page import fetch_records
from tuoke.schema.load import meta_version
from tuoke.schema.model import Table
from tuoke.telephony.calls import CALL

router = APIRouter(tags=["live"])

TICK_S = 0.15
MOST_IDS = 500
"""Beyond this many changed records of a table only the table is named."""
REPLAYED = 2000
"""Writes a browser may have missed and still gets; further back it is told to load everything anew."""
JUST_NOW_S = 10.0
"""A page asks for its records, then for this door; what changed between the two is told once more."""
STILL_THERE_S = 15.0
QUEUE = 200
"""Events a slow browser may lag behind before it is told to load everything anew."""

log = structlog.get_logger()


@dataclass(frozen=True)
class Place:
    """How far has been told: of the log, and of the steps that flows took; None = nobody knows of those."""

    seq: int
    step: int | None


@dataclass(eq=False)
class Listener:
    """One browser: its person, and what waits to be sent."""

    door: Door
    queue: asyncio.Queue[bytes | None] = field(default_factory=lambda: asyncio.Queue(QUEUE))
    """None: nothing more comes."""

    def put(self, event: str, data: Any, seq: int | None = None) -> None:
        try:
            self.queue.put_nowait(packed(event, data, seq))
        except asyncio.QueueFull:
            self._only(packed("reset", {}))

    def end(self) -> None:
        """Nothing more comes: the process leaves, and the browser is to come again to the next one."""
        self._only(None)

    def _only(self, last: bytes | None) -> None:
        while not self.queue.empty():
            self.queue.get_nowait()
        self.queue.put_nowait(last)


def packed(event: str, data: Any, seq: int | None = None) -> bytes:
    """One server-sent event."""
    head = f"event: {event}\n" + (f"id: {seq}\n" if seq is not None else "")
    return head.encode() + b"data: " + orjson.dumps(data, default=plain) + b"\n\n"


class Live:
    """Everybody who listens at this process."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._listeners: set[Listener] = set()
        self._seq = 0
        self._step = 0
        self._past: deque[tuple[float, Place]] = deque()
        self._notice = 0
        self._rung: dict[int, float] = {}
        """User -> when he last had a notice."""

    def __contains__(self, listener: Listener) -> bool:
        return listener in self._listeners

    @property
    def place(self) -> Place:
        """How far it has been told."""
        return Place(self._seq, self._step)

    @property
    def just_now(self) -> Place:
        """How far it had been a moment ago."""
        self._forget()
        return self._past[0][1] if self._past else self.place

    def _forget(self) -> None:
        while self._past and self._past[0][0] < time.monotonic() - JUST_NOW_S:
            self._past.popleft()

    def was_rung(self, user: int) -> bool:
        """Whether this person had a notice a moment ago."""
        return user in self._rung and self._rung[user] >= time.monotonic() - JUST_NOW_S

    async def run(self) -> None:
        """For ever."""
        begun = False
        while True:
            try:
                if not begun:
                    await self._begin()
                    begun = True
                await self._tick()
            except Exception:
                # A database that restarts must not end the live door for the rest of the day.
                log.exception("live_failed")
                await asyncio.sleep(1)
            await asyncio.sleep(TICK_S)

    async def _begin(self) -> None:
        async with begin(self._world.engine) as db:
            self._seq, self._notice = await newest(db), await newest_id(db)
            self._step = await newest_step(db)

    def of(self, user: int) -> list[Listener]:
        """This person's browsers."""
        return [listener for listener in self._listeners if listener.door.actor.user_id == user]

    def join(self, listener: Listener) -> None:
        self._listeners.add(listener)

    def leave(self, listener: Listener) -> None:
        self._listeners.discard(listener)

    def end(self) -> None:
        """Lets everybody go."""
        for listener in self._listeners:
            listener.end()

    async def _tick(self) -> None:
        async with self._world.glance.connect() as db:
            stretch = await next_stretch(db, self._seq)
            told = await newer_than(db, self._notice)
            steps = await stepped_after(db, self._step)
        # With nobody there nothing is read: an import of a hundred thousand rows would cost seconds for no one.
        if self._listeners and (stretch or told or steps):
            async with begin(self._world.engine) as db:
                if stretch or steps:
                    moved = [(table, record) for _, table, record in steps]
                    await self._push(db, await _news(db, stretch, moved))
                    self._reached(stretch, steps)
                await self._push_notices(db, told)
        self._reached(stretch, steps)
        self._notice = told[-1][0] if told else self._notice
        self._rung |= {user: time.monotonic() for _, user in told}

    def _reached(self, stretch: Stretch | None, steps: Sequence[tuple[int, int, int]]) -> None:
        """Whoever joins from now on finds this in what he is told first."""
        there = Place(stretch.upto if stretch else self._seq, steps[-1][0] if steps else self._step)
        if there == self.place:
            return
        self._forget()
        self._past.append((time.monotonic(), self.place))
        self._seq, self._step = there.seq, there.step or 0

    async def _push(self, db: Connection, news: News) -> None:
        """To each person what changed of what he may see, about which records something was said, and with which
        flows have moved on."""
        versions = await org_version(db), await meta_version(db)
        told: set[Listener] = set()
        # Some join while others are being told: they were greeted with the place before this.
        while fresh := self._listeners - told:
            told |= fresh
            await self._push_to(db, news, fresh, versions)

    async def _push_to(
        self, db: Connection, news: News, fresh: Iterable[Listener], versions: tuple[int, int]
    ) -> None:
        for listeners in _by_person(fresh):
            seen = listeners[0].door.seen
            sight = await self._world.sight(seen.user_id, *versions, utc_now(), seen.narrowing)
            tables = await changed(db, sight, news.changes)
            said = await visible(db, sight, news.said)
            moved = await visible(db, sight, news.stepped)
            call = await current_call(db, sight) if CALL in tables else None
            for listener in listeners:
                if tables:
                    listener.put("changes", {"tables": tables}, news.seq)
                if said:
                    listener.put("said", {"tables": said}, news.seq)
                if moved:
                    listener.put("runs", {"tables": moved})
                if CALL in tables:
                    listener.put("call", call)

    async def _push_notices(self, db: Connection, told: Sequence[tuple[int, int]]) -> None:
        for user in {user for _, user in told}:
            listeners = self.of(user)
            if listeners:
                news = await notices_of(db, user, limit=5)
                for listener in listeners:
                    listener.put("notice", news)


def _by_person(listeners: Iterable[Listener]) -> Iterable[list[Listener]]:
    """Those who see the same, together."""
    found: dict[tuple[int, Narrowing], list[Listener]] = {}
    for listener in listeners:
        key = (listener.door.actor.user_id, listener.door.seen.narrowing)
        found.setdefault(key, []).append(listener)
    return found.values()


Touch = tuple[int, int]
"""Table id, record."""


@dataclass(frozen=True)
class News:
    """What a tick has found."""

    changes: Sequence[Change] = ()
    said: Sequence[Touch] = ()
    stepped: Sequence[Touch] = ()
    seq: int | None = None
    """Where the log has been read to; None when only flows have moved."""


async def _news(db: Connection, stretch: Stretch | None, stepped: Sequence[Touch] = ()) -> News:
    if stretch is None:
        return News(stepped=stepped)
    return News(await all_changes_in(db, stretch), await remarks_in(db, stretch), stepped, stretch.upto)


def _touched(changes: Sequence[Change]) -> list[Touch]:
    return [(change.table_id, change.record) for change in changes]


Tables = dict[str, list[int] | None]
"""Table -> records; None = too many to name."""


async def visible(db: Connection, sight: Sight, touches: Sequence[Touch]) -> Tables:
    """Table -> touched records the person sees now; None = too many to name. Tables he has no right to are absent.

    A record that left his sight is not named: see `changed`.
    """
    keys = {table.id: table for table in sight.catalog}
    touched: dict[int, set[int]] = {}
    for table_id, record in touches:
        touched.setdefault(table_id, set()).add(record)
    found: Tables = {}
    for table_id, records in touched.items():
        table = keys.get(table_id)
        if table is None or not sight.policy.may(sight.actor, table.key, Action.READ):
            continue
        if len(records) > MOST_IDS:
            found[table.key] = None
            continue
        rows = await fetch_records(db, table, sight, sorted(records), ())
        if rows:
            found[table.key] = [row["id"] for row in rows]
    return found


async def changed(db: Connection, sight: Sight, changes: Sequence[Change]) -> Tables:
    """As `visible`; and where a record may have left the person's sight, because it was deleted or became somebody
    else's, its table without naming it: lists that still show it ask anew."""
    tables = await visible(db, sight, _touched(changes))
    keys = {table.id: table for table in sight.catalog}
    for change in changes:
        table = keys.get(change.table_id)
        if table is None or table.key in tables or not has_moved(table, change):
            continue
        if sight.policy.may(sight.actor, table.key, Action.READ):
            tables[table.key] = []
    return tables


def has_moved(table: Table, change: Change) -> bool:
    """Whether a record is not where it was: others may see it now than before."""
    whose = {table.settings.owner, table.settings.department}
    return change.kind in (Kind.DELETED, Kind.PURGED) or not whose.isdisjoint(change.before or {})


@router.get("/live")
async def live(
    request: Request,
    door: Annotated[Door, Depends(enter)],
    last_event_id: Annotated[str | None, Header()] = None,
) -> StreamingResponse:
    """Changes of what I may see, my calls, my notices; from now on, or from `Last-Event-ID`."""
    hub: Live = request.app.state.live
    heard = int(last_event_id) if last_event_id and last_event_id.isdigit() else None
    missed = hub.just_now if heard is None else Place(heard, None)
    return StreamingResponse(
        stream(hub, request, Listener(door), missed),
        media_type="text/event-stream",
        headers={"X-Accel-Buffering": "no"},
    )


async def stream(hub: Live, request: Request, listener: Listener, missed: Place) -> AsyncIterator[bytes]:
    hub.join(listener)
    try:
        there = hub.place
        yield b"retry: 1500\n\n"
        # What was missed is marked as heard only once it has been told: the browser may have to come again.
        yield packed("hello", {"seq": there.seq}, missed.seq)
        if missed != there:
            yield await replayed(listener.door, missed, there)
        if hub.was_rung(listener.door.actor.user_id):
            async with listener.door.begin() as db:
                yield packed("notice", await notices_of(db, listener.door.actor.user_id, limit=5))
        welcome_at = time.monotonic()
        while True:
            try:
                async with asyncio.timeout(STILL_THERE_S):
                    told = await listener.queue.get()
            except TimeoutError:
                told, welcome_at = b": still there\n\n", -STILL_THERE_S
            if told is None:
                return
            # By the clock: where something happens all the time there is no silence in which to ask.
            if time.monotonic() - welcome_at >= STILL_THERE_S:
                if not await _still_welcome(request):
                    return
                welcome_at = time.monotonic()
            yield told
    finally:
        hub.leave(listener)


async def replayed(door: Door, missed: Place, there: Place) -> bytes:
    """What happened while the browser was away or its page was loading, in one event of each kind."""
    if there.seq - missed.seq > REPLAYED or missed.seq > there.seq:
        return packed("reset", {}, there.seq)
    tables: Tables = {}
    said: Tables = {}
    async with door.begin() as db:
        position = missed.seq
        while stretch := await next_stretch(db, position):
            news = await _news(db, stretch)
            _join(tables, await changed(db, door.sight, news.changes))
            _join(said, await visible(db, door.sight, news.said))
            position = stretch.upto
        moved = await _moved(db, door.sight, missed.step)
    return (
        packed("changes", {"tables": tables}, there.seq)
        + (packed("said", {"tables": said}, there.seq) if said else b"")
        + (packed("runs", {"tables": moved}) if moved else b"")
    )


async def _moved(db: Connection, sight: Sight, step: int | None) -> Tables:
    """With which records flows went on since this step; perhaps with all when nobody knows it."""
    if step is None:
        return {
            table.key: None
            for table in sight.catalog
            if sight.policy.may(sight.actor, table.key, Action.READ)
        }
    steps = await stepped_after(db, step)
    return await visible(db, sight, [(table, record) for _, table, record in steps])


def _join(known: Tables, more: Tables) -> None:
    for key, ids in more.items():
        before = known.get(key)
        # Too many to name, or one that is not to be named: the whole table is asked anew.
        known[key] = [*(before or []), *ids] if ids and (before or key not in known) else None


async def _still_welcome(request: Request) -> bool:
    """A revoked session hears nothing more."""
    try:
        await enter(request)
    except AppError:
        return False
    return True
