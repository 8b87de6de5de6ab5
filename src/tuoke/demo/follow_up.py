"""A follow-up and what the product makes of it: to-dos, next times, grades, stages."""

from __future__ import annotations

from typing import Any

from tuoke.demo import response, writing
from tuoke.demo.book import Person, Row
from tuoke.demo.scene import Party, Scene
from tuoke.demo.verdicts import Verdict


def write(
    scene: Scene, rep: Person, party: Party, at: float, verdict: Verdict, until: float | None, kind: str
) -> Row:
    """The record of a contact. The same effects as in tables/activity.yaml."""
    lead = party.lead if party.account is None else None
    if lead is not None and verdict.stage is not None:
        # The wrap-up sets the stage before the follow-up is saved.
        scene.book.change(lead, at, rep, status=verdict.stage, **_need(party, verdict))
    content = party.facts.write(scene.random, _texts(verdict, kind))
    if until is not None and scene.chance(0.6):
        content += writing.promised(until, at, scene.shifts.zone)
    about = {"lead": lead, "account": party.account, "contact": party.contact, "opportunity": party.deal}
    activity = scene.book.create(
        "activity", at, rep, content=content, kind=kind, result=verdict.result, intent=verdict.intent,
        next_follow_at=until, happened_at=at, owner=rep, department=rep.department, **about,
    )  # fmt: skip
    _promise(scene, rep, party, at, until, {**about, "activity": activity, "remark": content})
    for row in (lead, party.account, party.deal):
        if row is not None:
            scene.book.change(row, at, rep, last_follow_at=at, next_follow_at=until)
    if lead is not None:
        response.answer(scene, rep, party, lead, at, verdict.result)
        _grade(scene, rep, lead, at, verdict.intent)
    return activity


def _texts(verdict: Verdict, kind: str) -> tuple[str, ...]:
    return {"wechat": writing.WECHAT, "visit": writing.VISIT}.get(kind, verdict.texts)


def _need(party: Party, verdict: Verdict) -> dict[str, Any]:
    return {"need": party.facts.need()} if verdict.intent == "A" else {}


def _grade(scene: Scene, rep: Person, lead: Row, at: float, intent: str | None) -> None:
    if intent is not None:
        scene.book.change(lead, at, rep, grade=intent)
    if lead["status"] == "new":
        scene.book.change(lead, at, rep, status="following")


def _promise(
    scene: Scene, rep: Person, party: Party, at: float, until: float | None, about: dict[str, Any]
) -> None:
    """The old promise is kept, the new one becomes a to-do."""
    if party.task is not None:
        scene.book.change(party.task, at, rep, status="done")
        party.task = None
    if until is not None:
        party.task = scene.book.create(
            "task", at, rep, title="回访客户", kind="follow_up", status="open", priority="normal", due_at=until,
            owner=rep, department=rep.department, **about,
        )  # fmt: skip


def promise_deal(scene: Scene, rep: Person, party: Party, at: float, until: float) -> None:
    """The next step with a new opportunity, set by hand."""
    about = {"account": party.account, "contact": party.contact, "opportunity": party.deal}
    _promise(scene, rep, party, at, until, about)


def close(scene: Scene, rep: Person, party: Party, at: float, **lead: Any) -> None:
    """Nothing more is due with this lead."""
    assert party.lead is not None
    scene.book.change(party.lead, at, rep, next_follow_at=None, **lead)
    if party.task is not None:
        scene.book.change(party.task, at, rep, status="cancelled")
        party.task = None


def give_back(scene: Scene, rep: Person, party: Party, at: float) -> None:
    reason = "多次未接通" if party.tries else scene.random.choice(writing.RETURN_REASONS[1:])
    close(scene, rep, party, at, owner=None, return_reason=reason)
