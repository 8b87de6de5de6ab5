"""Workers, the database, everything is killed while rules give out leads and while timers fire: each step once.

The lost step and the doubled one are looked for in what people see: owners, histories, notices, to-dos, turns.
"""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import signal
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import pytest
from bench.floor import PASSWORD, Floor

from tests.product import Product, free_port, lingering, living, serving
from tests.rules import deal_out

SOURCES = ("官网", "市场活动", "抖音")
"""In turn; to whoever has least; up to a cap."""
CAP_SHARE = 4
"""Every rep may take a quarter of his share of the capped leads, so that most of them find nobody."""
SHIPPED = "assign_new_lead"


class Shop:
    """The product over one folder, killed and started again."""

    def __init__(self, folder: Path, parts: ExitStack) -> None:
        self._data, self._parts, self.port = folder / "data", parts, free_port()
        self.product = self._serve()
        self.floor = Floor(self._data, self.port)

    def _serve(self) -> Product:
        return self._parts.enter_context(serving(self._data, port=self.port, TUOKE_ADMIN_PASSWORD=PASSWORD))

    def kill(self, what: str) -> None:
        match what:
            case "worker" | "jobs":
                os.kill(self.product.child(f"--supervised {what}"), signal.SIGKILL)
            case "database":
                os.kill(self.product.child("postgres -D"), signal.SIGKILL)
            case _:
                pids = {self.product.process.pid: "tuoke", **self.product.children()}
                for pid in living(pids):
                    with suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)
                self.product.process.wait(20)
                assert lingering(pids) == {}
                self.product = self._serve()


@pytest.fixture
def shop() -> Iterator[Shop]:
    # Not tmp_path: pytest's folders are closed to the user PostgreSQL runs as when root runs the tests.
    folder = Path(tempfile.mkdtemp(prefix="tuoke-killed-"))
    folder.chmod(0o711)
    with ExitStack() as parts:
        yield Shop(folder, parts)
    shutil.rmtree(folder, ignore_errors=True)


async def test_a_kill_of_either_worker_loses_and_doubles_no_step(shop: Shop) -> None:
    await give_out_and_remind(shop, leads=480, timers=50, kills=["worker", "jobs"])


@pytest.mark.soak
async def test_ten_kills_of_each_kind_lose_and_double_no_step(shop: Shop) -> None:
    kills = [kind for kind in ("worker", "jobs", "database", "everything") for _ in range(10)]
    await give_out_and_remind(shop, leads=10_080, timers=1000, kills=kills)


async def give_out_and_remind(shop: Shop, leads: int, timers: int, kills: list[str]) -> None:
    # Another order and other moments each time; said, so that a failure can be looked into.
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    chance = random.Random(seed)
    chance.shuffle(kills)
    await shop.floor.open()
    await shop.floor.hire()
    cap = leads // len(SOURCES) // sum(map(len, shop.floor.reps.values())) // CAP_SHARE
    await shop.floor.admin.send("POST", "/flows", deal_out("douyin", cap))
    await give_out(shop, leads, kills, chance)
    await each_lead_was_given_out_once(shop.floor, leads, cap)
    reminded = await remind(shop, timers, kills, chance)
    await each_was_reminded_once(shop.floor, reminded)
    await shop.floor.close()


