"""The organisation as row rules ask it, and how copies of it stay true."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuoke.access.audit import By
from tuoke.access.departments import (
    DepartmentChange,
    NewDepartment,
    archive_department,
    change_department,
    create_department,
)
from tuoke.access.org import Department, Org, Person, load_org
from tuoke.access.people import NewUser, UserChange, change_user, create_user
from tuoke.access.version import org_version
from tuoke.access.world import World
from tuoke.kit.clock import utc_now
from tuoke.kit.database import Connection, Engine, begin
from tuoke.kit.errors import Conflict, Invalid, NotFound
from tuoke.kit.settings import Settings

BY = By()


@st.composite
def trees(draw: st.DrawFn) -> tuple[dict[int, int | None], dict[int, int | None]]:
    """Departments (id -> parent) and people (id -> department)."""
    size = draw(st.integers(1, 12))
    parents: dict[int, int | None] = {
        node: draw(st.none() | st.integers(1, node - 1)) if node > 1 else None for node in range(1, size + 1)
    }
    people = draw(st.dictionaries(st.integers(1, 15), st.none() | st.integers(1, size), min_size=1))
    return parents, people


def org_of(parents: dict[int, int | None], people: dict[int, int | None]) -> Org:
    departments = [
        Department(node, str(node), parent, tuple(reversed(above(parents, node))))
        for node, parent in parents.items()
    ]
    persons = [Person(who, str(who), "", where, frozenset()) for who, where in people.items()]
    return Org(departments, persons, [], version=1)


def above(parents: dict[int, int | None], node: int) -> list[int]:
    """The node and all above it, upwards: the slow way, by walking."""
    walked, here = [], node
    while here is not None:
        walked.append(here)
        here = parents[here]
    return walked


@given(trees())
def test_an_actors_department_is_everything_below_it(
    tree: tuple[dict[int, int | None], dict[int, int | None]],
) -> None:
    parents, people = tree
    org = org_of(parents, people)

    for who, where in people.items():
        actor = org.actor(who)
        below = {node for node in parents if where is not None and where in above(parents, node)}
        assert actor.departments_below == below
        assert actor.team == {who} | {other for other, place in people.items() if place in below}
        same = {other for other, place in people.items() if place == where} if where is not None else set()
        assert actor.colleagues == {who} | same
        assert actor.colleagues <= actor.team


def test_a_stranger_is_not_found() -> None:
    with pytest.raises(NotFound):
        org_of({1: None}, {}).actor(7)


@pytest.mark.parametrize("seed", range(5))
async def test_paths_stay_true_through_any_moves(db: Connection, seed: int) -> None:
    chance = random.Random(seed)
    parents: dict[int, int | None] = {}
    for number in range(12):
        parent = chance.choice([None, *parents])
        made = await create_department(db, NewDepartment(name=f"D{number}", parent=parent), BY)
        parents[made] = parent

    for _ in range(25):
        moved, onto = chance.choice(list(parents)), chance.choice([None, *parents])
        if onto is not None and moved in above(parents, onto):
            with pytest.raises(Invalid):
                await change_department(db, moved, DepartmentChange(parent=onto), BY)
        else:
            await change_department(db, moved, DepartmentChange(parent=onto), BY)
            parents[moved] = onto

    org = await load_org(db)
    assert {d.id: list(reversed(d.path)) for d in org.departments.values()} == {
        node: above(parents, node) for node in parents
    }


async def test_a_department_cannot_lie_below_itself(db: Connection) -> None:
    top = await create_department(db, NewDepartment(name="华东"), BY)
    below = await create_department(db, NewDepartment(name="上海", parent=top), BY)

    for onto in (top, below):
        with pytest.raises(Invalid) as refused:
            await change_department(db, top, DepartmentChange(parent=onto), BY)
        assert list(refused.value.fields) == ["parent"]


async def test_two_departments_side_by_side_have_different_names(db: Connection) -> None:
    top = await create_department(db, NewDepartment(name="Sales"), BY)

    with pytest.raises(Invalid):
        await create_department(db, NewDepartment(name=" sales "), BY)
    await create_department(db, NewDepartment(name="Sales", parent=top), BY)


async def test_a_department_in_use_is_not_archived(db: Connection) -> None:
    top = await create_department(db, NewDepartment(name="华东"), BY)
    below = await create_department(db, NewDepartment(name="上海", parent=top), BY)
    user, _ = await create_user(db, NewUser(email="a@b.cn", name="安", department=below), BY, utc_now())

    for department in (top, below):
        with pytest.raises(Conflict):
            await archive_department(db, department, BY)
    await change_user(db, user, UserChange(department=None), BY, utc_now())
    await archive_department(db, below, BY)
    with pytest.raises(Invalid):
        await create_department(db, NewDepartment(name="浦东", parent=below), BY)


async def test_a_copy_follows_changes_of_another_process(fresh_workspace: Engine, tmp_path: Path) -> None:
    ours, theirs = (World(fresh_workspace, Settings(tmp_path, "")) for _ in range(2))
    async with begin(ours.engine) as db:
        user, _ = await create_user(db, NewUser(email="a@b.cn", name="安"), BY, utc_now())
        version = await org_version(db)
    before = await ours.org(version)
    assert before.actor(user).department is None

    async with begin(theirs.engine) as db:
        made = await create_department(db, NewDepartment(name="华东"), BY)
        await change_user(db, user, UserChange(department=made), BY, utc_now())

    async with begin(ours.engine) as db:
        now = await org_version(db)
    after = await ours.org(now)
    assert after.actor(user).department == made
    assert await ours.org(now) is after
    assert before.actor(user).department is None


async def test_a_change_that_is_rolled_back_leaves_the_version(fresh_workspace: Engine) -> None:
    async with begin(fresh_workspace) as db:
        before = await org_version(db)

    with pytest.raises(Invalid):
        async with begin(fresh_workspace) as db:
            await create_department(db, NewDepartment(name="华东", parent=404), BY)

    async with begin(fresh_workspace) as db:
        assert await org_version(db) == before
