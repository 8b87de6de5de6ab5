"""An app in a real workspace: made once, upgraded without breaking what the firm changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import pytest_asyncio

from tests.rooms.appfile.shipped import APP
from tuoke.access.audit import By
from tuoke.access.roles import put_role, role_from, stored_roles
from tuoke.appfile.apply import apply_app, apply_shipped, plan_app
from tuoke.appfile.document import app_of, document_of, workspace_document
from tuoke.appfile.model import App
from tuoke.appfile.plan import AddFields, AddTables, ChangeField
from tuoke.appfile.read import read_app
from tuoke.appfile.write import files_of, workspace_app
from tuoke.kit.database import Connection, Engine, begin
from tuoke.kit.errors import Conflict
from tuoke.schema.change import add_fields, create_tables, delete_field, update_field, update_table
from tuoke.schema.definitions import FieldDefinition, TableDefinition
from tuoke.schema.load import load_catalog
from tuoke.schema.model import Label


@pytest_asyncio.fixture
async def applied(db: Connection) -> Connection:
    await apply_app(db, APP)
    return db


def upgraded(change: Callable[[dict[str, dict[str, Any]]], None]) -> App:
    """The shipped app as its next version: `change` gets its tables by key, to alter."""
    document = document_of(APP)
    change({table["key"]: table for table in document["tables"]})
    return app_of(APP.info, document)


def field(table: dict[str, Any], key: str) -> dict[str, Any]:
    return next(f for f in table["fields"] if f["key"] == key)


async def test_a_new_workspace_gets_every_table_and_role(applied: Connection):
    found = await workspace_document(applied)

    wanted = document_of(APP)
    assert found["tables"] == wanted["tables"]
    assert by_key(found["roles"]) == by_key(wanted["roles"])


async def test_everything_shipped_is_marked_as_shipped(applied: Connection):
    catalog = await load_catalog(applied)

    assert {t.source for t in catalog} == {"app"}
    assert {f.source for t in catalog for f in t.fields} == {"app"}
    assert {source for _, source in await stored_roles(applied)} <= {"app", "system"}


async def test_applying_the_same_app_again_does_nothing(applied: Connection):
    plan = await apply_app(applied, APP)

    assert (plan.is_empty, plan.kept, plan.refused) == (True, (), ())


async def test_a_plan_shows_what_would_be_done_and_does_nothing(db: Connection):
    plan = await plan_app(db, APP)

    assert isinstance(plan.steps[0], AddTables)
    assert "新增表「线索」(lead)" in [words.in_("zh") for words in plan.told()]
    assert list(await load_catalog(db)) == []


async def test_an_upgrade_brings_new_tables_fields_options_and_settings(applied: Connection):
    def grow(tables: dict[str, Any]) -> None:
        tables["lead"]["fields"].append(text("nickname", "昵称"))
        tables["lead"]["settings"]["columns"].append("nickname")
        field(tables["lead"], "grade")["options"]["choices"].append(
            {"key": "D", "label": {"zh": "D-无意向", "en": "D - none"}, "color": "gray"}
        )

    plan = await apply_app(applied, upgraded(grow))

    lead = (await load_catalog(applied)).table("lead")
    assert [type(s).__name__ for s in plan.steps] == ["AddFields", "ChangeField", "ChangeTable"]
    assert plan.refused == ()
    assert lead.settings.columns[-1] == "nickname"
    assert "D" in lead.field("grade").kind.choices(lead.field("grade").options)  # type: ignore[attr-defined]


async def test_the_firms_own_changes_survive_an_upgrade(applied: Connection):
    await update_field(applied, "lead", "city", {"label": {"zh": "地市", "en": "City"}})
    await add_fields(applied, "lead", [FieldDefinition.model_validate(text("nickname", "外号"))])
    await delete_field(applied, "lead", "position")
    await update_table(applied, "task", label=Label(zh="事项", en="To-do"))

    def everything(tables: dict[str, Any]) -> None:
        field(tables["lead"], "city")["label"] = {"zh": "所在城市", "en": "Town"}
        field(tables["lead"], "position")["label"] = {"zh": "岗位", "en": "Post"}
        tables["lead"]["fields"].append(text("nickname", "昵称"))
        tables["task"]["label"] = {"zh": "任务", "en": "Task"}

    plan = await apply_app(applied, upgraded(everything))

    catalog = await load_catalog(applied)
    lead = catalog.table("lead")
    assert lead.field("city").label == Label(zh="地市", en="Town")
    assert (lead.field("nickname").label.zh, lead.field("nickname").source) == ("外号", "user")
    assert "position" not in lead.by_key
    assert catalog.table("task").label.zh == "事项"
    assert {".".join(k.where) for k in plan.kept} >= {
        "tables.lead.fields.city.label.zh",
        "tables.task.label.zh",
    }


async def test_a_grant_the_firm_changed_stays_while_other_tables_get_theirs(applied: Connection):
    rep = next(role for role, _ in await stored_roles(applied) if role.key == "rep").written()
    grants = [{**g, "tables": [t]} for g in rep["grants"] for t in g["tables"]]
    for grant in grants:
        if grant["tables"] == ["lead"]:
            grant["actions"] = {**grant["actions"], "export": ["own"]}
    await put_role(applied, role_from({**rep, "grants": grants}), By())

    document = document_of(APP)
    for role in document["roles"]:
        for entry in role.get("grants", []):
            if role["key"] == "rep" and entry["key"] in ("lead", "product"):
                entry["grants"] = [
                    {**entry["grants"][0], "hide": ["remark" if entry["key"] == "lead" else "cost"]}
                ]
    await apply_app(applied, app_of(APP.info, document))

    found = by_key(by_key((await workspace_document(applied))["roles"])["rep"]["grants"])
    assert found["lead"]["grants"][0]["actions"]["export"] == ["own"]
    assert "hide" not in found["lead"]["grants"][0]
    assert found["product"]["grants"][0]["hide"] == ["cost"]


async def test_a_step_the_records_do_not_allow_is_left_out_and_told(applied: Connection):
    await insert_twice(applied)

    def tighten(tables: dict[str, Any]) -> None:
        field(tables["account"], "name")["unique"] = True
        field(tables["account"], "name")["label"] = {"zh": "客户全称", "en": "Full name"}
        tables["account"]["fields"].append(text("nickname", "昵称"))

    plan = await apply_app(applied, upgraded(tighten))

    account = (await load_catalog(applied)).table("account")
    assert [type(r.step) for r in plan.refused] == [ChangeField]
    assert "重复" in plan.told()[-1].in_("zh")
    assert not account.field("name").unique
    assert "nickname" in account.by_key


async def test_a_column_of_a_deleted_field_does_not_stop_new_settings(applied: Connection):
    settings = (await load_catalog(applied)).table("lead").settings
    columns = [c for c in settings.columns if c != "city"]
    facts = [c for c in settings.facts if c != "city"]
    await update_table(
        applied, "lead", settings=settings.model_copy(update={"columns": columns, "facts": facts})
    )
    await delete_field(applied, "lead", "city")

    def retitle(tables: dict[str, Any]) -> None:
        tables["lead"]["settings"]["subtitle"] = "city"
        tables["lead"]["settings"]["icon"] = "user-add"

    plan = await apply_app(applied, upgraded(retitle))

    lead = (await load_catalog(applied)).table("lead")
    assert plan.refused == ()
    assert (lead.settings.icon, lead.settings.subtitle) == ("user-add", None)


async def test_a_table_of_the_firm_with_the_same_key_is_extended_not_replaced(db: Connection):
    own = TableDefinition.model_validate(
        {"key": "ticket", "label": {"zh": "门票", "en": "Ticket"}, "fields": [text("seat", "座位")]}
    )
    await create_tables(db, [own])

    plan = await apply_app(db, APP)

    ticket = (await load_catalog(db)).table("ticket")
    assert isinstance(plan.steps[1], AddFields)
    assert ticket.label.zh == "门票"
    assert {"seat", "subject"} <= set(ticket.by_key)


async def test_a_first_application_that_cannot_be_done_is_an_error(db: Connection):
    gone = TableDefinition.model_validate(
        {
            "key": "ticket",
            "label": {"zh": "门票", "en": "Ticket"},
            "fields": [text("seat", "座位"), text("subject", "主题")],
        }
    )
    await create_tables(db, [gone])
    await delete_field(db, "ticket", "subject")

    with pytest.raises(Conflict):
        await apply_app(db, APP)


async def test_the_exported_workspace_is_the_app_again(applied: Connection):
    exported = await workspace_app(applied, APP.info)
    files = files_of(exported)

    again = read_app(files)
    plan = await plan_app(applied, again)

    assert files_of(again) == files
    assert plan.is_empty


async def test_start_up_applies_what_is_shipped_once(fresh_workspace: Engine):
    first = await apply_shipped(fresh_workspace)
    second = await apply_shipped(fresh_workspace)

    async with begin(fresh_workspace) as db:
        assert {t.key for t in APP.tables} == set((await load_catalog(db)).tables)
    assert [len(plan.refused) for plan in first] == [0]
    assert second == []


def by_key(entries: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {entry["key"]: entry for entry in entries}


def text(key: str, zh: str) -> dict[str, Any]:
    return {"key": key, "type": "text", "label": {"zh": zh, "en": key.title()}}


async def insert_twice(db: Connection) -> None:
    """Two accounts of one name, put there without the verbs: no rights or flows matter here."""
    await db.exec_driver_sql(
        "insert into work.account(name, status) values ('西湖科技', 'closed'), ('西湖科技', 'closed')"
    )
