"""One real PostgreSQL for the whole run: the product's own launcher, migrations and engine."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, settings

from tests.house import found_firm
from tuoke.kit import pg
from tuoke.kit.database import Connection, Engine, make_engine, migrate

# A busy machine is not a broken law.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

# Tests lose nothing in a power cut, so they need not wait for the disk.
_FAST = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "shared_buffers": "128MB",
    "autovacuum": "off",
    "max_wal_size": "1GB",
}
_TEMPLATE = "tuoke_template"
_FIRM = "tuoke_firm"
_numbers = count(1)
_LONGEST = (
    "e2e/test_day_on_the_phone.py",
    "e2e/test_installed.py",
    "e2e/test_screens.py",
    "rooms/main/test_serve.py",
    "journeys/test_fuzz.py",
    "rooms/kit/test_pg.py",
    "rooms/main/test_backup.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first: what begins last runs alone while the other processors have nothing left to do."""
    order = {Path(__file__).parent / name: place for place, name in enumerate(_LONGEST)}
    items.sort(key=lambda item: order.get(item.path, len(order)))


def _quick_folder() -> Path | None:
    """In memory where there is room: each new workspace is a thousand small files."""
    memory = Path("/dev/shm")
    return memory if memory.is_dir() and shutil.disk_usage(memory).free > 4 * 1024**3 else None


@pytest.fixture(scope="session")
def postgres() -> Iterator[pg.Server]:
    """A running embedded PostgreSQL in a folder of its own."""
    # Not tmp_path: pytest's folders are closed to the user PostgreSQL runs as when root runs the tests.
    data = Path(tempfile.mkdtemp(prefix="tuoke-test-", dir=_quick_folder()))
    data.chmod(0o711)
    server = pg.start(data, pg.Launch(settings=_FAST, elsewhere=data / "elsewhere"))
    yield server
    server.stop()
    shutil.rmtree(data)


@pytest_asyncio.fixture(scope="session")
async def template(postgres: pg.Server) -> str:
    """The name of a migrated database without any content, to copy from."""
    await _run(postgres, f"create database {_TEMPLATE}")
    engine = make_engine(postgres.url(_TEMPLATE))
    try:
        await migrate(engine)
    finally:
        await engine.dispose()
    return _TEMPLATE


@pytest_asyncio.fixture(scope="session")
async def firm_template(postgres: pg.Server, template: str) -> str:
    """As `template`, with the shipped app and the people of `tests.house` in it."""
    await _run(postgres, f"create database {_FIRM} template {template} strategy file_copy")
    await found_firm(postgres.url(_FIRM))
    return _FIRM


@pytest_asyncio.fixture
async def firm_workspace(postgres: pg.Server, firm_template: str) -> AsyncIterator[Engine]:
    """A `fresh_workspace` with a firm in it: what `open_house` opens quickest."""
    async with _workspace(postgres, firm_template) as fresh:
        yield fresh


@pytest_asyncio.fixture(scope="session")
async def engine(postgres: pg.Server, template: str) -> AsyncIterator[Engine]:
    """An engine on a migrated database shared by the run: leave nothing in it (see `db`, `fresh_workspace`)."""
    await _run(postgres, f"create database tuoke_shared template {template} strategy file_copy")
    shared = make_engine(postgres.url("tuoke_shared"))
    yield shared
    await shared.dispose()


@pytest_asyncio.fixture
async def db(engine: Engine) -> AsyncIterator[Connection]:
    """A connection in a transaction that is rolled back after the test."""
    async with engine.connect() as connection:
        transaction = await connection.begin()
        yield connection
        await transaction.rollback()


@pytest_asyncio.fixture
async def fresh_workspace(postgres: pg.Server, template: str) -> AsyncIterator[Engine]:
    """An engine on a new, migrated, empty database: for tests that must commit or use several connections."""
    async with _workspace(postgres, template) as fresh:
        yield fresh


@asynccontextmanager
async def _workspace(postgres: pg.Server, template: str) -> AsyncGenerator[Engine]:
    name = f"tuoke_fresh_{next(_numbers)}"
    await _run(postgres, f"create database {name} template {template} strategy file_copy")
    fresh = make_engine(postgres.url(name))
    try:
        yield fresh
    finally:
        await fresh.dispose()
        await _run(postgres, f"drop database {name} with (force)")


@pytest_asyncio.fixture(scope="module")
async def module_workspace(postgres: pg.Server, template: str) -> AsyncIterator[Engine]:
    """A `fresh_workspace` that the tests of one file share."""
    async with _workspace(postgres, template) as fresh:
        yield fresh


async def _run(postgres: pg.Server, statement: str) -> None:
    """One statement outside a transaction: databases cannot be made or dropped inside one."""
    maintenance = make_engine(postgres.url("postgres"))
    async with maintenance.connect() as connection:
        free = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await free.exec_driver_sql(statement)
    await maintenance.dispose()
