"""Makes ready what `make` needs, each part only when it is missing or its lock file has changed.

    set_up.py product    .venv with the locked packages, and .venv/bin/tuoke
    set_up.py dev        the same and the tools for checking and testing
    set_up.py web        the built web app
    set_up.py web-dev    the web packages only

Standard library only.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import node
import web

ROOT, VENV = node.ROOT, node.VENV
PYTHON = VENV / "bin" / "python"


def main() -> None:
    wanted = [part for part in PARTS if part in sys.argv[1:]]
    sides = [wanted]
    if node.on_path():
        # Nothing of .venv is needed for the web then: pip and npm wait for the network in turns.
        sides = [[part for part in wanted if part not in WEB], [part for part in wanted if part in WEB]]
    with ThreadPoolExecutor() as both:
        for done in [both.submit(_make, side) for side in sides]:
            done.result()


def _make(parts: list[str]) -> None:
    for part in parts:
        PARTS[part]()


def product() -> None:
    _packages("requirements.txt", "installing the product's packages (once) …")


def dev() -> None:
    _packages("requirements-dev.txt", "installing the tools for development (once) …")


def build_web() -> None:
    if not web.is_built():
        web.build(_with_node())


def web_packages() -> None:
    web.install(_with_node())


PARTS = {"product": product, "dev": dev, "web": build_web, "web-dev": web_packages}
WEB = {"web", "web-dev"}


def _with_node() -> dict[str, str]:
    if node.on_path():
        return node.environment(None)
    _packages("requirements-node.txt", "installing Node (once; none of version 20.19 or newer is here) …")
    return node.environment(node.wheel_in(str(PYTHON)))


def _packages(locked: str, message: str) -> None:
    """Install a lock file into .venv, unless exactly that was done before. Every file's checksum is compared."""
    _environment()
    stamp, wanted = VENV / f".stamp-{locked}", hashlib.sha256((ROOT / locked).read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print(message, file=sys.stderr, flush=True)
    _run(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input",
         "--no-deps", "--require-hashes", "-r", ROOT / locked)  # fmt: skip
    stamp.write_text(wanted)


def _environment() -> None:
    """.venv, made anew when the checkout was moved or the Python below it is gone."""
    place = VENV / ".stamp-place"
    if place.exists() and place.read_text() == str(ROOT) and _works():
        return
    venv.create(VENV, with_pip=True, clear=VENV.exists() and not _works(), symlinks=True)
    _link_source()
    for stale in VENV.glob(".stamp-requirements*"):
        stale.unlink()
    place.write_text(str(ROOT))


def _works() -> bool:
    return PYTHON.exists() and subprocess.run([PYTHON, "-I", "-c", ""], capture_output=True).returncode == 0


def _link_source() -> None:
    """What an editable install would do, without a build: the package on the path and its command."""
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = subprocess.run([PYTHON, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
    (Path(site) / "tuoke-source.pth").write_text(f"{ROOT / 'src'}\n")
    command = VENV / "bin" / "tuoke"
    command.write_text(f'#!/bin/sh\nexec "{PYTHON}" -P -m tuoke "$@"\n')
    command.chmod(0o755)


def _run(*words: str | Path) -> None:
    made = subprocess.run(
        [str(word) for word in words],
        stdin=subprocess.DEVNULL,
        env={**os.environ, "PIP_REQUIRE_VIRTUALENV": "0"},
    )
    if made.returncode != 0:
        raise SystemExit(f"failed: {' '.join(str(word) for word in words[:5])} …")


if __name__ == "__main__":
    main()
