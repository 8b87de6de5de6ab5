"""What undoing a set of changes means for one record. Pure: the past and the present in, a plan out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tuoke.bus.change_sets import Past
from tuoke.bus.log import Kind
from tuoke.kit.words import Words, say

DELETED_SINCE = say("之后被删除", "was deleted since")
PURGED_SINCE = say("之后被彻底删除", "was deleted for good since")
CHANGED_SINCE = say("之后被人修改过，保留现值", "was changed since; the present value is kept")
USED_SINCE = say("之后被人修改过，保留这条记录", "was changed since; the record is kept")


@dataclass(frozen=True, slots=True)
class Plan:
    """`delete` and `restore` are about the recycle bin; `values`: field -> JSON to set back."""

    delete: bool = False
    restore: bool = False
    values: Mapping[str, Any] = field(default_factory=dict[str, Any])
    conflicts: Mapping[str | None, Words] = field(default_factory=dict[str | None, Words])
    """Field, or None for the record as a whole -> why it stays as it is."""

    @property
    def is_empty(self) -> bool:
        return not (self.delete or self.restore or self.values)


def plan_undo(
    past: Sequence[Past], change_set: int, present: Mapping[str, Any] | None, is_deleted: bool
) -> Plan:
    """`past`: the record's changes, in order, from the first of the set on. `present`: field -> JSON, None
    when the record is gone.

    Somebody's later change is a conflict only where it still shows: what was changed and changed back, or
    undone, stands in nobody's way.
    """
    ours = [change for change in past if change.change_set == change_set]
    if present is None:
        return Plan() if ours[0].kind is Kind.CREATED else Plan(conflicts={None: PURGED_SINCE})
    if _was_there(ours) is False:
        return _away(past, ours, present, is_deleted)
    values, conflicts = _values_back(past, ours, present)
    restore = is_deleted and _was_there(ours) is True
    if is_deleted and not restore:
        return Plan(conflicts={None: DELETED_SINCE}) if values or conflicts else Plan()
    return Plan(restore=restore, values=values, conflicts=conflicts)


def _was_there(ours: Sequence[Past]) -> bool | None:
    """Whether the record was there, and not in the recycle bin, before the set; None = the set left that alone."""
    for change in ours:
        if change.kind in (Kind.CREATED, Kind.RESTORED):
            return False
        if change.kind is Kind.DELETED:
            return True
    return None


def _away(past: Sequence[Past], ours: Sequence[Past], present: Mapping[str, Any], is_deleted: bool) -> Plan:
    """Back to where it was before it was made or fetched from the recycle bin."""
    mine = {change.id for change in ours}
    others = [change for change in past if change.id > ours[0].id and change.id not in mine]
    shown = [key for key, was in _first_before(others).items() if key in present and present[key] != was]
    if is_deleted:
        return Plan()
    if shown:
        return Plan(conflicts={None: USED_SINCE})
    if ours[0].kind is Kind.CREATED:
        return Plan(delete=True)
    values, conflicts = _values_back(past, ours, present)
    return Plan(delete=True, values=values, conflicts=conflicts)


def _first_before(changes: Sequence[Past]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for change in changes:
        for key in change.after:
            found.setdefault(key, change.before.get(key))
    return found


def _values_back(
    past: Sequence[Past], ours: Sequence[Past], present: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str | None, Words]]:
    values: dict[str, Any] = {}
    conflicts: dict[str | None, Words] = {}
    for key in dict.fromkeys(key for change in ours for key in change.after):
        if key not in present:
            continue
        touching = [change for change in past if key in change.after]
        wanted, left = _wanted(touching, ours, key)
        if present[key] == wanted:
            continue
        if present[key] == left:
            values[key] = wanted
        else:
            conflicts[key] = CHANGED_SINCE
    return values, conflicts


def _wanted(touching: Sequence[Past], ours: Sequence[Past], key: str) -> tuple[Any, Any]:
    """(the value before the set's last say about this field, the value the set left)

    A set may span transactions, and somebody may have changed the field in between: his value is the one
    to go back to.
    """
    mine = {change.id for change in ours}
    last = max(place for place, change in enumerate(touching) if change.id in mine)
    first = last
    while first > 0 and touching[first - 1].id in mine:
        first -= 1
    return touching[first].before.get(key), touching[last].after[key]
