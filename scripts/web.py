"""Builds the web app into the Python package, and only when its sources have changed.

Standard library only: it also runs inside `hatch build` and before anything is installed.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "web"
APP = ROOT / "src" / "tuoke" / "static" / "app"
_BUILT = APP / ".stamp"
_INSTALLED = WEB / "node_modules" / ".stamp"


def sources_hash() -> str:
    """Of everything the build reads."""
    paths = [path for path in WEB.glob("*") if path.is_file() and path.suffix != ".md"]
    paths += [path for folder in ("src", "public") for path in (WEB / folder).rglob("*") if path.is_file()]
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(f"{path.relative_to(WEB).as_posix()}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def is_built() -> bool:
    return _BUILT.exists() and _BUILT.read_text() == sources_hash()


def install(around: dict[str, str]) -> None:
    """The locked packages, into web/node_modules."""
    locked = hashlib.sha256((WEB / "package-lock.json").read_bytes()).hexdigest()
    if _INSTALLED.exists() and _INSTALLED.read_text() == locked:
        return
    print("installing the web packages (once, about a minute) …", file=sys.stderr, flush=True)
    _npm(around, "ci", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error")
    _INSTALLED.write_text(locked)


def build(around: dict[str, str]) -> None:
    """Build when needed."""
    if is_built():
        return
    install(around)
    print("building the web app …", file=sys.stderr, flush=True)
    stamp = sources_hash()
    _npm(
        around, "run", "--silent", "build", "--", "--outDir", str(APP), "--emptyOutDir", "--logLevel", "warn"
    )
    _BUILT.write_text(stamp)


def _npm(around: dict[str, str], *words: str) -> None:
    npm = shutil.which("npm", path=around["PATH"])
    assert npm, "npm stands beside node"
    made = subprocess.run(
        [npm, *words], cwd=WEB, env={**around, "CI": "1"}, stdout=sys.stderr, stdin=subprocess.DEVNULL
    )
    if made.returncode != 0:
        raise SystemExit(f"npm {words[0]} failed")
