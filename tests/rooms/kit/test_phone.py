"""Telephone numbers: every way people write them, and nothing taken that is not one."""

from __future__ import annotations

import timeit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tuoke.kit.errors import Invalid
from tuoke.kit.phone import Phone, first_phone, to_e164

MOBILE, LANDLINE, SHANGHAI = "+8613812345678", "+8657188886666", "+862162888888"

WRITTEN = {
    "13812345678": MOBILE,
    "+8613812345678": MOBILE,
    "86 138 1234 5678": MOBILE,
    "8613812345678": MOBILE,
    "0086-138-1234-5678": MOBILE,
    "(+86)138 1234 5678": MOBILE,
    "(86)13812345678": MOBILE,
    "１３８１２３４５６７８": MOBILE,
    "＋８６　１３８　１２３４　５６７８": MOBILE,
    "138-1234-5678": MOBILE,
    "138—1234—5678": MOBILE,
    "138.1234.5678": MOBILE,
    "手机:13812345678": MOBILE,
    "手机号码：138 1234 5678": MOBILE,
    "联系电话 13812345678": MOBILE,
    "Tel:13812345678": MOBILE,
    "M: 13812345678": MOBILE,
    "13812345678.0": MOBILE,
    "1.3812345678E10": MOBILE,
    "1.3812345678E+10": MOBILE,
    "'13812345678": MOBILE,
    "\u202a13812345678\u202c": MOBILE,
    "\ufeff13812345678": MOBILE,
    "138\u00a01234\u00a05678": MOBILE,
    "【13812345678】": MOBILE,
    "013812345678": MOBILE,
    "17951 13812345678": MOBILE,
    "0571-88886666": LANDLINE,
    "057188886666": LANDLINE,
    "(0571)88886666": LANDLINE,
    "电话：0571－88886666": LANDLINE,
    "+86 571 8888 6666": LANDLINE,
    "+86 0571 8888 6666": LANDLINE,
    "+86(0)571 8888 6666": LANDLINE,
    "86-571-88886666": LANDLINE,
    "0086 571 88886666": LANDLINE,
    "（021）6288 8888": SHANGHAI,
    "021 62888888": SHANGHAI,
    "8602162888888": SHANGHAI,
    "400-800-1234": "+864008001234",
    "4008001234": "+864008001234",
    "800-820-8820": "+868008208820",
    "+1 650 253 0000": "+16502530000",
    "001 650 253 0000": "+16502530000",
    "+852 2123 4567": "+85221234567",
    # Whole ranges the numbering plans in libraries do not know yet.
    "16600000000": "+8616600000000",
    "19212345678": "+8619212345678",
}
EXTENSIONS = [
    *("0571-88886666转801", "0571-88886666 转 801", "0571-88886666-801", "0571-88886666 ext 801"),
    *("0571-88886666 EXT. 801", "0571-88886666x801", "0571-88886666（801）", "0571-88886666（转801）"),
    *("0571-88886666分机801", "0571-88886666 分机号：801", "0571-88886666#801", "+8657188886666;ext=801"),
]
REFUSED = {
    "1381234567": "11 位",
    "138123456789": "11 位",
    "88886666": "区号",
    "138****5678": "星号",
    "1.38E+10": "科学计数法",
    "1.38123E+10": "科学计数法",
    "无": "没有号码",
    "-": "没有号码",
    "": "没有号码",
    "12345678901": "不正确",
    "00000000000": "不正确",
    "110": "不正确",
    "abc13812345678": "不正确",
    "13812345678abc": "不正确",
    "13812345678/13912345678": "不正确",
    "0755-1234567": "不正确",
}
SEVERAL = {
    "13812345678/13912345678": (MOBILE, "13912345678"),
    "13812345678、0571-88886666": (MOBILE, "0571-88886666"),
    "13812345678；13912345678": (MOBILE, "13912345678"),
    "13812345678，13912345678": (MOBILE, "13912345678"),
    "13812345678 13912345678": (MOBILE, "13912345678"),
    "13812345678\n13912345678": (MOBILE, "13912345678"),
    "0571-88886666/8888 7777": (LANDLINE, "8888 7777"),
    "13812345678（王总）": (MOBILE, "王总"),
    "王总13812345678": (MOBILE, "王总"),
    "13812345678 微信同号": (MOBILE, "微信同号"),
}


@pytest.mark.parametrize("text", WRITTEN)
def test_a_number_is_the_same_however_it_is_written(text: str) -> None:
    assert to_e164(text) == Phone(WRITTEN[text])


@pytest.mark.parametrize("text", EXTENSIONS)
def test_an_extension_is_kept_apart(text: str) -> None:
    assert to_e164(text) == Phone(LANDLINE, "801")
    assert str(to_e164(text)) == f"{LANDLINE};ext=801"


def test_a_relay_number_keeps_its_extension() -> None:
    assert to_e164("17012345678转1234") == Phone("+8617012345678", "1234")


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_not_one_number_is_refused_with_the_way_out(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        to_e164(text)

    assert REFUSED[text] in refused.value.detail.in_("zh")


@pytest.mark.parametrize("text", SEVERAL)
def test_of_several_numbers_the_first_is_taken_and_the_rest_is_told(text: str) -> None:
    phone, rest = first_phone(text)

    assert (str(phone), rest) == SEVERAL[text]


@pytest.mark.parametrize("text", sorted(REFUSED.keys() - SEVERAL.keys()))
def test_a_cell_without_any_number_stays_refused(text: str) -> None:
    with pytest.raises(Invalid):
        first_phone(text)


def test_another_country_dials_its_own_numbers() -> None:
    assert to_e164("(650) 253-0000", "US") == Phone("+16502530000")
    assert to_e164(MOBILE, "US") == Phone(MOBILE)


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_eleven_digits_from_13_on_are_a_mobile(digits: str) -> None:
    assert str(to_e164(digits)) == f"+86{digits}"


NUMBERS = st.sampled_from([MOBILE, LANDLINE, SHANGHAI, "+864008001234", "+16502530000", "+85221234567"])


@given(NUMBERS, st.from_regex(r"([0-9]{1,8})?", fullmatch=True))
def test_the_stored_form_reads_back_as_itself(number: str, extension: str) -> None:
    phone = Phone(number, extension)

    assert to_e164(str(phone)) == phone


@given(st.text() | st.text("0123456789０１+-() 转ext.;=/、手机:Ee*", max_size=30))
@example("1.3812345678E99")
@example("+" * 30 + "1")
def test_any_text_is_a_number_that_reads_back_or_is_refused(text: str) -> None:
    try:
        phone = first_phone(text).phone
    except Invalid:
        return
    assert to_e164(str(phone)) == phone


def test_the_usual_number_costs_next_to_nothing() -> None:
    seconds = min(timeit.repeat(lambda: to_e164("13812345678"), number=2000, repeat=5))

    assert seconds / 2000 < 10e-6, "2 µs on a quiet machine"