async def give_out(shop: Shop, leads: int, kills: list[str], chance: random.Random) -> None:
    """One part of the leads a kill, at some moment between the upload and a little after its last step."""
    part = leads // len(kills)
    for number, kind in enumerate(kills, 1):
        rows = part if number < len(kills) else leads - part * (number - 1)
        await patiently(shop, rows)
        await asyncio.sleep(chance.uniform(0, 1.2))
        shop.kill(kind)
    await shop.floor.until("from work.lead", leads)
    await shop.floor.until(f"from bus.flow_run where state = 'waiting' {flow(SHIPPED)}", leads * 2 // 3)
    await settled(shop.floor)


async def patiently(shop: Shop, rows: int) -> None:
    """Send a list; while the database comes back the product says so, and nothing was taken."""
    for _ in range(600):
        try:
            await shop.floor.upload(rows, SOURCES)
            return
        except Exception:
            shop.floor.forget(rows)
            await asyncio.sleep(0.1)
    raise AssertionError("the product takes no list any more")


async def settled(floor: Floor) -> None:
    """Until nothing is due, nor will be in the next moments, and every reader has read everything."""
    behind = "select count(*) from bus.write where seq is null"
    due = "select count(*) from bus.flow_run where state = 'due' or state = 'waiting' and due_at <= now() + interval '1 min'"
    late = "select count(*) from bus.position where seq < (select max(seq) from bus.write)"
    for _ in range(3000):
        if not any([await floor.number(query) for query in (behind, late, due)]):
            return
        await asyncio.sleep(0.05)
    raise AssertionError("the worker does not come to an end")


async def remind(shop: Shop, timers: int, kills: list[str], chance: random.Random) -> list[int]:
    """Three days are over for some of the leads: their waits are moved to this minute, for nobody can wait that
    long here. Returns the leads."""
    part, leads = timers // len(kills), list[int]()
    for number, kind in enumerate(kills, 1):
        many = part if number < len(kills) else timers - part * (number - 1)
        moved = await shop.floor.rows(
            "update bus.flow_run set due_at = now() + random() * interval '1.5 s' where id in (select id"
            f" from bus.flow_run where state = 'waiting' and due_at > now() + interval '1 day' {flow(SHIPPED)}"
            " order by record limit $1) returning record",
            many,
        )
        leads += [row[0] for row in moved]
        await asyncio.sleep(chance.uniform(0, 1.8))
        shop.kill(kind)
    # A kill may have swallowed the answer to a move that was stored: so the leads are counted by their due time.
    gone_by = (
        f"from bus.flow_run where due_at < now() + interval '1 day' and node <> 'by_source' {flow(SHIPPED)}"
    )
    await settled(shop.floor)
    found = await shop.floor.rows(f"select record {gone_by} and steps > 3")
    assert len(found) >= timers
    return [row[0] for row in found]


def flow(key: str) -> str:
    return f"and flow_id = (select id from tuoke.flow where key = '{key}')"


# --- what people see ------------------------------------------------------------------------------


async def each_lead_was_given_out_once(floor: Floor, leads: int, cap: int) -> None:
    third = leads // len(SOURCES)
    assert await floor.count("from work.lead") == leads
    assert await doubled(floor, "record, flow_id", "bus.flow_run") == 0
    assert await counted(floor, "state", f"bus.flow_run where true {flow(SHIPPED)}") == {
        "waiting": 2 * third,
        "done": third,
    }
    reps = [rep for team in floor.reps.values() for rep in team]
    assert await owners(floor, "douyin") == dict.fromkeys(reps, cap) | {None: third - cap * len(reps)}
    await website_leads_went_in_turn(floor, third)
    event = await owners(floor, "event")
    assert None not in event
    assert sum(event.values()) == third
    await one_assignment_each(floor, 2 * third + cap * len(reps))
    await one_notice_a_dealt_lead(floor, cap * len(reps))


async def website_leads_went_in_turn(floor: Floor, many: int) -> None:
    given = await owners(floor, "website")
    for department, reps in floor.reps.items():
        shares = [given[rep] for rep in reps]
        assert max(shares) - min(shares) <= 1, (department, shares)
    assert sum(given.values()) == many
    [[turns]] = await floor.rows(
        f"select max(t.value::int) from tuoke.flow_turn, jsonb_each_text(turns) t where node = 'to_a' {flow(SHIPPED)}"
    )
    assert turns == many


async def one_assignment_each(floor: Floor, many: int) -> None:
    changes = "from bus.change where kind = 2 and after ? 'owner'"
    assert await floor.count(changes) == many
    assert await floor.number(f"select count(distinct record) {changes}") == many
    # What funnels read: the owner moved once, from nobody.
    moves = "from bus.field_change where field = 'owner'"
    assert await floor.count(f"{moves} and from_value is null and to_value is not null") == many
    assert await floor.count(moves) == many
    steps = "from bus.flow_step where node in ('to_a', 'to_b', 'give') and port = 'next'"
    assert await floor.number(f"select count(distinct run) {steps}") == many
    assert await floor.count(steps) == many


async def one_notice_a_dealt_lead(floor: Floor, many: int) -> None:
    told = await floor.rows(
        "select count(*), count(distinct n.record), count(*) filter (where l.owner = n.user_id) from tuoke.notice n"
        " join work.lead l on l.id = n.record where n.title->>'zh' like '新线索 %'"
    )
    assert tuple(told[0]) == (many, many, many)


async def each_was_reminded_once(floor: Floor, leads: list[int]) -> None:
    assert await counted(floor, "state", f"bus.flow_run where record = any($1) {flow(SHIPPED)}", leads) == {
        "done": len(leads)
    }
    assert await doubled(floor, "run, node, port", "bus.flow_step") == 0
    tasks = "from work.task where kind = 'overdue'"
    assert await floor.count(tasks) == 2 * len(leads)
    assert await floor.number(f"select count(distinct (lead, owner)) {tasks}") == 2 * len(leads)
    assert await floor.number(f"select count(*) {tasks} and lead = any($1)", leads) == 2 * len(leads)
    told = "case when record is null then (regexp_match(title->>'zh', '[0-9]+'))[1]::int else 1 end"
    notices = await floor.rows(
        f"select user_id, sum({told})::int from tuoke.notice where title->>'zh' like '%已超过3天%' group by user_id"
    )
    mine = await floor.rows(f"select owner, count(*)::int {tasks} group by owner")
    assert dict(map(tuple, notices)) == dict(map(tuple, mine))


async def doubled(floor: Floor, what: str, table: str) -> int:
    return await floor.number(
        f"select count(*) from (select 1 from {table} group by {what} having count(*) > 1) as twice"
    )


async def counted(floor: Floor, what: str, rows: str, *values: Any) -> dict[Any, int]:
    return {
        row[0]: row[1] for row in await floor.rows(f"select {what}, count(*) from {rows} group by 1", *values)
    }


async def owners(floor: Floor, source: str) -> Counter[int | None]:
    return Counter(await counted(floor, "owner", "work.lead where source = $1", source))
