"""Comments on records: seen by who may read the record, told to whom they mention.

A comment is text as it was typed. `mentions` are people; only those who may read the record can be mentioned, for a
notice about a record one cannot open would tell that it exists.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from tuoke.access.policy import OPEN, Action
from tuoke.access.sight import Sight
from tuoke.bus.remarks import remark
from tuoke.kit.database import Connection, run_sql
from tuoke.kit.errors import Forbidden, Invalid, NotFound
from tuoke.kit.words import say
from tuoke.notify.notice import Notice, tell
from tuoke.query.ast import Leaf, Page
from tuoke.query.page import count, fetch_record
from tuoke.schema.model import Table

MOST_MENTIONS = 50
SHOWN = 120
"""Characters of a comment that its notice repeats."""
OFFERED = 20
ASKED = 300
"""People whose rights one search for names asks about; each costs a query."""


async def list_comments(
    db: Connection, table: Table, sight: Sight, record: int, before: datetime | None, limit: int
) -> list[dict[str, Any]]:
    """Newest first. Raises NotFound when the record is not there for the asker."""
    await fetch_record(db, table, sight, record)
    rows = await run_sql(
        db,
        f"{_SELECT} where c.table_id = $1 and c.record = $2 and ($3::timestamptz is null or c.at < $3)"
        " order by c.at desc, c.id desc limit $4",
        table.id,
        record,
        before,
        limit,
    )
    return [_told(row) for row in rows]


async def add_comment(
    db: Connection, table: Table, sight: Sight, record: int, text: str, mentions: Sequence[int]
) -> dict[str, Any]:
    """Raises NotFound without the record, Invalid for mentions of people who may not read it."""
    await fetch_record(db, table, sight, record)
    people = await _mentionable(db, table, sight, record, mentions)
    made = await run_sql(
        db,
        "insert into tuoke.comment (table_id, record, text, mentions, by) values ($1, $2, $3, $4, $5) returning id",
        table.id,
        record,
        text,
        people,
        sight.actor.user_id,
    )
    id = int(made.scalar_one())
    await _tell(db, table, sight, record, id, text, people)
    return await _said(db, table, sight, record, id)


async def change_comment(
    db: Connection, table: Table, sight: Sight, record: int, id: int, text: str, mentions: Sequence[int]
) -> dict[str, Any]:
    """One's own only. Who is mentioned for the first time is told."""
    old = await _lock_own(db, table, sight, record, id)
    people = await _mentionable(db, table, sight, record, mentions)
    await run_sql(
        db,
        "update tuoke.comment set text = $2, mentions = $3, edited_at = now() where id = $1",
        id,
        text,
        people,
    )
    await _tell(db, table, sight, record, id, text, [one for one in people if one not in old["mentions"]])
    return await _said(db, table, sight, record, id)


async def delete_comment(db: Connection, table: Table, sight: Sight, record: int, id: int) -> None:
    """One's own, or by an administrator anybody's. Its notices lose its words."""
    await _lock_own(db, table, sight, record, id)
    await run_sql(db, "delete from tuoke.comment where id = $1", id)
    await run_sql(
        db, "delete from tuoke.notice where kind = 'mention' and starts_with(key, $1)", f"comment:{id}:"
    )
    await remark(db, sight.actor.user_id, table.id, record)


async def readers(
    db: Connection, table: Table, sight: Sight, record: int, typed: str
) -> list[dict[str, Any]]:
    """People who may read the record and whose name contains what was typed."""
    await fetch_record(db, table, sight, record)
    words = typed.strip().lower()
    others = (p for p in sight.org.people.values() if p.is_active and p.id != sight.actor.user_id)
    named = [person for person in others if words in person.name.lower()]
    found: list[dict[str, Any]] = []
    for person in named[:ASKED]:
        if await _may_read(db, table, sight, record, person.id):
            found.append({"id": person.id, "name": person.name})
            if len(found) == OFFERED:
                break
    return found


_SELECT = "select c.id, c.text, c.mentions, c.by, c.at, c.edited_at from tuoke.comment c"


def _told(row: Any) -> dict[str, Any]:
    return dict(zip(("id", "text", "mentions", "by", "at", "edited_at"), row, strict=True))


async def _read(db: Connection, table: Table, record: int, id: int) -> dict[str, Any]:
    row = (
        await run_sql(
            db, f"{_SELECT} where c.id = $1 and c.table_id = $2 and c.record = $3", id, table.id, record
        )
    ).first()
    if row is None:
        raise NotFound(say("没有这条评论", "There is no such comment"))
    return _told(row)


async def _said(db: Connection, table: Table, sight: Sight, record: int, id: int) -> dict[str, Any]:
    """The comment as it now stands, and those who look at the record hear of it."""
    said = await _read(db, table, record, id)
    await remark(db, sight.actor.user_id, table.id, record)
    return said


async def _lock_own(db: Connection, table: Table, sight: Sight, record: int, id: int) -> dict[str, Any]:
    await fetch_record(db, table, sight, record)
    found = await _read(db, table, record, id)
    if found["by"] != sight.actor.user_id and not sight.policy.is_administrator(sight.actor):
        raise Forbidden(say("只能改自己的评论", "Only your own comments can be changed"), comment=id)
    return found


async def _mentionable(
    db: Connection, table: Table, sight: Sight, record: int, mentions: Iterable[int]
) -> list[int]:
    people = list(dict.fromkeys(mentions))
    if len(people) > MOST_MENTIONS:
        raise Invalid(say("一次最多提到 {n} 人", "At most {n} people in one comment", n=MOST_MENTIONS))
    for id in people:
        person = sight.org.people.get(id)
        if person is None or not person.is_active or not await _may_read(db, table, sight, record, id):
            raise Invalid(
                say(
                    "提到的人看不到这条记录，或已离开",
                    "Somebody you mention may not see this record, or has left",
                ),
                user=id,
            )
    return people


async def _may_read(db: Connection, table: Table, sight: Sight, record: int, user: int) -> bool:
    # Whoever asks may have a narrowed key; the other's rights are his own.
    theirs = replace(sight, actor=sight.org.actor(user), policy=sight.org.policy.narrowed(OPEN))
    if not theirs.policy.may(theirs.actor, table.key, Action.READ):
        return False
    page = Page(fields=(), where=Leaf(("id",), "eq", record))
    return await count(db, table, theirs, page) > 0


async def _tell(
    db: Connection, table: Table, sight: Sight, record: int, id: int, text: str, people: Iterable[int]
) -> None:
    name = sight.actor.name
    short = re.sub(r"\s+", " ", text)[:SHOWN]
    notices = [
        Notice(
            user=user,
            kind="mention",
            title={"zh": f"{name} 在评论里提到了你", "en": f"{name} mentioned you"},
            body={"zh": short, "en": short},
            table=table.key,
            record=record,
            key=f"comment:{id}:{user}",
        )
        for user in people
        if user != sight.actor.user_id
    ]
    await tell(db, notices)
