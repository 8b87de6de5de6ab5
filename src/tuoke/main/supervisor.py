"""Keeps the web process and the two workers running, and the embedded database under them."""

from __future__ import annotations

import selectors
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from types import TracebackType

import structlog

from tuoke.kit import pg
from tuoke.kit.errors import Unavailable
from tuoke.kit.settings import Settings
from tuoke.kit.words import say
from tuoke.main.child import JOBS
from tuoke.main.control import Brief, Channel

_STEADY_S = 60.0
_LONGEST_WAIT_S = 30.0
_LEAVE_S = 5.0
_LOOK_EVERY_S = 1.0

log = structlog.get_logger()


class Pauses:
    """When what has ended is started again: at once, later after 1, 2, 4 … 30 s; at once again after a steady minute."""

    def __init__(self) -> None:
        self._failures, self._started, self._next = 0, 0.0, 0.0

    def started(self) -> None:
        self._started = time.monotonic()

    def ended(self) -> None:
        steady = time.monotonic() - self._started > _STEADY_S
        self._failures = 1 if steady else self._failures + 1
        wait_s = 0.0 if self._failures == 1 else min(2.0 ** (self._failures - 2), _LONGEST_WAIT_S)
        self._next = time.monotonic() + wait_s

    def are_over(self) -> bool:
        return time.monotonic() >= self._next


class Child:
    """One process of ours in one role; replaced when it ends by itself."""

    def __init__(self, role: str, listening: socket.socket | None = None) -> None:
        self.role = role
        self.ready = False
        self.pauses = Pauses()
        self._listening = listening
        self.process: subprocess.Popen[bytes] | None = None
        self.channel: Channel | None = None

    def spawn(self) -> Channel:
        """Start the process; it loads its code and then waits for its brief."""
        ours, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(
                # -P: whatever lies in the current folder must not be taken for one of our modules.
                [sys.executable, "-P", "-m", "tuoke", "serve", "--supervised", self.role],
                stdin=theirs.fileno(),
                pass_fds=(self._listening.fileno(),) if self._listening else (),
                # Ctrl-C goes to the whole terminal group; the parent decides the order of leaving.
                start_new_session=True,
            )
        self.channel, self.ready = Channel(ours), False
        self.pauses.started()
        return self.channel

    def brief(self, settings: Settings) -> None:
        assert self.channel
        self.channel.send(Brief(settings, self._listening.fileno() if self._listening else None))

    def ended(self) -> int | None:
        """Its exit code once it has ended; then plans the next start."""
        assert self.process
        code = self.process.poll()
        if code is None:
            return None
        self.pauses.ended()
        self.process, self.ready = None, False
        return code

    def ask_to_leave(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)

    def see_off(self, until: float) -> None:
        """Wait for the end until that time (monotonic), then end it."""
        if not self.process:
            return
        try:
            self.process.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            log.warning("process_killed", role=self.role, reason="did not leave in time")
            self.process.kill()
            self.process.wait()
        if self.channel:
            self.channel.close()


class Supervisor:
    """The children of one `serve`. Leaving the context stops them."""

    def __init__(
        self, settings: Settings, listening: socket.socket | None = None, server: pg.Server | None = None
    ) -> None:
        """With something to listen on there is a web process; the workers there are in any case."""
        self._settings, self._server = settings, server
        self._database_pauses = Pauses()
        self._web = Child("web", listening) if listening else None
        self._children = [*filter(None, [self._web]), Child("worker"), Child(JOBS)]
        self._selector = selectors.DefaultSelector()

    def __enter__(self) -> Supervisor:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for child in self._children:
            child.ask_to_leave()
        until = time.monotonic() + _LEAVE_S
        for child in self._children:
            child.see_off(until)
        self._selector.close()

    def spawn_web(self) -> None:
        """Only this one: people wait for the log-in page, and the worker would take a processor from it."""
        assert self._web
        self._spawn(self._web)

    def await_web(self) -> None:
        """Give the web process its brief and wait until it answers. Raises Unavailable when it ends instead."""
        assert self._web
        self._web.brief(self._settings)
        while not self._web.ready:
            self._listen(_LOOK_EVERY_S)
            if self._web.process and self._web.process.poll() is not None:
                raise Unavailable(
                    say(
                        "网页进程没有启动，原因见上面的日志",
                        "The web process did not start; the log above says why",
                    )
                )

    def watch(self) -> None:
        """For ever: start what is missing, replace what ends by itself."""
        while True:
            self._look_after_database()
            for child in self._children:
                self._look_after(child)
            self._listen(_LOOK_EVERY_S)

    def _spawn(self, child: Child) -> None:
        channel = child.spawn()
        self._selector.register(channel, selectors.EVENT_READ, child)

    def _listen(self, longest_s: float) -> None:
        """Wait for a child to say it is ready or to close its end, which it does by ending."""
        for key, _ in self._selector.select(longest_s):
            child: Child = key.data
            assert child.channel
            if child.channel.says_ready():
                child.ready = True
                log.info("ready", role=child.role)
            else:
                self._selector.unregister(child.channel)

    def _look_after(self, child: Child) -> None:
        if child.process is None:
            if child.pauses.are_over():
                self._spawn(child)
                child.brief(self._settings)
            return
        code = child.ended()
        if code is not None:
            log.error("process_ended", role=child.role, code=code)
            self._hang_up(child)

    def _hang_up(self, child: Child) -> None:
        assert child.channel
        # It is still registered when the end was seen before the line went dead.
        with suppress(KeyError):
            self._selector.unregister(child.channel)
        child.channel.close()

    def _look_after_database(self) -> None:
        if self._server is None or self._server.alive() or not self._database_pauses.are_over():
            return
        log.error("postgres_ended", code=self._server.process.returncode)
        self._database_pauses.started()
        try:
            # The children reconnect by themselves: the socket's path stays the same.
            self._server.start_again()
        except Unavailable as error:
            # Killed again while it recovered, or the disk is full for a while: leaving would help nobody.
            log.error("postgres_did_not_start", reason=str(error))
            self._database_pauses.ended()
        else:
            self._database_pauses = Pauses()
