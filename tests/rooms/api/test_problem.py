"""Every refusal is a problem for people and programs; none shows what lies inside."""

from __future__ import annotations

import pytest
from fastapi import FastAPI

from tuoke.kit.errors import Conflict, Invalid
from tuoke.kit.words import say

from .conftest import Browser


@pytest.fixture(autouse=True)
def broken_routes(app: FastAPI) -> None:
    @app.get("/api/v1/broken")
    async def broken() -> None:
        raise RuntimeError("secret-in-the-message")

    @app.get("/api/v1/conflict")
    async def conflict() -> None:
        raise Conflict(
            say("记录 {id} 已被修改", "Record {id} was changed", id=7), record=7, status="open", title="x"
        )

    @app.get("/api/v1/invalid")
    async def invalid() -> None:
        fault = say("应为日期", "Expected a date")
        raise Invalid(say("有误", "Wrong"), fields={"due": fault}, rows=[{"line": 2, "fault": fault}])


async def test_what_nobody_expected_is_a_number_and_no_more(browser: Browser) -> None:
    answer = await browser.get("/broken")

    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["incident"] in answer.json()["detail"]
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text


async def test_facts_never_replace_what_the_standard_says(browser: Browser) -> None:
    answer = await browser.get("/conflict", **{"Accept-Language": "en"})

    assert answer.json() == {
        "type": "/problems/conflict",
        "title": "It changed since you read it",
        "status": 409,
        "detail": "Record 7 was changed",
        "instance": "/api/v1/conflict",
        "record": 7,
    }


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("en", "Expected a date"),
        ("en-US,en;q=0.9", "Expected a date"),
        ("zh-CN", "应为日期"),
        ("fr", "应为日期"),
        ("fr,en", "Expected a date"),
        ("", "应为日期"),
        (",;q=,*", "应为日期"),
    ],
)
async def test_faults_are_told_in_the_language_asked_for(browser: Browser, asked: str, told: str) -> None:
    problem = (await browser.get("/invalid", **{"Accept-Language": asked})).json()

    assert problem["fields"] == {"due": told}
    assert problem["rows"] == [{"line": 2, "fault": told}]


async def test_who_asks_for_no_language_is_told_in_his_own(browser: Browser) -> None:
    await browser.log_in("ann@x.cn")
    await browser.patch("/session", language="en")

    assert (await browser.get("/audit")).json()["detail"] == "Only administrators may do this"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/nowhere", 404), ("PUT", "/session", 405)],
)
async def test_the_frameworks_own_refusals_are_problems_too(
    browser: Browser, method: str, path: str, status: int
) -> None:
    answer = await browser.send(method, path, None)

    assert answer.status_code == answer.json()["status"] == status
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "body", [b"{", b"[]", b"null", b"\xff", b'{"email": "a\\u0000@x.cn", "password": "x"}']
)
async def test_a_broken_body_is_a_fault_of_the_sender(browser: Browser, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    answer = await browser.client.post("/api/v1/session", content=body, headers=headers)

    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/session", "/broken", "/nowhere"])
async def test_every_answer_carries_the_security_headers(browser: Browser, path: str) -> None:
    headers = (await browser.get(path)).headers

    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "worker-src 'self';" in headers["content-security-policy"]
    assert "manifest-src 'self'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "microphone=(self)" in headers["permissions-policy"]
    assert headers["cache-control"] == "no-store"
    assert "strict-transport-security" not in headers
