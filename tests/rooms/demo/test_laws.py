"""A small demo keeps every law that a year of a firm has. `test_whole.py` asks the same of the whole one."""

from __future__ import annotations

import wave
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio

from tests.rooms.demo.broken import broken
from tuoke.demo import sound
from tuoke.demo.fill import Made, Order, fill_database
from tuoke.kit.calendar import WorkingCalendar
from tuoke.kit.database import Engine, begin, run_sql
from tuoke.kit.phone import to_e164
from tuoke.kit.storage import Files
from tuoke.main.prepare import prepare
from tuoke.query.index import index_records
from tuoke.schema.load import load_catalog

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 20, 15, 10, tzinfo=ZONE)
"""A Friday afternoon in the middle of a shift."""


@dataclass
class Firm:
    engine: Engine
    data: Path
    made: Made

    async def ask(self, query: str) -> list[tuple[object, ...]]:
        async with begin(self.engine) as db:
            return [tuple(row) for row in await run_sql(db, query)]


@pytest_asyncio.fixture(scope="module")
async def firm(module_workspace: Engine, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Firm]:
    url = module_workspace.url.render_as_string(hide_password=False).replace("+asyncpg", "")
    await prepare(url, "ocean-lamp-4711")
    data = tmp_path_factory.mktemp("demo")
    yield Firm(module_workspace, data, await fill_database(module_workspace, data, Order(300, 7, NOW)))


async def test_no_law_is_broken(firm):
    async with begin(firm.engine) as db:
        assert await broken(db, NOW) == {}


async def test_every_call_lies_in_a_shift_of_a_working_day(firm):
    calendar = WorkingCalendar(ZONE)

    for started, ended in await firm.ask("select started_at, ended_at from work.call"):
        assert calendar.opening(started).at == started
        assert calendar.opening(ended).at == ended
        lunch = [
            started.astimezone(ZONE).replace(hour=h, minute=m, second=0, microsecond=0)
            for h, m in ((12, 0), (13, 30))
        ]
        assert ended <= lunch[0] or started >= lunch[1]


async def test_every_number_is_one_the_product_takes(firm):
    for (phone,) in await firm.ask("select phone from work.lead union select phone from work.contact"):
        assert str(to_e164(phone)) == phone


async def test_search_tokens_are_what_the_reader_of_the_log_would_write(firm):
    async with begin(firm.engine) as db:
        for table in await load_catalog(db):
            ids = list((await run_sql(db, f'select id from work."{table.key}"')).scalars())
            query = f'select id, tokens from search."{table.key}" order by id'
            before = [tuple(row) for row in await run_sql(db, query)]
            await index_records(db, table, ids)
            after = [tuple(row) for row in await run_sql(db, query)]

            assert before == after
            assert before[0] == (0, [])
            assert len(before) == len(ids) + 1


async def test_recordings_are_as_long_as_they_say(firm):
    files = Files(firm.data / "files")
    kept = await firm.ask(
        "select r.seconds, f.path, f.size from work.recording r join tuoke.file f on f.id = r.audio[1]"
    )

    assert 2 < len(kept) <= 2 * sound.CALLS
    assert len(kept) == len(list(files.keys()))
    for seconds, key, size in kept:
        with wave.open(str(files.path(key))) as heard:
            assert abs(heard.getnframes() / heard.getframerate() - float(seconds)) < 0.2
        assert files.path(key).stat().st_size == size


async def test_counting_goes_on_where_the_demo_stopped(firm):
    for table in ("quote", "contract", "payment", "ticket"):
        wrong = await firm.ask(
            f"select * from (select substr(number, 3, 6) as period, count(*) as n, count(distinct number) as d, max(number) as m"
            f" from work.{table} group by 1) as found left join tuoke.counter c on c.period = found.period and c.field_id ="
            f" (select f.id from tuoke.field_def f join tuoke.table_def t on t.id = f.table_id"
            f"  where t.key = '{table}' and f.key = 'number')"
            " where c.value is distinct from n or d <> n or right(m, 4)::int <> n"
        )
        assert wrong == []
        [(last, next_)] = await firm.ask(
            f"select (select max(id) from work.{table}), nextval(pg_get_serial_sequence('work.{table}', 'id'))"
        )
        assert next_ == last + 1


async def test_forty_people_work_there(firm):
    found = await firm.ask(
        "select r.role, count(*) from tuoke.user_account u join tuoke.user_role r on r.user_id = u.id"
        " where u.email <> 'admin@tuoke.local' group by 1 order by 1"
    )

    assert sum(count for _, count in found) == 40
    assert dict(found)["rep"] == 29
