"""The licence check bites."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

_SCRIPT = Path(__file__).parents[1] / "scripts" / "licences.py"
_spec = importlib.util.spec_from_file_location("licences", _SCRIPT)
assert _spec
assert _spec.loader
licences = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(licences)


@pytest.mark.parametrize(
    "said", ["MIT", "BSD License", "MPL-2.0 AND (Apache-2.0 OR MIT)", "EPL-2.0 OR MIT", "Apache Software License; MIT License"]
)  # fmt: skip
def test_what_may_be_shipped(said: str) -> None:
    assert licences.allowed(said)


@pytest.mark.parametrize(
    "said",
    ["GPL-3.0", "AGPL-3.0-only", "GNU General Public License v3 (GPLv3)", "MIT AND GPL-2.0", "(MIT OR Apache-2.0) AND AGPL-3.0",
     "UNKNOWN", "UNLICENSED", "SEE LICENSE IN LICENSE", "LGPL-3.0", "MIT License; GNU Affero General Public License", ""],
)  # fmt: skip
def test_what_may_not(said: str) -> None:
    assert not licences.allowed(said)
