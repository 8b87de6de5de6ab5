"""An app -> the workspace: what is missing is made, what the firm changed stays."""

from __future__ import annotations

from dataclasses import replace

import structlog

from tuoke.access.audit import By
from tuoke.access.roles import put_role
from tuoke.appfile.document import document_of, workspace_document
from tuoke.appfile.model import App
from tuoke.appfile.plan import (
    AddFields,
    AddTables,
    ChangeField,
    ChangeTable,
    Plan,
    PutPart,
    PutRole,
    Refused,
    Step,
    plan_for,
)
from tuoke.appfile.read import folder_files, read_app
from tuoke.appfile.shipped import shipped_apps
from tuoke.appfile.write import digest_of
from tuoke.kit.database import Connection, Engine, begin
from tuoke.kit.errors import AppError
from tuoke.schema.change import (
    add_fields,
    create_tables,
    load_snapshot,
    save_snapshot,
    update_field,
    update_table,
)

SOURCE = "app"

_log = structlog.get_logger(__name__)


async def apply_shipped(engine: Engine) -> list[Plan]:
    """Bring the apps that come with the product into the workspace, each in one transaction.

    Does nothing, and quickly, when this very version is there already. Returns what was done.
    """
    done: list[Plan] = []
    for folder in shipped_apps():
        files = folder_files(folder)
        digest = digest_of(files)
        async with begin(engine) as db:
            snapshot = await load_snapshot(db, folder.name)
            if snapshot is None or snapshot.get("digest") != digest:
                done.append(await apply_app(db, read_app(files), digest))
                _tell(done[-1])
    return done


def _tell(plan: Plan) -> None:
    """For whoever reads the log after an upgrade: what stayed as the firm has it, and why."""
    stayed = [str(words) for words in plan.told_stays()]
    _log.info("app.applied", app=plan.app.key, version=plan.app.version, steps=len(plan.steps), stayed=stayed)


async def apply_app(db: Connection, app: App, digest: str = "") -> Plan:
    """Merge the app into the workspace in the caller's transaction, and remember it as shipped.

    A step that the firm's records do not allow is left out and told in the plan: an upgrade never fails
    because of what a firm did.
    """
    plan = await plan_app(db, app)
    is_first = await load_snapshot(db, app.info.key) is None
    refused = [r for step in plan.steps if (r := await _tried(db, step, is_first)) is not None]
    content = {"digest": digest, "document": document_of(app)}
    await save_snapshot(db, app.info.key, app.info.version, content)
    return replace(plan, refused=tuple(refused))


async def plan_app(db: Connection, app: App) -> Plan:
    """What `apply_app` would do now."""
    snapshot = await load_snapshot(db, app.info.key)
    before = None if snapshot is None else snapshot["document"]
    return plan_for(app.info, before, document_of(app), await workspace_document(db))


async def _tried(db: Connection, step: Step, is_first: bool) -> Refused | None:
    try:
        async with db.begin_nested():
            await _do(db, step)
    except AppError as error:
        if is_first:
            # Without its own tables the product is empty: better to say so than to start.
            raise
        return Refused(step, error.detail)
    return None


async def _do(db: Connection, step: Step) -> None:
    match step:
        case AddTables(tables):
            await create_tables(db, tables, source=SOURCE)
        case AddFields(table, fields):
            await add_fields(db, table, fields, source=SOURCE)
        case ChangeField(table, field, changes):
            await update_field(db, table, field, changes)
        case ChangeTable(table, label, settings):
            await update_table(db, table, label=label, settings=settings)
        case PutRole(role):
            await put_role(db, role, By(), source=SOURCE)
        case PutPart(part, written):
            await part.put(db, written, SOURCE)
