"""The year as it is told, before any database: the same for the same dice, and alive."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, time, timedelta
from statistics import median
from zoneinfo import ZoneInfo

import pytest

from tuoke.demo.book import Row
from tuoke.demo.year import Story, story
from tuoke.kit.calendar import WorkingCalendar

ZONE = ZoneInfo("Asia/Shanghai")
OPEN = WorkingCalendar(ZONE)
NOW = datetime(2026, 11, 20, 15, 10, tzinfo=ZONE)
LEADS = 3000


@pytest.fixture(scope="module")
def told() -> Story:
    return story(7, LEADS, NOW, OPEN)


def of(told: Story, table: str) -> list[Row]:
    return told.book.rows[table]


def day(moment: float):
    return datetime.fromtimestamp(moment, ZONE).date()


def share(rows: list[Row], condition) -> float:
    return sum(map(bool, map(condition, rows))) / len(rows)


def print_of(told: Story) -> list[str]:
    """Everything that was written, with people and records by their names."""
    return [
        f"{row.table} {row.at} {row.by.email} {sorted((k, getattr(v, 'at', getattr(v, 'name', v))) for k, v in row.values.items() if not isinstance(v, list))}"
        for rows in told.book.rows.values()
        for row in rows
    ]


def test_the_same_dice_tell_the_same_year():
    assert print_of(story(3, 60, NOW, OPEN)) == print_of(story(3, 60, NOW, OPEN))


def test_other_dice_tell_another():
    assert print_of(story(3, 60, NOW, OPEN)) != print_of(story(4, 60, NOW, OPEN))


def test_the_year_ends_now(told):
    moments = [row.touched for rows in told.book.rows.values() for row in rows]

    assert max(moments) <= NOW.timestamp()
    assert day(max(moments)) == NOW.date()
    assert day(min(moments)) == NOW.date() - timedelta(days=365)


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 11, 22, 3, tzinfo=ZONE),
        datetime(2026, 2, 17, 12, tzinfo=ZONE),
        datetime(2026, 11, 23, 9, 1, tzinfo=ZONE),
        datetime(2028, 2, 29, 18, 0, tzinfo=ZONE),
    ],
    ids=["a night of a Sunday", "a holiday", "the first minute of a day", "a leap day"],
)
def test_it_can_end_at_any_moment(now):
    book = story(5, 80, now, OPEN).book

    assert max(row.touched for rows in book.rows.values() for row in rows) <= now.timestamp()
    assert len(book.rows["call"]) > 100


def test_four_in_ten_calls_connect_and_half_of_these_are_effective(told):
    calls = of(told, "call")
    connected = [call for call in calls if call["outcome"] == "connected"]

    assert 0.35 < len(connected) / len(calls) < 0.52
    assert 0.40 < share(connected, lambda call: call["talk_seconds"] > 60) < 0.62
    assert len(calls) > 5 * LEADS


def test_the_funnel_gets_narrower(told):
    leads, deals = of(told, "lead"), of(told, "opportunity")

    assert 0.05 < share(leads, lambda lead: lead["status"] == "converted") < 0.20
    assert 0.12 < share(deals, lambda deal: deal["stage"] == "won") < 0.45
    assert {deal["stage"] for deal in deals} >= {
        "first_contact",
        "needs",
        "quote",
        "negotiation",
        "won",
        "lost",
    }


def test_sources_differ_in_what_becomes_of_them(told):
    came = Counter(lead["source"] for lead in of(told, "lead"))
    bought = Counter(lead["source"] for lead in of(told, "lead") if lead["status"] == "converted")

    rate = {source: bought[source] / came[source] for source in came}
    assert rate["referral"] > rate["website"] > rate["douyin"] > rate["list"]
    assert came["list"] > came["baidu"] > came["referral"]


def test_reps_differ_in_skill_and_it_shows_in_what_they_bring_in(told):
    paid = Counter[str]()
    for payment in of(told, "payment"):
        paid[payment["owner"].email] += payment["amount"]
    sums = sorted(paid.values())

    assert len(sums) >= 15
    assert sums[-1] > 2 * median(sums)


def test_the_year_has_seasons_and_the_firm_grows(told):
    months = Counter(day(lead.at).strftime("%Y-%m") for lead in of(told, "lead"))

    assert months["2026-02"] < 0.75 * months["2026-03"]
    assert sum(months[f"2026-{m:02d}"] for m in (8, 9, 10)) > sum(
        months[m] for m in ("2025-12", "2026-01", "2026-02")
    )


def test_leads_come_at_night_and_on_sundays_too(told):
    from_ads = [lead for lead in of(told, "lead") if lead["source"] in ("baidu", "douyin", "website")]
    local = [datetime.fromtimestamp(lead.at, ZONE) for lead in from_ads]

    assert any(at.weekday() == 6 for at in local)
    assert any(at.hour >= 21 for at in local)


def test_there_is_something_to_do_today(told):
    end = NOW.replace(hour=23, minute=59).timestamp()
    tasks = [task for task in of(told, "task") if task["status"] == "open"]
    today = [task for task in tasks if day(task["due_at"]) == NOW.date()]
    late = [task for task in tasks if task["due_at"] < NOW.replace(hour=0, minute=0).timestamp()]

    assert today
    assert late
    assert any(task["due_at"] > end for task in tasks)
    assert share(of(told, "task"), lambda task: task["status"] == "done") > 0.8


def test_the_last_thirty_working_days_are_all_alive(told):
    days = Counter(day(call.at) for call in of(told, "call"))
    lately = [n for date, n in days.items() if (NOW.date() - date).days <= 30]

    assert len(lately) >= 18
    assert min(lately) > 0


def test_every_kind_of_record_is_there(told):
    assert set(told.book.rows) >= {
        *(
            "lead",
            "call",
            "activity",
            "task",
            "account",
            "contact",
            "opportunity",
            "quote",
            "quote_line",
            "contract",
        ),
        *("payment_plan", "payment", "invoice", "ticket", "survey_answer", "campaign", "target", "product"),
    }


def test_notes_are_written_out(told):
    for activity in of(told, "activity"):
        assert "{" not in activity["content"]


def test_a_firm_with_other_hours_calls_within_them():
    hours = {day: ((time(13), time(17)), (time(18), time(21))) for day in range(1, 6)}

    told = story(5, 80, NOW, WorkingCalendar(ZONE, hours, {NOW.date(): False}))

    begun = [datetime.fromtimestamp(call.at, ZONE) for call in of(told, "call")]
    assert begun
    assert all(at.time() >= time(13) and not time(17) < at.time() < time(18) for at in begun)
    assert all(at.date() != NOW.date() for at in begun)


def test_a_firm_that_never_works_has_a_story_all_the_same():
    assert story(5, 20, NOW, WorkingCalendar(ZONE, {})).book.rows["call"]
