"""How fast rules are: leads given out after an import, one lead at a time, timers with the worker killed half way.

Over a product of its own, so that what it measures is the flow machine and not the size of the tables beside it.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
from bench.floor import PASSWORD, Floor
from tests.product import Product, serving
from tests.rules import deal_out


@dataclass(frozen=True)
class Sizes:
    assigned: int = 10_000
    singles: int = 200
    timers: int = 10_000
    many: int = 100_000
    idle_s: float = 10.0

    @classmethod
    def upto(cls, leads: int, idle_s: float = 10.0) -> Sizes:
        return cls(
            assigned=min(leads, cls.assigned),
            singles=min(leads, cls.singles),
            timers=min(leads, cls.timers),
            many=leads,
            idle_s=idle_s,
        )


REMINDING = "and flow_id = (select id from tuoke.flow where key = 'assign_new_lead')"
"""Of the flows the app ships, the one that gives out leads and reminds after three working days."""

Add = Callable[[str, float, str, float], None]
"""(what, measured, unit, at most)."""


def measure(add: Add, sizes: Sizes) -> None:
    data = Path(tempfile.mkdtemp(prefix="tuoke-bench-flows-"))
    data.chmod(0o711)
    with serving(data, TUOKE_ADMIN_PASSWORD=PASSWORD) as product:
        asyncio.run(_measure(add, product, data, sizes))
    shutil.rmtree(data, ignore_errors=True)


async def _measure(add: Add, product: Product, data: Path, sizes: Sizes) -> None:
    floor = Floor(data, product.port)
    await floor.open()
    await floor.hire()
    await idle(add, product, sizes.idle_s)
    await singles(add, floor, sizes.singles)
    await assigned(add, product, floor, sizes.assigned)
    await timers(add, product, floor, sizes.timers)
    await many(add, product, floor, sizes.many)
    await floor.close()


async def idle(add: Add, product: Product, seconds: float) -> None:
    """What the workers cost while nothing happens."""
    await asyncio.sleep(3)
    workers = [product.child(f"--supervised {kind}") for kind in ("worker", "jobs")]
    before = sum(map(_spent, workers))
    await asyncio.sleep(seconds)
    spent = sum(map(_spent, workers)) - before
    add("both workers while nothing happens, of one processor", 100 * spent / seconds, "%", 2)


def _spent(pid: int) -> float:
    spent = psutil.Process(pid).cpu_times()
    return spent.user + spent.system


async def singles(add: Add, floor: Floor, many: int) -> None:
    """From the answer to a creation until the flow's first step is stored."""
    taken: list[float] = []
    for _ in range(many):
        [id] = (await floor.admin.send("POST", "/tables/lead/records", _lead(floor)))["ids"]
        answered = time.perf_counter()
        while not (await floor.rows("select owner is not null from work.lead where id = $1", id))[0][0]:
            await asyncio.sleep(0.004)
        taken.append((time.perf_counter() - answered) * 1000)
    taken.sort()
    add("flow: change → first owner, idle: median", taken[len(taken) // 2], "ms", 1000)
    add("flow: change → first owner, idle: p99", taken[int(len(taken) * 0.99)], "ms", 1000)


def _lead(floor: Floor) -> dict[str, Any]:
    return {
        "name": "王小伟",
        "phone": floor.phone(),
        "source": "website",
        "department": next(iter(floor.reps)),
    }


async def assigned(add: Add, product: Product, floor: Floor, many: int) -> None:
    """Imported leads through branch, owner, notice and into the wait."""
    before = await floor.last_run()
    work = product.work_s()
    took, began = await floor.bring(many)
    imported = time.perf_counter()
    await floor.settled(before, many, "assign_new_lead")
    done = time.perf_counter()
    add(f"import of {many} leads with the rule at work", took, "s", 10)
    add(f"flow: {many} imported leads given out and told, after the import", done - imported, "s", 10)
    add(f"flow: {many} imported leads given out and told, from the upload", done - began, "s", 20)
    add("flow: the same, processor seconds of all", product.work_s() - work, "s", 40)


async def timers(add: Add, product: Product, floor: Floor, many: int) -> None:
    """All due in the same minute; the worker dies when half of them have been done."""
    table = "from work.task where title like '已超过3天%'"
    waiting = await floor.count(f"from bus.flow_run where state = 'waiting' {REMINDING}")
    many = min(many, waiting)
    moved = await floor.number(
        "with due as (update bus.flow_run set due_at = now() - random() * interval '1 minute'"
        f" where id in (select id from bus.flow_run where state = 'waiting' {REMINDING} order by id limit $1)"
        " returning 1)"
        " select count(*) from due",
        many,
    )
    began = time.perf_counter()
    await floor.until(table, many)  # two tasks a lead: half of them
    os.kill(product.child("--supervised worker"), signal.SIGKILL)
    await floor.until(table, 2 * moved)
    await floor.until(f"from bus.flow_run where state = 'done' {REMINDING}", moved)
    add(f"flow: {moved} timers of one minute, worker killed half way", time.perf_counter() - began, "s", 60)
    twice = await floor.number(
        "select count(*) from (select lead, owner from work.task where title like '已超过3天%' group by lead, owner having count(*) > 1) twice"
    )
    assert (twice, await floor.count(table)) == (0, 2 * moved), "a timer fired twice"


async def many(add: Add, product: Product, floor: Floor, rows: int) -> None:
    """A rule of five nodes on every lead of a big import."""
    await floor.one_flow(deal_out())
    before = await floor.last_run()
    work = product.work_s()
    took, began = await floor.bring(rows)
    imported = time.perf_counter()
    await floor.settled(before, rows, "deal_out")
    done = time.perf_counter()
    add(f"import of {rows} leads with the rule at work", took, "s", 60)
    add(f"flow: {rows} imported leads given out and told, from the upload", done - began, "s", 60)
    add("flow: the same, after the import", done - imported, "s", 60)
    add("flow: the same, processor seconds of all", product.work_s() - work, "s", 120)


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("--leads", type=int, default=100_000)
    arguments.add_argument("--seconds", type=float, default=10.0, help="of watching it do nothing")
    given = arguments.parse_args()
    measure(_print, Sizes.upto(given.leads, given.seconds))


def _print(what: str, value: float, unit: str, most: float) -> None:
    print(f"{what:<75} {value:>9.1f} {unit:<3} ≤ {most:g}", flush=True)


if __name__ == "__main__":
    main()
