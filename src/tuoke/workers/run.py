"""What two processes do beside the web: one follows, one does the jobs.

People wait for what follows from a change: search, flows, calls. A job may take minutes and all of a processor, so
it has a process of its own and holds up none of that.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

import structlog

from tuoke.access.world import World
from tuoke.connect import outbox
from tuoke.kit.database import is_passing, make_engine
from tuoke.kit.settings import Settings
from tuoke.workers.flows import Flows, flow_reader, step_flows
from tuoke.workers.handlers import HANDLERS
from tuoke.workers.housekeeping import keep_house
from tuoke.workers.jobs import JobRunner
from tuoke.workers.mending import mend_search
from tuoke.workers.readers import READERS, Reader, follow
from tuoke.workers.sequence import Bells, sequence
from tuoke.workers.telephone import telephone
from tuoke.workers.webhooks import follow_webhooks

_STEADY_S = 60.0
_LONGEST_WAIT_S = 30.0
_AGAIN_S = 0.5

log = structlog.get_logger()


async def run_worker(settings: Settings) -> None:
    """Number the log and follow it, step the flows, hold the telephone, until cancelled."""
    await _run(settings, "tuoke-worker", follow_on)


async def run_jobs(settings: Settings) -> None:
    """Do jobs and keep the house until cancelled; then leave within two seconds, unfinished jobs given back."""
    await _run(settings, "tuoke-jobs", do_jobs)


async def _run(settings: Settings, application: str, duties: Callable[[World], Awaitable[None]]) -> None:
    engine = make_engine(settings.database, application=application)
    try:
        await duties(World(engine, settings))
    finally:
        await engine.dispose()


async def do_jobs(world: World) -> None:
    """For ever."""
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(keep_going("housekeeping", lambda: keep_house(world)))
        tasks.create_task(keep_going("search index", lambda: mend_search(world)))
        tasks.create_task(keep_going("jobs", lambda: JobRunner(world, HANDLERS).run()))


async def follow_on(world: World) -> None:
    """For ever."""
    flows, stepping = Flows(world), asyncio.Event()
    readers = (*READERS, flow_reader(flows, stepping))
    bells = {reader.name: asyncio.Event() for reader in readers} | {outbox.READER: asyncio.Event()}
    all_bells = Bells(bells, stepping)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(keep_going("sequencer", lambda: sequence(world, all_bells)))
        tasks.create_task(keep_going("flows", lambda: step_flows(world, flows, stepping)))
        tasks.create_task(keep_going("telephone", lambda: telephone(world, flows.sight, all_bells.commands)))
        tasks.create_task(keep_going("webhooks", lambda: follow_webhooks(world, bells[outbox.READER])))
        for reader in readers:
            tasks.create_task(keep_going(reader.name, _following(world, reader, bells[reader.name])))


def _following(world: World, reader: Reader, bell: asyncio.Event) -> Callable[[], Awaitable[None]]:
    return lambda: follow(world, reader, bell)


async def keep_going(name: str, task: Callable[[], Awaitable[None]]) -> None:
    """Run `task` for ever: when it raises, log why and begin again, at first soon, then more rarely."""
    failures = 0
    while True:
        started = time.monotonic()
        try:
            await task()
        except Exception as error:
            if is_passing(error):
                # The database was restarted, or two were in each other's way: that mends itself, and whoever
                # waits for a rule or a call should not wait for us besides.
                log.warning("task_interrupted", task=name, reason=type(error).__name__, again_in_s=_AGAIN_S)
                await asyncio.sleep(_AGAIN_S)
                continue
            failures = 1 if time.monotonic() - started > _STEADY_S else failures + 1
            wait_s = min(0.25 * 2.0**failures, _LONGEST_WAIT_S)
            log.exception("task_failed", task=name, again_in_s=wait_s)
            await asyncio.sleep(wait_s)
