"""Which column of a sheet fills which field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from tuoke.kit.errors import Invalid
from tuoke.kit.texts import half_width, plain
from tuoke.kit.words import say
from tuoke.schema.model import Field

_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|<[^<>]*>")
_ASIDE = re.compile(r"必填项?|选填|必须填写|required|optional", re.IGNORECASE)
# Headings that say the same of every table; a table's own aliases go before them.
_USUAL: Mapping[str, tuple[str, ...]] = {
    "phone": (
        *(
            "手机",
            "手机号",
            "手机号码",
            "电话",
            "电话号码",
            "联系电话",
            "联系方式",
            "移动电话",
            "座机",
            "固话",
        ),
        *("phone", "mobile", "tel", "telephone", "phone number"),
    ),
    "email": ("邮箱", "电子邮箱", "邮件", "email", "e-mail", "mail"),
}


def match_columns(headings: Sequence[str], fields: Iterable[Field]) -> dict[int, str]:
    """Column → field key, for the columns whose heading names a field: by its key, a label, or an alias.

    Case, width, blanks, punctuation, `*` and `（必填）` do not count. A field is filled by one column: the one
    with the strongest claim, of two equal ones the left. A heading that names two fields equally is left out.
    """
    claims = _claims(fields)
    wishes: list[tuple[int, int, str]] = []
    for column, heading in enumerate(headings):
        wish = _wish(heading, claims)
        if wish:
            wishes.append((-wish[0], column, wish[1]))
    taken: dict[str, int] = {}
    for _, column, key in sorted(wishes):
        taken.setdefault(key, column)
    return dict(sorted((column, key) for key, column in taken.items()))


def told_columns(
    told: Mapping[str, str | None], headings: Sequence[str], fields: Iterable[Field]
) -> dict[int, str]:
    """Column → field key as somebody decided it: `{"列名": "field"}`; an empty field leaves the column out.

    Raises Invalid for a heading or field that does not exist, and for a field told twice.
    """
    known = {field.key for field in fields}
    places = {heading: column for column, heading in enumerate(headings)}
    names = {plain(heading): column for column, heading in reversed(list(enumerate(headings)))}
    found: dict[int, str] = {}
    for heading, key in told.items():
        column = places.get(heading, names.get(plain(heading)))
        if column is None:
            raise Invalid(
                say("文件里没有「{heading}」这一列", "The file has no column {heading!r}", heading=heading),
                headings=list(headings),
            )
        if not key:
            continue
        if key not in known:
            raise Invalid(
                say("不能导入到字段「{key}」", "{key!r} is not a field that can be imported", key=key),
                field=key,
            )
        if key in found.values():
            raise Invalid(
                say("两列都填到字段「{key}」", "Two columns fill the field {key!r}", key=key), field=key
            )
        found[column] = key
    return found


def _claims(fields: Iterable[Field]) -> dict[str, dict[str, int]]:
    """Name → field key → how strong its claim on that name is."""
    claims: dict[str, dict[str, int]] = {}
    for field in fields:
        named = [(4, field.label.zh), (4, field.label.en), (3, field.key)]
        named += [(2, alias) for alias in field.aliases]
        named += [(1, usual) for usual in _USUAL.get(field.type, ())]
        for strength, name in named:
            claim = claims.setdefault(plain(name), {})
            claim[field.key] = max(strength, claim.get(field.key, 0))
    return claims


def _wish(heading: str, claims: Mapping[str, Mapping[str, int]]) -> tuple[int, str] | None:
    for name in _names(heading):
        claim = claims.get(name)
        if not claim:
            continue
        strongest = max(claim.values())
        keys = [key for key, strength in claim.items() if strength == strongest]
        return (strongest, keys[0]) if len(keys) == 1 else None
    return None


def _names(heading: str) -> list[str]:
    """What a heading may be meant to say: all of it, then without what stands in brackets."""
    written = half_width(heading)
    bare = _ASIDE.sub("", _IN_BRACKETS.sub("", written))
    tries = [plain(written), plain(_ASIDE.sub("", written)), plain(bare)]
    return [name for name in dict.fromkeys(tries) if name]
