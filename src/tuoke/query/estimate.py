"""How many rows PostgreSQL expects: decides between two ways of fetching the same page, never an answer."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Executable, Select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ClauseElement

from tuoke.kit.database import Connection


class _Explain(Executable, ClauseElement):
    inherit_cache = False

    def __init__(self, statement: Select[Any]) -> None:
        self.statement = statement


@compiles(_Explain)
def _explain(element: _Explain, compiler: SQLCompiler, **kw: Any) -> str:
    return f"EXPLAIN (FORMAT JSON) {compiler.process(element.statement, **kw)}"


async def expected_rows(db: Connection, statement: Select[Any]) -> int:
    """The planner's guess; costs a planning, no execution."""
    plan = (await db.execute(_Explain(statement))).scalar_one()
    return int(plan[0]["Plan"]["Plan Rows"])
