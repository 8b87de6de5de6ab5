"""Dates and times: every usual Chinese and Excel form; what could be two days is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuoke.kit.dates import EARLIEST, LATEST, iso_date, iso_moment, read_date, read_moment
from tuoke.kit.errors import Invalid

ZONE = ZoneInfo("Asia/Shanghai")
TODAY = date(2026, 11, 20)
DAY = date(2026, 11, 22)

DAYS: dict[Any, date] = {
    "2026-11-22": DAY,
    "2026/11/22": DAY,
    "2026.11.22": DAY,
    "2026 11 22": DAY,
    "20261122": DAY,
    20261122: DAY,
    "2026年11月22日": DAY,
    "2026年11月22号": DAY,
    "２０２６－１１－２２": DAY,
    "26年11月22日": DAY,
    "26-11-22": DAY,
    "26/11/22": DAY,
    "11/22/26": DAY,
    "11/22/2026": DAY,
    "22/11/2026": DAY,
    "4/4/2026": date(2026, 4, 4),
    "2026-1-5": date(2026, 1, 5),
    "26.1.5": date(2026, 1, 5),
    "22-Nov-26": DAY,
    "22 Nov 2026": DAY,
    "Nov 22, 2026": DAY,
    "November 22nd 2026": DAY,
    "二〇二六年十一月二十二日": DAY,
    "二零二六年十一月廿二日": DAY,
    "2026-11-22（周日）": DAY,
    "2026年11月22日 星期日": DAY,
    "'2026-11-22": DAY,
    46348: DAY,
    46348.6: DAY,
    "46348": DAY,
    "2026-11-22 14:30": DAY,
    "2026-11-22T20:00:00Z": date(2026, 11, 23),
    "今天": TODAY,
    "昨天": date(2026, 11, 19),
    "明天": date(2026, 11, 21),
    "大后天": date(2026, 11, 23),
    "11月22日": DAY,
    datetime(2026, 11, 22, 23, 59): DAY,
    DAY: DAY,
}
MOMENTS: dict[Any, tuple[int, int, int]] = {
    "2026-11-22 14:30": (14, 30, 0),
    "2026/11/22 14:30:05": (14, 30, 5),
    "2026年11月22日 14:30": (14, 30, 0),
    "2026年11月22日14时30分05秒": (14, 30, 5),
    "2026年11月22日 下午2:30": (14, 30, 0),
    "2026-11-22 上午 9:05": (9, 5, 0),
    "2026-11-22 下午3点": (15, 0, 0),
    "2026-11-22 下午3点半": (15, 30, 0),
    "2026-11-22 9点一刻": (9, 15, 0),
    "2026-11-22 晚上8点": (20, 0, 0),
    "2026-11-22 中午12点": (12, 0, 0),
    "2026-11-22 中午1点": (13, 0, 0),
    "2026-11-22 12:30 AM": (0, 30, 0),
    "11/22/2026 2:30 PM": (14, 30, 0),
    "20261122 14:30": (14, 30, 0),
    "20261122143000": (14, 30, 0),
    "202611221430": (14, 30, 0),
    "2026-11-22T14:30:00": (14, 30, 0),
    "2026-11-22T06:30:00Z": (14, 30, 0),
    "2026-11-22T14:30:00+08:00": (14, 30, 0),
    "2026-11-22 00:30:00 -0600": (14, 30, 0),
    "Sun, 22 Nov 2026 06:30:00 GMT": (14, 30, 0),
    "2026/11/22": (0, 0, 0),
    46348.604166666664: (14, 30, 0),
    datetime(2026, 11, 22, 14, 30): (14, 30, 0),
    DAY: (0, 0, 0),
}
REFUSED = [
    *("2026-02-30", "2026-13-01", "2023-02-29", "2026年2月30日", "0000-00-00", "1850-01-01", "2300-01-01"),
    *(
        "2026",
        "2026-11",
        "2026年11月",
        "202611",
        "5月",
        2026,
        30,
        0,
        -1,
        1.5,
        float("nan"),
        float("inf"),
        1e300,
    ),
    *("03/04/2026", "11/12/26", "1/2/3", "2026-11-22-11", "2026-11-22 25:00", "2026-11-22 14:60"),
    *(
        "",
        "下周",
        "尽快",
        "####",
        "abc",
        "10:00",
        True,
        False,
        time(10),
        timedelta(days=1),
        None,
        "2026-11-22 下午",
    ),
]


@pytest.mark.parametrize("cell", DAYS, ids=repr)
def test_a_day_is_the_same_however_it_is_written(cell: Any) -> None:
    assert read_date(cell, ZONE, TODAY) == DAYS[cell]


@pytest.mark.parametrize("cell", MOMENTS, ids=repr)
def test_a_time_without_zone_is_the_workspaces(cell: Any) -> None:
    clock = time(*MOMENTS[cell], tzinfo=ZONE)

    assert read_moment(cell, ZONE, TODAY) == datetime.combine(DAY, clock)
    assert read_moment(cell, ZONE, TODAY).tzinfo is UTC


@pytest.mark.parametrize("cell", REFUSED, ids=repr)
def test_what_is_no_day_or_could_be_two_is_refused(cell: Any) -> None:
    with pytest.raises(Invalid):
        read_date(cell, ZONE, TODAY)
    with pytest.raises(Invalid):
        read_moment(cell, ZONE, TODAY)


@pytest.mark.parametrize("cell", ["今天", "11月22日"])
def test_words_that_depend_on_the_day_need_the_day(cell: str) -> None:
    with pytest.raises(Invalid, match="year"):
        read_date(cell, ZONE)


@given(
    st.dates(EARLIEST, LATEST),
    st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d"]),
)
def test_every_day_reads_back_from_each_form(day: date, form: str) -> None:
    assert read_date(day.strftime(form), ZONE) == day
    assert iso_date(day.isoformat()) == day


@given(st.datetimes(datetime(1900, 1, 1), datetime(2200, 12, 31)), st.timezones())
def test_every_moment_reads_back_from_its_iso_form(at: datetime, zone: Any) -> None:
    moment = at.replace(tzinfo=zone).astimezone(UTC)

    assert iso_moment(moment.isoformat()) == moment
    assert read_moment(moment.isoformat(), ZONE) == moment


@given(
    st.text()
    | st.text("0123456789-/.年月日时分 :点半上午下TZ+今天一二十〇Nov周", max_size=30)
    | st.floats()
    | st.integers()
)
def test_any_cell_is_a_date_or_refused(cell: Any) -> None:
    try:
        day, at = read_date(cell, ZONE, TODAY), read_moment(cell, ZONE, TODAY)
    except Invalid:
        return
    assert iso_date(day.isoformat()) == day
    assert iso_moment(at.isoformat()) == at


@given(st.text())
def test_any_text_is_an_iso_form_or_refused(text: str) -> None:
    for read in (iso_date, iso_moment):
        try:
            read(text)
        except Invalid:
            continue
