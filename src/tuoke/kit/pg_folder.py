"""Where the files and the socket of the embedded PostgreSQL lie, and as whom it runs."""

from __future__ import annotations

import os
import pwd
import re
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any

from tuoke.kit.errors import Unavailable
from tuoke.kit.words import say

ELSEWHERE = Path("/var/lib/tuoke-pg")
LOCATION = "postgres-location"
"""In the data folder, only when the PostgreSQL files lie outside it: one line, where."""
_BELONGS_TO = "belongs-to"
_USERS = ("tuoke", "nobody")
# The kernel's limit is 107 bytes on Linux and 103 on macOS; asyncpg splits hosts at commas.
_SOCKET_LONGEST = 103 - len("/.s.PGSQL.5432")
_PLAIN = re.compile(r"[A-Za-z0-9/_.\-]+")


@dataclass(frozen=True, slots=True)
class Place:
    """Everything the launcher must know about where and as whom."""

    files: Path
    """PGDATA."""
    socket: Path
    uid: int
    gid: int

    @property
    def identity(self) -> dict[str, Any]:
        """Arguments of subprocess that make a child run as the PostgreSQL user; none when that is us."""
        if self.uid == os.geteuid():
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def is_initialised(self) -> bool:
        return (self.files / "PG_VERSION").exists()

    def write(self, name: str, text: str) -> None:
        """A new file in PGDATA. As root we write into a folder of another user, so we must not follow a
        link it may have laid there."""
        path = self.files / name
        path.unlink(missing_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        with open(descriptor, "w", encoding="utf-8") as out:
            os.fchown(descriptor, self.uid, self.gid)
            out.write(text)

    def give(self, path: Path) -> None:
        if self.uid != os.geteuid():
            os.chown(path, self.uid, self.gid)


def place(data: Path, elsewhere: Path = ELSEWHERE) -> Place:
    """Find or choose the place of the PostgreSQL files of data folder `data`; makes the folders above them."""
    uid, gid = _user(_recorded(data) or data / "pg")
    files = _recorded(data) or _choose(data, elsewhere, uid, gid)
    _refuse_strangers(files, uid)
    return Place(files, _socket_folder(files, uid, gid), uid, gid)


def can_enter(folder: Path, uid: int, gid: int) -> bool:
    """Whether that user may go into `folder`. Asked of the kernel, so that access lists count too."""
    if uid == os.geteuid():
        return os.access(folder, os.X_OK)
    tried = subprocess.run(
        ["/bin/sh", "-c", 'cd -- "$1"', "sh", str(folder)],
        cwd="/", user=uid, group=gid, extra_groups=[], capture_output=True,
    )  # fmt: skip
    return tried.returncode == 0


def _user(files: Path) -> tuple[int, int]:
    """(uid, gid) to run as: ourselves, or as root the owner of existing files, else a user without rights."""
    if os.geteuid() != 0:
        return os.geteuid(), os.getegid()
    if files.exists() and files.stat().st_uid != 0:
        return files.stat().st_uid, files.stat().st_gid
    for name in _USERS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return entry.pw_uid, entry.pw_gid
    raise Unavailable(
        say(
            "以 root 运行时需要一个普通系统用户来运行 PostgreSQL，请建立用户 tuoke",
            "Run by root, PostgreSQL needs an ordinary system user to run as: please create the user tuoke",
        )
    )


def _recorded(data: Path) -> Path | None:
    """The place written down in the data folder, if one is. Raises Unavailable for a copied data folder."""
    files = _noted(data)
    if files is None:
        return None
    owner = _owner(files)
    if owner and _noted(owner) == files and not os.path.samefile(owner, data):
        raise Unavailable(
            say(
                "{data} 是 {owner} 的副本，两者指向同一个数据库 {files}。请改用 tuoke backup 和 tuoke restore 复制。",
                "{data} is a copy of {owner}: both point at the one database in {files}. "
                "Copy with tuoke backup and tuoke restore instead.",
                data=data,
                owner=owner,
                files=files,
            )
        )
    if not files.parent.exists():
        raise Unavailable(
            say(
                "{data} 的数据库文件应在 {files}，但那里没有。请从备份恢复，或把文件放回原处。",
                "The database files of {data} should be in {files}, but are not there. "
                "Restore a backup, or put them back.",
                data=data,
                files=files,
            )
        )
    (files.parent / _BELONGS_TO).write_text(str(data), encoding="utf-8")
    return files


def _noted(data: Path) -> Path | None:
    note = data / LOCATION
    return Path(note.read_text(encoding="utf-8").strip()) if note.exists() else None


def _owner(files: Path) -> Path | None:
    note = files.parent / _BELONGS_TO
    return Path(note.read_text(encoding="utf-8")) if note.exists() else None


def _choose(data: Path, elsewhere: Path, uid: int, gid: int) -> Path:
    if can_enter(data, uid, gid):
        return data / "pg"
    elsewhere.mkdir(parents=True, exist_ok=True)
    elsewhere.chmod(0o755)
    home = _new_home(elsewhere, sha256(str(data).encode()).hexdigest()[:16])
    (home / _BELONGS_TO).write_text(str(data), encoding="utf-8")
    (data / LOCATION).write_text(f"{home / 'pg'}\n", encoding="utf-8")
    return home / "pg"


def _new_home(elsewhere: Path, name: str) -> Path:
    """A folder nobody has: one of this name may hold the database of a data folder that was moved away."""
    for number in count(1):
        home = elsewhere / (name if number == 1 else f"{name}-{number}")
        try:
            home.mkdir()
        except FileExistsError:
            continue
        home.chmod(0o755)
        return home
    raise AssertionError


def _refuse_strangers(files: Path, uid: int) -> None:
    if files.exists() and files.stat().st_uid != uid:
        raise Unavailable(
            say(
                "数据库文件 {files} 属于用户 {owner}。请用该用户或 root 启动。",
                "The database files in {files} belong to user {owner}. Start as that user or as root.",
                files=files,
                owner=files.stat().st_uid,
            )
        )


def _socket_folder(files: Path, uid: int, gid: int) -> Path:
    """PGDATA itself, which only its user and root can enter; a folder in /tmp when that name is too long."""
    if _PLAIN.fullmatch(str(files)) and len(os.fsencode(files)) <= _SOCKET_LONGEST:
        return files
    short = Path("/tmp") / f"tuoke-{sha256(str(files).encode()).hexdigest()[:16]}"
    if not _make_private(short, uid, gid):
        # Somebody else holds that name: a random one cannot be taken beforehand.
        short = Path(tempfile.mkdtemp(prefix="tuoke-", dir="/tmp"))
        os.chown(short, uid, gid)
    return short


def _make_private(folder: Path, uid: int, gid: int) -> bool:
    try:
        folder.mkdir(mode=0o700)
        os.chown(folder, uid, gid)
    except FileExistsError:
        pass
    found = folder.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == uid and stat.S_IMODE(found.st_mode) == 0o700
