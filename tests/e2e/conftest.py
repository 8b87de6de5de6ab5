"""The real product and a real browser: headless Chromium drives what `tuoke serve` answers."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
import time
import warnings
from collections import deque
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page, Request, expect, sync_playwright

from tests.firm import Firm, demo_firm
from tests.product import Product, serving

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "docs" / "pictures"
PASSWORD = "ocean-lamp-4711"
CHROMIUM = shutil.which("chromium")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Not a wait but an end to waiting: a page that loads on a machine busy with other work is slow and not broken.
expect.set_options(timeout=15_000)
SIZES = {"wide": (1440, 900), "phone": (390, 844)}

LOOKS = [(size, scheme) for size in SIZES for scheme in ("light", "dark")]


def looks(*at_once: str) -> pytest.MarkDecorator:
    """A test in each of the four looks; those not named, as `phone-dark` is, among the long runs."""
    return pytest.mark.parametrize(
        ("size", "scheme"),
        [
            pytest.param(*look, marks=[] if "-".join(look) in at_once else [pytest.mark.soak])
            for look in LOOKS
        ],
    )


EVERY_LOOK = looks("wide-light", "phone-dark")
"""Each size and each scheme once at once."""


# Not for the session: while Playwright's loop runs in this thread, no asynchronous test can.
@pytest.fixture(scope="module")
def browser() -> Generator[Browser]:
    if CHROMIUM is None:
        warnings.warn("No Chromium here: nothing was tried in a browser", stacklevel=1)
        pytest.skip("NO CHROMIUM: nothing was tried in a browser")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield started
        started.close()


@pytest.fixture(scope="session")
def founded() -> Iterator[Path]:
    """The data folder of a product after its first start: to be copied, which takes a fifth of a start's time."""
    if not (ROOT / "src" / "tuoke" / "static" / "app" / "index.html").is_file():
        pytest.fail("The web app is not built: `make test` builds it")
    with _folder() as data:
        with serving(data, TUOKE_ADMIN_PASSWORD=PASSWORD):
            pass
        yield data


@contextmanager
def at_work(founded: Path, *words: str) -> Generator[Product]:
    """A firm's own product: embedded database, web and worker, as `make run` starts it the second time."""
    with _folder() as data:
        # Not shutil: as root, PostgreSQL's files belong to another user and must stay so.
        subprocess.run(["cp", "-a", f"{founded}/.", data], check=True)
        with serving(data, *words, TUOKE_ADMIN_PASSWORD=PASSWORD) as running:
            yield running


@contextmanager
def _folder() -> Generator[Path]:
    data = Path(tempfile.mkdtemp(prefix="tuoke-e2e-"))
    data.chmod(0o711)
    yield data
    shutil.rmtree(data, ignore_errors=True)


@pytest.fixture(scope="module")
def product(founded: Path) -> Iterator[Product]:
    with at_work(founded) as running:
        yield running


@pytest.fixture(scope="module")
def demo() -> Iterator[Firm]:
    """A firm with a year behind it; the same one every time, but for the day it ends on."""
    with demo_firm("--leads", "2500", "--seed", "7", served=["--webhooks-local"]) as firm:
        yield firm


@dataclass
class Person:
    """Somebody at a browser, logged in."""

    page: Page
    base: str
    csrf: str
    faults: list[str]
    asked: set[Request] = field(default_factory=set[Request])
    """Requests on their way; the live connection, which never ends, is none of them."""
    answers: deque[str] = field(default_factory=lambda: deque[str](maxlen=25))
    """The last answers of the API, for whoever has to find out why a test failed."""

    def go(self, path: str) -> None:
        self.page.goto(self.base + path)

    def settle(self, still_ms: int = 400, patience_s: float = 20) -> None:
        """Until nothing has been on its way for a moment. The browser's own "network idle" never comes: one
        connection stays open."""
        end, since = time.monotonic() + patience_s, time.monotonic()
        while (time.monotonic() - since) * 1000 < still_ms:
            self.page.wait_for_timeout(50)
            if self.asked:
                since = time.monotonic()
            assert time.monotonic() < end, f"still on their way: {[one.url for one in self.asked]}"

    def api(self, method: str, path: str, body: Any = None, **more: Any) -> Any:
        answer = self.page.request.fetch(
            f"{self.base}/api/v1{path}", method=method, data=body, headers={"X-CSRF": self.csrf}, **more
        )
        assert answer.ok, f"{method} {path}: {answer.status} {answer.text()}"
        return answer.json() if answer.body() else None

    def picture(self, name: str) -> None:
        """Taken when asked for with TUOKE_PICTURES=1; waited for in any case, so that what follows sees the same."""
        self.page.wait_for_timeout(400)
        if os.environ.get("TUOKE_PICTURES") == "1":
            PICTURES.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=PICTURES / f"{name}.png")


def enter(
    browser: Browser,
    product: Product,
    email: str = "admin@tuoke.local",
    size: str = "wide",
    scheme: str = "light",
    password: str = PASSWORD,
    *,
    motion: bool = False,
) -> Person:
    """A browser of one's own, logged in without the log-in page; an administrator has put the first steps away."""
    person = arrive(browser, product, email, size, scheme, password, motion=motion)
    for one in person.api("GET", "/meta")["checklists"]:
        person.api("PATCH", f"/checklists/{one['key']}", {"dismissed": True})
    return person


def arrive(
    browser: Browser,
    product: Product,
    email: str = "admin@tuoke.local",
    size: str = "wide",
    scheme: str = "light",
    password: str = PASSWORD,
    *,
    motion: bool = False,
) -> Person:
    """The same, as on the first day. Nothing moves unless asked for: a click that comes before a dialog has begun to
    open hits where its button will be, and is lost when it is let go. Nobody is as fast as that."""
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        has_touch=size == "phone",
        reduced_motion="no-preference" if motion else "reduce",
    )
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    asked: set[Request] = set()
    page.on("request", lambda one: None if is_endless(one) else asked.add(one))
    page.on("requestfailed", lambda one: asked.discard(one))
    answer = page.request.post(
        product.address + "/api/v1/session", data={"email": email, "password": password}
    )
    assert answer.ok, answer.text()
    person = Person(page, product.address, answer.json()["csrf"], faults, asked)
    page.on("requestfinished", lambda one: _finished(person, one))
    _present.append(person)
    return person


_present: deque[Person] = deque(maxlen=8)
"""Who came last."""


def _finished(person: Person, request: Request) -> None:
    person.asked.discard(request)
    if "/api/" in request.url and (answer := request.existing_response):
        place = request.url.removeprefix(person.base)
        person.answers.append(f"{time.strftime('%X')} {answer.status} {request.method} {place}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that fails tells what stood on the screens, and what had been asked."""
    report = yield
    if report.when == "call" and report.failed:
        for person in _present:
            with contextlib.suppress(Error):
                place = Path(tempfile.gettempdir()) / f"failed-{item.name}-{os.getpid()}-{id(person)}.png"
                person.page.screenshot(path=place, timeout=5_000)
                told = [person.page.url, f"screen: {place}", *person.answers, *person.faults]
                report.sections.append(("a screen of this test", "\n".join(told)))
    return report


def is_endless(request: Request) -> bool:
    """The live connection, and the script of the worker that holds it, whose end no page hears of."""
    return request.url.endswith("/live") or "/worker-" in request.url
