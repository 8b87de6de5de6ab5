"""Dates and times as people and spreadsheets write them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Never

from tuoke.kit.errors import Invalid
from tuoke.kit.texts import half_width
from tuoke.kit.words import say

EARLIEST, LATEST = date(1900, 1, 1), date(2200, 12, 31)
"""What lies outside is a slip of the keyboard."""

_EPOCH = date(1899, 12, 30)
# A bare number below this serial (1920) is far more often a year, an age or a count than a date.
_FIRST_SERIAL = (date(1920, 1, 1) - _EPOCH).days
_LAST_SERIAL = (LATEST - _EPOCH).days

_YEAR_FIRST = re.compile(
    r"(\d{4})\s*[-/.年\s]\s*(\d{1,2})\s*[-/.月\s]\s*(\d{1,2})\s*[日号]?", re.ASCII
).fullmatch
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII).fullmatch
_COMPACT_MOMENT = re.compile(r"(\d{8})[T\s]?(\d\d)(\d\d)(\d\d)?", re.ASCII).fullmatch
_NO_YEAR = re.compile(r"(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?", re.ASCII).fullmatch
_THREE = re.compile(
    r"(\d{1,4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,4})|(\d\d)年(\d{1,2})月(\d{1,2})[日号]?", re.ASCII
).fullmatch
_DAY_MONTH_NAME = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[-/.,\s]+([a-z]{3,9})\.?[-/.,\s]+(\d{4}|\d\d)", re.I | re.ASCII
).fullmatch
_MONTH_NAME_DAY = re.compile(
    r"([a-z]{3,9})\.?[-/.,\s]+(\d{1,2})(?:st|nd|rd|th)?[-/.,\s]+(\d{4}|\d\d)", re.I | re.ASCII
).fullmatch
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_SERIAL = re.compile(r"\d{4,6}(?:\.\d+)?", re.ASCII).fullmatch
_WEEKDAY = re.compile(
    r"\(?(?:星期|礼拜|周)[一二三四五六日天]\)?,?|\(?\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\b\)?,?", re.I
)
_CHINESE_DATE = re.compile(
    r"([〇零○一二三四五六七八九]{4}|[〇零○一二三四五六七八九]{2})年([元正一二三四五六七八九十]{1,2})月([一二三四五六七八九十廿卅]{1,3})[日号]?"
)
_CHINESE_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "元": 1, "正": 1}
_RELATIVE = {
    "大前天": -3,
    "前天": -2,
    "昨天": -1,
    "昨日": -1,
    "今天": 0,
    "今日": 0,
    "明天": 1,
    "明日": 1,
    "后天": 2,
    "大后天": 3,
    "yesterday": -1,
    "today": 0,
    "tomorrow": 1,
}
_TIME_AT_END = re.compile(
    r"(?:(?<=[\s\dT日号天])|^)[T\s]*"
    r"(?P<before>凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚|[ap]\.?m\.?)?\s*"
    r"(?P<hour>\d{1,2})\s*(?:[:点时]\s*(?:(?P<half>半)|(?P<quarter>[一三])刻|(?P<minute>\d{1,2})\s*分?)?)"
    r"(?:\s*:?\s*(?P<second>\d{1,2})(?:[.,](?P<fraction>\d{1,9}))?\s*秒?)?"
    r"\s*(?P<after>[ap]\.?m\.?)?\s*(?P<zone>z|utc|gmt|[+-]\d{2}:?\d{2})?$",
    re.I | re.ASCII,
)
_HALF_DAY_AT_END = re.compile(r"(?<=[\s\d日号天])\s*(上午|下午|[ap]\.?m\.?)\s*(\d{1,2})$", re.I)
_AFTER_NOON = {"下午", "傍晚", "晚上", "晚", "pm", "p.m."}
_BEFORE_NOON = {"凌晨", "清晨", "早上", "早晨", "上午", "am", "a.m."}


@dataclass(frozen=True, slots=True)
class _Moment:
    day: date
    clock: time | None = None
    """Absent when only a day was written; aware when a zone stood there."""


def read_date(cell: object, zone: tzinfo, today: date | None = None) -> date:
    """The day a cell names.

    `cell`: str, int, float, date or datetime of a sheet. A moment with a zone gives the day it has in `zone`.
    `today` gives 今天 and `11月22日` their meaning; without it they are refused. Raises Invalid.
    """
    moment = _moment(cell, today)
    if moment.clock is None or moment.clock.tzinfo is None:
        return moment.day
    return _in_range(datetime.combine(moment.day, moment.clock).astimezone(zone).date())


def read_moment(cell: object, zone: tzinfo, today: date | None = None) -> datetime:
    """The moment a cell names, in UTC; without a zone it is a clock time of `zone`, without a time midnight there.

    Raises Invalid.
    """
    moment = _moment(cell, today)
    at = datetime.combine(moment.day, moment.clock or time())
    return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)


def iso_date(text: str) -> date:
    """`2026-11-22` and nothing else. Raises Invalid."""
    try:
        if len(text) != 10:
            raise ValueError
        return _in_range(date.fromisoformat(text))
    except ValueError:
        raise Invalid(
            say("日期要写成 2026-11-22 的样子", "A date is written like 2026-11-22"), text=text[:40]
        ) from None


def iso_moment(text: str) -> datetime:
    """ISO 8601 with zone, in UTC. Raises Invalid."""
    try:
        at = datetime.fromisoformat(text)
        if at.tzinfo is None:
            raise ValueError("no zone")
        at = at.astimezone(UTC)
    except (ValueError, OverflowError):
        raise Invalid(
            say(
                "时间要写成带时区的样子，如 2026-11-22T10:00:00+08:00",
                "A date-time is written with its zone, such as 2026-11-22T10:00:00+08:00",
            ),
            text=text[:40],
        ) from None
    # A day wider than for dates: the first hours of 1900 in Shanghai are 1899 in UTC.
    if EARLIEST - timedelta(days=1) <= at.date() <= LATEST + timedelta(days=1):
        return at
    raise _out_of_range(at.date())


def _moment(cell: object, today: date | None) -> _Moment:
    if isinstance(cell, datetime):
        return _Moment(_in_range(cell.date()), cell.timetz())
    if isinstance(cell, date):
        return _Moment(_in_range(cell))
    if isinstance(cell, bool):
        raise _not_a_date(str(cell))
    if isinstance(cell, int | float):
        return _of_number(cell)
    if isinstance(cell, str):
        return _of_text(cell, today)
    raise _not_a_date(str(cell))


def _of_number(number: int | float) -> _Moment:
    """An Excel serial (1900 system), or a date typed as 20261122."""
    if _FIRST_SERIAL <= number < _LAST_SERIAL + 1:
        days, part = divmod(number, 1)
        # Serials are binary fractions of a day: without rounding 14:30 becomes 14:29:59.99.
        at = datetime.combine(_EPOCH, time()) + timedelta(days=int(days), seconds=round(part * 86400))
        return _Moment(at.date(), at.time() if part else None)
    if _LAST_SERIAL < number < 1e15 and number == int(number):
        return _of_digits(str(int(number))) or _never(f"{number:g}")
    raise _not_a_date(f"{number:g}")


def _of_digits(written: str) -> _Moment | None:
    """20261122, 202611221430 or 20261122143000."""
    day, moment = _COMPACT(written), _COMPACT_MOMENT(written)
    if day:
        return _Moment(_day(int(day[1]), int(day[2]), int(day[3]), written))
    if not moment:
        return None
    clock = _clock({"hour": moment[2], "minute": moment[3], "second": moment[4]}, written)
    return replace(_of_digits(moment[1]) or _never(written), clock=clock)


def _never(text: str) -> Never:
    raise _not_a_date(text)


def _of_text(text: str, today: date | None) -> _Moment:
    fast = _YEAR_FIRST(text)
    if fast:
        return _Moment(_day(int(fast[1]), int(fast[2]), int(fast[3]), text))
    written = _WEEKDAY.sub(" ", half_width(text).lstrip("'’")).replace("(", " ").replace(")", " ").strip()
    if _SERIAL(written):
        return _of_number(float(written))
    digits = _of_digits(written)
    if digits:
        return digits
    day = _day_of(written, today)
    if day:
        return _Moment(day)
    rest, clock = _split_time(written, text)
    day = _day_of(rest, today)
    if day is None or clock is None:
        raise _not_a_date(text)
    return _Moment(day, clock)


def _day_of(written: str, today: date | None) -> date | None:
    """The day in a text without time; None when the text has no form of a day we know."""
    year_first = _YEAR_FIRST(written) or _COMPACT(written)
    if year_first:
        return _day(int(year_first[1]), int(year_first[2]), int(year_first[3]), written)
    three = _THREE(written)
    if three:
        return _of_three(*(g for g in three.groups() if g is not None), written=written)
    return _day_with_month_name(written) or _chinese_day(written) or _day_by_today(written, today)


def _of_three(first: str, second: str, third: str, *, written: str) -> date:
    """Three numbers, of which the year is not plainly first.

    With a year of two digits, Chinese writers put it first; Excel's American form puts it last. With the
    year last, month and day are told apart only when one of them is above 12. What could be two days is refused.
    """
    a, b, c = int(first), int(second), int(third)
    if len(first) == 3 or len(third) == 3:
        raise _not_a_date(written)
    month_first, day_first = _try_day(_century(c), a, b), _try_day(_century(c), b, a)
    if len(third) == 4:
        found = {day for day in (month_first, day_first) if day}
    elif len(first) == 4:
        raise _not_a_date(written)
    else:
        found = {day for day in (_try_day(_century(a), b, c), month_first) if day}
    if len(found) > 1:
        raise Invalid(
            say(
                "「{text}」分不清哪个是月、哪个是日，请写成 2026-11-22 的样子",
                "{text}: month and day cannot be told apart; write it like 2026-11-22",
                text=written[:40],
            )
        )
    if not found:
        raise _no_such_day(written)
    return _in_range(found.pop())


def _day_with_month_name(written: str) -> date | None:
    day_first, month_first = _DAY_MONTH_NAME(written), _MONTH_NAME_DAY(written)
    if day_first:
        day, name, year = day_first.groups()
    elif month_first:
        name, day, year = month_first.groups()
    else:
        return None
    months = [
        n
        for n, month in enumerate(_MONTHS, 1)
        if month.startswith(name.lower()) or (name.lower() == "sept" and n == 9)
    ]
    return _day(_century(int(year)), months[0], int(day), written) if len(months) == 1 else None


def _chinese_day(written: str) -> date | None:
    match = _CHINESE_DATE.fullmatch(written.replace(" ", ""))
    if not match:
        return None
    year = int("".join(str(_CHINESE_DIGITS[c]) for c in match[1]))
    return _day(_century(year), _chinese_number(match[2]), _chinese_number(match[3]), written)


def _chinese_number(text: str) -> int:
    """一 … 三十一, 廿一; 0 (no such day) for anything else."""
    text = text.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = text.partition("十")
    digits = [_CHINESE_DIGITS.get(part, -99) if part else None for part in (tens, ones)]
    if not ten:
        return max(digits[0] or 0, 0)
    return max((1 if digits[0] is None else digits[0]) * 10 + (digits[1] or 0), 0)


def _day_by_today(written: str, today: date | None) -> date | None:
    shift, no_year = _RELATIVE.get(written.lower()), _NO_YEAR(written)
    if shift is None and not no_year:
        return None
    if today is None:
        raise Invalid(
            say("请写出年份，如 2026-11-22", "Write the year too, such as 2026-11-22"), text=written[:40]
        )
    if shift is not None:
        return today + timedelta(days=shift)
    assert no_year
    return _day(today.year, int(no_year[1]), int(no_year[2]), written)


def _split_time(written: str, text: str) -> tuple[str, time | None]:
    found = _TIME_AT_END.search(written)
    if found:
        return written[: found.start()].strip(), _clock(found.groupdict(), text)
    half_day = _HALF_DAY_AT_END.search(written)
    if half_day:
        return written[: half_day.start()].strip(), _clock({"before": half_day[1], "hour": half_day[2]}, text)
    return written, None


def _clock(part: dict[str, str | None], text: str) -> time:
    hour = int(part["hour"] or 0)
    half_day = (part.get("before") or part.get("after") or "").lower()
    if (half_day in _AFTER_NOON and hour < 12) or (half_day == "中午" and hour < 3):
        hour += 12
    elif half_day in _BEFORE_NOON and hour == 12:
        hour = 0
    minute = (
        30
        if part.get("half")
        else {"一": 15, "三": 45}.get(part.get("quarter") or "") or int(part.get("minute") or 0)
    )
    micro = int((part.get("fraction") or "0").ljust(6, "0")[:6])
    try:
        return time(hour, minute, int(part.get("second") or 0), micro, _zone(part.get("zone")))
    except ValueError:
        raise Invalid(
            say("没有这个时刻：{text}", "There is no such time of day: {text}", text=text[:40])
        ) from None


def _zone(text: str | None) -> tzinfo | None:
    if not text:
        return None
    if text[0] not in "+-":
        return UTC
    digits = text[1:].replace(":", "")
    shift = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-shift if text[0] == "-" else shift)


def _century(year: int) -> int:
    """Two digits: 00–49 are this century, 50–99 the last, as Windows reads them."""
    if year >= 100:
        return year
    return year + (2000 if year < 50 else 1900)


def _try_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day(year: int, month: int, day: int, written: str) -> date:
    found = _try_day(year, month, day)
    if found is None:
        raise _no_such_day(written)
    return _in_range(found)


def _in_range(day: date) -> date:
    if EARLIEST <= day <= LATEST:
        return day
    raise _out_of_range(day)


def _out_of_range(day: date) -> Invalid:
    return Invalid(
        say(
            "年份应在 1900 到 2200 之间：{day}",
            "The year must lie between 1900 and 2200: {day}",
            day=day.isoformat(),
        )
    )


def _no_such_day(written: str) -> Invalid:
    return Invalid(say("没有这一天：{text}", "There is no such day: {text}", text=written[:40]))


def _not_a_date(text: str) -> Invalid:
    return Invalid(
        say(
            "看不懂的日期：{text}。请写成 2026-11-22 或 2026-11-22 14:30",
            "{text} is not a date we understand; write it like 2026-11-22 or 2026-11-22 14:30",
            text=text[:40] or "—",
        )
    )
