"""Text that spreadsheet programs would take for a formula, made harmless."""

from __future__ import annotations

import re

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[-+]?[\d ,.()\-]*\d%?(?:;ext=\d+)?", re.ASCII).fullmatch


def could_be_formula(text: str) -> bool:
    """True for what a spreadsheet program may calculate when it opens a csv file. Numbers and phones are not."""
    return text.startswith(_STARTS) and not _NUMBER(text)


def for_csv(text: str) -> str:
    """`text` with the apostrophe before it that makes spreadsheet programs show it as it is."""
    return f"'{text}" if could_be_formula(text) else text
