"""The form of a backup: one .tar with the database, the files, and last a manifest with every checksum.

A plain tar, because what is in it is compressed already, and because any machine can look into it.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import tarfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from tuoke.kit.errors import Invalid
from tuoke.kit.words import Words, say

FORMAT = 1
DATABASE = "database.dump"
_MANIFEST = "manifest.json"
_FILE = re.compile(r"files/([0-9a-f]{32})")
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Manifest:
    version: str
    """Of the Tuoke that wrote it."""
    structure: int
    """Number of the newest migration in the database."""
    made_at: str
    format: int = FORMAT
    sha256: dict[str, str] = field(default_factory=dict[str, str])
    """Of every other entry."""


class Writer:
    """Adds entries and remembers their checksums; `finish` makes the archive valid."""

    def __init__(self, out: IO[bytes]) -> None:
        self._tar = tarfile.open(fileobj=out, mode="w|", format=tarfile.PAX_FORMAT)  # noqa: SIM115
        self._sums: dict[str, str] = {}

    def add(self, name: str, source: IO[bytes], size: int) -> None:
        counted = _Counted(source)
        self._tar.addfile(_entry(name, size), counted)
        self._sums[name] = counted.sum.hexdigest()

    def add_file(self, key: str, source: IO[bytes], size: int) -> None:
        self.add(f"files/{key}", source, size)

    def finish(self, version: str, structure: int, made_at: str) -> None:
        manifest = Manifest(version, structure, made_at, sha256=self._sums)
        text = json.dumps(asdict(manifest), indent=1).encode()
        self._tar.addfile(_entry(_MANIFEST, len(text)), io.BytesIO(text))
        self._tar.close()


def unpack(source: Path, place: Callable[[str], Path]) -> Manifest:
    """Write every entry to `place(name)` and compare all checksums. Raises Invalid when anything is amiss."""
    sums: dict[str, str] = {}
    said: dict[str, Any] | None = None
    try:
        with tarfile.open(source, mode="r:") as tar:
            for entry in tar:
                content = tar.extractfile(entry) if entry.isreg() else None
                if content is None:
                    raise _damaged(say("{name} 不是文件", "{name} is not a file", name=entry.name))
                if entry.name == _MANIFEST:
                    said = json.load(content)
                else:
                    _refuse_unknown(entry.name)
                    sums[entry.name] = _copy(content, place(entry.name))
    except (tarfile.TarError, EOFError, ValueError) as error:
        raise _damaged(say("{why}", "{why}", why=error)) from error
    return _checked(said, sums)


def file_key(name: str) -> str | None:
    match = _FILE.fullmatch(name)
    return match[1] if match else None


def _refuse_unknown(name: str) -> None:
    # Only names we made: an archive from elsewhere must not choose where on the disk it writes.
    if name != DATABASE and not _FILE.fullmatch(name):
        raise _damaged(say("不认识的内容 {name}", "unknown entry {name}", name=name))


def _checked(said: dict[str, Any] | None, sums: dict[str, str]) -> Manifest:
    if said is None:
        raise _damaged(say("文件不完整，没有清单", "it is cut off: the manifest is missing"))
    if said.get("format") != FORMAT:
        raise _damaged(say("由更新的版本写入", "it was written by a newer Tuoke"))
    manifest = Manifest(**said)
    wrong = sorted(set(manifest.sha256.items()) ^ set(sums.items()))
    if wrong or DATABASE not in sums:
        name = wrong[0][0] if wrong else DATABASE
        raise _damaged(say("{name} 的校验和不符", "the checksum of {name} does not match", name=name))
    return manifest


def _damaged(why: Words) -> Invalid:
    return Invalid(
        say("备份文件不可用：{chinese}", "This backup cannot be used: {english}",
            chinese=why.in_("zh"), english=why.in_("en"))
    )  # fmt: skip


def _entry(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode, entry.mtime = size, 0o600, time.time()
    return entry


def _copy(source: IO[bytes], target: Path) -> str:
    target.parent.mkdir(parents=True, exist_ok=True)
    counted = _Counted(source)
    with open(target, "xb") as out:
        while piece := counted.read(_PIECE):
            out.write(piece)
    return counted.sum.hexdigest()


class _Counted(io.RawIOBase):
    """Reads through and adds up the checksum."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source, self.sum = source, hashlib.sha256()

    def read(self, size: int = -1, /) -> bytes:
        piece = self._source.read(size)
        self.sum.update(piece)
        return piece
