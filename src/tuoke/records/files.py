"""Stored files: who put them there, and who may open them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import any_, literal, select, union_all

from tuoke.access.policy import Action
from tuoke.access.sight import Sight
from tuoke.kit.database import Connection, run_sql
from tuoke.kit.errors import NotFound
from tuoke.kit.words import say
from tuoke.query.secure import readable


@dataclass(frozen=True, slots=True)
class File:
    id: int
    name: str
    size: int
    type: str
    key: str
    """In `kit.storage`."""
    expires_at: datetime | None = None
    """None = kept for good."""

    def facts(self) -> dict[str, Any]:
        return {"id": self.id, "name": self.name, "size": self.size, "type": self.type}


async def add_file(
    db: Connection,
    name: str,
    size: int,
    type: str,
    key: str,
    by: int,
    expires_at: datetime | None = None,
    exported_from: str | None = None,
) -> File:
    """`exported_from`: the table whose records it holds."""
    made = await run_sql(
        db,
        "insert into tuoke.file(name, size, type, path, created_by, expires_at, exported_from)"
        " values ($1, $2, $3, $4, $5, $6, $7) returning id",
        name[:255] or "file",
        size,
        type[:255],
        key,
        by,
        expires_at,
        exported_from,
    )
    return File(int(made.scalar_one()), name, size, type, key, expires_at)


async def read_file(db: Connection, sight: Sight, id: int) -> File:
    """A file one uploaded, that hangs on a record one may see, or one's own export of what one may still export.

    Raises NotFound.
    """
    row = (
        await run_sql(
            db,
            "select id, name, size, type, path, expires_at, created_by, exported_from from tuoke.file"
            " where id = $1 and (expires_at is null or expires_at > $2::timestamptz)",
            id,
            sight.now,
        )
    ).one_or_none()
    if row is None or not (_is_own(sight, row[6], row[7]) or await _hangs_on_readable(db, sight, id)):
        raise NotFound(say("没有这个文件，或您无权打开", "There is no such file, or you may not open it"))
    return File(*row[:6])


def _is_own(sight: Sight, by: int, exported_from: str | None) -> bool:
    may_export = exported_from is None or sight.policy.may(sight.actor, exported_from, Action.EXPORT)
    return by == sight.actor.user_id and may_export


async def expire(db: Connection, id: int, by: int, now: datetime) -> None:
    """From now on nobody opens this file of `by` any more."""
    await run_sql(db, "update tuoke.file set expires_at = $3 where id = $1 and created_by = $2", id, by, now)


async def forget_expired(db: Connection, now: datetime) -> list[str]:
    """Their keys in `kit.storage`, where they are to be deleted once this is committed."""
    gone = await run_sql(db, "delete from tuoke.file where expires_at < $1::timestamptz returning path", now)
    return list(gone.scalars())


async def attachable(db: Connection, sight: Sight, ids: Sequence[int]) -> set[int]:
    """Those of the files that the actor may open, and that stay: no record opens somebody else's file to him."""
    kept = await run_sql(
        db,
        "select id, created_by from tuoke.file where id = any($1::bigint[]) and expires_at is null",
        list(ids),
    )
    return {
        row[0]
        for row in kept.all()
        if row[1] == sight.actor.user_id or await _hangs_on_readable(db, sight, row[0])
    }


async def _hangs_on_readable(db: Connection, sight: Sight, id: int) -> bool:
    parts = []
    for table in sight.catalog:
        keys = [f.key for f in table.references if f.target == "@file"]
        if not keys or not sight.policy.may(sight.actor, table.key, Action.READ):
            continue
        source = readable(table, sight, set(keys))
        parts += [
            select(literal(1)).where(literal(id) == any_(source.c[key])).select_from(source).limit(1)
            for key in keys
            if key in source.c
        ]
    if not parts:
        return False
    found = await db.execute(union_all(*(part.subquery().select() for part in parts)).limit(1))
    return found.first() is not None
