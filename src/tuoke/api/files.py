"""Files up and down."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Response, UploadFile
from fastapi.responses import FileResponse

from tuoke.api.answers import answer
from tuoke.api.door import Door, enter
from tuoke.kit.storage import Files
from tuoke.records.files import add_file, read_file
from tuoke.telephony import recording

router = APIRouter(prefix="/files", tags=["files"])

Known = Annotated[Door, Depends(enter)]

LARGEST = 512 * 1024 * 1024
"""Bytes."""

_SHOWN = ("image/png", "image/jpeg", "image/webp", "image/gif", "audio/wav", "audio/x-wav", "audio/mpeg")
"""Types a browser may show in place; anything else, HTML and SVG above all, is only saved."""


async def pieces(upload: UploadFile) -> AsyncIterator[bytes]:
    while piece := await upload.read(1 << 20):
        yield piece


@router.post("")
async def upload(file: UploadFile, door: Known) -> Response:
    """Store a file; its id goes into a field of attachments."""
    stored = await Files(door.world.settings.files).save(pieces(file), limit=LARGEST)
    async with door.begin() as db:
        kept = await add_file(
            db,
            file.filename or "file",
            stored.size,
            file.content_type or "application/octet-stream",
            stored.key,
            door.actor.user_id,
        )
    return answer(kept.facts(), 201)


@router.get("/{id}")
async def download(id: int, door: Known) -> Response:
    """A file one uploaded, or that hangs on a record one may see. Of a recording it is a listening, and written down."""
    number = id if 0 < id < 2**63 else 0
    async with door.begin() as db:
        sound = await recording.of_file(db, door.sight, number)
        if sound is None:
            file = await read_file(db, door.sight, number)
        else:
            file = await recording.listen(db, door.sight, sound, door.ip)
    shown = file.type in _SHOWN
    stays = sound is None and file.expires_at is None
    name = quote(file.name)
    return FileResponse(
        Files(door.world.settings.files).path(file.key),
        media_type=file.type if shown else "application/octet-stream",
        headers={
            "Content-Disposition": f"{'inline' if shown else 'attachment'}; filename*=utf-8''{name}",
            "Cache-Control": "private, max-age=3600" if stays else "no-store",
        },
    )
