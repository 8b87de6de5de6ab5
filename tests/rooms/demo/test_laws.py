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
from tests.rooms.demo.laws import LAWS
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


BREAKS = {
    "no payment before its contract": "update work.payment set paid_on = paid_on - 400 where id = 1",
    "payments never exceed their contract": "update work.payment set amount = amount * 9 where id = 1",
    "the instalments of a contract are its amount": "update work.payment_plan set amount = amount + 1 where id = 1",
    "an instalment's state says what was paid": "update work.payment_plan set status = 'pending' where status = 'paid'",
    "invoices follow payments and never exceed their contract": "update work.invoice set amount = amount * 9",
    "a contract is for what its accepted quote says": "update work.quote set status = 'sent'",
    "a quote is the sum of its lines less the discount": "update work.quote set amount = amount + 1 where id = 1",
    "a quote's line is its price times its quantity": "update work.quote_line set quantity = quantity + 1 where id = 1",
    "exactly the won opportunities have a contract": "update work.opportunity set stage = 'lost' where stage = 'won'",
    "what is won or lost says why, and nothing else does": "update work.opportunity set close_reason = 'fit'",
    "nobody is in two calls at once": "update work.call set ended_at = ended_at + interval '30 days'",
    "a connected call has a talk, an answer and a wrap-up, another has none": "update work.call set wrap_up = null",
    "a call's wrap-up is its own agent's and comes when it has ended": "update work.activity set owner = 1",
    "a call goes to the number of whom it is about": "update work.call set number = '+8615400000000' where id = 1",
    "who was converted is an account, and whoever is an account was converted": "update work.lead set status = 'new'",
    "every number is another's": "insert into work.contact (name, phone) select name, phone from work.contact limit 1",
    "numbers are Chinese mobiles in E.164, of ranges no carrier has": "update work.lead set phone = '+8613800000000' where id = 1",
    "names are Chinese": "update work.lead set name = 'Zhang' where id = 1",
    "a lead comes while its campaign runs, and from where the campaign is": "update work.campaign set ends_on = starts_on",
    "an opportunity comes from where its lead came from": "update work.account set source = 'x'",
    "who waits for a next time has a to-do for it": "update work.task set status = 'done'",
    "nothing is due with those who are out of the question": "update work.lead set status = 'invalid'",
    "the last follow-up is the newest one": "update work.lead set last_follow_at = now()",
    "the first response is the first conversation": "update work.lead set first_response_at = now() where id = 1",
    "a response in time came before it was due, a late one after, and none is overdue that came": "update work.lead set first_response = 'overdue'",
    "who asked has a clock, who stands on a bought list has none": "update work.lead set source = 'list'",
    "targets are for whole months": "update work.target set ends_on = ends_on + 1 where id = 1",
    "a recording is a call's that was answered, as long as its talk": "update work.recording set seconds = seconds + 1",
    "a recorded call has both sides, each a file of its own": "update work.recording set side = 'agent'",
    "a survey answers a ticket of the same customer that was solved before": "update work.ticket set status = 'open'",
    "tracked moves follow each other: each begins where the last ended, later": "update bus.field_change set to_value = '1'",
    "stages go forward": "update bus.field_change set from_value = '\"lost\"' where field = 'stage' and from_value is not null",
    "an opportunity leaves no stage out": "update bus.field_change set from_value = '\"needs\"' where to_value = '\"won\"'",
    "every change belongs to a write of its moment": "update bus.write set at = at + interval '1 s'",
    "no write waits to be numbered, and the next number is the first": "update bus.write set seq = null",
    "nobody waits for a first password": "update tuoke.user_account set must_change_password = true",
    "call: the log has told as many changes as there are versions": "update work.call set version = 9 where id = 1",
    "task: nothing was made or changed later than now, or before it was made": "update work.task set updated_at = now() + interval '1 year'",
    "lead: everything was made by somebody who was there": "update work.lead set created_at = created_at - interval '3 years'",
    "lead: the department is the owner's": "update work.lead set department = department - 1",
    "lead: what nobody owns is a sales team's": "update work.lead set department = 1",
    "contact.account: a child lies inside its parent's life": "update work.account set created_at = now()",
    "opportunity.stage: the last move is where it stands": "update work.opportunity set stage = 'needs'",
}


@pytest.mark.parametrize("law", BREAKS)
async def test_a_law_finds_who_breaks_it(firm, law):
    async with firm.engine.connect() as db:
        await run_sql(db, BREAKS[law])

        found = await broken(db, NOW, only=law)

        await db.rollback()
        assert found


def test_every_law_is_shown_to_bite():
    assert set(LAWS) <= set(BREAKS)
