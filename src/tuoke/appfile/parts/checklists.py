from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tuoke.appfile.part import WHOLE, Around, Part
from tuoke.appfile.shipped import is_sample
from tuoke.checklists.check import check_checklist
from tuoke.checklists.definition import ChecklistDefinition
from tuoke.checklists.store import save_checklist, stored_checklists
from tuoke.kit.database import Connection
from tuoke.kit.words import say
from tuoke.records.written import Finding


class Checklists(Part):
    """First steps of a new administrator. Step by step they follow an upgrade."""

    type, label, Model = "checklists", say("清单", "checklist"), ChecklistDefinition

    def check(self, written: ChecklistDefinition, around: Around) -> Iterator[Finding]:
        yield from check_checklist(written, around.tables, around.roles)
        for at, step in enumerate(written.steps):
            if step.sample is not None and not is_sample(step.sample):
                lost = say("samples/ 里没有「{file}」", "There is no {file!r} in samples/", file=step.sample)
                yield ("steps", at, "sample"), lost

    def plain(self, written: ChecklistDefinition) -> dict[str, Any]:
        said = self.text(written)
        steps = [{"key": step["key"], WHOLE: step} for step in said.pop("steps")]
        return {**said, "steps": steps}

    def model(self, plain: Mapping[str, Any]) -> ChecklistDefinition:
        steps = [each[WHOLE] for each in plain["steps"]]
        return ChecklistDefinition.model_validate({**plain, "steps": steps})

    def text(self, written: ChecklistDefinition) -> dict[str, Any]:
        return written.model_dump(mode="json", exclude_defaults=True)

    async def stored(self, db: Connection) -> Iterable[ChecklistDefinition]:
        return await stored_checklists(db)

    async def put(self, db: Connection, written: ChecklistDefinition, source: str) -> None:
        await save_checklist(db, written, source=source)
