"""`tuoke demo` as people type it: beside the running product, on a stopped one, and killed half-way."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.product import environment_with, serving, tuoke
from tests.rooms.demo.broken import broken
from tuoke.kit.database import begin, make_engine, run_sql
from tuoke.kit.pg import running
from tuoke.kit.storage import Files
from tuoke.main.dump import ask


@pytest.fixture
def data() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="tuoke-demo-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def password_in(said: str) -> str:
    found = re.search(r"everybody below:  (\S+)", said)
    assert found, said
    return found[1]


def test_people_of_the_demo_log_in_to_the_product_that_runs(data: Path):
    with serving(data) as product:
        made = tuoke("demo", "--data", data, "--leads", "30", timeout_s=120)
        assert made.returncode == 0, made.stderr

        people = re.findall(r"\S+@qifan\.example", made.stdout)

        assert len(people) == 4
        for person in people:
            assert product.log_in(person, password_in(made.stdout)) == 200
        again = tuoke("demo", "--data", data, "--leads", "30")
        assert again.returncode == 1
        assert "已经有数据" in again.stderr
        assert "only an empty one" in again.stderr


@pytest.mark.soak
async def test_a_whole_year_keeps_every_law_and_takes_two_minutes_at_most(data: Path):
    started = time.perf_counter()
    made = tuoke("demo", "--data", data, timeout_s=900)
    taken = time.perf_counter() - started
    assert made.returncode == 0, made.stderr
    print(f"\ntuoke demo, 24 000 leads, an empty folder: {taken:.0f} s\n{made.stdout}")

    with running(data) as server:
        engine = make_engine(server.url())
        try:
            async with begin(engine) as db:
                await run_sql(db, "set local work_mem = '256MB'")
                assert await broken(db, datetime.now(UTC)) == {}
                leads, calls = (
                    await run_sql(
                        db, "select (select count(*) from work.lead), (select count(*) from work.call)"
                    )
                ).one()
        finally:
            await engine.dispose()

    assert leads >= 20_000
    assert calls >= 100_000
    assert 0 < len(list(Files(data / "files").keys())) <= 200
    assert taken <= 120


@pytest.mark.soak
@pytest.mark.parametrize("after_s", [1.0, 4.0, 7.0, 10.0])
def test_killed_half_way_it_can_be_done_again(data: Path, after_s: float):
    command = [sys.executable, "-P", "-m", "tuoke", "demo", "--data", str(data), "--leads", "2000"]
    first = subprocess.Popen(
        command, env=environment_with(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    time.sleep(after_s)
    first.send_signal(signal.SIGKILL)
    first.wait()

    made = tuoke("demo", "--data", data, "--leads", "50", timeout_s=300)

    # Either the first came to its end, or nothing of it is left.
    assert made.returncode == 0 or "已经有数据" in made.stderr, made.stderr
    with running(data) as server:
        told = int(ask(server.url(), "select count(*) from tuoke.file"))
        leads = int(ask(server.url(), "select count(*) from work.lead"))
    assert told == len(list(Files(data / "files").keys()))
    assert leads in (50, 2000)
    # A mark may stay behind a commit; it takes nothing away any more.
    assert not (data / "demo-unfinished").exists() or leads == 2000
