"""App -> the files of its folder: the same app always gives the same text."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tuoke.appfile.document import app_of, document_of, grants_together, workspace_document
from tuoke.appfile.kinds import PARTS
from tuoke.appfile.model import App, AppInfo
from tuoke.appfile.yamltext import write
from tuoke.kit.database import Connection

_FIELD_ORDER = ("key", "type", "label", "help", "required", "unique", "default", "aliases", "options")


def files_of(app: App) -> dict[str, bytes]:
    """Relative path -> content; `read_app` of it gives an equal app."""
    document = document_of(app)
    roles = [{**role, "grants": grants_together(role.get("grants", []))} for role in document["roles"]]
    written: dict[str, Any] = {
        "app.yaml": app.info.model_dump(exclude_none=True),
        "roles.yaml": {"roles": [_without_empty(role) for role in roles]},
    }
    for table in document["tables"]:
        written[f"tables/{table['key']}.yaml"] = {**table, "fields": [_ordered(f) for f in table["fields"]]}
    for part in PARTS:
        for each in app.parts.get(part.type, ()):
            written[part.file(each.key)] = part.text(each)
    return {path: write(content).encode() for path, content in sorted(written.items())}


def _ordered(field: Mapping[str, Any]) -> dict[str, Any]:
    return {name: field[name] for name in _FIELD_ORDER if name in field}


def _without_empty(role: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in role.items() if value != []}


def digest_of(files: Mapping[str, bytes]) -> str:
    """Equal exactly when every path and every byte is."""
    digest = hashlib.sha256()
    for path, content in sorted(files.items()):
        digest.update(f"{path}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def write_folder(files: Mapping[str, bytes], folder: Path) -> None:
    """Put the files below `folder`; what else lies there stays."""
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


async def workspace_app(db: Connection, info: AppInfo) -> App:
    """Everything the workspace has, as an app called `info`."""
    return app_of(info, await workspace_document(db))
