"""Many records at once: a bulk edit with its history and its undo, and the export of a list."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import psutil

Add = Callable[..., None]
"""`Table.add` of the table of figures."""
ROWS = 10_000
EXPORTED = 100_000


def bulk_edits(add: Add, client: Any) -> None:
    """10 000 leads get another city and grade, by filter; then all of it is taken back."""
    first, _ = client.ask("GET", f"/tables/lead/records?fields=id&sort=id&limit=1&offset={ROWS}&count=none")
    last = first["records"][0]["id"]
    body = {
        "filter": {"field": "id", "op": "lt", "value": last},
        "set": {"position": "采购总监", "score": 100},
    }
    text = json.dumps(body)
    started = time.perf_counter()
    seen, _ = client.ask("PATCH", "/tables/lead/records?dry_run=true", text)
    add(
        f"bulk edit of {ROWS} leads: how many would change", (time.perf_counter() - started) * 1000, "ms", 500
    )
    started = time.perf_counter()
    done, _ = client.ask("PATCH", "/tables/lead/records", text)
    taken = time.perf_counter() - started
    assert done["count"] == seen["changing"] == ROWS, (done, seen)
    add(f"bulk edit of {ROWS} leads, two fields, with history", taken, "s", 3)
    started = time.perf_counter()
    job, _ = client.ask("POST", f"/changes/{done['change_set']}/undo")
    while (state := client.ask("GET", f"/jobs/{job['job']}")[0]["state"]) not in ("done", "failed"):
        time.sleep(0.1)
    assert state == "done"
    add(f"undo of that bulk edit of {ROWS} leads", time.perf_counter() - started, "s", 30)


def exports(add: Add, port: int, parent: int, headers: dict[str, str], leads: int) -> None:
    """The list of 100 000 leads as a file: upload to the last byte, and what the web process holds meanwhile."""
    found = min(EXPORTED, leads)
    fields = "name,company,phone,status,grade,city,source,owner,amount,next_follow_at"
    # The ids of the seed begin at 1.
    tree = quote(json.dumps({"field": "id", "op": "lte", "value": found}))
    for format in ("xlsx", "csv"):
        peak = Peak(parent)
        peak.start()
        web = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        started = time.perf_counter()
        web.request(
            "GET",
            f"/api/v1/tables/lead/export?format={format}&fields={fields}&filter={tree}",
            headers=headers,
        )
        answer = web.getresponse()
        size = 0
        while piece := answer.read(1 << 18):
            size += len(piece)
        taken = time.perf_counter() - started
        assert answer.status == 200
        assert size > found * 20
        add(f"export of {found} leads as {format}", taken, "s", 15 * found / EXPORTED)
        peak.stop()
        add(f"export as {format}: peak memory over that at rest", peak.grown_mb, "MB", 300)
        web.close()


class Peak(threading.Thread):
    """How much more the product's processes hold than at the start; PostgreSQL's shared pages are not counted."""

    def __init__(self, parent: int) -> None:
        super().__init__(daemon=True)
        self._parent = parent
        self._over = threading.Event()
        self._rest = self._held()
        self.grown_mb = 0.0

    def run(self) -> None:
        while not self._over.wait(0.2):
            self.grown_mb = max(self.grown_mb, self._held() - self._rest)

    def stop(self) -> None:
        self._over.set()
        self.join()

    def _held(self) -> float:
        total = 0
        for process in psutil.Process(self._parent).children(recursive=True):
            try:
                if "postgres" not in process.name():
                    total += process.memory_full_info().uss
            except psutil.Error:
                continue
        return total / 1e6
