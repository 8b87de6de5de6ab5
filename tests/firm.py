"""The demo's firm with its year, as `tuoke demo` makes it, for tests and benches that look around in it."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.product import Product, serving, tuoke

_SAID = {"rep": "坐席 rep", "lead": "主管 team lead", "admin": "管理员 administrator"}


@dataclass(frozen=True)
class Firm:
    product: Product
    password: str
    emails: dict[str, str]
    """Of one person each: rep, lead, admin."""


@contextmanager
def demo_firm(*words: str, patience_s: float = 240, served: Sequence[str] = ()) -> Generator[Firm]:
    """At work, in a folder of its own; `words` go to `tuoke demo`, `served` to `tuoke serve`."""
    data = Path(tempfile.mkdtemp(prefix="tuoke-demo-"))
    data.chmod(0o711)
    made = tuoke("demo", "--data", data, *words, timeout_s=patience_s)
    assert made.returncode == 0, made.stderr
    password = re.search(r"password of everybody below:\s+(\S+)", made.stdout)
    assert password
    emails = {key: re.findall(rf"{said}\s+(\S+@\S+)", made.stdout)[0] for key, said in _SAID.items()}
    with serving(data, *served) as running:
        yield Firm(running, password[1], emails)
    shutil.rmtree(data, ignore_errors=True)
