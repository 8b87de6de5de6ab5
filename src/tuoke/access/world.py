"""What a process knows: its database, its settings, and copies of the organisation and the metadata."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from tuoke.access.org import Org, load_org
from tuoke.access.policy import OPEN, Narrowing
from tuoke.access.sight import Sight
from tuoke.access.version import org_version
from tuoke.access.workspace import Workspace, load_workspace
from tuoke.kit.database import Connection, Engine
from tuoke.kit.settings import Settings
from tuoke.schema.load import load_catalog, meta_version
from tuoke.schema.model import Catalog


class _Versioned(Protocol):
    @property
    def version(self) -> int: ...


V = TypeVar("V", bound=_Versioned)


class Copy(Generic[V]):
    """A snapshot kept in memory for as long as its version is not too old."""

    def __init__(self, load: Callable[[Connection], Awaitable[V]]) -> None:
        self._load = load
        self._kept: V | None = None
        self._loading = asyncio.Lock()

    async def at_least(self, version: int, engine: Engine) -> V:
        """The snapshot at `version` or a later one; loaded once, however many ask at the same time."""
        if self._kept is not None and self._kept.version >= version:
            return self._kept
        async with self._loading:
            if self._kept is None or self._kept.version < version:
                async with engine.connect() as db:
                    self._kept = await self._load(db)
            return self._kept


class World:
    """One per process. Verbs do not see it: doors and workers take from it what a verb needs."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self.engine = engine
        self.settings = settings
        # For single statements outside a transaction: saves a request the round trips of begin and rollback.
        self.glance = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._org = Copy(load_org)
        self._catalog = Copy(load_catalog)
        self._workspace = Copy(load_workspace)

    async def org(self, version: int) -> Org:
        """`version`: as `sessions.resolve` or `access.version.org_version` just told."""
        return await self._org.at_least(version, self.engine)

    async def catalog(self, version: int) -> Catalog:
        """`version`: the workspace's metadata version as it was just told."""
        return await self._catalog.at_least(version, self.engine)

    async def workspace(self, version: int) -> Workspace:
        """`version`: the metadata version as it was just told."""
        return await self._workspace.at_least(version, self.engine)

    async def sight(
        self,
        user_id: int,
        org_version: int,
        meta_version: int,
        now: datetime,
        narrowing: Narrowing = OPEN,
    ) -> Sight:
        """What this person sees now. Raises NotFound when he does not exist."""
        org = await self.org(org_version)
        workspace = await self.workspace(meta_version)
        return Sight(
            actor=org.actor(user_id),
            policy=org.policy.narrowed(narrowing),
            org=org,
            catalog=await self.catalog(meta_version),
            zone=workspace.zone,
            now=now,
            working=workspace.working,
        )

    async def sight_now(self, user_id: int, now: datetime) -> Sight:
        """As `sight`, for a worker: nobody at the door has told it the versions."""
        async with self.glance.connect() as db:
            org, meta = await org_version(db), await meta_version(db)
        return await self.sight(user_id, org, meta, now)

    async def catalog_now(self) -> Catalog:
        """The model as it is now, for a worker."""
        async with self.glance.connect() as db:
            version = await meta_version(db)
        return await self.catalog(version)
