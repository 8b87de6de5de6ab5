"""The bench of the rules still runs, with a few leads: what it measures here means nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.product import environment_with

ROOT = Path(__file__).parents[2]


def test_every_figure_of_the_rules_is_measured() -> None:
    command = [sys.executable, "-m", "bench.flows", "--leads", "20", "--seconds", "0.3"]

    done = subprocess.run(
        command, capture_output=True, text=True, timeout=240, cwd=ROOT, env=environment_with()
    )

    assert done.returncode == 0, done.stderr[-3000:]
    for figure in (
        "flow: change → first owner, idle: p99",
        "flow: 20 imported leads given out and told, after the import",
        "flow: 20 timers of one minute, worker killed half way",
    ):
        assert figure in done.stdout
