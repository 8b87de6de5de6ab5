"""Text as people type and paste it, made plain: widths, invisible characters, blanks."""

from __future__ import annotations

import re
from datetime import date, datetime

_DASHES = "‐‑‒–—―−﹣－ー"
_BLANKS = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
# Zero-width characters, direction marks and the byte order mark come along when people copy from chats and web pages.
_INVISIBLE = "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
# Not NFKC: that would also turn ① into 1, which changes a number.
_HALF = (
    {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    | {ord(c): "-" for c in _DASHES}
    | {ord(c): " " for c in _BLANKS}
    | {ord(c): None for c in _INVISIBLE}
)
_CONTROL_IN_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\ufeff]")
_NOT_WORD = re.compile(r"[\W_]+")
_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\x85]")


def half_width(text: str) -> str:
    """Full-width letters, digits and punctuation as ASCII, every dash as `-`, invisible characters gone, trimmed."""
    return (text if text.isascii() else text.translate(_HALF)).strip()


def one_line(text: str) -> str:
    """Without control characters, line ends as blanks, trimmed."""
    if text.isprintable():
        return text.strip()
    return _CONTROL_IN_TEXT.sub("", _LINE_ENDS.sub(" ", text).replace("\n", " ").replace("\t", " ")).strip()


def many_lines(text: str) -> str:
    """Without control characters other than line ends and tabs; line ends as `\\n`; no blanks at the end."""
    return _CONTROL_IN_TEXT.sub("", _LINE_ENDS.sub("\n", text)).strip("\n").rstrip()


def plain(text: str) -> str:
    """What two texts must share to be taken as the same name: no width, case, blanks or punctuation."""
    return _NOT_WORD.sub("", half_width(text)).casefold()


def same_name(text: str) -> str:
    """What two labels must share to be the same to people: width, case and blanks do not count, punctuation does."""
    return "".join(half_width(text).split()).casefold()


def cell_text(cell: object) -> str:
    """A sheet's cell as text, the way a person sees it there."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.15g}"
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds") if cell.time() != cell.min.time() else cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)
