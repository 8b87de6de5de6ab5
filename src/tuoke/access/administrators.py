"""There is always somebody who can administer the workspace."""

from __future__ import annotations

from tuoke.kit.database import Connection, run_sql
from tuoke.kit.errors import Conflict
from tuoke.kit.words import say

_ACTIVE = """
select exists (
  select from tuoke.user_account u
  join tuoke.user_role ur on ur.user_id = u.id join tuoke.role r on r.key = ur.role
  where r.superuser and u.active and u.archived_at is null)
"""
_EVER = """
select exists (
  select from tuoke.user_role ur join tuoke.role r on r.key = ur.role where r.superuser)
"""


async def has_active_administrator(db: Connection) -> bool:
    return (await run_sql(db, _ACTIVE)).scalar_one()


async def had_administrator(db: Connection) -> bool:
    """Whether anybody was ever made administrator, active or not."""
    return (await run_sql(db, _EVER)).scalar_one()


async def require_one_left(db: Connection) -> None:
    """After a change, under the lock of `change_org`: raises Conflict when nobody is left."""
    if not await has_active_administrator(db):
        raise Conflict(
            say(
                "这是最后一个可用的管理员，不能停用、删除或撤销其角色",
                "This is the last active administrator, who cannot be deactivated, removed or demoted",
            ),
            reason="last_administrator",
        )
