"""No grant, no access; and a key never opens more than its user may."""

from __future__ import annotations

from typing import Any

import pytest

from tuoke.access.policy import Action, Narrowing, Policy
from tuoke.access.roles import role_from
from tuoke.access.rules import EVERYTHING
from tuoke.kit.actor import Actor
from tuoke.kit.errors import Forbidden

LABEL = {"zh": "角色", "en": "Role"}
POLICY = Policy.of(
    role_from({"label": LABEL, **role}).as_role()
    for role in (
        {"key": "admin", "superuser": True},
        {
            "key": "rep",
            "grants": [
                {
                    "tables": ["lead"],
                    "read": ["own", "pool"],
                    "update": ["own"],
                    "actions": {"claim": ["pool"]},
                    "mask": ["phone"],
                    "read_only": ["status"],
                }
            ],
        },
        {"key": "board", "grants": [{"tables": ["*"], "read": ["all"], "hide": ["phone"]}]},
    )
)
ADMIN = Actor(1, roles=frozenset({"admin"}))
REP = Actor(2, roles=frozenset({"rep"}))
BOTH = Actor(3, roles=frozenset({"rep", "board"}))
NOBODY = Actor(4)


@pytest.mark.parametrize("action", Action)
def test_without_a_role_everything_is_forbidden(action: Action) -> None:
    with pytest.raises(Forbidden):
        POLICY.grants(NOBODY, "lead", action)


@pytest.mark.parametrize("action", Action)
def test_a_superuser_has_one_grant_without_limits(action: Action) -> None:
    (grant,) = POLICY.grants(ADMIN, "any_table", action)

    assert not grant.hide
    assert not grant.mask
    assert not grant.read_only


def test_a_grant_for_one_action_gives_no_other() -> None:
    assert POLICY.may(REP, "lead", "read")
    assert not POLICY.may(REP, "lead", "delete")
    assert not POLICY.may(REP, "account", "read")


def test_an_unknown_role_gives_nothing() -> None:
    assert not POLICY.may(Actor(5, roles=frozenset({"ghost"})), "lead", "read")


def test_two_roles_stay_two_grants_with_their_own_fields() -> None:
    grants = POLICY.grants(BOTH, "lead", "read")

    assert {g.role: (g.shows("phone"), g.scopes[Action.READ]) for g in grants} == {
        "board": (False, ("all",)),
        "rep": (True, ("own", "pool")),
    }


@pytest.mark.parametrize(("field", "writable"), [("name", True), ("phone", False), ("status", False)])
def test_masked_and_read_only_fields_are_not_written(field: str, writable: bool) -> None:
    (grant,) = POLICY.grants(REP, "lead", "update")

    assert grant.lets_write(field) is writable


def test_a_narrowed_key_gives_only_what_it_names() -> None:
    narrowed = POLICY.narrowed(Narrowing(frozenset({"lead"}), frozenset({Action.READ})))

    assert narrowed.may(ADMIN, "lead", "read")
    assert not narrowed.may(ADMIN, "lead", "update")
    assert not narrowed.may(ADMIN, "account", "read")
    assert not narrowed.may(NOBODY, "lead", "read")


def test_a_narrowed_key_never_administers() -> None:
    assert POLICY.is_administrator(ADMIN)
    assert not POLICY.narrowed(Narrowing(tables=frozenset({"lead"}))).is_administrator(ADMIN)
    assert not POLICY.is_administrator(REP)


def test_the_rule_of_several_grants_is_their_union(lead: Any) -> None:
    assert POLICY.rule(BOTH, lead, "read") == EVERYTHING


@pytest.fixture
def lead() -> Any:
    from tuoke.schema.model import Label, Table

    return Table("lead", Label(zh="线索", en="Lead"), ())
