"""The change log: nothing lost, nothing twice, every record's changes in the order they happened."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from statistics import median
from typing import Any

import pytest

from tuoke.bus.lag import lags
from tuoke.bus.log import (
    Kind,
    Stretch,
    Write,
    changes_after,
    changes_in,
    has_unnumbered,
    is_behind,
    move,
    newest,
    next_stretch,
    number_writes,
    position,
)
from tuoke.bus.partitions import ensure_partitions
from tuoke.kit import pg
from tuoke.kit.database import Connection, Engine, begin, make_engine, run_sql

TABLE = 7
RECORDS = 20
WRITERS = 8
TRANSACTIONS = 60
"""Of each writer."""


class Ledger:
    """What the writers did, and what the readers were told."""

    def __init__(self) -> None:
        self.committed: dict[tuple[int, int], float] = {}
        """(record, its n-th change) -> when its transaction had committed."""
        self.read: list[tuple[int, int]] = []
        self.lags_s: list[float] = []
        self.writers = WRITERS


class RolledBack(Exception):
    """A transaction thinks better of it."""


async def test_every_change_comes_once_and_in_its_records_order(
    fresh_workspace: Engine, postgres: pg.Server, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger = Ledger()
    async with begin(fresh_workspace) as db:
        await run_sql(db, "create table work.thing (id bigint primary key, n int not null default 0)")
        await run_sql(db, f"insert into work.thing select generate_series(1, {RECORDS})")

    async with _left_open(make_engine(postgres.url("postgres"))), _left_open(fresh_workspace):
        await asyncio.gather(
            *(_writer(fresh_workspace, ledger, random.Random(seed)) for seed in range(WRITERS)),
            # Two workers, as when somebody starts a second one: they must neither disturb nor double.
            *(_sequencer(fresh_workspace, ledger) for _ in range(2)),
            *(_reader(fresh_workspace, ledger) for _ in range(2)),
        )

    assert len(ledger.read) == len(set(ledger.read)), "told twice"
    assert set(ledger.read) == set(ledger.committed), "lost, or told although rolled back"
    for record in range(1, RECORDS + 1):
        told = [n for id, n in ledger.read if id == record]
        assert told == list(range(1, len(told) + 1)), f"record {record} out of order"
    p50 = median(ledger.lags_s) * 1000
    with capsys.disabled():
        print(f"\n  {len(ledger.read)} changes once each, lag p50 {p50:.0f} ms", end=" ")
    assert p50 < 100


@asynccontextmanager
async def _left_open(engine: Engine) -> AsyncGenerator[None]:
    """A transaction that has written and does not end: in another database, and in ours."""
    async with engine.connect() as db:
        await run_sql(db, "create temp table forgotten (id int)")
        yield
    await engine.dispose()


async def _writer(engine: Engine, ledger: Ledger, dice: random.Random) -> None:
    for _ in range(TRANSACTIONS):
        await asyncio.sleep(dice.random() * 0.02)
        records = sorted(dice.sample(range(1, RECORDS + 1), dice.randint(1, 4)))
        try:
            done = await _write(engine, records, dice)
        except RolledBack:
            continue
        now = time.perf_counter()
        ledger.committed.update(dict.fromkeys(done, now))
    ledger.writers -= 1


async def _write(engine: Engine, records: list[int], dice: random.Random) -> list[tuple[int, int]]:
    done: list[tuple[int, int]] = []
    async with begin(engine) as db:
        write = Write(db, by=1)
        for record in records:
            found = await run_sql(db, "update work.thing set n = n + 1 where id = $1 returning n", record)
            done.append((record, found.scalar_one()))
            if dice.random() < 0.3:
                await asyncio.sleep(dice.random() * 0.01)
            await write.add(TABLE, Kind.UPDATED, [record], [{}], [{"n": done[-1][1]}])
        await write.close()
        # Committing takes its time too: numbers drawn early may be seen late.
        await asyncio.sleep(dice.random() * 0.01)
        if dice.random() < 0.15:
            raise RolledBack
    return done


async def _sequencer(engine: Engine, ledger: Ledger) -> None:
    while ledger.writers or await _glance(engine, has_unnumbered):
        async with begin(engine) as db:
            await number_writes(db)
        await asyncio.sleep(0.03)


async def _reader(engine: Engine, ledger: Ledger) -> None:
    async def behind(db: Connection) -> bool:
        return await is_behind(db, "reader") or await has_unnumbered(db)

    while ledger.writers or await _glance(engine, behind):
        async with begin(engine) as db:
            found = await changes_after(db, await position(db, "reader"), writes=20)
            if found:
                await move(db, "reader", found[-1].seq)
        now = time.perf_counter()
        for change in found:
            one = (change.record, (change.after or {})["n"])
            ledger.read.append(one)
            if one in ledger.committed:
                ledger.lags_s.append(now - ledger.committed[one])
        await asyncio.sleep(0.005)


async def _glance(engine: Engine, ask: Any) -> bool:
    async with engine.connect() as db:
        return await ask(db)


async def test_a_position_by_id_would_lose_what_commits_late(fresh_workspace: Engine) -> None:
    """Why there is a sequencer: the two obvious ways to follow a log both skip the slower transaction."""
    by_change, by_write, by_seq = 0, 0, 0
    told: dict[str, list[int]] = {"change": [], "write": [], "seq": []}

    async def everybody_reads() -> None:
        nonlocal by_change, by_write, by_seq
        async with begin(fresh_workspace) as db:
            await number_writes(db)
            rows = (await run_sql(db, "select id, record from bus.change where id > $1", by_change)).all()
            told["change"] += [row[1] for row in rows]
            by_change = max([by_change, *(row[0] for row in rows)])
            rows = (
                await run_sql(
                    db,
                    "select w.id, c.record from bus.write w join bus.change c on c.txn = w.txn"
                    " where w.id > $1",
                    by_write,
                )
            ).all()
            told["write"] += [row[1] for row in rows]
            by_write = max([by_write, *(row[0] for row in rows)])
            found = await changes_after(db, by_seq)
            told["seq"] += [change.record for change in found]
            by_seq = max([by_seq, *(change.seq for change in found)])

    async with fresh_workspace.connect() as slow, begin(fresh_workspace) as quick:
        await _log(slow, 1)
        await _log(quick, 2)
        await quick.commit()
        await everybody_reads()
        await slow.commit()
    await everybody_reads()

    assert told == {"change": [2], "write": [2], "seq": [2, 1]}


async def _log(db: Connection, *records: int, kind: Kind = Kind.CREATED) -> None:
    write = Write(db, by=1)
    await write.add(TABLE, kind, records)
    await write.close()


async def test_a_stretch_is_bounded_and_never_cuts_a_write(db: Connection) -> None:
    for size in (3, 4, 12, 1, 1):
        await _log(db, *range(1, size + 1))
    await number_writes(db)

    stretches: list[tuple[int, int]] = []
    after = await newest(db) - 5
    start = after
    while stretch := await next_stretch(db, after, changes=8):
        stretches.append((stretch.after - start, stretch.upto - start))
        after = stretch.upto

    assert stretches == [(0, 2), (2, 3), (3, 5)]


async def test_a_great_write_is_read_in_pages(db: Connection) -> None:
    await _log(db, *range(1, 1201))
    await number_writes(db)
    last = await newest(db)

    pages = [page async for page in changes_in(db, Stretch(last - 1, last), page=500)]

    assert [len(page) for page in pages] == [500, 500, 200]
    assert [change.record for page in pages for change in page] == list(range(1, 1201))


async def test_what_is_not_read_yet_is_told_with_its_age(fresh_workspace: Engine) -> None:
    # Other readers stand in their places from the beginning.
    ours = ("sequencer", "reader")
    async with begin(fresh_workspace) as db:
        await position(db, "reader")
        await _log(db, 1)
    async with begin(fresh_workspace) as db:
        before = {lag.reader: lag.writes for lag in await lags(db) if lag.reader in ours}
        await number_writes(db)
        numbered = {lag.reader: (lag.writes, lag.seconds > 0) for lag in await lags(db) if lag.reader in ours}
        await move(db, "reader", await newest(db))
        read = {lag.reader: (lag.writes, lag.seconds) for lag in await lags(db) if lag.reader in ours}

    assert before == {"sequencer": 1, "reader": 0}
    assert numbered == {"sequencer": (0, False), "reader": (1, True)}
    assert read == {"sequencer": (0, 0), "reader": (0, 0)}


async def test_months_get_their_partitions_whatever_was_written_before(db: Connection) -> None:
    await _log(db, 1)
    now = datetime.now(UTC)

    await ensure_partitions(db, now.date())
    await ensure_partitions(db, now.date())
    await _log(db, 2)
    await ensure_partitions(db, date(2031, 12, 31))

    parts = await run_sql(db, "select tableoid::regclass::text, count(*) from bus.change group by 1")
    made = await run_sql(db, "select inhrelid::regclass::text from pg_inherits order by 1")
    assert dict(tuple(row) for row in parts)[f"bus.change_{now:%Y%m}"] >= 2
    assert {"bus.change_203112", "bus.change_203201", "bus.change_203202"} <= set(made.scalars())
