"""Logging in over HTTP: cookies, CSRF, waiting, devices and keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from .conftest import PASSWORD, Browser

Visit = Callable[..., Browser]


async def test_logging_in_answers_who_one_is_and_sets_a_cookie(browser: Browser) -> None:
    answer = await browser.post("/session", email="Ann@x.cn ", password=PASSWORD)

    assert answer.json()["user"]["email"] == "ann@x.cn"
    assert set(answer.json()["user"]) == {
        "id",
        "name",
        "email",
        "roles",
        "department",
        "language",
        "must_change_password",
    }
    cookie = answer.headers["set-cookie"].lower()
    assert cookie.startswith("session=")
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "secure" not in cookie
    browser.csrf = answer.json()["csrf"]
    assert (await browser.get("/session")).json() == answer.json()


async def test_over_tls_the_cookie_never_travels_in_the_open(browser: Browser) -> None:
    browser.client.base_url = "https://tuoke.test"

    answer = await browser.post("/session", email="ann@x.cn", password=PASSWORD)

    assert "; secure" in answer.headers["set-cookie"].lower()


async def test_without_a_session_one_is_asked_to_log_in(browser: Browser) -> None:
    answer = await browser.get("/session")

    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"].endswith("/unauthenticated")


@pytest.mark.parametrize("cookie", ["", "nonsense", "x" * 5000])
async def test_a_made_up_cookie_opens_nothing(browser: Browser, cookie: str) -> None:
    assert (await browser.get("/session", Cookie=f"session={cookie}")).status_code == 401


async def test_logging_out_ends_the_session_for_good(browser: Browser) -> None:
    await browser.log_in("ann@x.cn")
    kept = browser.client.cookies["session"]

    assert (await browser.delete("/session")).status_code == 204

    assert "session" not in browser.client.cookies
    assert (await browser.get("/session", Cookie=f"session={kept}")).status_code == 401


@pytest.mark.parametrize("csrf", ["", "wrong", "错"])
async def test_a_write_by_cookie_without_the_csrf_token_is_refused(browser: Browser, csrf: str) -> None:
    await browser.log_in("admin@x.cn")
    right, browser.csrf = browser.csrf, ""

    headers = {"X-CSRF": csrf.encode()} if csrf else {}
    answer = await browser.client.post("/api/v1/departments", json={"name": "华东"}, headers=headers)

    assert answer.status_code == 403
    assert answer.json()["type"].endswith("/forged-request")
    browser.csrf = right
    assert (await browser.post("/departments", name="华东")).status_code == 201


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://tuoke.test:81"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://tuoke.test"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
async def test_a_write_from_another_site_is_refused(browser: Browser, headers: dict[str, str]) -> None:
    await browser.log_in("admin@x.cn")

    for path, body in (
        ("/departments", {"name": "华东"}),
        ("/session", {"email": "ann@x.cn", "password": PASSWORD}),
    ):
        assert (await browser.send("POST", path, body, **headers)).status_code == 403


async def test_our_own_pages_may_write(browser: Browser) -> None:
    await browser.log_in("admin@x.cn")

    for number, headers in enumerate(
        ({"Origin": "http://tuoke.test"}, {"Sec-Fetch-Site": "same-origin", "Origin": "http://proxied"})
    ):
        made = await browser.send("POST", "/departments", {"name": f"D{number}"}, **headers)
        assert made.status_code == 201


async def test_who_guesses_waits_and_then_may_try_again(visit: Visit) -> None:
    browser = visit()
    for _ in range(5):
        assert (await browser.post("/session", email="ann@x.cn", password="wrong horse")).status_code == 401

    barred = await browser.post("/session", email="ann@x.cn", password=PASSWORD)

    assert barred.status_code == 429
    assert barred.json()["retry_after"] >= 1
    assert barred.headers["retry-after"] == str(barred.json()["retry_after"])
    assert (await visit().post("/session", email="admin@x.cn", password=PASSWORD)).status_code == 200


async def test_failures_are_told_in_the_audit_though_the_answer_is_a_refusal(visit: Visit) -> None:
    await visit("10.0.0.9").post("/session", email="ann@x.cn", password="wrong horse")
    admin = visit()
    me = await admin.log_in("admin@x.cn")

    entries = (await admin.get("/audit?action=session")).json()["entries"]

    assert [(e["action"], e["ip"]) for e in entries] == [
        ("session.opened", "10.0.0.7"),
        ("session.refused", "10.0.0.9"),
    ]
    assert entries[0]["user"] == me["id"]


async def test_a_revoked_session_is_out_at_once(visit: Visit) -> None:
    here, there = visit(), visit()
    await here.log_in("ann@x.cn")
    await there.log_in("ann@x.cn")

    listed = (await here.get("/sessions")).json()["sessions"]
    (other,) = [one["id"] for one in listed if not one["current"]]
    assert (await here.delete(f"/sessions/{other}")).status_code == 204

    assert (await there.get("/session")).status_code == 401
    assert (await here.get("/session")).status_code == 200


async def test_a_deactivated_user_is_out_at_once(visit: Visit) -> None:
    admin, ann = visit(), visit()
    await admin.log_in("admin@x.cn")
    me = await ann.log_in("ann@x.cn")

    assert (await admin.patch(f"/users/{me['id']}", active=False)).json()["active"] is False

    assert (await ann.get("/session")).status_code == 401
    refused = await visit().post("/session", email="ann@x.cn", password=PASSWORD)
    assert refused.status_code == 401
    assert "停用" in refused.json()["detail"]


async def test_a_forgotten_password_is_reset_by_the_administrator(visit: Visit) -> None:
    admin, ann, anew = visit(), visit(), visit()
    await admin.log_in("admin@x.cn")
    me = await ann.log_in("ann@x.cn")

    once = (await admin.post(f"/users/{me['id']}/reset")).json()["password"]

    assert (await ann.get("/session")).status_code == 401
    assert (await anew.log_in("ann@x.cn", once))["must_change_password"]
    changed = await anew.post("/session/password", old=once, new="another horse")
    assert changed.status_code == 204
    assert not (await anew.get("/session")).json()["user"]["must_change_password"]
    assert (await visit().post("/session", email="ann@x.cn", password=once)).status_code == 401
    await visit().log_in("ann@x.cn", "another horse")


async def test_changing_the_password_needs_the_old_one(browser: Browser) -> None:
    await browser.log_in("ann@x.cn")

    answer = await browser.post("/session/password", old="wrong horse", new="another horse")

    assert answer.status_code == 422
    assert list(answer.json()["fields"]) == ["old"]


async def test_guessing_the_old_password_waits_too(browser: Browser) -> None:
    await browser.log_in("ann@x.cn")
    for _ in range(5):
        await browser.post("/session/password", old="wrong horse", new="another horse")

    assert (await browser.post("/session/password", old=PASSWORD, new="another horse")).status_code == 429


async def test_the_screen_language_is_ones_own_choice(browser: Browser) -> None:
    await browser.log_in("ann@x.cn")

    answer = await browser.patch("/session", language="en")

    assert answer.json()["user"]["language"] == "en"
    assert (await browser.get("/session")).json()["user"]["language"] == "en"
    assert (await browser.patch("/session", language="fr")).status_code == 422


# API keys


async def make_key(browser: Browser, **body: Any) -> dict[str, Any]:
    answer = await browser.post("/api_keys", name="script", **body)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_a_key_needs_neither_cookie_nor_csrf(visit: Visit) -> None:
    admin = visit()
    await admin.log_in("admin@x.cn")
    made = await make_key(admin)
    script = visit()

    bearer = {"Authorization": f"Bearer {made['key']}"}

    assert (await script.send("POST", "/departments", {"name": "华东"}, **bearer)).status_code == 201
    assert (await script.get("/session", **bearer)).json()["user"]["email"] == "admin@x.cn"


async def test_a_revoked_key_is_out_at_once(visit: Visit) -> None:
    admin = visit()
    await admin.log_in("admin@x.cn")
    made = await make_key(admin)

    assert (await admin.delete(f"/api_keys/{made['id']}")).status_code == 204

    answer = await visit().get("/session", Authorization=f"Bearer {made['key']}")
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert (await admin.get("/api_keys")).json() == {"api_keys": []}


async def test_a_narrowed_key_of_an_administrator_does_not_administer(visit: Visit) -> None:
    admin = visit()
    await admin.log_in("admin@x.cn")
    made = await make_key(admin, actions=["read"])

    bearer = {"Authorization": f"Bearer {made['key']}"}

    assert (await visit().send("POST", "/departments", {"name": "华东"}, **bearer)).status_code == 403


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/api_keys"), ("POST", "/session/password"), ("GET", "/sessions")]
)
async def test_a_key_makes_no_keys_and_changes_no_passwords(visit: Visit, method: str, path: str) -> None:
    admin = visit()
    await admin.log_in("admin@x.cn")
    made = await make_key(admin)

    body = {"name": "another", "old": PASSWORD, "new": "another horse"} if method == "POST" else None
    body = {"name": "another"} if path == "/api_keys" else body
    if path == "/session/password":
        body = {"old": PASSWORD, "new": "another horse"}
    answer = await visit().send(method, path, body, Authorization=f"Bearer {made['key']}")

    assert answer.status_code == 403


async def test_a_key_beyond_its_rate_waits(visit: Visit) -> None:
    admin = visit()
    await admin.log_in("admin@x.cn")
    made = await make_key(admin, per_minute=1)
    script, bearer = visit(), {"Authorization": f"Bearer {made['key']}"}

    statuses = [(await script.get("/session", **bearer)).status_code for _ in range(3)]

    # A minute may begin between two requests.
    assert statuses.count(429) >= 1
