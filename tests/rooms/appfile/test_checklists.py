"""Checklists of the app: written and read back alike, faults told at their place, followed step by step on upgrade."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rooms.appfile.shipped import APP, FILES
from tuoke.appfile.apply import apply_app
from tuoke.appfile.document import app_of, document_of
from tuoke.appfile.parts.checklists import Checklists
from tuoke.appfile.plan import PutPart
from tuoke.appfile.read import folder_files, read_app
from tuoke.appfile.shipped import is_sample, read_sample, shipped_apps
from tuoke.checklists.definition import ChecklistDefinition
from tuoke.checklists.store import stored_checklists
from tuoke.kit.database import Connection
from tuoke.kit.errors import Invalid, NotFound

FILE = "checklists/first_call.yaml"
TEXT = FILES[FILE].decode()


@pytest.mark.parametrize(
    ("old", "new", "place", "what"),
    [
        ("table: lead}\n    sample", "table: leads}\n    sample", "steps.leads.open.table", "leads"),
        ("view: pool", "view: pond", "steps.own.open.view", "pond"),
        ("page: workbench", "page: desk", "steps.call.open", "workbench"),
        ("{page: people, role: rep}", "{page: people, role: seller}", "steps.team.open.role", "seller"),
        ("{kind: people, role: rep}", "{kind: people, role: seller}", "steps.team.done.0.role", "seller"),
        ("field: wrap_up, op", "field: wrapped, op", "steps.wrap_up.done.0.filter", "wrapped"),
        ("value: saved", "value: written", "steps.wrap_up.done.0.filter", "written"),
        ("sample: leads.xlsx", "sample: clients.xlsx", "steps.leads.sample", "clients.xlsx"),
        ("sample: leads.xlsx", "sample: ../roles.yaml", "steps.leads.sample", "expected form"),
        ("key: own", "key: leads", "steps", "two steps"),
    ],
)
def test_a_fault_is_told_with_file_line_step_and_what_is_wrong(old: str, new: str, place: str, what: str):
    assert old in TEXT
    with pytest.raises(Invalid) as told:
        read_app({**FILES, FILE: TEXT.replace(old, new, 1).encode()})

    found = {at.partition(" ")[2]: words for at, words in told.value.fields.items()}
    assert any(at.startswith(f"{FILE}:") for at in told.value.fields)
    at = next((each for each in found if each.startswith(place)), None)
    assert at is not None, found
    assert what in found[at].in_("en")


_name = st.builds(lambda text: {"zh": text, "en": text}, st.text(min_size=1, max_size=20))
_place = st.sampled_from(
    [
        {"page": "workbench"},
        {"page": "people", "role": "rep"},
        {"page": "import", "table": "lead"},
        {"page": "list", "table": "lead"},
        {"page": "list", "table": "lead", "view": "pool"},
    ]
)
_fact = st.sampled_from(
    [
        {"kind": "people", "role": "rep"},
        {"kind": "records", "table": "lead", "at_least": 3},
        {"kind": "records", "table": "lead", "filter": {"field": "owner", "op": "eq", "value": "@me"}},
    ]
)
_step = st.fixed_dictionaries(
    {"label": _name, "help": _name, "button": _name, "open": _place, "done": st.lists(_fact, min_size=1, max_size=3)},
    optional={"sample": st.just("leads.xlsx")},
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(_step, min_size=1, max_size=5), _name)
def test_what_is_written_reads_back_as_it_was(steps: list[dict[str, Any]], label: dict[str, str]):
    keyed = [{"key": f"step_{at}", **step} for at, step in enumerate(steps)]
    written = ChecklistDefinition.model_validate(
        {"key": "first", "label": label, "finished": label, "steps": keyed}
    )
    part = Checklists()

    assert part.model(part.plain(written)) == written
    assert ChecklistDefinition.model_validate(part.text(written)) == written


async def test_a_new_workspace_has_the_shipped_list_and_applying_it_again_changes_nothing(db: Connection):
    await apply_app(db, APP)

    assert await stored_checklists(db) == list(APP.parts["checklists"])
    assert (await apply_app(db, APP)).is_empty


async def test_an_upgrade_brings_a_new_step(db: Connection):
    await apply_app(db, APP)
    document = document_of(APP)
    step = document["checklists"][0]["steps"][-1]
    document["checklists"][0]["steps"].append({"key": "more", "content": {**step["content"], "key": "more"}})

    plan = await apply_app(db, app_of(APP.info, document))

    assert [type(step) for step in plan.steps] == [PutPart]
    [found] = await stored_checklists(db)
    assert [step.key for step in found.steps] == ["team", "leads", "own", "call", "wrap_up", "more"]


async def test_an_app_without_a_list_leaves_none(db: Connection):
    document = document_of(APP)
    document["checklists"] = []

    await apply_app(db, app_of(APP.info, document))

    assert await stored_checklists(db) == []


def test_samples_are_shipped_beside_the_text_of_the_app_and_are_no_part_of_it():
    [app] = shipped_apps()

    assert not any(path.startswith("samples/") for path in folder_files(app))
    assert read_sample("leads.xlsx").startswith(b"PK")
    assert not is_sample("../roles.yaml")
    with pytest.raises(NotFound):
        read_sample("../roles.yaml")
