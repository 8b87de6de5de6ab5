"""A checklist as an app file writes it. Unknown keys are refused, never dropped."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, field_validator

from tuoke.schema.model import KEY, Label

KEY_PATTERN = f"^{KEY.pattern}$"
MOST_STEPS = 9
SAMPLE_PATTERN = r"^[a-z0-9][a-z0-9_-]*\.(xlsx|csv)$"


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Sentence(Strict):
    """A line or two in both languages."""

    zh: str = Field(min_length=1, max_length=120)
    en: str = Field(min_length=1, max_length=240)


# --- facts ----------------------------------------------------------------------------------------


class Records(Strict):
    """There are so many records that match."""

    kind: Literal["records"]
    table: str
    filter: dict[str, Any] | None = None
    """A filter tree; absent = any record."""
    at_least: int = Field(default=1, ge=1, le=100)


class People(Strict):
    """There are so many people of a role, each in a department: without one nobody gets any work."""

    kind: Literal["people"]
    role: str
    at_least: int = Field(default=1, ge=1, le=100)


Fact: TypeAlias = Annotated[Records | People, Field(discriminator="kind")]


# --- where a step's button leads ------------------------------------------------------------------


class OpenPeople(Strict):
    """A new person of this role; before him a department, where there is none yet."""

    page: Literal["people"]
    role: str


class OpenImport(Strict):
    page: Literal["import"]
    table: str


class OpenList(Strict):
    page: Literal["list"]
    table: str
    view: str | None = None
    """Key of a shipped view; absent = the one the list begins with."""


class OpenWorkbench(Strict):
    page: Literal["workbench"]


Place: TypeAlias = Annotated[OpenPeople | OpenImport | OpenList | OpenWorkbench, Field(discriminator="page")]


# --- the list -------------------------------------------------------------------------------------


class Step(Strict):
    key: str = Field(pattern=KEY_PATTERN)
    label: Label
    help: Sentence
    """Why, in a line."""
    button: Label
    open: Place
    sample: str | None = Field(default=None, pattern=SAMPLE_PATTERN)
    """A file of the app's `samples/` folder to do the step with."""
    done: list[Fact] = Field(min_length=1, max_length=5)
    """Ticked as soon as one of these holds."""


class ChecklistDefinition(Strict):
    """The way in: `checklists/<key>.yaml` of an app."""

    key: str = Field(pattern=KEY_PATTERN)
    label: Label
    finished: Sentence
    """What is said when the last step is done."""
    steps: list[Step] = Field(min_length=1, max_length=MOST_STEPS)

    @field_validator("steps")
    @classmethod
    def _keys_once(cls, steps: list[Step]) -> list[Step]:
        keys = [step.key for step in steps]
        if len(keys) > len(set(keys)):
            twice = next(key for key in keys if keys.count(key) > 1)
            raise ValueError(f"{twice}: two steps have this key / 两个步骤用了同一个编码")
        return steps
