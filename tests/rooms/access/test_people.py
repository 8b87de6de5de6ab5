"""Users are made, changed and archived; somebody can always administer."""

from __future__ import annotations

import asyncio

import pytest
from pydantic import ValidationError

from tuoke.access import audit, sessions
from tuoke.access.audit import By, Wanted
from tuoke.access.people import (
    FIRST_EMAIL,
    NewUser,
    UserChange,
    archive_user,
    change_user,
    create_user,
    ensure_first_admin,
    list_users,
    read_user,
    set_language,
    user_by_email,
)
from tuoke.access.roles import (
    GrantDefinition,
    RoleDefinition,
    delete_role,
    load_roles,
    put_role,
    read_role,
    require_known,
    role_from,
)
from tuoke.kit.clock import utc_now
from tuoke.kit.database import Connection, Engine, begin
from tuoke.kit.errors import Conflict, Invalid, NotFound
from tuoke.schema.model import Catalog, Field, Label, Table

BY = By()
LABEL = Label(zh="角色", en="Role")


async def make(db: Connection, email: str, *roles: str) -> int:
    new = NewUser(email=email, name="某人", password="correct horse", roles=list(roles))
    made, _ = await create_user(db, new, BY, utc_now())
    return made


async def test_the_first_administrator_is_made_once(fresh_workspace: Engine) -> None:
    async def begin_and_ensure() -> str | None:
        async with begin(fresh_workspace) as db:
            return await ensure_first_admin(db)

    # Several processes start at the same time.
    given = await asyncio.gather(*(begin_and_ensure() for _ in range(3)))

    assert sum(password is not None for password in given) == 1
    async with begin(fresh_workspace) as db:
        (user,) = await list_users(db)
        assert (user.email, user.roles, user.must_change_password) == (FIRST_EMAIL, ("admin",), True)
        assert await ensure_first_admin(db) is None


async def test_a_given_first_password_is_nobodys_secret_to_print(db: Connection) -> None:
    assert await ensure_first_admin(db, "correct horse") is None
    assert not (await user_by_email(db, FIRST_EMAIL)).must_change_password


@pytest.mark.parametrize("change", [UserChange(active=False), UserChange(roles=[])])
async def test_the_last_active_administrator_stays(db: Connection, change: UserChange) -> None:
    only = await make(db, "only@x.cn", "admin")

    with pytest.raises(Conflict):
        await change_user(db, only, change, BY, utc_now())


async def test_the_last_active_administrator_is_not_archived(db: Connection) -> None:
    only = await make(db, "only@x.cn", "admin")
    retired = await make(db, "retired@x.cn", "admin")
    await change_user(db, retired, UserChange(active=False), BY, utc_now())

    with pytest.raises(Conflict):
        await archive_user(db, only, BY, utc_now())


async def test_the_last_administrators_role_keeps_its_power(db: Connection) -> None:
    await put_role(db, RoleDefinition(key="boss", label=LABEL, superuser=True), BY)
    await make(db, "boss@x.cn", "boss")

    with pytest.raises(Conflict):
        await put_role(db, RoleDefinition(key="boss", label=LABEL), BY)
    with pytest.raises(Invalid):
        await put_role(db, RoleDefinition(key="admin", label=LABEL), BY)


async def test_one_of_two_administrators_may_go(db: Connection) -> None:
    await make(db, "one@x.cn", "admin")
    other = await make(db, "two@x.cn", "admin")

    await change_user(db, other, UserChange(active=False), BY, utc_now())

    assert not (await read_user(db, other)).active


async def test_all_faults_of_a_new_user_are_told_at_once(db: Connection) -> None:
    await make(db, "ann@x.cn")

    with pytest.raises(Invalid) as refused:
        await create_user(
            db,
            NewUser(email="ANN@x.cn", name="安", password="correct horse", roles=["ghost"], department=404),
            BY,
            utc_now(),
        )

    assert set(refused.value.fields) == {"email", "roles", "department"}


@pytest.mark.parametrize("email", ["", "ann", "ann@", "a b@x.cn", "a\x00@x.cn"])
def test_an_ill_formed_address_is_refused(email: str) -> None:
    with pytest.raises(ValidationError):
        NewUser(email=email, name="安")


async def test_only_what_is_named_changes(db: Connection) -> None:
    ann = await make(db, "ann@x.cn", "admin")
    await make(db, "bob@x.cn", "admin")
    before = await read_user(db, ann)

    await change_user(db, ann, UserChange(name="安妮"), BY, utc_now())

    after = await read_user(db, ann)
    assert (after.name, after.email, after.roles) == ("安妮", before.email, before.roles)


