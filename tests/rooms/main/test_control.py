"""The line between parent and child, with a real child at its end."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.product import environment_with
from tuoke.kit.settings import Settings
from tuoke.main.control import Brief, Channel

CHILD = """
import time
from tuoke.main.control import ParentLine
line = ParentLine()
if line.brief() is not None:
    line.tell_ready()
    time.sleep(60)
"""


@pytest.fixture
def line() -> Iterator[tuple[socket.socket, subprocess.Popen[bytes]]]:
    """The parent's end, and the child."""
    ours, theirs = socket.socketpair()
    with (
        ours,
        theirs,
        subprocess.Popen([sys.executable, "-c", CHILD], stdin=theirs, env=environment_with()) as child,
    ):
        theirs.close()
        yield ours, child
        child.kill()


@pytest.mark.parametrize("has_read", [True, False])
def test_the_child_leaves_with_a_parent_that_is_killed(
    line: tuple[socket.socket, subprocess.Popen[bytes]], has_read: bool
):
    ours, child = line
    Channel(ours).send(Brief(Settings(Path("data"), None), 0))
    assert ours.recv(6, socket.MSG_PEEK) == b"ready\n"
    if has_read:
        ours.recv(6)

    ours.close()

    assert child.wait(4) != 0


def test_the_child_leaves_when_the_parent_goes_before_its_brief(
    line: tuple[socket.socket, subprocess.Popen[bytes]],
):
    ours, child = line

    ours.close()

    assert child.wait(10) == 0
