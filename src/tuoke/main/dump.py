"""A whole database to one file and back, by PostgreSQL's own programs."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

from tuoke.kit.errors import Unavailable
from tuoke.kit.pg_binaries import carried
from tuoke.kit.words import say

CACHES = "search"
"""The schema of what is rebuilt from the log: dumped without its rows."""


def dump(database: str, target: Path) -> None:
    """One consistent moment of the database, compressed, while others go on writing."""
    _run(
        "pg_dump", database, "--format=custom", "--compress=gzip:4", "--no-owner", "--no-privileges",
        f"--exclude-table-data={CACHES}.*", f"--file={target}",
    )  # fmt: skip


def load(database: str, source: Path) -> None:
    """Fill an empty database, all or nothing."""
    _run("pg_restore", database, "--single-transaction", "--no-owner", "--no-privileges", str(source))


def ask(database: str, query: str) -> str:
    """The first value of the answer, as text."""
    return _run("psql", database, "-XAtq", "-v", "ON_ERROR_STOP=1", "-c", query).strip()


def _run(program: str, database: str, *arguments: str) -> str:
    url, password = _without_password(database)
    made = subprocess.run(
        [_program(program, url), f"--dbname={url}", *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, "LC_ALL": "C", **({"PGPASSWORD": password} if password else {})},
    )
    if made.returncode != 0:
        raise Unavailable(
            say(
                "{program} 失败：{why}",
                "{program} failed: {why}",
                program=program,
                why=made.stderr.strip()[-600:],
            )
        )
    return made.stdout


def _program(name: str, url: str) -> str:
    """Ours; but they cannot speak TLS, so for a server that asks for it the ones installed on this machine."""
    if "sslmode=" in url and "sslmode=disable" not in url:
        found = shutil.which(name)
        if found:
            return found
    return carried().program(name)


def _without_password(database: str) -> tuple[str, str]:
    """(address without password, password): a command line is public to the machine."""
    parts = urlsplit(database.replace("postgresql+asyncpg://", "postgresql://"))
    if parts.password is None:
        return urlunsplit(parts), ""
    host = parts.netloc.rpartition("@")[2]
    user = parts.netloc.rpartition("@")[0].partition(":")[0]
    return urlunsplit(parts._replace(netloc=f"{user}@{host}")), unquote(parts.password)
