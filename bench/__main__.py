"""The table of figures, measured here: `make bench`.

Starts the real product over the embedded PostgreSQL in a folder of its own, fills it with leads and asks it over
HTTP as a rep, a team lead and an administrator. Options: --leads N (1 000 000), --import-rows N (100 000),
--calls N (1 000 000), --flow-leads N (100 000), --write FILE.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import http.client
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import asyncpg
import psutil
from bench.demo import demo
from bench.phone import phone
from bench.rank import p95
from bench.seed import LEAD, PASSWORD, REP
from bench.wire import Person, log_in
from tests.product import Product, serving

from bench import bulk, dashboard, flows
from tuoke.kit.pg import running
from tuoke.main.prepare import ADMIN

ROOT = Path(__file__).parents[1]
WHO = {"rep": REP, "team lead": LEAD, "administrator": ADMIN}


@dataclass
class Figure:
    name: str
    measured: str
    target: str
    ok: bool


@dataclass
class Table:
    rows: list[Figure] = field(default_factory=list)

    def add(self, name: str, value: float, unit: str, target: float, *, at_least: bool = False) -> None:
        ok = value >= target if at_least else value <= target
        sign = "≥" if at_least else "≤"
        self.rows.append(Figure(name, f"{value:.1f} {unit}", f"{sign} {target:g} {unit}", ok))
        print(
            f"{'ok   ' if ok else 'SHORT'} {name:<68} {value:>9.1f} {unit:<4} {sign} {target:g}", flush=True
        )


class Client:
    """One keep-alive connection of one logged-in person."""

    def __init__(self, port: int, email: str) -> None:
        self._http = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self._headers: dict[str, str] = {"Content-Type": "application/json"}
        body = json.dumps({"email": email, "password": PASSWORD})
        answer, headers = self.ask("POST", "/session", body)
        self._headers["X-CSRF"] = answer["csrf"]
        self._headers["Cookie"] = headers["set-cookie"].split(";")[0]

    def again(self) -> Client:
        """The same person over another connection."""
        other = object.__new__(Client)
        other._http = http.client.HTTPConnection("127.0.0.1", self._http.port, timeout=120)
        other._headers = self._headers
        return other

    @property
    def headers(self) -> dict[str, str]:
        return dict(self._headers)

    def ask(self, method: str, path: str, body: str | bytes | None = None, **headers: str) -> tuple[Any, Any]:
        self._http.request(method, f"/api/v1{path}", body, {**self._headers, **headers})
        answer = self._http.getresponse()
        said = answer.read()
        if answer.status >= 400:
            raise RuntimeError(f"{method} {path}: {answer.status} {said[:300]!r}")
        return json.loads(said), {key.lower(): value for key, value in answer.getheaders()}


def times(ask: Callable[[], Any], repeats: int) -> list[float]:
    """Milliseconds, ascending; the first two are not counted."""
    found: list[float] = []
    for _ in range(repeats + 2):
        started = time.perf_counter()
        ask()
        found.append((time.perf_counter() - started) * 1000)
    return sorted(found[2:])


THREE = {
    "all": [
        {"field": "city", "op": "eq", "value": "杭州"},
        {"field": "source", "op": "in", "value": ["website", "douyin"]},
        {"field": "score", "op": "gte", "value": 50},
    ]
}


def lists(table: Table, port: int) -> None:
    """A page of 50, three unindexed conditions, newest first, exact count."""
    query = f"filter={quote(json.dumps(THREE))}&sort=-created_at&limit=50&count=exact"
    for who, email in WHO.items():
        client = Client(port, email)
        asked = f"/tables/lead/records?{query}&fields=name,company,phone,status,grade,city,source,owner"
        found = times(lambda c=client, a=asked: c.ask("GET", a), 30)
        table.add(f"list, 3 unindexed conditions, exact count, {who}: p95", p95(found), "ms", 150)
        whole = times(lambda c=client: c.ask("GET", "/tables/lead/records?limit=50&fields=name,phone"), 20)
        table.add(f"list, no filter, exact count, {who}: p95", p95(whole), "ms", 150)


BY_HAND = """
from work.lead where deleted_at is null and city = '杭州' and source = any('{website,douyin}') and score >= 50 and
"""
SEEN_BY_HAND = {
    "rep": "(owner = {me} or (owner is null and department = {department}))",
    "team lead": "department = any(array(select id from tuoke.department where path @> array[{department}]::bigint[]))",
    "administrator": "true",
}


def beside_sql(table: Table, port: int, data: Path) -> None:
    """The same page and count in SQL as somebody would write it for exactly this list; turn about, in one run."""
    asyncio.run(_beside_sql(table, port, data))


async def _beside_sql(table: Table, port: int, data: Path) -> None:
    db = await asyncpg.connect(url_of(data))
    query = f"filter={quote(json.dumps(THREE))}&sort=-created_at&limit=50&count=exact"
    asked = f"/tables/lead/records?{query}&fields=name,company,phone,status,grade,city,source,owner"
    for who, email in WHO.items():
        client = Client(port, email)
        me = await db.fetchrow("select id, department from tuoke.user_account where email = $1", email)
        seen = SEEN_BY_HAND[who].format(me=me["id"], department=me["department"] or 0)
        page = (
            f"select id, version, name, company, phone, status, grade, city, source, owner {BY_HAND} {seen}"
        )
        ours: list[float] = []
        theirs: list[float] = []
        for turn in range(22):
            started = time.perf_counter()
            answer, _ = client.ask("GET", asked)
            between = time.perf_counter()
            rows = await db.fetch(f"{page} order by created_at desc, id desc limit 50")
            count = await db.fetchval(f"select count(*) {BY_HAND} {seen}")
            if turn >= 2:
                ours.append(between - started)
                theirs.append(time.perf_counter() - between)
            assert [row["id"] for row in rows] == [r["id"] for r in answer["records"]]
            assert count == answer["count"], (who, count, answer["count"])
        ratio = statistics.median(ours) / statistics.median(theirs)
        table.add(f"list over HTTP beside hand-written SQL, {who}: median", ratio, "x", 1.3)
    await db.close()


def advised(table: Table, port: int) -> None:
    """The index the product proposes for the list above, made while it runs; then the list again."""
    admin = Client(port, ADMIN)
    said, _ = admin.ask("GET", "/tables/lead/indexes")
    best = max(said["proposed"], key=lambda one: one["times"])
    job, _ = admin.ask(
        "POST", "/tables/lead/indexes", json.dumps({"columns": best["columns"], "included": best["included"]})
    )
    started = time.perf_counter()
    while (state := admin.ask("GET", f"/jobs/{job['job']}")[0]["state"]) not in ("done", "failed"):
        time.sleep(0.1)
    assert state == "done"
    print(f"index on {', '.join(best['columns'])} built in {time.perf_counter() - started:.1f} s", flush=True)
    query = f"filter={quote(json.dumps(THREE))}&sort=-created_at&limit=50&count=exact"
    asked = f"/tables/lead/records?{query}&fields=name,company,phone,status,grade,city,source,owner"
    for who, email in WHO.items():
        client = Client(port, email)
        found = times(lambda c=client: c.ask("GET", asked), 30)
        table.add(f"the same list with the index the product proposed, {who}: p95", p95(found), "ms", 50)


def searches(table: Table, port: int) -> None:
    """Two Chinese characters or four digits, with the exact count of what the person may see."""
    for who, email in WHO.items():
        client = Client(port, email)
        words = samples(client)
        found: list[float] = []
        for word in words:
            asked = (
                f"/tables/lead/records?search={quote(word)}&limit=50&count=exact&fields=name,phone,company"
            )
            found += times(lambda c=client, a=asked: c.ask("GET", a), 2)
        table.add(
            f"search, names and last four digits, exact count, {who}: p95", p95(sorted(found)), "ms", 50
        )
        common = f"/tables/lead/records?search={quote('科技')}&limit=50&fields=name,phone,company"
        # Two requests, as the list on screen asks: the hits are there before they are counted.
        for what, count in (("the hits", "none"), ("their exact count", "exact")):
            found = times(lambda c=client, a=f"{common}&count={count}": c.ask("GET", a), 10)
            table.add(f"search, a very common pair (科技), {what}, {who}: p95", p95(found), "ms", 50)


def samples(client: Client) -> list[str]:
    page, _ = client.ask("GET", "/tables/lead/records?limit=200&offset=37&fields=name,phone")
    rows = page["records"][::10]
    return [r["name"][-2:] for r in rows] + [r["phone"][-4:] for r in rows]


def creations(table: Table, port: int, clients: int = 8, seconds: float = 10.0) -> None:
    """With a client that costs little: the machine's cores should be the product's."""
    taken, elapsed = asyncio.run(_creations(port, clients, seconds))
    table.add(
        f"create one record over HTTP, {clients} clients", len(taken) / elapsed, "/s", 400, at_least=True
    )
    table.add(f"create one record over HTTP, {clients} clients: p95", p95(sorted(taken)), "ms", 15)


async def _creations(port: int, clients: int, seconds: float) -> tuple[list[float], float]:
    taken: list[float] = []

    async def create(person: Person, number: int, stop: float) -> None:
        while time.perf_counter() < stop:
            body = {"name": "王小伟", "company": "杭州云海科技", "phone": f"154{number:01d}{len(taken):07d}"}
            request = person.request("POST", "/tables/lead/records", json.dumps(body).encode())
            started = time.perf_counter()
            await person.ask(request)
            taken.append((time.perf_counter() - started) * 1000)

    # One log-in, eight connections: logging in is throttled on purpose.
    first = await log_in(port, ADMIN, PASSWORD)
    people = [await first.again() for _ in range(clients)]
    began = time.perf_counter()
    await asyncio.gather(*(create(person, n, began + seconds) for n, person in enumerate(people)))
    return taken, time.perf_counter() - began


def imports(table: Table, product: Product, rows: int) -> None:
    client = Client(product.port, ADMIN)
    lines = ["姓名,手机,公司,城市,来源,预计金额,下次跟进,备注,状态,等级"]
    lines += [
        f"王{i % 997},157{i:08d},杭州云海{i % 5000}科技有限公司,杭州,官网,{i % 1000}元,2026/12/{1 + i % 28},备注{i},新线索,A-高意向"
        for i in range(rows)
    ]
    boundary = "tuoke-bench"
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="big.csv"\r\n\r\n'
    body = head.encode() + "\n".join(lines).encode("gbk") + f"\r\n--{boundary}--\r\n".encode()
    peak = Peak(product.process.pid)
    started = time.perf_counter()
    said, _ = client.ask(
        "POST", "/tables/lead/import", body, **{"Content-Type": f"multipart/form-data; boundary={boundary}"}
    )
    while (job := client.ask("GET", f"/jobs/{said['job']}")[0])["state"] not in ("done", "failed"):
        peak.look()
        time.sleep(0.1)
    taken = time.perf_counter() - started
    assert job["state"] == "done", job
    assert job["result"]["created"] == rows, job["result"]
    table.add(f"import of {rows} rows (GBK csv), upload to done", taken, "s", 15 * rows / 100_000)
    table.add("import: peak memory of the worker and its helpers", peak.most_mb, "MB", 600)
    while client.ask("GET", f"/tables/lead/records?search=157{rows - 1:08d}&limit=1")[0]["count"] != 1:
        time.sleep(0.05)
    table.add(
        "import: until the last row is found by search",
        time.perf_counter() - started,
        "s",
        18 * rows / 100_000,
    )


def bulks(table: Table, product: Product, leads: int) -> None:
    client = Client(product.port, ADMIN)
    bulk.bulk_edits(table.add, client)
    bulk.exports(table.add, product.port, product.process.pid, client.headers, leads)


class Peak:
    """The most memory the worker's processes held together; what they share is counted once by PSS."""

    def __init__(self, parent: int) -> None:
        self._parent, self.most_mb = parent, 0.0

    def look(self) -> None:
        total = 0
        for process in psutil.Process(self._parent).children(recursive=True):
            try:
                line = " ".join(process.cmdline())
                # Everything of ours but the web: both workers, and who reads the file for them.
                if "python" in line and "--supervised web" not in line:
                    total += process.memory_full_info().pss
            except psutil.Error:
                continue
        self.most_mb = max(self.most_mb, total / 1e6)


