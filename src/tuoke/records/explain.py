"""Why do I see this record, and what may I do to it: rule by rule."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, select, true

from tuoke.access.policy import Action
from tuoke.access.scopes import scope_rule, written_scope
from tuoke.access.sight import Sight
from tuoke.kit.database import Connection
from tuoke.query.page import fetch_record
from tuoke.query.secure import rule_sql
from tuoke.schema.model import Table


async def explain(db: Connection, table: Table, sight: Sight, record: int) -> dict[str, Any]:
    """Per action, the roles and scopes that cover the record. Raises NotFound for what one cannot see."""
    await fetch_record(db, table, sight, record)
    asked: list[tuple[Action, str, Any]] = []
    columns = []
    for action in Action:
        if not sight.policy.may(sight.actor, table.key, action):
            continue
        for grant in sight.policy.grants(sight.actor, table.key, action):
            for scope in grant.scopes.get(action, ()):
                rule = scope_rule(scope, table.settings, sight.actor)
                asked.append((action, grant.role, written_scope(scope)))
                columns.append(and_(true(), rule_sql(rule, table, sight)).label(f"c{len(columns)}"))
    row = (await db.execute(select(*columns).where(table.sa.c.id == record))).one()
    because: dict[str, list[dict[str, Any]]] = {}
    for (action, role, scope), covered in zip(asked, row, strict=True):
        if covered:
            because.setdefault(action.value, []).append({"role": role, "scope": scope})
    return {"record": record, "because": because}
