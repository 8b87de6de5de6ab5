"""A rep's day at the telephone: whom he calls when, what comes of it, and the follow-up he writes."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field
from datetime import date
from heapq import heappop, heappush

from tuoke.demo import deals, follow_up, response, verdicts
from tuoke.demo.book import Person, Row
from tuoke.demo.people import Team
from tuoke.demo.scene import Party, Scene
from tuoke.demo.verdicts import Act

_QUOTA = 40
_CLAIMS = 12
"""Most leads taken from the pool on one day."""
_WRAP_UP_S = 75
_SIGMA = math.sqrt(math.log(1 + 1.1**2))
_MISSED = (("no_answer", 66), ("busy", 17), ("voicemail", 11), ("cancelled", 5), ("failed", 1))


@dataclass(slots=True, eq=False)
class Desk:
    """What one rep has before him."""

    rep: Person
    team: Team
    fresh: deque[Party] = field(default_factory=deque[Party])
    """Who has asked for us and has not been called yet."""
    listed: deque[Party] = field(default_factory=deque[Party])
    """Who stands on a bought list and has not been called yet."""
    due: list[tuple[float, int, Party]] = field(default_factory=list[tuple[float, int, Party]])
    claimed: int = 0
    _count: int = 0

    def wait(self, party: Party, until: float) -> None:
        self._count += 1
        heappush(self.due, (until, self._count, party))


@dataclass(frozen=True, slots=True)
class Fate:
    outcome: str
    ring: float
    talk: float

    @property
    def length(self) -> float:
        return self.ring + self.talk


def work(scene: Scene, desk: Desk, day: date) -> None:
    """One day of calls, one after the other, inside the shift; on the last day up to now."""
    quota = max(3, round(scene.random.gauss(_QUOTA * desk.rep.pace, 4)))
    gap = max(60.0, 26_500 / quota - 95)
    desk.claimed = 0
    free = scene.shifts.stretches(day)[0][0] + scene.random.uniform(60, 700)
    for _ in range(quota):
        chosen = _next(scene, desk, day, free)
        if chosen is None:
            return
        party, earliest = chosen
        fate = _fate(scene, party, max(free, earliest))
        start = scene.shifts.room(day, max(free, earliest), fate.length + _WRAP_UP_S)
        if start is None or start + fate.length + _WRAP_UP_S > scene.now:
            desk.wait(party, max(earliest, scene.shifts.stretches(day)[0][0]))
            return
        free = _meet(scene, desk, party, fate, start) + scene.random.expovariate(1 / gap)


def _next(scene: Scene, desk: Desk, day: date, free: float) -> tuple[Party, float] | None:
    """Whom to call, and not before when: what is due, what is new, then somebody from the pool."""
    closes = scene.shifts.stretches(day)[-1][1]
    is_due = bool(desk.due) and desk.due[0][0] <= free
    # Who has just asked is called at once: nobody buys from whoever calls back the day after.
    if desk.fresh and _arrived(desk.fresh[0]) <= free and scene.chance(0.9):
        return desk.fresh.popleft(), free
    if desk.listed and _arrived(desk.listed[0]) <= free and (not is_due or scene.chance(0.4)):
        return desk.listed.popleft(), free
    if is_due:
        return heappop(desk.due)[2], free
    claimed = _claim(scene, desk, free)
    if claimed is not None:
        return claimed, free + 20
    if desk.due and desk.due[0][0] < closes:
        at, _, party = heappop(desk.due)
        return party, at
    if desk.fresh and _arrived(desk.fresh[0]) < closes:
        party = desk.fresh.popleft()
        return party, _arrived(party) + scene.random.uniform(60, 900)
    return None


def _arrived(party: Party) -> float:
    assert party.lead is not None
    return party.lead.at


def _claim(scene: Scene, desk: Desk, at: float) -> Party | None:
    pool = scene.pools[desk.team.department.name]
    if (
        desk.claimed >= _CLAIMS
        or not pool
        or at > scene.now
        or scene.shifts.room(scene.shifts.day_of(at), at, 60) != at
    ):
        return None
    party = pool[0]
    # What came back waits a night, and its former owner leaves it to others.
    if desk.rep in party.former or party.back_at > at - 14 * 3600:
        return None
    pool.popleft()
    desk.claimed += 1
    assert party.lead is not None
    scene.book.change(party.lead, at, desk.rep, owner=desk.rep)
    party.tries = 0
    return party


# --- one call -------------------------------------------------------------------------------------


def _ready(party: Party, at: float) -> float:
    """Who has agreed on a time, or has asked within the hour, expects the call."""
    if party.task is not None:
        return 1.3
    return 1.45 if party.lead is not None and at - party.lead.at < 3600 else 1.0


def _fate(scene: Scene, party: Party, at: float) -> Fate:
    random = scene.random
    ring = sum(random.expovariate(1 / 3) for _ in range(3))
    if party.is_dead and scene.chance(0.85):
        return Fate("invalid", round(random.uniform(0.4, 1.5), 1), 0)
    if not scene.chance(min(0.93, party.answers * _ready(party, at) * 0.93**party.tries)):
        outcome = random.choices([o for o, _ in _MISSED], [w for _, w in _MISSED])[0]
        rings = {"no_answer": 26.0, "voicemail": min(25.0, ring + 12), "cancelled": ring}
        return Fate(outcome, round(rings.get(outcome, random.uniform(0.6, 2.0)), 1), 0)
    # Who knows us, or has asked, talks; a stranger from a list hangs up.
    knows_us = party.talks > 0 or (party.lead is not None and party.lead["source"] != "list")
    talk = random.lognormvariate(math.log(125 if knows_us else 85) - _SIGMA**2 / 2, _SIGMA)
    if scene.chance(0.10 if knows_us else 0.33):
        talk = random.uniform(3, 12)
    return Fate("connected", round(min(ring, 25.5), 1), round(min(max(talk, 3.0), 1500.0), 1))


def _meet(scene: Scene, desk: Desk, party: Party, fate: Fate, start: float) -> float:
    """The call, or instead of it a visit or a few lines; returns when the rep is free again."""
    if party.deal is not None and party.talks > 0:
        if scene.chance(0.10):
            return _without_call(scene, desk, party, "wechat", start)
        if scene.chance(0.04):
            return _without_call(scene, desk, party, "visit", start)
    start = round(start, 3)
    ended = round(start + fate.length, 3)
    call = scene.book.create("call", start, desk.rep, **_call(desk.rep, party, fate, start, ended))
    call.touched = ended
    if fate.outcome == "connected":
        party.tries, party.talks = 0, party.talks + 1
        party.answered = call["answered_at"] if fate.talk > response.EFFECTIVE_S else None
        after = round(ended + scene.random.uniform(14, 60), 3)
        call.values["wrap_up"] = "saved"
        call.touched = after
        call.values["activity"] = _wrap_up(scene, desk, party, after, fate.talk)
        return after
    party.tries += 1
    return _missed(scene, desk, party, fate, round(ended + scene.random.uniform(4, 12), 3))


def _call(rep: Person, party: Party, fate: Fate, start: float, ended: float) -> dict[str, object]:
    # A number that answers nothing any more has no talk; a rejected dial has no answer.
    answered = round(start + fate.ring, 3) if fate.outcome == "connected" else None
    return {
        "number": party.number,
        "direction": "outbound",
        "state": "ended",
        "outcome": fate.outcome,
        "started_at": start,
        "answered_at": answered,
        "ended_at": ended,
        "ring_seconds": fate.ring,
        "talk_seconds": fate.talk,
        "provider": "twin",
        "lead": party.lead if party.account is None else None,
        "account": party.account,
        "contact": party.contact,
        "opportunity": party.deal,
        "owner": rep,
        "department": rep.department,
    }


def _without_call(scene: Scene, desk: Desk, party: Party, kind: str, start: float) -> float:
    _wrap_up(scene, desk, party, round(start + 60, 3), 120.0, kind)
    return start + (7200 if kind == "visit" else 240)


def _wrap_up(scene: Scene, desk: Desk, party: Party, at: float, talk: float, kind: str = "call") -> Row:
    """Judge what was said, write it down, and do what follows."""
    if party.deal is not None:
        verdict = deals.judge(scene, party, desk.rep, talk)
    elif party.account is not None:
        verdict = verdicts.aftercare(scene, party, talk)
    else:
        verdict = verdicts.judge(scene, party, desk.rep, talk)
    until = None if verdict.days is None else scene.shifts.later(at, verdict.days, scene.random)
    activity = follow_up.write(scene, desk.rep, party, at, verdict, until, kind)
    later = round(at + scene.random.uniform(5, 14), 3)
    match verdict.act:
        case Act.GIVE_BACK:
            _give_back(scene, desk, party, later)
        case Act.CONVERT:
            until = deals.convert(scene, desk.rep, party, later)
        case Act.ANOTHER:
            until = deals.another(scene, desk.rep, party, later)
        case Act.MOVE:
            until = deals.move(scene, desk.rep, party, later, verdict.stage or "", until)
        case Act.NONE:
            pass
    if until is not None:
        desk.wait(party, until)
    return activity


def _missed(scene: Scene, desk: Desk, party: Party, fate: Fate, at: float) -> float:
    """Nobody answered: try again another time, or give up."""
    if party.account is None and fate.outcome == "invalid":
        follow_up.close(scene, desk.rep, party, at, status="invalid")
        return at
    if party.account is None and party.tries >= (6 if party.is_warm else 3) and scene.chance(0.4):
        _give_back(scene, desk, party, at)
        return at
    if party.talks == 0 and party.tries < 3 and scene.chance(0.8):
        # Not reached yet: once more after an hour or two, without writing anything.
        desk.wait(party, at + scene.random.uniform(2400, 9000))
        return at
    until = scene.shifts.later(at, scene.random.choice((1, 1, 2, 3)), scene.random)
    if party.tries >= 7 and party.deal is not None:
        deals.give_up(scene, desk.rep, party, at)
        return at
    if scene.chance(0.96 if party.task is not None else 0.3):
        follow_up.write(scene, desk.rep, party, at, verdicts.NOBODY, until, "call")
    desk.wait(party, until)
    return at


def _give_back(scene: Scene, desk: Desk, party: Party, at: float) -> None:
    follow_up.give_back(scene, desk.rep, party, at)
    party.former.add(desk.rep)
    party.back_at = at
    scene.pools[desk.team.department.name].append(party)