def starts(table: Table) -> None:
    data = Path(tempfile.mkdtemp(prefix="tuoke-bench-start-"))
    data.chmod(0o711)
    for name, target in (("fresh folder", 15.0), ("again", 3.0)):
        with serving(data) as product:
            table.add(f"serve → log-in page, {name}", product.ready_s, "s", target)
    shutil.rmtree(data, ignore_errors=True)


def shell(table: Table) -> None:
    """What the browser loads before the first page, compressed."""
    app = ROOT / "src" / "tuoke" / "static" / "app"
    page = (app / "index.html").read_text(encoding="utf-8")
    names = [part.split('"')[0] for part in page.split('="/')[1:] if part.startswith("assets/")]
    size = sum(len(gzip.compress((app / name).read_bytes())) for name in set(names))
    table.add("first load of the web app, gzip", size / 1024, "KB", 300)


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("--leads", type=int, default=1_000_000)
    arguments.add_argument("--import-rows", type=int, default=100_000)
    arguments.add_argument("--calls", type=int, default=dashboard.CALLS)
    arguments.add_argument("--flow-leads", type=int, default=100_000)
    arguments.add_argument("--write", type=Path)
    given = arguments.parse_args()
    table = Table()
    try:
        _measure(table, given)
    finally:
        # What was measured before something broke is worth keeping.
        if given.write:
            given.write.write_text(page_of(table, given.leads), encoding="utf-8")
    short = [row for row in table.rows if not row.ok]
    print(f"{len(table.rows) - len(short)} figures reached, {len(short)} short")


