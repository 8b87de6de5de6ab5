"""Everything a query needs to know about who asks, and when."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo

from tuoke.access.org import Org
from tuoke.access.policy import Policy
from tuoke.access.working import WorkingTime
from tuoke.kit.actor import Actor
from tuoke.kit.calendar import WorkingCalendar
from tuoke.schema.model import Catalog


@dataclass(frozen=True)
class Sight:
    """One request's view of the workspace: nothing below fetches the actor, the clock or the model again."""

    actor: Actor
    policy: Policy
    org: Org
    """Who exists: values of user and department fields are checked against it."""
    catalog: Catalog
    zone: tzinfo
    """The workspace's time zone: `@today`, naive dates."""
    now: datetime
    """Aware, UTC."""
    working: WorkingTime = field(default_factory=WorkingTime)
    """The workspace's hours and days off."""

    @property
    def calendar(self) -> WorkingCalendar:
        """Working days: `@working_days_ago:3`."""
        return self.working.calendar(self.zone)

    def with_catalog(self, catalog: Catalog) -> Sight:
        return replace(self, catalog=catalog)
