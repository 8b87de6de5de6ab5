"""Telephone numbers as people write them, brought to E.164."""

from __future__ import annotations

import re
from typing import NamedTuple

import phonenumbers

from tuoke.kit.errors import Invalid
from tuoke.kit.texts import half_width
from tuoke.kit.words import Words, say


class Phone(NamedTuple):
    """A number that can be dialled. `str()` is its stored form: E.164, with `;ext=801` (RFC 3966) where there is one."""

    e164: str
    extension: str = ""

    def __str__(self) -> str:
        return f"{self.e164};ext={self.extension}" if self.extension else self.e164


class FirstPhone(NamedTuple):
    """The first number of a text, and what else stood there (further numbers, a remark)."""

    phone: Phone
    rest: str


_CHINESE_MOBILE = re.compile(r"(?:\+86)?(1[3-9]\d{9})", re.ASCII).fullmatch
_LABEL = re.compile(
    r"^(?:(?:联系|办公|公司|家庭|固定|移动|常用|备用)?(?:手机号码?|手机|电话号码?|电话|座机|固话|号码|联系方式)"
    r"|telephone|tel|mobile|mob|cell|phone|ph|t|m|p)\s*[.:]?\s*(?=[\d+(])",
    re.IGNORECASE,
)
_SPOKEN_EXTENSION = re.compile(
    r"[\s,;(-]*(?:转接?|轉|分机号?|内线|ext(?:ension|n)?\.?|x|#|;ext=)\s*[.:=]?\s*(\d{1,8})\s*\)?$",
    re.IGNORECASE,
)
_DASHED_EXTENSION = re.compile(r"^(.*\d\)?)\s*(?:-\s*(\d{1,6})|\(\s*(\d{1,6})\s*\))$")
_FILLING = re.compile(r"[\s.()\-_·']+")
_DIALLED_CHINESE_MOBILE = re.compile(r"(?:\+?(?:00)?86)?0?(1[3-9]\d{9})", re.ASCII).fullmatch
_BARE_COUNTRY = re.compile(r"(?:00)?86(?=0?\d{9,11}$)", re.ASCII)
_NUMBER_CELL = re.compile(r"(\d+)\.0*", re.ASCII).fullmatch
_SCIENTIFIC = re.compile(r"(\d)(?:\.(\d+))?[eE]\+?(\d{1,2})", re.ASCII).fullmatch
_LETTERS = re.compile(r"[^\W\d_]")
_SEPARATOR = re.compile(r"\s*(?:[/、;,|\\&\n\r]|或者?|和|以及)\s*(?!ext=)")
_RUN_OF_DIGITS = re.compile(r"(?<![\dA-Za-z])[+(]{0,2}\d[\d\s\-().]{5,24}\d(?![\dA-Za-z])")
_CHINESE = "CN"


def to_e164(text: str, region: str = _CHINESE) -> Phone:
    """The one number in `text`; `region` says where a number without country code is dialled from.

    11 digits that begin with 13 … 19 are a Chinese mobile number without further question: numbering plans
    in libraries lag behind the operators. Everything else must be valid for `phonenumbers`.
    Raises Invalid.
    """
    mobile = _CHINESE_MOBILE(text) if region == _CHINESE else None
    if mobile:
        return Phone(f"+86{mobile[1]}")
    written = _written(text)
    extension = ""
    spoken = _SPOKEN_EXTENSION.search(written)
    if spoken:
        written, extension = written[: spoken.start()], spoken[1]
    found = _number(written, region)
    if found:
        return Phone(found, extension)
    dashed = None if extension else _DASHED_EXTENSION.match(written)
    if dashed:
        found = _number(dashed[1], region)
        if found:
            return Phone(found, dashed[2] or dashed[3])
    raise Invalid(_why_not(written), text=text[:80])


def first_phone(text: str, region: str = _CHINESE) -> FirstPhone:
    """The first number of a cell that may hold several, or a remark beside it. Raises Invalid.

    Nothing is dropped unsaid: what is not part of the number is returned as `rest`.
    """
    try:
        return FirstPhone(to_e164(text, region), "")
    except Invalid as error:
        found = _first_of_several(text, region) or _amid_words(text, region)
        if found is None:
            raise error
        return found


