"""The ground the other tests stand on."""

from __future__ import annotations

from sqlalchemy import text

from tuoke.kit.database import Connection, Engine, migrations_in_order


async def test_a_rolled_back_test_leaves_nothing(db: Connection, engine: Engine) -> None:
    await db.execute(text("create table tuoke.left_behind(id int)"))

    async with engine.connect() as other:
        seen = (await other.execute(text("select to_regclass('tuoke.left_behind')"))).scalar_one()

    assert seen is None


async def test_a_fresh_workspace_is_migrated_and_commits(fresh_workspace: Engine) -> None:
    async with fresh_workspace.begin() as one:
        await one.execute(text("create table tuoke.kept(id int)"))

    async with fresh_workspace.connect() as other:
        assert (await other.execute(text("select count(*) from tuoke.kept"))).scalar_one() == 0
    assert await migrations_in_order(fresh_workspace)
