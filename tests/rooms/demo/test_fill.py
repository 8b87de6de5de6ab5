"""Into an empty workspace or not at all, wholly or not at all."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio

from tuoke.demo import fill as room
from tuoke.demo.fill import Order, fill, fill_database
from tuoke.kit.clock import utc_now
from tuoke.kit.database import Engine, begin, run_sql
from tuoke.kit.errors import Conflict, Invalid
from tuoke.kit.storage import Files
from tuoke.main.prepare import prepare

NOW = datetime(2026, 11, 20, 15, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
ORDER = Order(20, 7, NOW)


@pytest_asyncio.fixture
async def workspace(fresh_workspace: Engine) -> Engine:
    url = fresh_workspace.url.render_as_string(hide_password=False).replace("+asyncpg", "")
    await prepare(url, "ocean-lamp-4711")
    return fresh_workspace


async def count(engine: Engine, table: str) -> int:
    async with begin(engine) as db:
        return int((await run_sql(db, f"select count(*) from {table}")).scalar_one())


async def test_a_workspace_with_a_record_is_refused_and_left_as_it_is(workspace: Engine, tmp_path: Path):
    async with begin(workspace) as db:
        await run_sql(db, "insert into work.product (name) values ('自家产品')")

    with pytest.raises(Conflict) as refused:
        await fill_database(workspace, tmp_path, ORDER)

    assert "product" in refused.value.detail.in_("zh")
    assert await count(workspace, "work.lead") == 0
    assert await count(workspace, "tuoke.user_account") == 1


async def test_a_second_demo_is_refused(workspace: Engine, tmp_path: Path):
    await fill_database(workspace, tmp_path, ORDER)

    with pytest.raises(Conflict):
        await fill_database(workspace, tmp_path, ORDER)


async def test_one_that_breaks_off_leaves_nothing_and_can_be_done_again(
    workspace: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    async def broken(*_: object) -> None:
        raise ConnectionError("the power is gone")

    with monkeypatch.context() as patch:
        patch.setattr(room, "store", broken)
        with pytest.raises(ConnectionError):
            await fill_database(workspace, tmp_path, ORDER)

    assert await count(workspace, "tuoke.department") == 0
    assert list(Files(tmp_path / "files").keys()) == []
    made = await fill_database(workspace, tmp_path, ORDER)
    assert await count(workspace, "work.lead") == made.counts["lead"]


async def test_files_of_a_killed_one_go_with_the_next(workspace: Engine, tmp_path: Path):
    files = Files(tmp_path / "files")
    left = (await files.save(_sound(), limit=100)).key
    (tmp_path / "demo-unfinished").write_text(f"{left}\n")

    await fill_database(workspace, tmp_path, ORDER)

    assert left not in list(files.keys())
    assert not (tmp_path / "demo-unfinished").exists()
    assert len(list(files.keys())) == await count(workspace, "tuoke.file")


async def _sound():
    yield b"RIFF"


async def test_password_is_made_anew_each_time_and_kept_only_as_a_hash(workspace: Engine, tmp_path: Path):
    made = await fill_database(workspace, tmp_path, ORDER)

    assert made.password in made.said()
    async with begin(workspace) as db:
        kept = (await run_sql(db, "select password_hash from tuoke.user_account")).scalars().all()
    assert all(made.password not in one and one.startswith("$argon2id$") for one in kept)


@pytest.mark.parametrize(
    "now", [utc_now() + timedelta(days=1), datetime(2026, 11, 20)], ids=["future", "naive"]
)
def test_a_now_that_is_none_is_refused(tmp_path: Path, now: datetime):
    with pytest.raises(Invalid):
        fill(tmp_path, "", Order(20, 7, now))
