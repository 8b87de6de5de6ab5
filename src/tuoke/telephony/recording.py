"""A call's recording: one file a leg, tied to the call; who listens is written down."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path

from tuoke.access import audit
from tuoke.access.sight import Sight
from tuoke.kit.database import Connection, run_sql
from tuoke.kit.errors import NotFound
from tuoke.kit.words import say
from tuoke.query.page import fetch_record
from tuoke.records.files import File, add_file, read_file
from tuoke.records.rows import Row, insert_rows, lock_ids, update_rows
from tuoke.records.transaction import Transaction
from tuoke.records.values import Values
from tuoke.telephony.calls import CALL, RECORDING
from tuoke.telephony.provider import Leg

LISTENED = "recording.listened"


async def pieces(path: Path) -> AsyncIterator[bytes]:
    with open(path, "rb") as file:
        while piece := await asyncio.to_thread(file.read, 1 << 18):
            yield piece


async def add(tx: Transaction, call: int, leg: Leg, key: str) -> None:
    """The stored file `key` as a leg of the call, owned like the call."""
    sight = tx.sight
    row = (await lock_ids(tx, sight.catalog.table(CALL), [call]))[call]
    size = int(leg.seconds * 16000) + 44
    file = await add_file(tx.db, f"{call}-{leg.side}.wav", size, "audio/wav", key, row["owner"])
    values = {
        "call": call,
        "side": leg.side,
        "audio": [file.id],
        "seconds": Decimal(str(round(leg.seconds, 1))),
        "owner": row["owner"],
        "department": row["department"],
        **_same_links(sight, row),
    }
    await insert_rows(tx, sight.catalog.table(RECORDING), [values])


def _same_links(sight: Sight, call: Row) -> Values:
    """What the call links to in the tables the recording links to, its follow-up for one."""
    of_call = {f.target: f.key for f in sight.catalog.table(CALL).references if not f.refers_to_many}
    fields = sight.catalog.table(RECORDING).references
    links = [f for f in fields if not (f.target or "@").startswith("@") and f.target in of_call]
    return {f.key: call[of_call[f.target]] for f in links}


async def wrapped(tx: Transaction, call: int) -> None:
    """The call's links changed: its recordings follow, so that each leads to the other."""
    sight = tx.sight
    row = (await lock_ids(tx, sight.catalog.table(CALL), [call]))[call]
    found = await run_sql(tx.db, "select id from work.recording where call = $1 and deleted_at is null", call)
    table, links = sight.catalog.table(RECORDING), _same_links(sight, row)
    locked = await lock_ids(tx, table, list(found.scalars()))
    await update_rows(tx, table, locked, dict.fromkeys(locked, links))


async def of_file(db: Connection, sight: Sight, file: int) -> int | None:
    """The recording that a stored file is the sound of: whoever asks for it by its number listens all the same."""
    if RECORDING not in sight.catalog.tables:
        return None
    found = await run_sql(
        db,
        "select r.id from tuoke.file f join work.recording r on f.id = any(r.audio)"
        " where f.id = $1 and f.type like 'audio/%' limit 1",
        file,
    )
    return found.scalar_one_or_none()


async def listen(db: Connection, sight: Sight, record: int, ip: str) -> File:
    """The file of a recording one may hear; the listening goes into the audit log. Raises NotFound."""
    table = sight.catalog.table(RECORDING)
    row = await fetch_record(db, table, sight, record)
    ids = row.get("audio") or []
    if not ids:
        raise NotFound(say("没有这段录音", "There is no such recording"), record=record)
    await audit.record(db, sight.actor.user_id, LISTENED, {"recording": record, "call": row["call"]}, ip)
    return await read_file(db, sight, ids[0])
