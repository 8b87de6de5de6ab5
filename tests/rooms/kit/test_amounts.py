"""Numbers and money: groups, signs, units and Chinese numerals; rubbish is refused."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tuoke.kit.amounts import Amount, plain_decimal, read_amount, rounded
from tuoke.kit.errors import Invalid

WRITTEN: dict[Any, tuple[str, str | None]] = {
    "1200": ("1200", None),
    "1,200.50": ("1200.50", None),
    "1 200": ("1200", None),
    "¥1,200.50": ("1200.50", "CNY"),
    "￥1200": ("1200", "CNY"),
    "１，２００．５": ("1200.5", None),
    "1200元": ("1200", "CNY"),
    "1200 块": ("1200", "CNY"),
    "人民币1200元": ("1200", "CNY"),
    "RMB 1200": ("1200", "CNY"),
    "1200cny": ("1200", "CNY"),
    "1.2万": ("12000", None),
    "1.2 万元": ("12000", "CNY"),
    "1,200万": ("12000000", None),
    "5w": ("50000", None),
    "10K": ("10000", None),
    "3千万": ("30000000", None),
    "3亿": ("300000000", None),
    "3亿5000万": ("350000000", None),
    "三万": ("30000", None),
    "一万二": ("12000", None),
    "1万2": ("12000", None),
    "一万零二": ("10002", None),
    "两百五": ("250", None),
    "十五": ("15", None),
    "壹万贰仟叁佰肆拾伍元陆角柒分": ("12345.67", "CNY"),
    "壹仟贰佰元整": ("1200", "CNY"),
    "12元5角": ("12.5", "CNY"),
    "(1,200)": ("-1200", None),
    "(999999999999999999999999999950)": ("-999999999999999999999999999950", None),
    "-1,200": ("-1200", None),
    "－1200": ("-1200", None),
    "-¥1200": ("-1200", "CNY"),
    "¥-1200": ("-1200", "CNY"),
    "$1,200": ("1200", "USD"),
    "HK$100": ("100", "HKD"),
    "100美元": ("100", "USD"),
    "'1200": ("1200", None),
    "1.2E+5": ("120000", None),
    "0": ("0", None),
    1200: ("1200", None),
    0.1 + 0.2: ("0.3", None),
    1e15: ("1000000000000000", None),
}
REFUSED = [
    *(
        "",
        "-",
        "abc",
        "面议",
        "约1200",
        "1200左右",
        "1200/月",
        "1,2 0 0",
        "1,20",
        "1.2.3",
        "--5",
        "1_000",
        "٣",
    ),
    *("¥", "%", "万", "亿", "一二三", "USD 12 元", "12%元", "NaN", "Infinity", "1e99", "1" * 61, "(-5)"),
    *(True, float("nan"), float("inf"), 1e300, None, [1]),
]


@pytest.mark.parametrize("cell", WRITTEN, ids=repr)
def test_an_amount_is_the_same_however_it_is_written(cell: Any) -> None:
    value, currency = WRITTEN[cell]

    assert read_amount(cell) == Amount(Decimal(value), currency)


@pytest.mark.parametrize("text", ["12.5%", "１２．５％", "12.5 %"])
def test_a_percentage_says_so(text: str) -> None:
    assert read_amount(text) == Amount(Decimal("12.5"), is_percent=True)


@pytest.mark.parametrize("cell", REFUSED, ids=repr)
def test_rubbish_is_refused(cell: Any) -> None:
    with pytest.raises(Invalid):
        read_amount(cell)


@pytest.mark.parametrize(
    ("value", "kept"), [("1.005", "1.01"), ("-1.005", "-1.01"), ("2.675", "2.68"), ("-0.001", "0.00")]
)
def test_money_is_rounded_half_up(value: str, kept: str) -> None:
    assert str(rounded(Decimal(value), 2)) == kept


DECIMALS = st.decimals(-(10**12), 10**12, places=2)


@given(DECIMALS)
def test_every_amount_reads_back_from_each_form(value: Decimal) -> None:
    for form in (
        f"{value}",
        f"{value:,}",
        f"¥{value:,}",
        f"{value}元",
        f" {value} ",
        f"{value:,}".translate(FULL_WIDTH),
    ):
        assert read_amount(form).value == value
    assert plain_decimal(f"{value:f}") == value
    assert read_amount(float(value)).value == value


FULL_WIDTH = {ord(c): ord(c) + 0xFEE0 for c in "0123456789,.-"}


LONG = "999999999999999999999999999950"  # More digits than Python's decimals calculate with.


@example(int(LONG))
@example(f"({LONG})")
@given(
    st.text()
    | st.text("0123456789.,-() 万亿千百十一二三元角分¥$%ekRMB", max_size=24)
    | st.floats()
    | st.integers()
)
def test_any_cell_is_a_number_or_refused(cell: Any) -> None:
    try:
        amount = read_amount(cell)
    except Invalid:
        return
    assert amount.value.is_finite()
    assert read_amount(amount.value).value == amount.value
