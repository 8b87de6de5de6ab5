"""Files in and out of a table: import as a job, export as a download."""

from __future__ import annotations

from pathlib import Path
from tempfile import mkdtemp
from typing import Annotated, Any, Literal, cast
from urllib.parse import quote

import orjson
from fastapi import APIRouter, Depends, Query, Request, Response, UploadFile
from fastapi.responses import FileResponse
from starlette.background import BackgroundTask
from starlette.datastructures import UploadFile as Uploaded

from tuoke.access.policy import Action
from tuoke.api.answers import answer
from tuoke.api.door import Door, enter
from tuoke.api.files import LARGEST, pieces
from tuoke.api.records import ListParameters
from tuoke.kit.errors import Invalid
from tuoke.kit.storage import Files
from tuoke.kit.words import say
from tuoke.records.files import add_file
from tuoke.transfer.exporting import TYPES, Export, begin_export, file_name, write_export
from tuoke.transfer.importing import put_import

router = APIRouter(prefix="/tables/{table}", tags=["transfer"])

Known = Annotated[Door, Depends(enter)]


@router.post("/import", status_code=202)
async def import_file(table: str, request: Request, door: Known) -> Response:
    """Multipart `file` and `options`, or JSON `{"file": id, "options": {…}}` for a file sent before."""
    found = door.catalog.table(table)
    door.policy.grants(door.actor, table, Action.IMPORT)
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        async with request.form(max_files=1, max_fields=10) as form:
            options = _options(form.get("options") or "{}")
            file = await _keep(door, form.get("file"))
    else:
        body = _object(await request.body())
        file, options = body.get("file"), body.get("options") or {}
        if not isinstance(file, int) or isinstance(file, bool) or not 0 < file < 2**63:
            raise Invalid(say("请选择要导入的文件", "Choose the file to import"))
    async with door.begin() as db:
        job = await put_import(db, door.sight, found, file, options)
    return answer({"job": job}, 202)


async def _keep(door: Door, upload: Any) -> int:
    if not isinstance(upload, Uploaded):
        raise Invalid(say("请选择要导入的文件", "Choose the file to import"))
    stored = await Files(door.world.settings.files).save(pieces(cast("UploadFile", upload)), limit=LARGEST)
    async with door.begin() as db:
        kind = upload.content_type or "application/octet-stream"
        kept = await add_file(
            db, upload.filename or "file", stored.size, kind, stored.key, door.actor.user_id
        )
    return kept.id


def _options(raw: Any) -> dict[str, Any]:
    return _object(raw.encode() if isinstance(raw, str) else b"")


def _object(raw: bytes) -> dict[str, Any]:
    try:
        found = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise Invalid(say("导入选项不是合法的 JSON", "The import's options are not valid JSON")) from error
    if not isinstance(found, dict):
        raise Invalid(say("导入选项应是一个 JSON 对象", "The import's options are a JSON object"))
    return cast("dict[str, Any]", found)


class ExportParameters(ListParameters):
    format: Literal["xlsx", "csv"] = "xlsx"


@router.get("/export")
async def export_file(table: str, door: Known, asked: Annotated[ExportParameters, Query()]) -> Response:
    """All records the list would show, page after page: the same filter, search, sort and fields."""
    found = door.catalog.table(table)
    export = Export(found, door.sight, asked.page(), door.language)
    async with door.begin() as db:
        await begin_export(db, export, asked.format, door.by)
    folder = Path(mkdtemp(prefix="tuoke-export-"))
    try:
        await write_export(door.world.engine, export, asked.format, folder / "export", _nobody_waits)
    except BaseException:
        _remove(folder)
        raise
    name = quote(file_name(export, asked.format, door.now))
    headers = {"Content-Disposition": f"attachment; filename*=utf-8''{name}"}
    tidy = BackgroundTask(_remove, folder)
    return FileResponse(folder / "export", media_type=TYPES[asked.format], headers=headers, background=tidy)


async def _nobody_waits(rows: int) -> None:
    """Whoever downloads at once sees no progress."""


def _remove(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
