"""A house with its worker, for journeys that need no process of their own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.office import Office, open_office
from tuoke.kit.database import Engine


@pytest_asyncio.fixture
async def office(firm_workspace: Engine, tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(firm_workspace, tmp_path) as opened:
        yield opened
