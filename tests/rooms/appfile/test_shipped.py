"""The telesales app itself: complete, in both languages, and simple for a rep."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import tuoke
from tests.rooms.appfile.shipped import APP, FILES, TABLES
from tuoke.access.policy import Policy
from tuoke.appfile.check import check_app, table_of
from tuoke.appfile.document import document_of
from tuoke.kit.actor import Actor
from tuoke.query.fits import check_filter
from tuoke.schema.definitions import TableDefinition
from tuoke.schema.field_type import Chooses, Refers

REP, TEAM_LEAD = frozenset({"rep"}), frozenset({"team_lead"})
POLICY = Policy.of(role.as_role("app") for role in APP.roles)

PROMISED_LEAD_FIELDS = [
    "name",
    "company",
    "phone",
    "city",
    "industry",
    "source",
    "status",
    "grade",
    "amount",
    "score",
    "owner",
    "department",
    "next_follow_at",
    "last_follow_at",
    "remark",
]

ENGINE_WORDS = {
    # Words the engines speak themselves: settings of a table, kinds of field, members of metadata.
    *("account", "amount", "content", "department", "description", "email", "kind", "name", "number"),
    *("owner", "phone", "position", "price", "result", "return_reason", "role", "size", "source", "stage"),
    *("script", "steps", "answers"),
    *(
        "status",
        "target",
        "task",
        "title",
        "unit",
        "value",
        "code",
        "category",
        "period",
        "score",
        "due_at",
        "measure",
    ),
}


def test_the_shipped_app_has_no_fault():
    assert list(check_app(APP)) == []


WRITTEN_BY_ENGINES = ("call", "recording")
"""Tables an engine writes itself: their keys are its words, what the app links them to is not."""


def test_every_table_the_product_will_need_is_there():
    expected = [
        *WRITTEN_BY_ENGINES,
        "lead",
        "account",
        "contact",
        "opportunity",
        "activity",
        "task",
        "product",
        "quote",
        "quote_line",
        "contract",
        "payment_plan",
        "payment",
        "invoice",
        "ticket",
        "campaign",
        "script",
        "target",
        "survey_answer",
    ]

    assert set(TABLES) == set(expected)


def test_the_promised_keys_of_a_lead_come_first_and_in_order():
    keys = [field.key for field in TABLES["lead"].fields]

    assert keys[: len(PROMISED_LEAD_FIELDS)] == PROMISED_LEAD_FIELDS


def test_a_lead_is_refused_for_its_phone_alone():
    required = [f.key for f in TABLES["lead"].fields if f.required and f.default is None]

    assert required == ["phone"]
    assert [f.key for f in TABLES["lead"].fields if f.unique] == ["phone"]
    assert TABLES["lead"].settings.match == ["phone"]


@pytest.mark.parametrize("table", APP.tables, ids=lambda t: t.key)
def test_links_point_at_tables_of_the_app(table: TableDefinition):
    for field in table_of(table).fields:
        if isinstance(field.kind, Refers):
            target = field.kind.target(field.options)
            assert target.startswith("@") or target in TABLES, field.key


@pytest.mark.parametrize("table", APP.tables, ids=lambda t: t.key)
def test_every_label_speaks_both_languages(table: TableDefinition):
    for label in labels(document_of(APP)["tables"][list(TABLES).index(table.key)]):
        assert any("\u4e00" <= c <= "\u9fff" for c in label["zh"]) or label["zh"] == label["en"], label
        assert label["en"].isascii() or "–" in label["en"], label


@pytest.mark.parametrize("table", APP.tables, ids=lambda t: t.key)
def test_every_option_has_a_colour_and_a_name_of_its_own(table: TableDefinition):
    for field in table_of(table).fields:
        if isinstance(field.kind, Chooses):
            choices: Any = field.options
            names = [choice.label.zh for choice in choices.choices]
            assert names, field.key
            assert len(set(names)) == len(names), field.key
            assert all(choice.color for choice in choices.choices), field.key


@pytest.mark.parametrize("table", APP.tables, ids=lambda t: t.key)
def test_a_list_shows_neither_too_little_nor_too_much(table: TableDefinition):
    assert (5 if table.key in WRITTEN_BY_ENGINES else 7) <= len(table.settings.columns) <= 12
    assert len(table.settings.facts) <= 8


@pytest.mark.parametrize("table", APP.tables, ids=lambda t: t.key)
def test_every_view_asks_for_real_fields(table: TableDefinition):
    tables = {t.key: table_of(t) for t in APP.tables}
    for view in table.settings.views:
        assert list(check_filter(view.get("filter"), tables[table.key], tables)) == [], view["key"]


@pytest.mark.parametrize("roles", [REP, TEAM_LEAD], ids=["rep", "team lead"])
def test_the_menu_has_at_most_six_entries(roles: frozenset[str]):
    actor = Actor(7, roles=roles)
    shown = [t for t in APP.tables if t.settings.menu is not None and POLICY.may(actor, t.key, "read")]

    assert 3 <= len(shown) <= 6
    assert len({t.settings.menu for t in shown}) == len(shown)


def test_every_table_can_be_read_by_rep_and_team_lead():
    for table in TABLES:
        assert POLICY.may(Actor(7, roles=REP), table, "read"), table
        assert POLICY.may(Actor(7, roles=TEAM_LEAD), table, "read"), table


def test_a_rep_takes_no_data_out_and_deletes_no_customer():
    rep = Actor(7, roles=REP)
    for table in TABLES:
        assert not POLICY.may(rep, table, "export"), table
        assert not POLICY.may(rep, table, "import"), table
    for table in ("lead", "account", "opportunity", "activity", "contract", "payment"):
        assert not POLICY.may(rep, table, "delete"), table


def test_a_rep_claims_returns_and_transfers_but_does_not_assign():
    rep = Actor(7, roles=REP)

    may = {action for action in ("claim", "return", "transfer", "assign") if POLICY.may(rep, "lead", action)}

    assert may == {"claim", "return", "transfer"}


def test_nobody_gets_everything_but_the_administrator():
    assert [role.key for role in APP.roles if role.superuser] == ["admin"]


def test_the_app_is_data_without_code():
    assert all(path.endswith(".yaml") for path in FILES)


def test_no_engine_knows_a_table_or_field_of_the_app():
    theirs = [t for t in APP.tables if t.key not in WRITTEN_BY_ENGINES]
    named = {t.key for t in theirs} | {f.key for t in theirs for f in t.fields}
    own = {f.key for t in APP.tables if t.key in WRITTEN_BY_ENGINES for f in t.fields if f.type != "link"}
    forbidden = named - ENGINE_WORDS - own

    found = [(file, line, word) for file, line, word in literals() if word in forbidden]

    assert found == []


def labels(value: Any) -> Iterator[dict[str, str]]:
    """Every `{zh, en}` inside a document."""
    if isinstance(value, dict):
        if set(value) == {"zh", "en"}:
            yield value
        for part in value.values():
            yield from labels(part)
    elif isinstance(value, list):
        for part in value:
            yield from labels(part)


def literals() -> Iterator[tuple[str, int, str]]:
    """Every string literal of the product's code, and every `work.name` inside one.

    Left out: the examples of field types, which have to speak of something, and the invented firm of `tuoke demo`,
    which is content of this very app.
    """
    root = Path(tuoke.__file__).parent
    for file in sorted(set(root.rglob("*.py")) - set((root / "demo").rglob("*.py"))):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        examples = {id(n) for f in ast.walk(tree) if is_samples(f) for n in ast.walk(f)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in examples:
                yield str(file.relative_to(root)), node.lineno, node.value
                for word in node.value.split():
                    if word.startswith("work."):
                        yield str(file.relative_to(root)), node.lineno, word.removeprefix("work.").strip('"')


def is_samples(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef) and node.name == "samples"
