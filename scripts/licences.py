"""Fails when something we ship has a licence that is GPL, AGPL or unknown, and lists the rest.

Shipped: the packages of requirements.txt and the web app's own dependencies (not its tools).
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "web"

# What may be shipped inside an Apache-2.0 product. MPL-2.0 asks only that changes to its own files stay open.
_ALLOWED = {
    "0bsd", "apache-2.0", "blueoak-1.0.0", "bsd", "bsd-2-clause", "bsd-3-clause", "cc-by-4.0", "cc0-1.0", "hpnd",
    "isc", "mit", "mit-0", "mpl-2.0", "ofl-1.1", "postgresql", "psf-2.0", "python-2.0", "unlicense", "wtfpl", "zlib",
}  # fmt: skip
_SAME = {
    "apache 2.0": "apache-2.0",
    "apache license 2.0": "apache-2.0",
    "apache software license": "apache-2.0",
    "bsd license": "bsd",
    "isc license (iscl)": "isc",
    "mit license": "mit",
    "mozilla public license 2.0 (mpl 2.0)": "mpl-2.0",
    "python software foundation license": "psf-2.0",
    "the unlicense (unlicense)": "unlicense",
}
# Judged by hand, each with the reason. LGPL is not refused by itself: a library that users can replace, as an
# unchanged package in site-packages, keeps its terms; one that is compiled into ours does not.
_JUDGED: dict[str, str] = {}


def allowed(said: str) -> bool:
    """Whether an SPDX expression (or a list of classifiers, `; `) leaves a way that is allowed.

    All parts of AND must be allowed, one of OR is enough; anything not understood is refused.
    """
    text = said.strip().lower()
    if text in _SAME:
        return True
    while (inner := re.sub(r"\(([^()]*)\)", lambda m: "mit" if allowed(m[1]) else "refused", text)) != text:
        text = inner
    if ";" in text:
        return all(allowed(part) for part in text.split(";"))
    if " or " in text:
        return any(allowed(part) for part in text.split(" or "))
    if " and " in text:
        return all(allowed(part) for part in text.split(" and "))
    return _SAME.get(text, text) in _ALLOWED


def python_packages() -> dict[str, str]:
    """name → licence of what requirements.txt installs here."""
    locked = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    wanted = {_plain(name) for name in re.findall(r"^([A-Za-z0-9._-]+)==", locked, re.M)}
    said = subprocess.run(
        [sys.executable, "-m", "piplicenses", "--from=mixed", "--format=json"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return {row["Name"]: row["License"] for row in json.loads(said) if _plain(row["Name"]) in wanted}


def web_packages() -> dict[str, str]:
    """name → licence of the web app's dependencies, and of theirs."""
    locked = json.loads((WEB / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    found: dict[str, str] = {}
    for place, entry in locked.items():
        if place and not entry.get("dev") and not entry.get("optional"):
            found[place.rpartition("node_modules/")[2]] = _web_licence(WEB / place / "package.json")
    return found


def _web_licence(described: Path) -> str:
    if not described.exists():
        return "not installed"
    said = json.loads(described.read_text(encoding="utf-8")).get("license", "unknown")
    return str(said["type"] if isinstance(said, dict) else said)


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def main() -> None:
    refused: list[str] = []
    for kind, packages in (("python", python_packages()), ("web", web_packages())):
        if not packages:
            refused.append(f"{kind}: no packages found, so nothing was checked")
        bad = {name: said for name, said in packages.items() if not allowed(said) and name not in _JUDGED}
        refused += [f"{kind}: {name}: {said}" for name, said in bad.items()]
        counted = Counter(packages.values()).most_common()
        print(f"{kind}: {len(packages)} shipped;", ", ".join(f"{count} {said}" for said, count in counted))
    for line in refused:
        print("REFUSED", line, file=sys.stderr)
    raise SystemExit(1 if refused else 0)


if __name__ == "__main__":
    main()