def _measure(table: Table, given: argparse.Namespace) -> None:
    shell(table)
    starts(table)
    demo(table)
    data = Path(tempfile.mkdtemp(prefix="tuoke-bench-"))
    data.chmod(0o711)
    # Without a worker: it would fill the search index of an empty table while the seed does.
    with running(data) as database:
        seed(database.url(), given.leads)
        asyncio.run(dashboard.fill(database.url(), given.calls))
        asyncio.run(_settle(database.url()))
    with serving(data) as product:
        product.await_workers()
        lists(table, product.port)
        beside_sql(table, product.port, data)
        searches(table, product.port)
        advised(table, product.port)
        people = {who: Client(product.port, email) for who, email in WHO.items()}
        dashboard.measure(table, people, times, given.calls)
        creations(table, product.port)
        bulks(table, product, given.leads)
        imports(table, product, given.import_rows)
    shutil.rmtree(data, ignore_errors=True)
    phone(table)
    flows.measure(table.add, flows.Sizes.upto(given.flow_leads))


async def _settle(url: str) -> None:
    """What a night would do after a million rows, so that it does not go on beside the measuring."""
    db = await asyncpg.connect(url)
    await db.execute("vacuum analyze")
    await db.execute("checkpoint")
    await db.close()


def url_of(data: Path) -> str:
    return f"postgresql://tuoke@/tuoke?host={data / 'pg'}"


def seed(url: str, leads: int) -> None:
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    command = [sys.executable, "-m", "bench.seed", "--database", url, "--leads", str(leads)]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONPATH": path}, cwd=ROOT)


def page_of(table: Table, leads: int) -> str:
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, cwd=ROOT)
    load = ", ".join(f"{x:.1f}" for x in os.getloadavg())
    lines = [
        "# Figures",
        "",
        "Written by `python -m bench --write`, as `make soak` does after its long tests; `make bench` prints the same table.",
        "",
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC · commit {commit.stdout.strip()} · {platform.machine()}, "
        f"{os.cpu_count()} cores · load at the end {load} · {leads} leads",
        "",
        "| what | measured | target | |",
        "|---|---|---|---|",
        *(f"| {r.name} | {r.measured} | {r.target} | {'ok' if r.ok else '**short**'} |" for r in table.rows),
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    print(f"load at the start: {statistics.mean(os.getloadavg()):.1f}")
    main()
