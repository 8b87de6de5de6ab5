"""The version of the organisation: how every process learns that its copy is stale."""

from __future__ import annotations

from tuoke.kit.database import Connection, run_sql


async def org_version(db: Connection) -> int:
    """The version a cached Org must have to be true now."""
    return (await run_sql(db, "select version from tuoke.org_version")).scalar_one()


async def change_org(db: Connection) -> None:
    """To be called first by every verb that changes departments, users or roles.

    Makes cached copies stale when this transaction commits, and holds a lock until then: checks such as
    "no cycle" and "one administrator is left" look at all rows and are only true if nobody else changes any.
    """
    await run_sql(db, "update tuoke.org_version set version = version + 1")
