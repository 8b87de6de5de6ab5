"""Numbers, sums of money and percentages as people and spreadsheets write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from tuoke.kit.errors import Invalid
from tuoke.kit.texts import half_width
from tuoke.kit.words import say


@dataclass(frozen=True, slots=True)
class Amount:
    value: Decimal
    """As written: `12.5%` has the value 12.5."""
    currency: str | None = None
    """ISO code, where a sign or word named one; `¥` names CNY, although JPY writes it too."""
    is_percent: bool = False


_CURRENCY_WORDS = {
    "CNY": ("¥", "￥", "rmb", "cny", "人民币", "元", "块钱", "块"),
    "USD": ("us$", "usd", "美元", "美金", "$"),
    "HKD": ("hk$", "hkd", "港币", "港元"),
    "EUR": ("€", "eur", "欧元"),
    "GBP": ("£", "gbp", "英镑"),
    "JPY": ("jpy", "日元"),
    "TWD": ("nt$", "twd", "新台币", "台币"),
    "SGD": ("s$", "sgd", "新加坡元"),
}
_CURRENCIES = {word: code for code, words in _CURRENCY_WORDS.items() for word in words}
_CURRENCY = "|".join(re.escape(word) for word in sorted(_CURRENCIES, key=len, reverse=True))
_PARTS = re.compile(
    rf"(?P<sign>[-+]?)\s*(?P<before>{_CURRENCY})?\s*(?P<sign2>[-+]?)\s*"
    rf"(?P<body>[^\s%](?:.*[^\s%])?)\s*(?P<percent>%?)",
    re.IGNORECASE,
).fullmatch
_AFTER = re.compile(rf"(?P<body>.*?)\s*(?P<after>{_CURRENCY})\s*[整正]?$", re.IGNORECASE)
_PLAIN = re.compile(r"\d+(?:\.\d*)?|\.\d+", re.ASCII).fullmatch
_GROUPED = re.compile(r"\d{1,3}(?:([, ])\d{3})(?:\1\d{3})*(?:\.\d+)?", re.ASCII).fullmatch
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE][-+]?\d{1,2}", re.ASCII).fullmatch
_BRACKETS = re.compile(r"\((.+)\)").fullmatch
_DIGITS = {
    **{c: n for n, c in enumerate("零一二三四五六七八九")},
    **{c: n for n, c in enumerate("零壹贰叁肆伍陆柒捌玖")},
    "〇": 0,
    "○": 0,
    "两": 2,
    "貳": 2,
    "參": 3,
    "叄": 3,
    "陸": 6,
}
_SMALL_UNITS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_LARGE_UNITS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_LETTER_UNITS = {"k": 10**3, "w": 10**4}
_NUMERAL_TOKEN = re.compile(
    r"(\d+(?:\.\d+)?)|([零〇○一二三四五六七八九两壹贰貳叁參叄肆伍陆陸柒捌玖])|([十百千拾佰仟])|([万萬亿億])",
    re.ASCII,
)
_CENTS = re.compile(r"(?P<whole>.*?)(?:元|圆|块)(?:(?P<dime>.)角)?零?(?:(?P<cent>.)分)?整?")
_LONGEST = 60


def read_amount(cell: object) -> Amount:
    """What a cell says: `¥1,200.50`, `1200元`, `1.2万`, `(1,200)`, `12.5%`, `三万`, `1234.5`.

    `cell`: str, int, float or Decimal of a sheet. Raises Invalid.
    """
    if isinstance(cell, bool):
        raise _not_a_number(str(cell))
    if isinstance(cell, int | float | Decimal):
        return Amount(to_decimal(cell))
    if not isinstance(cell, str):
        raise _not_a_number(str(cell))
    return _of_text(cell)


def to_decimal(number: int | float | Decimal) -> Decimal:
    """The decimal a person meant; a float is taken with the 15 digits spreadsheets show. Raises Invalid."""
    if isinstance(number, float):
        # 0.1 + 0.2 is stored as 0.30000000000000004.
        number = Decimal(repr(number)) if number.is_integer() else Decimal(f"{number:.15g}")
    value = Decimal(number)
    # Arithmetic rounds to 28 digits, `abs` and the minus sign too; copies do not.
    if not value.is_finite() or value.copy_abs() >= 10**30:
        raise _not_a_number(str(number))
    return value


def plain_decimal(text: str) -> Decimal:
    """`-1200.50`, as programs write numbers: no groups, signs of money, exponent or blanks. Raises Invalid."""
    unsigned = text[1:] if text.startswith("-") else text
    if len(text) > _LONGEST or not _PLAIN(unsigned):
        raise _not_a_number(text)
    return Decimal(text)


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Half up, as people round money. Raises Invalid when it has more digits than can be kept."""
    try:
        return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) + 0
    except InvalidOperation:
        raise _not_a_number(str(value)) from None


