"""What docs/howto/checklists.md shows works as it stands there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from tests.rooms.appfile.shipped import FILES
from tuoke.appfile.read import read_app
from tuoke.kit.errors import Invalid

FILE = "checklists/first_call.yaml"
PAGE = (Path(__file__).parents[3] / "docs" / "howto" / "checklists.md").read_text(encoding="utf-8")


def test_the_step_shown_can_be_added_to_the_shipped_list():
    [step] = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.M | re.S)
    written = yaml.safe_load(FILES[FILE])
    written["steps"].append(yaml.safe_load(step))

    app = read_app({**FILES, FILE: yaml.safe_dump(written, allow_unicode=True).encode()})

    assert [step.key for step in app.parts["checklists"][0].steps][-1] == "products"


def test_the_fault_shown_is_the_fault_told():
    broken = FILES[FILE].decode().replace("view: pool", "view: pond")

    with pytest.raises(Invalid) as told:
        read_app({**FILES, FILE: broken.encode()})

    [(place, words)] = told.value.fields.items()
    assert f"{place}: {words.in_('en')}" in PAGE
