"""Whether there is anything to do, in one glance: what the worker asks many times a second while nothing happens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tuoke.kit.database import Connection

_LOOK = """
select exists (select from bus.write where seq is null),
  array(select reader from bus.position where seq < (select seq from bus.position where reader = 'sequencer')),
  exists (select from bus.flow_run where state in ('due', 'waiting') and due_at <= now()),
  exists (select from bus.call_command)
"""


@dataclass(frozen=True, slots=True)
class Seen:
    unnumbered: bool
    """Writes were committed that have no number yet."""
    late: frozenset[str]
    """Readers that stand behind the last numbered write."""
    due: bool
    """Runs of flows are due."""
    commands: bool
    """Somebody asked something of the telephone."""


class Watch:
    """Looks over one connection. Past SQLAlchemy, which costs three times what the statement does."""

    def __init__(self, db: Connection, driver: Any, statement: Any) -> None:
        self._db, self._driver, self._statement = db, driver, statement

    @classmethod
    async def over(cls, db: Connection) -> Watch:
        driver: Any = (await db.get_raw_connection()).driver_connection
        return cls(db, driver, await driver.prepare(_LOOK))

    async def look(self) -> Seen:
        """A glance that takes no lock."""
        try:
            row = await self._statement.fetchrow()
        except Exception as error:
            if not self._driver.is_closed():
                raise
            # The pool has not seen that the server went away.
            await self._db.invalidate()
            raise ConnectionResetError("the database hung up") from error
        return Seen(row[0], frozenset(row[1]), row[2], row[3])
