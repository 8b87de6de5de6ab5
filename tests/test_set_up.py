"""From nothing to a built product with the Node that comes in a wheel, as on a machine without Node."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
_spec = importlib.util.spec_from_file_location("node", ROOT / "scripts" / "node.py")
assert _spec
assert _spec.loader
node = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(node)


@pytest.mark.parametrize("version", ["v20.19.0", "v20.20.2", "v22.12.0", "v24.19.0"])
def test_a_node_that_vite_runs_on_is_used(version: str) -> None:
    assert node.good(version)


@pytest.mark.parametrize("version", ["v18.20.0", "v20.18.3", "v21.7.0", "v22.11.0", ""])
def test_an_older_one_is_not(version: str) -> None:
    assert not node.good(version)


def test_the_lock_files_name_no_registry() -> None:
    locked = [*ROOT.glob("requirements*.txt"), ROOT / "web" / "package-lock.json"]

    assert len(locked) >= 4
    for path in locked:
        # A funding page or a bug tracker is an address too, but only these lines say where to fetch.
        text = path.read_text(encoding="utf-8")
        assert '"resolved": "http' not in text, path
        assert not re.search(
            r"^\s*(-i|-f|--index-url|--extra-index-url|--find-links)\b|@ https?:", text, re.M
        ), path


@pytest.mark.soak
def test_without_node_the_one_from_the_wheel_builds_the_web_app(tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)

    for _ in range(2):
        made = subprocess.run(
            [sys.executable, "scripts/set_up.py", "product", "web"],
            cwd=clone, env={**os.environ, "TUOKE_NODE": "wheel"}, capture_output=True, text=True,
        )  # fmt: skip
        assert made.returncode == 0, made.stderr

    assert made.stderr == ""
    assert (clone / "src/tuoke/static/app/index.html").exists()
    assert (clone / ".venv/node-bin/npm").exists()
    said = subprocess.run(
        [clone / ".venv/bin/tuoke", "version"], capture_output=True, text=True, check=True
    ).stdout
    assert said.startswith("tuoke ")
