"""The administration over HTTP."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .conftest import PASSWORD, Browser

Visit = Callable[..., Browser]


@pytest.fixture
async def admin(visit: Visit) -> Browser:
    browser = visit()
    await browser.log_in("admin@x.cn")
    return browser


async def test_a_new_user_logs_in_with_his_department_and_roles(visit: Visit, admin: Browser) -> None:
    department = (await admin.post("/departments", name="华东")).json()["id"]
    body = {
        "email": "bob@x.cn",
        "name": "博",
        "password": PASSWORD,
        "roles": ["admin"],
        "department": department,
    }

    made = await admin.post("/users", **body)

    assert made.status_code == 201
    me = await visit().log_in("bob@x.cn")
    assert (me["id"], me["department"], me["roles"]) == (made.json()["id"], department, ["admin"])


async def test_a_user_without_password_gets_one_shown_once(visit: Visit, admin: Browser) -> None:
    made = (await admin.post("/users", email="bob@x.cn", name="博")).json()

    assert (await visit().log_in("bob@x.cn", made["password"]))["must_change_password"]
    assert "password" not in (await admin.get(f"/users/{made['id']}")).json()


async def test_all_faults_of_a_form_come_at_once_in_the_readers_language(admin: Browser) -> None:
    body = {"email": "nobody", "roles": "admin"}

    zh = (await admin.send("POST", "/users", body)).json()
    en = (await admin.send("POST", "/users", body, **{"Accept-Language": "en-GB,zh;q=0.5"})).json()

    assert set(zh["fields"]) == set(en["fields"]) == {"email", "name", "roles"}
    assert zh["fields"]["name"] == "必填"
    assert en["fields"]["name"] == "This is required"


@pytest.mark.parametrize("path", ["/users", "/departments", "/roles"])
async def test_a_rep_administers_nothing(browser: Browser, path: str) -> None:
    await browser.log_in("ann@x.cn")

    assert (await browser.post(path, name="x", email="x@x.cn", key="x", label={})).status_code == 403
    assert (await browser.get("/audit")).status_code == 403


async def test_a_rep_sees_names_and_no_addresses(browser: Browser) -> None:
    await browser.log_in("ann@x.cn")

    for user in (await browser.get("/users")).json()["users"]:
        assert set(user) == {"id", "name", "department", "active"}
    for role in (await browser.get("/roles")).json()["roles"]:
        assert set(role) == {"key", "label"}


async def test_the_last_administrator_is_told_why_he_stays(admin: Browser) -> None:
    me = (await admin.get("/session")).json()["user"]["id"]

    for answer in (
        await admin.patch(f"/users/{me}", active=False),
        await admin.patch("/users", id=me, roles=[]),
        await admin.delete(f"/users/{me}"),
    ):
        assert answer.status_code == 409
        assert answer.json()["reason"] == "last_administrator"


async def test_a_department_below_itself_is_refused_at_its_field(admin: Browser) -> None:
    top = (await admin.post("/departments", name="华东")).json()
    below = (await admin.post("/departments", name="上海", parent=top["id"])).json()
    assert below["path"] == [top["id"], below["id"]]

    answer = await admin.patch(f"/departments/{top['id']}", parent=below["id"])

    assert answer.status_code == 422
    assert list(answer.json()["fields"]) == ["parent"]


async def test_a_change_is_seen_by_the_next_request(visit: Visit, admin: Browser) -> None:
    ann = visit()
    me = await ann.log_in("ann@x.cn")
    assert (await ann.get("/departments")).json() == {"departments": []}

    made = (await admin.post("/departments", name="华东")).json()
    await admin.patch(f"/users/{me['id']}", department=made["id"], roles=["admin"])

    assert (await ann.get("/departments")).json() == {"departments": [made]}
    assert (await ann.get("/audit")).status_code == 200


async def test_roles_are_made_changed_and_deleted(admin: Browser) -> None:
    label = {"zh": "坐席", "en": "Rep"}
    grants = [{"tables": ["*"], "read": ["own"]}]

    made = await admin.post("/roles", key="rep", label=label, grants=grants)
    changed = await admin.patch("/roles/rep", grants=[])

    assert (made.status_code, made.json()["grants"]) == (201, grants)
    assert (changed.json()["grants"], changed.json()["label"]) == ([], label)
    assert (await admin.delete("/roles/rep")).status_code == 204
    assert [one["key"] for one in (await admin.get("/roles")).json()["roles"]] == ["admin"]


async def test_a_role_naming_an_unknown_table_is_refused(admin: Browser) -> None:
    grants = [{"tables": ["leed"], "read": ["own"]}]

    answer = await admin.post("/roles", key="rep", label={"zh": "坐席", "en": "Rep"}, grants=grants)

    assert answer.status_code == 422
    assert list(answer.json()["fields"]) == ["grants.0.tables"]


async def test_the_audit_is_read_page_by_page(admin: Browser) -> None:
    for number in range(5):
        await admin.post("/departments", name=f"D{number}")

    first = (await admin.get("/audit?action=department&limit=3")).json()
    second = (await admin.get(f"/audit?action=department&limit=3&before={first['next']}")).json()

    names = [entry["facts"]["name"] for entry in first["entries"] + second["entries"]]
    assert names == ["D4", "D3", "D2", "D1", "D0"]
    assert second["next"] is None


async def test_the_audit_is_narrowed_to_a_time(admin: Browser) -> None:
    for name in ("one", "two", "three"):
        await admin.post("/departments", name=name)
    entries = (await admin.get("/audit?action=department")).json()["entries"]
    third, second, _ = [entry["at"].replace("+", "%2B") for entry in entries]

    found = (await admin.get(f"/audit?action=department&since={second}&until={third}")).json()["entries"]
    naive = await admin.get("/audit?since=2026-11-22T10:00:00")

    assert [entry["facts"]["name"] for entry in found] == ["two"]
    assert naive.status_code == 422
