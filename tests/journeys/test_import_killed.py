"""Everything is killed in the middle of an import; after the next start it goes on, nothing lost, nothing doubled."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.product import Product, lingering, serving

ROWS = 40_000
PASSWORD = "ocean-lamp-4711"


def phone(n: int) -> str:
    return f"138{n:08d}"


def lead_list(path: Path) -> Path:
    """Every hundredth row is faulty, and so many repeat the row before."""
    lines = ["姓名,手机,状态"]
    for n in range(ROWS):
        written = "无" if n % 100 == 50 else phone(n - 1) if n % 100 == 60 else phone(n)
        lines.append(f"客户{n},{written},已加微信")
    path.write_text("\n".join(lines), encoding="gbk")
    return path


@contextmanager
def log_in(product: Product, password: str) -> Generator[httpx.Client]:
    with httpx.Client(base_url=f"{product.address}/api/v1", timeout=60) as client:
        said = client.post("/session", json={"email": "admin@tuoke.local", "password": password})
        client.headers["X-CSRF"] = said.json()["csrf"]
        yield client


def wait_for(client: httpx.Client, job: int, share: float, patience_s: float = 240) -> dict[str, object]:
    end = time.monotonic() + patience_s
    while time.monotonic() < end:
        told = client.get(f"/jobs/{job}").json()
        if told["progress"] >= share or told["state"] in ("done", "failed"):
            return told
        time.sleep(0.05)
    raise AssertionError(told)


def kill_everything(product: Product) -> None:
    pids = {product.process.pid: "tuoke", **product.children()}
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    product.process.wait(20)
    assert lingering(pids) == {}


def begin_import(client: httpx.Client, folder: Path) -> int:
    sent = {"file": ("leads.csv", lead_list(folder / "leads.csv").read_bytes())}
    return client.post("/tables/lead/import", files=sent, data={"options": json.dumps({})}).json()["job"]


def test_an_import_goes_on_after_everything_was_killed(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with serving(data) as product:
        given = product.one_time_password() or ""
        with log_in(product, given) as client:
            client.post("/session/password", json={"old": given, "new": PASSWORD})
            job = begin_import(client, tmp_path)
            told = wait_for(client, job, 0.25)
            assert told["state"] == "running", told
            kill_everything(product)

    with serving(data) as product, log_in(product, PASSWORD) as client:
        told = wait_for(client, job, 1)
        assert told["state"] == "done", told
        result = told["result"]
        assert isinstance(result, dict)
        good = ROWS - 2 * (ROWS // 100)
        assert (result["created"], result["duplicates"], result["faulty"]) == (good, ROWS // 100, ROWS // 100)
        assert client.get("/tables/lead/records", params={"limit": 1}).json()["count"] == good
        [change_set] = client.get("/change_sets").json()["change_sets"]
        assert change_set["id"] == result["change_set"]
