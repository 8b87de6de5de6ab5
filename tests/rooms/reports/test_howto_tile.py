"""What docs/howto/add-a-tile.md shows works as it stands there."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import yaml

from tests.rooms.appfile.shipped import APP
from tuoke.appfile.check import table_of
from tuoke.reports.check import all_seeing, check_dashboard
from tuoke.reports.definition import DashboardDefinition

PAGE = (Path(__file__).parents[3] / "docs" / "howto" / "add-a-tile.md").read_text(encoding="utf-8")
EVERYBODY = all_seeing({t.key: table_of(t) for t in APP.tables}, {role.key for role in APP.roles})


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.M | re.S)


def faults(*tiles: dict[str, Any]) -> list[Any]:
    label = {"zh": "页", "en": "Page"}
    page = DashboardDefinition.model_validate({"key": "page", "label": label, "tiles": list(tiles)})
    return list(check_dashboard(page, EVERYBODY))


def test_the_tile_shown_fits_the_app():
    [tile] = [json.loads(block) for block in blocks("json")]

    assert faults(tile) == []
    assert faults({**tile, "period": "nope"}) != []


def test_the_measures_shown_fit_the_app():
    [tile] = [json.loads(block) for block in blocks("json")]
    bare = {key: value for key, value in tile.items() if key != "filter"}
    rate, waiting = [yaml.safe_load(block) for block in blocks("yaml")]

    assert faults({**bare, "table": "call", "period": "started_at", **rate}) == []
    assert faults({**bare, "table": "lead", "period": "created_at", **waiting}) == []
