"""What a new version of an app makes of a workspace: a three-way merge of plain documents.

Three versions of every value meet: as shipped before, as shipped now, and as the firm has it. Where the firm
left the old one, the new one comes; where the firm changed it, the firm's stays. Nothing that records may
depend on is ever taken away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias, cast

from tuoke.appfile.kinds import PARTS
from tuoke.appfile.part import WHOLE
from tuoke.kit.words import Words, say


class _Absent:
    """There is no such value in this version."""


ABSENT: Final = _Absent()

Where: TypeAlias = tuple[str, ...]
"""Names from the top: `("tables", "lead", "fields", "city", "label", "zh")`."""

_NEVER_TAKEN = frozenset({"tables", "fields", "choices", "roles", *(part.type for part in PARTS)})
"""Lists whose entries records or people may depend on."""

_SETS = frozenset({"aliases", "tracked"})
"""Lists whose order says nothing: additions on both sides go together."""

THEIRS = say("公司自己改过，保留公司的", "The firm changed this itself; its version stays")
DELETED = say("公司已删除，不再加回", "The firm deleted this; it is not brought back")
NOT_SHIPPED = say(
    "应用已不再提供，数据可能还在用，予以保留", "No longer shipped, kept because records may use it"
)
OTHER_TYPE = say("类型不同，保留公司的", "It is of another type; the firm's stays")


@dataclass(frozen=True)
class Kept:
    """A place where the workspace stays as it is although the new version says otherwise."""

    where: Where
    reason: Words


@dataclass(frozen=True)
class Merged:
    value: Any
    kept: tuple[Kept, ...]


def merge(before: Any, now: Any, theirs: Any) -> Merged:
    """`before` may be ABSENT: then nothing was shipped yet."""
    merging = _Merging()
    value = merging.value(before, now, theirs, ())
    return Merged(value, tuple(merging.kept))


@dataclass
class _Merging:
    kept: list[Kept] = field(default_factory=list[Kept])

    def value(self, before: Any, now: Any, theirs: Any, where: Where) -> Any:
        if now in (before, theirs):
            return theirs
        if where and where[-1] in _SETS:
            return _together(*(_listed(v) for v in (before, now, theirs)))
        if where and where[-1] == WHOLE:
            return now if theirs == before else self._keep(theirs, where, THEIRS)
        if _all(_is_keyed, before, now, theirs):
            return self._entries(before, now, theirs, where)
        if _all(_is_mapping, before, now, theirs):
            return self._members(before, now, theirs, where)
        if theirs == before:
            return now
        return self._keep(theirs, where, THEIRS)

    def _keep(self, theirs: Any, where: Where, reason: Words) -> Any:
        self.kept.append(Kept(where, reason))
        return theirs

    def _members(self, before: Any, now: Any, theirs: Any, where: Where) -> Any:
        """Attributes of one thing; an attribute that is absent has its default."""
        old, new, own = _mapping(before), _mapping(now), _mapping(theirs)
        merged: dict[str, Any] = {}
        for name in _woven(list(own), list(new)):
            value = self.value(_of(old, name), _of(new, name), _of(own, name), (*where, name))
            if value is not ABSENT:
                merged[name] = value
        return merged if merged or theirs is not ABSENT else ABSENT

    def _entries(self, before: Any, now: Any, theirs: Any, where: Where) -> Any:
        """Things with a key; one that is absent was not made yet, or was deleted."""
        old, new, own = _by_key(before), _by_key(now), _by_key(theirs)
        merged: dict[str, Any] = {}
        for key in {**own, **new}:
            value = self._entry(_of(old, key), _of(new, key), _of(own, key), (*where, key))
            if value is not ABSENT:
                merged[key] = value
        order = _order(list(old), list(new), list(own))
        return [merged[key] for key in order if key in merged]

    def _entry(self, before: Any, now: Any, theirs: Any, where: Where) -> Any:
        if theirs is ABSENT:
            if before is ABSENT:
                return now
            return ABSENT if now == before else self._keep(ABSENT, where, DELETED)
        if now is ABSENT:
            return self._not_shipped(before, theirs, where)
        if now.get("type") != theirs.get("type"):
            return self._keep(theirs, where, OTHER_TYPE)
        return self.value(before, now, theirs, where)

    def _not_shipped(self, before: Any, theirs: Any, where: Where) -> Any:
        if before is ABSENT:
            return theirs
        if where[-2] in _NEVER_TAKEN:
            return self._keep(theirs, where, NOT_SHIPPED)
        return ABSENT if theirs == before else self._keep(theirs, where, THEIRS)


# --- the three kinds of value ---------------------------------------------------------------------


def _all(fits: Callable[[Any], bool], *values: Any) -> bool:
    """Whether every version that there is has this form; at least one is there."""
    present = [value for value in values if value is not ABSENT]
    return bool(present) and all(fits(value) for value in present)


def _is_mapping(value: Any) -> bool:
    return isinstance(value, Mapping)


def _is_keyed(value: Any) -> bool:
    if not isinstance(value, list):
        return False
    return all(isinstance(entry, Mapping) and "key" in entry for entry in cast("list[Any]", value))


def _mapping(value: Any) -> Mapping[str, Any]:
    return {} if value is ABSENT else value


def _listed(value: Any) -> list[Any]:
    return [] if value is ABSENT else list(value)


def _by_key(value: Any) -> dict[str, Any]:
    return {entry["key"]: entry for entry in _listed(value)}


def _of(values: Mapping[str, Any], name: str) -> Any:
    return values.get(name, ABSENT)


# --- order ----------------------------------------------------------------------------------------


def _together(before: Sequence[Any], now: Sequence[Any], theirs: Sequence[Any]) -> list[Any]:
    """Theirs with what was newly shipped, without what is no longer."""
    dropped = [part for part in before if part not in now]
    kept = [part for part in theirs if part not in dropped]
    return kept + [part for part in now if part not in before and part not in kept]


def _order(before: Sequence[str], now: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """The firm's order if it has one of its own, else the shipped one."""
    moved = _only(theirs, before) != _only(before, theirs)
    return _woven(theirs, now) if moved else _woven(_woven(now, theirs), before)


def _only(keys: Iterable[str], among: Sequence[str]) -> list[str]:
    return [key for key in keys if key in among]


def _woven(first: Sequence[str], second: Sequence[str]) -> list[str]:
    """`first`, with each further key of `second` behind the one it follows there."""
    woven = list(first)
    place = 0
    for key in second:
        if key in woven:
            place = woven.index(key) + 1
        else:
            woven.insert(place, key)
            place += 1
    return woven