async def test_an_archived_user_frees_his_address(db: Connection) -> None:
    await make(db, "admin@x.cn", "admin")
    old = await make(db, "ann@x.cn")

    await archive_user(db, old, BY, utc_now())

    assert await make(db, "ann@x.cn") != old
    with pytest.raises(NotFound):
        await read_user(db, old)


async def test_deactivating_ends_the_sessions(db: Connection) -> None:
    await make(db, "admin@x.cn", "admin")
    ann = await make(db, "ann@x.cn")
    opened = await sessions.open_session(db, ann, "", "", utc_now())

    await change_user(db, ann, UserChange(active=False), BY, utc_now())
    assert await sessions.resolve(db, opened.token, utc_now()) is None

    # The old cookie does not come back to life with the account.
    await change_user(db, ann, UserChange(active=True), BY, utc_now())
    assert await sessions.resolve(db, opened.token, utc_now()) is None


async def test_everybody_chooses_a_language_we_speak(db: Connection) -> None:
    ann = await make(db, "ann@x.cn")

    await set_language(db, ann, "en")
    assert (await read_user(db, ann)).language == "en"
    with pytest.raises(Invalid):
        await set_language(db, ann, "fr")


async def test_changes_of_people_are_told_in_the_audit(db: Connection) -> None:
    admin = await make(db, "admin@x.cn", "admin")
    ann = await make(db, "ann@x.cn")

    await change_user(db, ann, UserChange(roles=["admin"]), By(admin, "10.0.0.7"), utc_now())

    (entry,) = await audit.list_entries(db, Wanted(user=admin, action="user"))
    assert entry.action == audit.USER_CHANGED
    assert entry.facts == {"user": ann, "changed": {"roles": [[], ["admin"]]}}
    assert entry.ip == "10.0.0.7"


async def test_a_role_is_kept_as_it_was_written(db: Connection) -> None:
    grant = GrantDefinition(
        tables=["lead"], read=["own", {"via": "account"}], actions={"claim": ["pool"]}, mask=["phone"]
    )
    role = RoleDefinition(key="rep", label=LABEL, grants=[grant])

    await put_role(db, role, BY, source="app")

    assert await read_role(db, "rep") == (role, "app")
    loaded = {one.key: one for one in await load_roles(db)}
    assert loaded["rep"] == role.as_role("app")


@pytest.mark.parametrize(
    ("grant", "place"),
    [
        ({"tables": []}, "grants.0.tables"),
        ({"tables": ["Lead!"]}, "grants.0.tables"),
        ({"tables": ["lead"], "read": ["mine"]}, "grants.0.read"),
        ({"tables": ["lead"], "actions": {"steal": ["all"]}}, "grants.0.actions"),
        ({"tables": ["lead"], "reed": ["all"]}, "grants.0.reed"),
    ],
)
def test_an_ill_written_role_is_refused_at_its_place(grant: dict[str, object], place: str) -> None:
    with pytest.raises(Invalid) as refused:
        role_from({"key": "rep", "label": {"zh": "坐席", "en": "Rep"}, "grants": [grant]})

    assert list(refused.value.fields) == [place]


def test_a_grant_that_hides_a_mistyped_field_is_refused() -> None:
    lead = Table("lead", LABEL, (Field("created_by", "created_by", LABEL),))
    catalog = Catalog((lead,), 1)
    role = role_from(
        {
            "key": "rep",
            "label": {"zh": "坐席", "en": "Rep"},
            "grants": [
                {"tables": ["lead"], "hide": ["fone"]},
                {"tables": ["leed"]},
                {"tables": ["lead"], "mask": ["created_by"]},
                {"tables": ["*"], "hide": ["created_by"]},
            ],
        }
    )

    with pytest.raises(Invalid) as refused:
        require_known(role, catalog)

    assert set(refused.value.fields) == {"grants.0.hide", "grants.1.tables", "grants.2.mask"}


async def test_a_role_in_use_is_not_deleted(db: Connection) -> None:
    await make(db, "admin@x.cn", "admin")
    await put_role(db, RoleDefinition(key="rep", label=LABEL), BY)
    ann = await make(db, "ann@x.cn", "rep")

    with pytest.raises(Conflict):
        await delete_role(db, "rep", BY)
    await change_user(db, ann, UserChange(roles=[]), BY, utc_now())
    await delete_role(db, "rep", BY)
    with pytest.raises(NotFound):
        await delete_role(db, "rep", BY)
