from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field

from tuoke.flows.known import Known, check_condition
from tuoke.flows.node import Batch, Config, Done, Node, Outcome
from tuoke.flows.people import Whom, check_whom, people
from tuoke.flows.turns import Turns, keep_turns, turns_at
from tuoke.kit.words import Words, say
from tuoke.query.ast import condition_from
from tuoke.records.capacity import held_by, lock_people
from tuoke.records.rows import update_rows
from tuoke.records.values import Values, with_department
from tuoke.records.written import Finding


class AssignConfig(Config):
    to: Whom
    """Among whom: active people only."""
    how: Literal["round_robin", "least_loaded"] = "round_robin"
    """Everybody in turn, or whoever holds least."""
    cap: int | None = Field(default=None, ge=1)
    """At most so many living records of the table for one person; nobody below it: port `nobody`. Absent: as many as
    the table's `hold` says."""
    counting: dict[str, Any] | None = None
    """A filter: only records that match count as what somebody holds, the open ones for instance."""
    only_unowned: bool = True
    """A record that has an owner by now keeps him."""


class Assign(Node):
    """Gives the record an owner: everybody in turn, or whoever has least.

    给记录分配负责人：轮流，或分给手上最少的人；可设上限。
    """

    type, label, Config = "assign", say("分配负责人", "Assign"), AssignConfig

    def ports(self, config: AssignConfig) -> Sequence[str]:
        return ("next", "nobody")

    def check(self, config: AssignConfig, known: Known) -> Iterator[Finding]:
        if known.table.settings.owner is None:
            yield (), say("这张表没有负责人字段", "This table has no owner field")
        yield from ((("to", *path), words) for path, words in check_whom(config.to, known))
        for words in check_condition(config.counting, known.table, known.tables):
            yield ("counting",), words

    async def run_many(self, config: AssignConfig, batch: Batch) -> Sequence[Outcome]:
        tx, table = batch.tx, batch.table
        owner = table.settings.owner
        assert owner is not None, "checked when the flow was published"
        candidates = {s.run: people(tx.sight.org, config.to, table, s.row) for s in batch.steps}
        everybody = sorted({id for ids in candidates.values() for id in ids})
        turns = await turns_at(tx.db, batch.flow, batch.node)
        await lock_people(tx.db, everybody)
        load = await _load(config, batch, everybody)
        outcomes: list[Outcome] = []
        changes: dict[int, Values] = {}
        for step in batch.steps:
            if config.only_unowned and step.row[owner] is not None:
                outcomes.append(Done(told={"kept": step.row[owner]}))
                continue
            chosen = self._choose(config, candidates[step.run], turns, load)
            if chosen is None:
                outcomes.append(Done("nobody"))
                continue
            turns.take(chosen)
            load.take(chosen)
            changes[step.record] = with_department(table, {owner: chosen}, tx.sight)
            outcomes.append(Done(told={"owner": chosen}))
        await update_rows(tx, table, {step.record: step.row for step in batch.steps}, changes)
        await keep_turns(tx.db, batch.flow, batch.node, turns)
        return outcomes

    def _choose(self, config: AssignConfig, people: Sequence[int], turns: Turns, load: _Load) -> int | None:
        free = [p for p in people if load.has_room(p)]
        if not free:
            return None
        if config.how == "round_robin":
            return min(free, key=turns.rank)
        return min(free, key=lambda p: (load.held[p], turns.rank(p)))

    def said(self, config: AssignConfig) -> Words:
        return (
            say("轮流分配", "In turn")
            if config.how == "round_robin"
            else say("分给手上最少的人", "To whoever has least")
        )


@dataclass
class _Load:
    """What everybody has, and how much more he may be given."""

    held: Counter[int]
    """What is compared."""
    capped: Counter[int]
    """What the cap is about."""
    cap: int | None

    def has_room(self, person: int) -> bool:
        return self.cap is None or self.capped[person] < self.cap

    def take(self, person: int) -> None:
        self.held[person] += 1
        self.capped[person] += 1


async def _load(config: AssignConfig, batch: Batch, everybody: Sequence[int]) -> _Load:
    tx, table, hold = batch.tx, batch.table, batch.table.settings.hold
    nobody, own = Counter[int](), condition_from(config.counting)
    held = Counter(await held_by(tx, table, everybody, own)) if config.how == "least_loaded" else nobody
    if config.cap is not None:
        return _Load(held, Counter(await held_by(tx, table, everybody, own)), config.cap)
    if hold is not None:
        capped = Counter(await held_by(tx, table, everybody, condition_from(hold.counting)))
        return _Load(held, capped, hold.most)
    return _Load(held, Counter(), None)
