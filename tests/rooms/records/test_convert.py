"""Converting, whatever the tables are called: what it puts beside, and that the way back is the way back."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.rooms.records.conftest import ADMIN, ANN, Firm, label
from tests.rooms.records.test_undo import OWN, undo
from tuoke.bus.log import open_change_set
from tuoke.kit.database import Connection, run_sql
from tuoke.records.convert import Choice, convert
from tuoke.records.transaction import transaction
from tuoke.records.verbs import create_records, delete_records
from tuoke.schema.change import create_tables
from tuoke.schema.definitions import TableDefinition
from tuoke.schema.load import load_catalog


def link(to: str, key: str = "") -> dict[str, Any]:
    return {"key": key or to, "type": "link", "label": label(key or to), "options": {"table": to}}


def text(key: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "type": "text", "label": label(key), **more}


def table(key: str, *fields: dict[str, Any], **settings: Any) -> TableDefinition:
    return TableDefinition.model_validate(
        {"key": key, "label": label(key), "fields": list(fields), "settings": {"title": "name", **settings}}
    )


OWNER = {"key": "owner", "type": "user", "label": label("owner"), "default": "@me"}
TABLES = [
    table("firm", text("name", required=True), OWNER, owner="owner"),
    table("person", text("name", required=True), link("firm"), OWNER, owner="owner"),
    table(
        "prospect",
        *(text("name"), text("company"), text("state"), OWNER, link("firm"), link("person")),
        owner="owner",
        convert={
            "set": {"state": "done"},
            "targets": [
                {"table": "firm", "link": "firm", "match": ["name"], "set": {"name": "$company|$name"}},
                {
                    "table": "person",
                    "link": "person",
                    "optional": True,
                    "set": {"name": "$name|$company", "firm": "$firm", "owner": "$owner"},
                },
            ],
        },
    ),
    table(
        "word",
        text("name"),
        link("person"),
        link("prospect"),
        link("firm"),
        about=["person", "prospect", "firm"],
    ),
]


async def open_firm(db: Connection) -> Firm:
    found = Firm.__new__(Firm)
    found.catalog = await create_tables(db, TABLES)
    found.customer = found.note = found.catalog.table("word")
    return found


async def everything(db: Connection) -> dict[str, list[dict[str, Any]]]:
    found = {}
    for key in ("firm", "person", "prospect", "word"):
        rows = await run_sql(db, f"select * from work.{key} where deleted_at is null order by id")
        found[key] = [{k: v for k, v in row.items() if k not in OWN} for row in rows.mappings()]
    return found


PLACES = st.fixed_dictionaries(
    {}, optional={"prospect": st.integers(0, 1), "firm": st.just(0), "person": st.just(0)}
)
"""What a word is about: one of two prospects, the firm or the person that were here before."""
TARGET = st.sampled_from(["new", "known", "named"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.lists(PLACES, max_size=6),
    gone=st.integers(0, 6),
    firm_as=TARGET,
    person_as=st.sampled_from(["new", "known", "out"]),
    alone=st.booleans(),
    limit=st.integers(1, 4),
)
async def test_converting_and_undoing_leaves_every_table_as_it_was(
    db, words, gone, firm_as, person_as, alone, limit
):
    savepoint = await db.begin_nested()
    firm = await open_firm(db)
    ids = await _fill(db, firm, words, gone, alone)
    start = await everything(db)
    set = await open_change_set(db, "convert", ADMIN, {}, "prospect")

    made = await _convert(db, firm, ids, firm_as, person_as, set)
    after = await everything(db)
    outcome, _ = await undo(db, firm, set, limit)
    back = await everything(db)
    await savepoint.rollback()

    assert outcome.refused == []
    assert back == start
    _check_words(start["word"], after["word"], ids["prospect"][0], made)


async def _fill(
    db: Connection, firm: Firm, words: list[dict[str, int]], gone: int, alone: bool
) -> dict[str, list[int]]:
    ids: dict[str, list[int]] = {}
    async with transaction(db, firm.sees(ADMIN)) as tx:

        async def make(key: str, *rows: dict[str, Any]) -> list[int]:
            return await create_records(tx, firm.catalog.table(key), rows)

        ids["firm"] = await make("firm", {"name": "云帆"})
        ids["person"] = await make("person", {"name": "林", **({} if alone else {"firm": ids["firm"][0]})})
        ids["prospect"] = await make("prospect", {"name": "林", "company": "云帆"}, {"name": "王"})
        ids["word"] = await make("word", *({k: ids[k][at] for k, at in word.items()} for word in words))
        await delete_records(tx, firm.catalog.table("word"), ids["word"][gone : gone + 1])
    return ids


async def _convert(
    db: Connection, firm: Firm, ids: dict[str, list[int]], firm_as: str, person_as: str, set: int
) -> dict[str, int]:
    choices: dict[str, Choice | None] = {
        "firm": {"new": Choice(), "known": Choice(ids["firm"][0]), "named": Choice(None, {"name": "别的"})}[
            firm_as
        ]
    }
    if person_as != "new":
        choices["person"] = Choice(ids["person"][0]) if person_as == "known" else None
    async with transaction(db, firm.sees(ADMIN), set) as tx:
        return await convert(tx, firm.catalog.table("prospect"), ids["prospect"][0], choices)


def _check_words(
    before: list[dict[str, Any]], after: list[dict[str, Any]], prospect: int, made: dict[str, int]
) -> None:
    """A link that was empty points at what came of it; one that was not stays; other words stay as they are."""
    for was, now in zip(before, after, strict=True):
        beside = made if was["prospect"] == prospect else {}
        assert now == {**was, **{key: id for key, id in beside.items() if was[key] is None}}


async def test_a_given_link_stays_and_the_first_that_knows_fills_an_empty_one(db):
    firm = await open_firm(db)
    ids = await _fill(db, firm, [{"person": 0}, {"prospect": 0, "firm": 0}], 9, alone=False)

    after = await everything(db)

    by_person, by_hand = after["word"]
    assert (by_person["firm"], by_person["prospect"]) == (ids["firm"][0], None)
    assert (by_hand["firm"], by_hand["person"]) == (ids["firm"][0], None)


async def test_a_field_the_firm_has_taken_out_is_left_out(db):
    firm = await open_firm(db)
    ids = await _fill(db, firm, [], 0, alone=False)
    await run_sql(db, "update tuoke.field_def set deleted_at = now() where key = 'company'")
    firm.catalog = await load_catalog(db)

    made = await _convert(db, firm, ids, "new", "new", await open_change_set(db, "convert", ANN, {}, None))

    rows = await run_sql(db, "select name from work.firm where id = $1", made["firm"])
    assert rows.scalar_one() == "林"


async def test_what_is_said_about_somebody_else_stays_with_him(db):
    firm = await open_firm(db)
    ids = await _fill(db, firm, [{"prospect": 0, "firm": 0}, {"prospect": 1}], 9, alone=True)

    made = await _convert(
        db, firm, ids, "named", "new", await open_change_set(db, "convert", ADMIN, {}, None)
    )

    named, other = (await everything(db))["word"]
    assert (named["firm"], named["person"]) == (ids["firm"][0], made["person"])
    assert (other["firm"], other["person"]) == (None, None)
