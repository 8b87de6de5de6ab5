"""Search tokens: pairs that touch a Chinese character, triples of anything else. Needs no extension, no locale."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_WITH_AREA = 8
"""Digits from which on a leading zero is an area code's rather than an order number's."""
PHONE_NOISE = str.maketrans("", "", " -()+·　")
_RUN = re.compile(r"([!-~])\1{3}")
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


def normal(text: str) -> str:
    """Full-width forms folded, lower case: what the index holds and what a query is compared by."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).lower()


def wide(word: str) -> str:
    """`word` as a Chinese keyboard writes it when set to full width."""
    return word.translate(_WIDE)


def tokens(text: str) -> set[str]:
    """Tokens of one text; blanks end a word.

    Every two neighbours of which the first is not ASCII, and every three neighbours that begin with ASCII. Of
    four or more equal ones also four: 888 stands in ten times as many numbers as the 8888 people look for.
    """
    found: set[str] = set()
    for word in normal(text).split():
        found.update(character * 4 for character in _RUN.findall(word))
        if word.isascii():
            found.update(word[i : i + 3] for i in range(len(word) - 2))
            continue
        for i, character in enumerate(word):
            size = 3 if character < "\x80" else 2
            token = word[i : i + size]
            if len(token) == size:
                found.add(token)
    return found


def tokens_of(texts: Iterable[str | None]) -> list[str]:
    """Tokens of a record's texts; no token reaches from one text into the next."""
    found: set[str] = set()
    for text in texts:
        if text:
            found |= tokens(text)
    return sorted(found)


def words(search: str) -> list[str]:
    """The words of a search, all of which must be found. A phone number typed in groups is one word."""
    text = normal(search).strip()
    joined = text.translate(PHONE_NOISE)
    if joined.isdigit() and len(joined) >= 4:
        # Numbers are kept as +86…: the zero before an area code, or of 0086, is not in them.
        return [joined.lstrip("0") if len(joined) >= _WITH_AREA else joined]
    return text.split()[:8]
