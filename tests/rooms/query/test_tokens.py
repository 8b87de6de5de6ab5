"""Search tokens: whatever piece of a text somebody types, the index knows it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuoke.query.tokens import normal, tokens, tokens_of, words

TEXT = st.text(alphabet="云启科技abC1２Ａ ·-", max_size=20)


@given(TEXT, st.integers(0, 20), st.integers(0, 20))
def test_a_piece_of_a_text_has_no_tokens_but_the_texts(text: str, start: int, end: int) -> None:
    assert tokens(normal(text)[start:end]) <= tokens(text)


@given(TEXT)
def test_no_token_holds_a_blank(text: str) -> None:
    # The index stores a record's tokens as one text with blanks between them.
    assert not any(token.split() != [token] for token in tokens(text))


def test_chinese_by_twos_anything_else_by_threes() -> None:
    assert tokens("云启科技") == {"云启", "启科", "科技"}
    assert tokens("Ａbc 12") == {"abc"}
    assert tokens("A座301") == {"a座3", "座3", "301"}
    assert tokens_of(["王五", None, "", "王"]) == ["王五"]


@pytest.mark.parametrize(
    "typed",
    ["5678", "138", "13812345678", "138 1234 5678", "138-1234-5678", "+86 138 1234 5678", "0086-13812345678",
     "１３８１２３４"],
)  # fmt: skip
def test_a_mobile_is_found_however_it_is_typed(typed: str) -> None:
    assert all(word in "+8613812345678" and tokens(word) <= tokens("+8613812345678") for word in words(typed))


@pytest.mark.parametrize("typed", ["0571-88886666", "(0571)8888 6666", "88886666", "57188886666"])
def test_a_landline_is_found_with_and_without_its_area_code(typed: str) -> None:
    assert all(word in "+8657188886666" for word in words(typed))


def test_an_order_number_keeps_its_zeros() -> None:
    assert words("0012") == ["0012"]
    assert words("云启 2026") == ["云启", "2026"]


def test_a_hundred_thousand_leads_are_taken_apart_in_seconds() -> None:
    lead = [
        "欧阳小明",
        "上海云启达科技有限公司",
        "+8613812345678",
        "杭州",
        "联系人下周出差回来 follow up by email",
    ]
    started = time.process_time()
    for _ in range(5000):
        tokens_of(lead)
    assert (time.process_time() - started) * 20 < 6
