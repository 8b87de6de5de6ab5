"""Whatever fits the OpenAPI document, and whatever does not, is answered without an internal error."""

from __future__ import annotations

import json
import shutil
import tempfile
import urllib.request
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings

from tests.product import Product, serving

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import schemathesis

PASSWORD = "ocean-lamp-4711"

SPARED = {
    # What would end the fuzzing itself, or never ends.
    ("GET", "/api/v1/live"),
    ("POST", "/api/v1/session/password"),
    ("DELETE", "/api/v1/api_keys/{id}"),
    ("PATCH", "/api/v1/users/{id}"),
    ("POST", "/api/v1/users/{id}/reset"),
    ("PUT", "/api/v1/roles/{key}"),
}


@pytest.fixture(scope="module")
def product() -> Iterator[Product]:
    data = Path(tempfile.mkdtemp(prefix="tuoke-fuzz-"))
    data.chmod(0o711)
    with serving(data, TUOKE_ADMIN_PASSWORD=PASSWORD) as running:
        yield running
    shutil.rmtree(data, ignore_errors=True)


class Caller:
    """The administrator's script, with a key of its own."""

    def __init__(self, product: Product) -> None:
        self.base = product.address
        session, headers = self._ask("/session", {"email": "admin@tuoke.local", "password": PASSWORD})
        self._headers = {"X-CSRF": session["csrf"], "Cookie": headers["set-cookie"].split(";")[0]}
        self.key = self._ask("/api_keys", {"name": "fuzz", "per_minute": 60_000})[0]["key"]
        self._ask("/tables/lead/records", {"name": "云海科技", "phone": "13800138000", "city": "杭州"})
        self._ask("/tables/account/records", {"name": "云海科技"})

    def _ask(self, path: str, body: Any) -> tuple[Any, Any]:
        asked = urllib.request.Request(
            f"{self.base}/api/v1{path}",
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json", **getattr(self, "_headers", {})},
        )
        with urllib.request.urlopen(asked, timeout=20) as answer:
            return json.loads(answer.read()), {k.lower(): v for k, v in answer.getheaders()}


def fuzz(product: Product, examples: int) -> list[str]:
    """Operations that answered with an internal error, each with the call that did it."""
    caller = Caller(product)
    schema = schemathesis.openapi.from_url(
        f"{caller.base}/api/openapi.json", headers={"Authorization": f"Bearer {caller.key}"}
    )
    found: list[str] = []
    for result in schema.get_all_operations():
        operation = cast("Any", result).ok()
        if (operation.method.upper(), operation.path) in SPARED:
            continue
        found += _fuzz_one(operation, caller, examples)
    return found


def _fuzz_one(operation: Any, caller: Caller, examples: int) -> list[str]:
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
        derandomize=True,
    )
    @given(case=operation.as_strategy())
    def every_call_is_answered(case: Any) -> None:
        answer = case.call(
            base_url=caller.base, headers={"Authorization": f"Bearer {caller.key}"}, timeout=20
        )
        assert answer.status_code < 500, (
            f"{case.as_curl_command()} → {answer.status_code} {answer.text[:300]}"
        )

    try:
        every_call_is_answered()
    except AssertionError as error:
        return [f"{operation.method.upper()} {operation.path}: {str(error)[:900]}"]
    return []


def test_nothing_that_is_sent_breaks_the_door(product: Product):
    assert fuzz(product, examples=5) == []


@pytest.mark.soak
def test_nothing_that_is_sent_for_long_breaks_the_door(product: Product):
    assert fuzz(product, examples=150) == []
