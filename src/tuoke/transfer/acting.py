"""A job acts for whoever put it, with what he may see and do while it runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tuoke.access.policy import Action, Narrowing, Policy
from tuoke.access.sight import Sight
from tuoke.access.world import World
from tuoke.bus.jobs import Job
from tuoke.kit.clock import utc_now
from tuoke.kit.errors import Forbidden
from tuoke.kit.words import say


def kept_narrowing(policy: Policy) -> Mapping[str, Any]:
    """For the payload: what the API key left of its user's rights."""
    narrowing = policy.narrowing
    return {
        "tables": None if narrowing.tables is None else sorted(narrowing.tables),
        "actions": None if narrowing.actions is None else sorted(narrowing.actions),
    }


async def acting_sight(world: World, job: Job) -> Sight:
    """What whoever asked may see and do now, no more than his API key let him. Raises Forbidden when he has left."""
    if job.by is None:
        raise Forbidden(say("这个任务没有归属人", "This job is nobody's"))
    sight = await world.sight_now(job.by, utc_now())
    if not sight.org.people[job.by].is_active:
        raise Forbidden(
            say("账号已停用，任务没有继续", "The account was switched off, so the job did not go on")
        )
    tables, actions = job.payload.get("tables"), job.payload.get("actions")
    narrowing = Narrowing(
        None if tables is None else frozenset(tables),
        None if actions is None else frozenset(Action(action) for action in actions),
    )
    return replace(sight, policy=sight.policy.narrowed(narrowing))
