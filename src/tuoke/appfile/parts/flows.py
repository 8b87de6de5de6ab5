from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tuoke.appfile.part import WHOLE, Around, Part
from tuoke.flows.graph import FlowDefinition, checked, findings, misfits
from tuoke.flows.known import Known
from tuoke.flows.store import put_flow, written_flows
from tuoke.kit.database import Connection
from tuoke.kit.words import say
from tuoke.notify.kinds import NODES
from tuoke.records.written import Finding
from tuoke.schema.load import load_catalog


class Flows(Part):
    """Automations. A flow the firm redrew stays the firm's as a whole; one it switched off stays off."""

    type, label, Model = "flows", say("流程", "flow"), FlowDefinition

    def check(self, written: FlowDefinition, around: Around) -> Iterator[Finding]:
        wrong = findings(written, NODES)
        yield from wrong
        table = around.tables.get(written.table)
        if table is None:
            yield ("table",), say("没有「{key}」这张表", "There is no table {key!r}", key=written.table)
        elif not wrong:
            known = Known(table, around.tables, around.roles)
            yield from misfits(written, checked(written, NODES), known)

    def plain(self, written: FlowDefinition) -> dict[str, Any]:
        said = written.model_dump(mode="json", exclude_defaults=True)
        active = {} if written.active else {"active": False}
        rest = {name: value for name, value in said.items() if name not in ("key", "active")}
        return {"key": written.key, **active, WHOLE: rest}

    def model(self, plain: Mapping[str, Any]) -> FlowDefinition:
        active: bool = plain.get("active", True)
        return FlowDefinition.model_validate({"key": plain["key"], "active": active, **plain[WHOLE]})

    async def stored(self, db: Connection) -> Iterable[FlowDefinition]:
        return await written_flows(db)

    async def put(self, db: Connection, written: FlowDefinition, source: str) -> None:
        await put_flow(db, await load_catalog(db), written, NODES, source)
