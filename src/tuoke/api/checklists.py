"""The door to checklists: what a new administrator has done and what comes next. For administrators."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, ConfigDict

from tuoke.api.answers import answer
from tuoke.api.door import Door, enter_as_administrator
from tuoke.appfile.shipped import read_sample
from tuoke.checklists.definition import ChecklistDefinition, Place, Sentence
from tuoke.checklists.store import bring_back, dismiss, dismissed_by, read_checklist
from tuoke.checklists.ticks import Ticked, ticked
from tuoke.kit.errors import NotFound
from tuoke.kit.words import say
from tuoke.schema.model import Label

router = APIRouter(prefix="/checklists", tags=["checklists"])

Administrator = Annotated[Door, Depends(enter_as_administrator)]


class StepAnswer(BaseModel):
    key: str
    label: Label
    help: Sentence
    button: Label
    open: Place
    """Which screen the button leads to."""
    sample: str | None
    """A file to do the step with: `GET /checklists/{key}/samples/{sample}`."""
    done: bool


class ChecklistAnswer(BaseModel):
    key: str
    label: Label
    finished: Sentence
    steps: list[StepAnswer]
    dismissed: bool
    """Whether I have put it away."""


class ChecklistChange(BaseModel):
    model_config = ConfigDict(extra="forbid")
    dismissed: bool


@router.get("/{key}", response_model=ChecklistAnswer)
async def checklist(key: str, door: Administrator) -> Response:
    """The steps in their order. Each is ticked by the records and people there are, not by who says so."""
    async with door.begin() as db:
        definition = await read_checklist(db, key)
        steps = await ticked(db, door.sight, definition)
        away = await dismissed_by(db, door.actor.user_id)
    return answer(_told(definition, steps, dismissed=key in away))


@router.patch("/{key}", status_code=204)
async def change(key: str, body: ChecklistChange, door: Administrator) -> Response:
    """Put it away for oneself, or bring it back."""
    act = dismiss if body.dismissed else bring_back
    async with door.begin() as db:
        await act(db, key, door.actor.user_id)
    return Response(status_code=204)


@router.get("/{key}/samples/{sample}")
async def sample_file(key: str, sample: str, door: Administrator) -> Response:
    """A file to do a step with, as the app brings it along."""
    async with door.begin() as db:
        definition = await read_checklist(db, key)
    if all(step.sample != sample for step in definition.steps):
        raise NotFound(say("没有这个示例文件", "There is no such sample"), sample=sample)
    headers = {"Content-Disposition": f'attachment; filename="{sample}"'}
    return Response(read_sample(sample), media_type="application/octet-stream", headers=headers)


def _told(definition: ChecklistDefinition, steps: list[Ticked], *, dismissed: bool) -> dict[str, Any]:
    return {
        **definition.model_dump(mode="json", include={"key", "label", "finished"}),
        "steps": [
            {**one.step.model_dump(mode="json", exclude={"done"}), "done": one.is_done} for one in steps
        ],
        "dismissed": dismissed,
    }
