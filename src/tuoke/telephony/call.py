"""The life of a call as a table: (state, event) -> state. Pure; carriers are elsewhere."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    REQUESTED = "requested"
    """Asked for; the provider has not heard of it yet."""
    DIALING = "dialing"
    RINGING = "ringing"
    TALKING = "talking"
    ENDED = "ended"


class Event(StrEnum):
    DIALED = "dialed"
    RANG = "rang"
    ANSWERED = "answered"
    HUNG_UP = "hung_up"


class Outcome(StrEnum):
    """How a call ended."""

    CONNECTED = "connected"
    VOICEMAIL = "voicemail"
    BUSY = "busy"
    NO_ANSWER = "no_answer"
    INVALID = "invalid"
    CANCELLED = "cancelled"
    """We hung up before anybody answered."""
    FAILED = "failed"
    """The line or the provider; says nothing about the customer."""


NEXT: dict[tuple[State, Event], State] = {
    (State.REQUESTED, Event.DIALED): State.DIALING,
    (State.REQUESTED, Event.RANG): State.RINGING,
    (State.REQUESTED, Event.ANSWERED): State.TALKING,
    (State.DIALING, Event.RANG): State.RINGING,
    (State.DIALING, Event.ANSWERED): State.TALKING,
    (State.RINGING, Event.ANSWERED): State.TALKING,
} | {(state, Event.HUNG_UP): State.ENDED for state in State}


def after(state: State, event: Event) -> State:
    """The next state. An event that does not fit is ignored: carriers' events arrive late and twice."""
    return NEXT.get((state, event), state)


def is_live(state: State) -> bool:
    return state is not State.ENDED


def outcome_of(state: State, cause: Outcome | None, ended_by_us: bool) -> Outcome:
    """How a call that was in `state` when it was hung up ended. Who was talking was connected, whatever the
    carrier says of the cause."""
    if cause is Outcome.VOICEMAIL:
        return cause
    if state is State.TALKING:
        return Outcome.CONNECTED
    if ended_by_us:
        return Outcome.CANCELLED
    return cause if cause is not None and cause is not Outcome.CONNECTED else Outcome.FAILED
