"""What docs/howto shows works as it stands there."""

from __future__ import annotations

import inspect
import json
import re
from pathlib import Path
from types import ModuleType
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.house import open_house
from tests.rooms.appfile.shipped import FILES
from tuoke.appfile.read import read_app
from tuoke.kit.database import Engine
from tuoke.kit.errors import Invalid
from tuoke.schema.field_type import FieldType, help_of

HOWTO = Path(__file__).parents[3] / "docs" / "howto"


def blocks(page: str, language: str) -> list[str]:
    text = (HOWTO / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.M | re.S)


def test_the_table_shown_can_be_added_to_the_app():
    table, grant = blocks("add-a-table.md", "yaml")
    indented = "".join(f"      {line}\n" for line in grant.splitlines())

    app = read_app(
        {
            **FILES,
            "tables/trial_lesson.yaml": table.encode(),
            "roles.yaml": FILES["roles.yaml"].rstrip() + b"\n" + indented.encode(),
        }
    )

    assert "trial_lesson" in {t.key for t in app.tables}
    assert "trial_lesson" in app.roles[-1].grants[-1].tables


def test_the_fault_shown_is_the_fault_told():
    table = blocks("add-a-table.md", "yaml")[0].replace(
        "[name, held_at, lead, owner]", "[name, held, lead, owner]"
    )

    with pytest.raises(Invalid) as told:
        read_app({**FILES, "tables/trial_lesson.yaml": table.encode()})

    [(place, words)] = told.value.fields.items()
    assert f"{place}: {words.in_('en')}" in (HOWTO / "add-a-table.md").read_text(encoding="utf-8")


async def test_the_table_shown_can_be_made_over_the_api(firm_workspace: Engine, tmp_path: Path):
    [body] = blocks("add-a-table.md", "json")
    async with open_house(firm_workspace, tmp_path) as house:
        await house.admin.post("/tables", json.loads(body))
        made = await house.admin.post(
            "/tables/trial_lesson/records", {"name": "小明", "phone": "13800000001"}
        )

    assert len(made["ids"]) == 1


def test_the_flow_shown_can_be_added_to_the_app():
    [flow] = blocks("flows.md", "yaml")

    app = read_app({**FILES, "flows/chase_quote.yaml": flow.encode()})

    assert "chase_quote" in {written.key for written in app.parts["flows"]}


def test_the_fault_of_a_flow_shown_is_the_fault_told():
    flow = blocks("flows.md", "yaml")[0].replace("table: task\n", "table: tasks\n")

    with pytest.raises(Invalid) as told:
        read_app({**FILES, "flows/chase_quote.yaml": flow.encode()})

    [(place, words)] = told.value.fields.items()
    assert f"{place}: {words.in_('en')}" in (HOWTO / "flows.md").read_text(encoding="utf-8")


async def test_the_calendar_shown_can_be_kept(firm_workspace: Engine, tmp_path: Path):
    [body] = blocks("flows.md", "json")
    async with open_house(firm_workspace, tmp_path) as house:
        kept = await house.admin.patch("/workspace/calendar", json.loads(body))

    assert kept["holidays"] == ["2026-12-24"]
    assert kept["hours"]["sat"] == [["09:00", "12:00"]]


def field_type_shown() -> Any:
    [code] = blocks("add-a-field-type.md", "python")
    module = ModuleType("rating")
    exec(compile(code, "rating.py", "exec"), module.__dict__)
    [kind] = [
        c
        for c in vars(module).values()
        if inspect.isclass(c) and issubclass(c, FieldType) and c is not FieldType
    ]
    return kind()


def test_the_field_type_shown_keeps_the_contract():
    kind = field_type_shown()
    options, samples = kind.Options(), kind.samples()

    assert help_of(kind).zh.startswith("几颗星")
    for raw, stored in samples.valid.values():
        assert kind.render(kind.parse(raw, options), options) == stored
    for cell, stored in samples.cells.values():
        assert kind.read(cell, options, ZoneInfo("Asia/Shanghai")) == stored


@pytest.mark.parametrize("bad", [0, 6, 2.5, True, "good"])
def test_the_field_type_shown_refuses_what_it_says(bad: Any):
    kind = field_type_shown()

    with pytest.raises(Invalid):
        kind.parse(bad, kind.Options())