def _first_of_several(text: str, region: str) -> FirstPhone | None:
    parts = [part for part in _SEPARATOR.split(_widths(text)) if part]
    if len(parts) < 2:
        return None
    try:
        return FirstPhone(to_e164(parts[0], region), "、".join(parts[1:]))
    except Invalid:
        return None


def _amid_words(text: str, region: str) -> FirstPhone | None:
    """A number between Chinese words, as in `13812345678（王总）`, or two numbers with a blank between."""
    plain = _widths(text)
    if re.search(r"[A-Za-z]{2}", plain):
        return None
    for run in _RUN_OF_DIGITS.finditer(plain):
        tries = [run[0], *run[0].split(None, 1)[:1]]
        for attempt in tries:
            try:
                phone = to_e164(attempt, region)
            except Invalid:
                continue
            start = run.start()
            rest = f"{plain[:start]} {plain[start + len(attempt) :]}".strip(" ()-,;:/、")
            return FirstPhone(phone, rest)
    return None


def _widths(text: str) -> str:
    return (
        half_width(text)
        .replace("【", "(")
        .replace("】", ")")
        .replace("[", "(")
        .replace("]", ")")
        .replace("，", ",")
    )


def _written(text: str) -> str:
    """`text` without widths, invisible characters, a label before it, and what Excel makes of a number."""
    plain = _widths(text).lstrip("'’‘`").strip()
    plain = _LABEL.sub("", plain, count=1)
    as_float = _NUMBER_CELL(plain)
    if as_float:
        return as_float[1]
    scientific = _SCIENTIFIC(plain)
    return _from_scientific(scientific) if scientific else plain


def _from_scientific(found: re.Match[str]) -> str:
    digits, places = found[1] + (found[2] or ""), int(found[3])
    # Excel shows 1.38123E+10 for a number it knows in full; what was saved as such text has lost its tail.
    if len(digits) < 8 or len(digits) > places + 1:
        raise Invalid(
            say(
                "Excel 把号码显示成了科学计数法，后几位已经丢失。请把这一列设为“文本”后重新填写。",
                "Excel turned this number into scientific notation and its last digits are lost. "
                "Format the column as text and enter it again.",
            )
        )
    return digits.ljust(places + 1, "0")


def _number(written: str, region: str) -> str | None:
    if _LETTERS.search(written):
        return None
    digits = _FILLING.sub("", written)
    mobile = (
        _DIALLED_CHINESE_MOBILE(digits) if region == _CHINESE or digits.startswith(("+86", "0086")) else None
    )
    if mobile:
        return f"+86{mobile[1]}"
    if not 5 <= len(digits) <= 24 or not digits.lstrip("+").isdecimal() or not digits.isascii():
        return None
    return _by_library(digits, region) or _by_library(_BARE_COUNTRY.sub("+86", digits, count=1), region)


def _by_library(digits: str, region: str) -> str | None:
    try:
        number = phonenumbers.parse(digits, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _why_not(written: str) -> Words:
    digits = re.sub(r"\D", "", written)
    if not digits:
        return say(
            "这里没有号码，请填写手机号或带区号的座机",
            "There is no number here; enter a mobile or a landline with area code",
        )
    if "*" in written:
        return say(
            "号码被打了星号，无法还原，请填写完整号码", "Part of this number is starred out; enter it in full"
        )
    if digits.startswith("1") and len(digits) != 11 and 8 <= len(digits) <= 14:
        return say(
            "手机号应为 11 位，这里有 {n} 位",
            "A mobile number has 11 digits, this one has {n}",
            n=len(digits),
        )
    if len(digits) in (7, 8) and not digits.startswith("0"):
        return say(
            "座机缺少区号，请写成 0571-88886666 的样子",
            "The area code is missing; write it like 0571-88886666",
        )
    return say(
        "号码不正确：{text}。请填写 11 位手机号、带区号的座机，或以 + 开头的国际号码",
        "{text} is not a valid number; enter an 11-digit mobile, a landline with area code, or a number that begins with +",
        text=written[:40] or "—",
    )
