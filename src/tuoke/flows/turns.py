"""Whose turn it is: who had his turn longest ago. Kept as locked rows."""

from __future__ import annotations

from tuoke.kit.database import Connection, run_sql
from tuoke.kit.jsontext import to_json


class Turns:
    """The turns at one node: person -> the number of his last one; who had none yet comes first.

    A number for each person and not one for the node: candidates differ from record to record, and the turns of
    one department must not move those of another.
    """

    def __init__(self, numbers: dict[int, int]) -> None:
        self.numbers = numbers
        self._last = max(numbers.values(), default=0)

    def rank(self, person: int) -> tuple[int, int]:
        """Lower = the sooner it is his turn."""
        return self.numbers.get(person, 0), person

    def take(self, person: int) -> None:
        self._last += 1
        self.numbers[person] = self._last


async def turns_at(db: Connection, flow: int, node: str) -> Turns:
    """The turns so far; they stay locked to the end of the transaction."""
    await run_sql(
        db, "insert into tuoke.flow_turn (flow_id, node) values ($1, $2) on conflict do nothing", flow, node
    )
    found = await run_sql(
        db, "select turns from tuoke.flow_turn where flow_id = $1 and node = $2 for update", flow, node
    )
    return Turns({int(person): number for person, number in found.scalar_one().items()})


async def keep_turns(db: Connection, flow: int, node: str, turns: Turns) -> None:
    await run_sql(
        db,
        "update tuoke.flow_turn set turns = $3::text::jsonb where flow_id = $1 and node = $2",
        flow,
        node,
        to_json({str(person): number for person, number in turns.numbers.items()}),
    )
