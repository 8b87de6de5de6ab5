"""How soon somebody who asked was spoken to. The same clock as in flows/first_response.yaml."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from tuoke.demo.book import Person, Row
from tuoke.demo.scene import Party, Scene

EFFECTIVE_S = 60
_HOURS = 2
_NO_CLOCK = ("list", "other")
"""Nobody on a bought list is waiting for our call."""
_NOBODY = ("no_answer", "wrong_number")
_TOLD_DAYS = 2


def clock(scene: Scene, at: float, source: str, rep: Person | None) -> dict[str, Any]:
    """What a lead that has an owner begins with."""
    if rep is None or source in _NO_CLOCK:
        return {}
    return {"first_response": "waiting", "first_response_due": scene.shifts.after_hours(at, _HOURS)}


def answer(scene: Scene, rep: Person, party: Party, lead: Row, at: float, result: str) -> None:
    """A conversation: the first one stops the clock."""
    if result in _NOBODY or lead["first_response_at"] is not None:
        return
    values: dict[str, Any] = {"first_response_at": party.answered or at}
    if lead["first_response"] == "waiting":
        values["first_response"] = "in_time" if at <= lead["first_response_due"] else "late"
    scene.book.change(lead, at, rep, **values)


def run_out(scene: Scene) -> None:
    """Clocks that have run out by now; team leads hear of the newest."""
    told = scene.shifts.at(scene.shifts.today - timedelta(days=_TOLD_DAYS), time(0))
    by = scene.firm.administrator
    for lead in scene.book.rows["lead"]:
        due = lead["first_response_due"]
        if (
            lead["first_response"] != "waiting"
            or due > scene.now
            or lead["status"] in ("converted", "invalid")
        ):
            continue
        at = max(due, lead.touched)
        scene.book.change(lead, at, by, first_response="overdue")
        if due >= told and lead["owner"] is not None:
            _tell(scene, lead, at)


def _tell(scene: Scene, lead: Row, at: float) -> None:
    owner = lead["owner"]
    [team] = [team for team in scene.firm.teams if team.department is lead["department"]]
    name = lead["name"] or lead["company"] or lead["phone"]
    scene.book.create(
        "task", at, scene.firm.administrator, title=f"超过2小时未首次联系，请督促或改派：{name}（{owner.name}）", kind="overdue",
        status="open", priority="high", due_at=scene.shifts.at(scene.shifts.day_of(at), time(23, 59)), lead=lead,
        owner=team.lead, department=team.department,
    )  # fmt: skip
