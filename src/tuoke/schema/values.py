"""What several field types share: ids, bounded numbers, texts."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, cast

from sqlalchemy import ColumnElement, Text, func

from tuoke.kit.amounts import Amount, plain_decimal, read_amount, rounded, to_decimal
from tuoke.kit.errors import Invalid
from tuoke.kit.words import Words, say

_LARGEST_ID = 2**63 - 1
DIGITS_KEPT = 15
"""Digits of a number that JavaScript, JSON and spreadsheets all keep."""


def text_of(raw: Any, longest: int) -> str:
    """`raw` when it is text of at most `longest` characters. Raises Invalid."""
    if not isinstance(raw, str):
        raise Invalid(say("这里要填文字", "Text is expected here"))
    if "\x00" in raw:
        raise Invalid(
            say("文字里含有不可见的空字符，请删除后重填", "The text contains a NUL character; remove it")
        )
    if len(raw) > longest:
        raise too_long(len(raw), longest)
    return raw


def too_long(length: int, longest: int) -> Invalid:
    return Invalid(
        say(
            "最多 {longest} 个字，这里有 {length} 个",
            "At most {longest} characters; this has {length}",
            longest=longest,
            length=length,
        )
    )


def id_of(raw: Any, what: Words) -> int:
    """An id given as `7` or `{"id": 7, …}`. Raises Invalid."""
    if isinstance(raw, dict):
        raw = cast("dict[str, Any]", raw).get("id")
    if isinstance(raw, int) and not isinstance(raw, bool) and 0 < raw <= _LARGEST_ID:
        return raw
    raise Invalid(Words(f"请选择{what.zh}（要填编号）", f"Choose {what.en} (an id is expected)"))


def ids_of(raw: Any, what: Words, most: int) -> list[int] | None:
    """Distinct ids in their order, from a list or one id; None when empty. Raises Invalid."""
    found = list(dict.fromkeys(id_of(one, what) for one in as_list(raw)))
    if len(found) > most:
        raise Invalid(say("最多选 {most} 个", "At most {most} can be chosen", most=most))
    return found or None


def as_list(raw: Any) -> list[Any]:
    return list(cast("list[Any]", raw)) if isinstance(raw, list | tuple) else [raw]


def number_of(raw: Any) -> Decimal:
    """A JSON number, or a plain decimal in a string. Raises Invalid."""
    if isinstance(raw, str):
        return plain_decimal(raw.strip())
    return read_amount(raw).value


def exact(value: Decimal, decimals: int) -> Decimal:
    """`value` with exactly `decimals` places. Raises Invalid rather than round or overflow."""
    bounded(value, decimals)
    kept = rounded(value, decimals)
    if kept != value:
        raise Invalid(
            say("最多 {decimals} 位小数", "At most {decimals} decimal places", decimals=decimals)
            if decimals
            else say("要填整数", "A whole number is expected")
        )
    return kept


def nearest(value: Decimal, decimals: int) -> Decimal:
    """`value` rounded half up to `decimals` places. Raises Invalid when it is too large."""
    bounded(value, decimals)
    return rounded(value, decimals)


def bounded(value: Decimal, decimals: int) -> None:
    if abs(value) >= 10 ** (DIGITS_KEPT - decimals):
        raise Invalid(
            say(
                "数字太大，整数部分最多 {digits} 位",
                "The number is too large: at most {digits} digits before the point",
                digits=DIGITS_KEPT - decimals,
            )
        )


def within(value: Decimal, least: float | None, most: float | None) -> Decimal:
    """`value` when it lies between the bounds a field's settings give. Raises Invalid."""
    if least is not None and value < to_decimal(least):
        raise Invalid(say("不能小于 {least:g}", "It must be at least {least:g}", least=least))
    if most is not None and value > to_decimal(most):
        raise Invalid(say("不能大于 {most:g}", "It must be at most {most:g}", most=most))
    return value


def rounding_remark(cell: Any, decimals: int) -> Words | None:
    """Says that a written number was rounded. Computed cells (floats) are shown rounded in the sheet itself."""
    if not isinstance(cell, str):
        return None
    amount: Amount = read_amount(cell)
    kept = rounded(amount.value, decimals)
    if kept == amount.value:
        return None
    return say(
        "「{cell}」已四舍五入为 {kept}", "{cell} was rounded to {kept}", cell=cell.strip()[:40], kept=kept
    )


def starred_middle(column: ColumnElement[Any], head: Any, tail: Any) -> ColumnElement[Any]:
    """SQL: the first `head` and last `tail` characters with stars between; NULL stays NULL."""
    first = func.left(column, head, type_=Text()) + "****"
    return first + func.right(column, tail, type_=Text()) if tail is not None else first
