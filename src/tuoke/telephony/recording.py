"""A call's recording: one file a leg, tied to the call; who listens is written down."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path

from tuoke.access import audit
from tuoke.access.sight import Sight
from tuoke.kit.database import Connection
from tuoke.kit.errors import NotFound
from tuoke.kit.words import say
from tuoke.query.page import fetch_record
from tuoke.records.files import File, add_file, read_file
from tuoke.records.rows import insert_rows, lock_ids
from tuoke.records.transaction import Transaction
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
    }
    await insert_rows(tx, sight.catalog.table(RECORDING), [values])


async def listen(db: Connection, sight: Sight, record: int, ip: str) -> File:
    """The file of a recording one may hear; the listening goes into the audit log. Raises NotFound."""
    table = sight.catalog.table(RECORDING)
    row = await fetch_record(db, table, sight, record)
    ids = row.get("audio") or []
    if not ids:
        raise NotFound(say("没有这段录音", "There is no such recording"), record=record)
    await audit.record(db, sight.actor.user_id, LISTENED, {"recording": record, "call": row["call"]}, ip)
    return await read_file(db, sight, ids[0])