def _of_text(text: str) -> Amount:
    written = half_width(text).lstrip("'’").strip()
    if _PLAIN(written) and len(written) <= _LONGEST:
        return Amount(Decimal(written))
    if len(written) > _LONGEST:
        raise _not_a_number(text)
    bracketed = _BRACKETS(written)
    parts = _PARTS(bracketed[1] if bracketed else written)
    if not parts or (parts["sign"] and parts["sign2"]) or (bracketed and (parts["sign"] or parts["sign2"])):
        raise _not_a_number(text)
    value, after = _number_with_unit(parts["body"])
    before = _CURRENCIES[parts["before"].lower()] if parts["before"] else None
    if (
        value is None
        or value >= 10**30
        or (before and after and before != after)
        or (parts["percent"] and (before or after))
    ):
        raise _not_a_number(text)
    negative = bool(bracketed) or "-" in (parts["sign"], parts["sign2"])
    return Amount(
        value.copy_negate() if negative and value else value, before or after, bool(parts["percent"])
    )


def _number_with_unit(body: str) -> tuple[Decimal | None, str | None]:
    """The number in `body` and the currency behind it."""
    found = _number(body)
    if found is not None:
        return found, None
    with_cents = _CENTS.fullmatch(body)
    if with_cents and (with_cents["dime"] or with_cents["cent"]):
        return _with_cents(with_cents), "CNY"
    after = _AFTER.fullmatch(body) or re.fullmatch(r"(?P<body>.+)(?P<after>圆)[整正]?", body)
    if not after:
        return None, None
    return _number(after["body"].strip()), _CURRENCIES.get(after["after"].lower(), "CNY")


def _with_cents(found: re.Match[str]) -> Decimal | None:
    whole = _number(found["whole"])
    dime, cent = (
        _DIGITS.get(part, int(part) if part.isascii() and part.isdigit() else -1) if part else 0
        for part in found.group("dime", "cent")
    )
    if whole is None or dime < 0 or cent < 0:
        return None
    return whole + Decimal(dime * 10 + cent) / 100


def _number(body: str) -> Decimal | None:
    if _PLAIN(body) or _SCIENTIFIC(body):
        return Decimal(body)
    if _GROUPED(body):
        return Decimal(body.replace(",", "").replace(" ", ""))
    unit = _LETTER_UNITS.get(body[-1:].lower()) or _LARGE_UNITS.get(body[-1:]) or _SMALL_UNITS.get(body[-1:])
    if unit:
        front = body[:-1].strip()
        if _PLAIN(front) or _GROUPED(front):
            return Decimal(front.replace(",", "").replace(" ", "")) * unit
    return _numeral(body)


def _numeral(body: str) -> Decimal | None:
    """Chinese numerals, alone or mixed with digits: 三万, 一万二, 3亿5000万, 壹仟贰佰. None when it is not one."""
    total = section = Decimal(0)
    digit: Decimal | None = None
    unit, place = 1, 0
    for token in _NUMERAL_TOKEN.finditer(body):
        if token.start() != place:
            return None
        place = token.end()
        arabic, chinese, small, large = token.groups()
        if arabic or chinese:
            if digit:
                return None
            digit = Decimal(arabic) if arabic else Decimal(_DIGITS[chinese])
            unit = 1 if chinese and not digit else unit
        elif small:
            unit = _SMALL_UNITS[small]
            section += (Decimal(1) if digit is None else digit) * unit
            digit = None
        else:
            if digit is None and not section and not total:
                return None
            unit = _LARGE_UNITS[large]
            total = (
                (total + section + (digit or 0)) * unit
                if unit > 10**4
                else total + (section + (digit or 0)) * unit
            )
            section, digit = Decimal(0), None
    if place != len(body) or not body:
        return None
    # 一万二 and 1万2 are 12 000: a last digit right after a unit counts tenths of that unit.
    tail = (digit or Decimal(0)) * (unit // 10 if digit and unit >= 100 and _is_short_tail(body) else 1)
    return total + section + tail


def _is_short_tail(body: str) -> bool:
    return (body[-1] in _DIGITS or body[-1].isdigit()) and body[-2:-1] in "百千万亿佰仟萬億"


def _not_a_number(text: str) -> Invalid:
    return Invalid(
        say(
            "不是数字：{text}。请填写 1200.50 这样的数字",
            "{text} is not a number; write it like 1200.50",
            text=text[:40] or "—",
        )
    )
