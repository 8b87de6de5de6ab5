"""The product as its users start it: `tuoke serve` in a process of its own."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psutil

_numbers = count(1)
SOURCE = Path(__file__).parents[1] / "src"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def tuoke(*words: str | Path, timeout_s: float = 60, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "tuoke", *map(str, words)],
        capture_output=True, text=True, timeout=timeout_s, env=environment_with(environment),
    )  # fmt: skip


def environment_with(more: dict[str, str] | None = None) -> dict[str, str]:
    path = os.pathsep.join([str(SOURCE), *filter(None, [os.environ.get("PYTHONPATH")])])
    return {**os.environ, "PYTHONPATH": path, **(more or {})}


@dataclass
class Product:
    process: subprocess.Popen[bytes]
    port: int
    log: Path
    started: float
    """perf_counter."""
    ready_s: float = 0.0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def await_ready(self, patience_s: float = 60) -> None:
        """Until it has told its address and the web process answers."""
        while f"Tuoke 0.1.0  {self.address}" not in self.said():
            assert self.process.poll() is None, self.said()
            assert time.perf_counter() - self.started < patience_s, self.said()
            time.sleep(0.01)
        self.get("/healthz")
        self.ready_s = time.perf_counter() - self.started

    def await_workers(self, patience_s: float = 60, at_rest_s: float = 3) -> None:
        """Until both have begun and are through with what they do first: who measures does not mean that."""
        end = time.monotonic() + patience_s
        while not all(f'{{"role": "{kind}", "event": "ready"' in self.said() for kind in ("worker", "jobs")):
            assert time.monotonic() < end, self.said()
            time.sleep(0.02)
        time.sleep(at_rest_s)

    def get(self, path: str) -> bytes:
        with urllib.request.urlopen(self.address + path, timeout=10) as answer:
            return answer.read()

    def log_in(self, email: str, password: str) -> int:
        """The status of the answer."""
        said = json.dumps({"email": email, "password": password}).encode()
        asked = urllib.request.Request(
            self.address + "/api/v1/session", data=said, headers={"Content-Type": "application/json"}
        )
        try:
            with urllib.request.urlopen(asked, timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as refused:
            refused.close()
            return refused.code

    def one_time_password(self) -> str | None:
        found = re.search(r"one-time password:\s+(\S+)", self.said())
        return found[1] if found else None

    def children(self) -> dict[int, str]:
        """pid → command line of every process it started, and theirs."""
        return descendants(self.process.pid)

    def work_s(self) -> float:
        """Processor seconds of all its processes so far, those that have ended included."""
        itself = psutil.Process(self.process.pid)
        spent = [process.cpu_times() for process in [itself, *itself.children(recursive=True)]]
        return sum(t.user + t.system + t.children_user + t.children_system for t in spent)

    def child(self, words: str, other_than: int = 0, patience_s: float = 20) -> int:
        """pid of the process whose command line holds `words`, as soon as there is one."""
        end = time.monotonic() + patience_s
        while time.monotonic() < end:
            for pid, line in self.children().items():
                if words in line and pid != other_than:
                    return pid
            time.sleep(0.02)
        raise AssertionError(self.said())

    def signal(self, number: int) -> int:
        """Send it, wait for the end; the exit code."""
        self.process.send_signal(number)
        return self.process.wait(20)


def descendants(pid: int) -> dict[int, str]:
    found = psutil.Process(pid).children(recursive=True) if psutil.pid_exists(pid) else []
    return {process.pid: line for process in found if (line := _line(process))}


def living(pids: dict[int, str]) -> dict[int, str]:
    """Those of `pids` that still run (a zombie does not)."""
    return {pid: line for pid, line in pids.items() if psutil.pid_exists(pid) and _line(psutil.Process(pid))}


def _line(process: psutil.Process) -> str:
    """Its command line; empty when it has ended."""
    try:
        return "" if process.status() == psutil.STATUS_ZOMBIE else " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return ""


def lingering(pids: dict[int, str], patience_s: float = 10) -> dict[int, str]:
    """Those of `pids` that have not left by then; none, as soon as there is none."""
    end = time.monotonic() + patience_s
    while living(pids) and time.monotonic() < end:
        time.sleep(0.05)
    return living(pids)


@contextmanager
def serving(data: Path, *words: str, port: int = 0, **environment: str) -> Generator[Product]:
    """A product over `data` that answers; ended at the end of the block, whatever state it is in."""
    product = begin(data, words, port or free_port(), environment)
    try:
        product.await_ready()
        yield product
    finally:
        left = product.children()
        with contextlib.suppress(ProcessLookupError):
            product.process.send_signal(signal.SIGTERM)
        product.process.wait(20)
        lingering(left)


def begin(data: Path, words: Sequence[str], port: int, environment: dict[str, str]) -> Product:
    # A log of its own for each start: an earlier one on this port has told the same address.
    log = data.parent / f"{data.name}-{next(_numbers)}.log"
    with open(log, "ab") as out:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "tuoke", "serve", "--data", str(data), "--port", str(port), *words],
            stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=environment_with(environment), cwd="/",
        )  # fmt: skip
    return Product(process, port, log, time.perf_counter())
