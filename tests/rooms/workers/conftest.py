"""A world over a database of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from tuoke.access.world import World
from tuoke.kit.database import Engine
from tuoke.kit.settings import Settings


@pytest.fixture(autouse=True)
def _log_quietly() -> Iterator[None]:
    """Drawing a traceback in colours would hold up the loop that these tests measure."""
    with structlog.testing.capture_logs():
        yield


@pytest.fixture
def world(fresh_workspace: Engine, tmp_path: Path) -> World:
    return World(fresh_workspace, Settings(tmp_path, address(fresh_workspace)))


def address(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False).replace("+asyncpg", "")
