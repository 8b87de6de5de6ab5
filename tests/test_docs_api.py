"""Every example of docs/api.md runs, from top to bottom, and answers what stands below it."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest_asyncio
from fastapi.openapi.utils import get_openapi

from tests.house import PASSWORD
from tuoke.access.world import World
from tuoke.api.app import create_app
from tuoke.kit.database import Engine
from tuoke.kit.settings import Settings
from tuoke.main.prepare import prepare
from tuoke.workers.handlers import HANDLERS
from tuoke.workers.jobs import JobRunner

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "api.md"
_EXAMPLE = re.compile(r"^```sh\n(.*?)^```\n(?:\n?```json\n(.*?)^```$)?", re.M | re.S)
_LINES = re.compile(r"^(?:curl|api) .*?(?=^(?:curl|api) |\Z)", re.M | re.S)
"""A quoted text may go over several lines."""
_ANYTHING = "…"


@dataclass
class Shell:
    """As much of a shell and of curl as the page uses."""

    app: Any
    variables: dict[str, str] = field(
        default_factory=lambda: {"TUOKE": "http://tuoke.test", "PASSWORD": PASSWORD}
    )
    cookies: httpx.Cookies = field(default_factory=httpx.Cookies)

    async def run(self, line: str) -> httpx.Response:
        words = shlex.split(re.sub(r"\$([A-Z]+)", lambda m: self.variables[m[1]], line))
        if words[0] == "api":
            bearer = f"Authorization: Bearer {self.variables['KEY']}"
            words = ["curl", "-H", bearer, f"{self.variables['TUOKE']}/api/v1{words[1]}", *words[2:]]
        return await self._curl(words[1:])

    async def _curl(self, words: list[str]) -> httpx.Response:
        asked: dict[str, Any] = {"headers": {}, "params": []}
        method, url, jar = None, "", False
        rest = iter(words)
        for word in rest:
            match word:
                case "-s" | "-G":
                    continue
                case "-o":
                    next(rest)
                case "-b" | "-c":
                    jar = bool(next(rest))
                case "-X":
                    method = next(rest)
                case "-H":
                    name, _, value = next(rest).partition(":")
                    asked["headers"][name] = value.strip()
                case "--data-urlencode":
                    asked["params"].append(tuple(next(rest).split("=", 1)))
                case "--json":
                    asked["content"] = next(rest)
                    asked["headers"]["Content-Type"] = "application/json"
                case "-F":
                    _add_part(asked, next(rest))
                case _:
                    assert not word.startswith("-"), f"the page uses {word}, the test does not know it"
                    url = word
        usual = "POST" if {"content", "files", "data"} & asked.keys() else "GET"
        if not asked["params"]:
            # httpx would take an empty list for "no query", and drop the one in the address.
            del asked["params"]
        return await self._send(method or usual, url, asked, jar)

    async def _send(self, method: str, url: str, asked: dict[str, Any], jar: bool) -> httpx.Response:
        transport = httpx.ASGITransport(self.app)
        async with httpx.AsyncClient(transport=transport, cookies=self.cookies if jar else None) as http:
            answer = await http.request(method, url, **asked)
            if jar:
                self.cookies = http.cookies
        return answer

    def remember(self, answer: Any) -> None:
        """`$CSRF` and `$KEY` are what the last answer that had one said."""
        if isinstance(answer, dict) and "csrf" in answer:
            self.variables["CSRF"] = answer["csrf"]
        if isinstance(answer, dict) and str(answer.get("key")).startswith("tk_"):
            self.variables["KEY"] = answer["key"]


def _add_part(asked: dict[str, Any], part: str) -> None:
    name, _, value = part.partition("=")
    if value.startswith("@"):
        path = ROOT / value[1:]
        asked["files"] = {name: (path.name, path.read_bytes())}
    else:
        asked.setdefault("data", {})[name] = value


@pytest_asyncio.fixture
async def shell(fresh_workspace: Engine, tmp_path: Path) -> Shell:
    url = fresh_workspace.url.render_as_string(hide_password=False).replace("+asyncpg", "")
    await prepare(url, PASSWORD)
    app = create_app(Settings(data=tmp_path, database=url))
    app.state.world = World(fresh_workspace, app.state.settings)
    return Shell(app)


async def test_the_examples_run_and_answer_what_is_shown(shell: Shell):
    examples = _EXAMPLE.findall(PAGE.read_text(encoding="utf-8"))
    assert len(examples) > 20

    for commands, shown in examples:
        *before, last = _LINES.findall(commands.replace("\\\n", " ")) or [""]
        for line in before:
            await _check(shell, line, "")
        if last:
            await _check(shell, last, shown)


async def _check(shell: Shell, line: str, shown: str) -> None:
    answer = await shell.run(line)
    told = _told(answer)
    expected = json.loads(shown) if shown else None
    if isinstance(expected, dict) and "instance" in expected:
        assert not answer.is_success, line
    else:
        assert answer.is_success, f"{line}\n{answer.text}"
    if expected is not None:
        assert fits(expected, told), f"{line}\n{json.dumps(told, ensure_ascii=False)}"
    shell.remember(told)
    # What a worker would do beside us.
    await JobRunner(shell.app.state.world, HANDLERS).run_due()


def _told(answer: httpx.Response) -> Any:
    is_json = "json" in answer.headers.get("content-type", "")
    return answer.json() if answer.content and is_json else None


def fits(expected: Any, told: Any) -> bool:
    """`"…"` fits anything, at the end of a list any rest; of an object only what is shown must be there."""
    if expected == _ANYTHING:
        return True
    if isinstance(expected, dict):
        return isinstance(told, dict) and all(
            key in told and fits(value, told[key]) for key, value in expected.items()
        )
    if isinstance(expected, list) and isinstance(told, list):
        if expected and expected[-1] == _ANYTHING:
            expected, told = expected[:-1], told[: len(expected) - 1]
        return len(expected) == len(told) and all(map(fits, expected, told))
    return expected == told and type(expected) is type(told)


def test_an_example_that_is_wrong_is_found():
    assert fits({"a": [1, "…"]}, {"a": [1, 2, 3], "b": 4})
    assert not fits({"a": 1}, {"b": 1})
    assert not fits([1], [1, 2])
    assert not fits({"count": 0}, {"count": False})


def test_every_call_says_what_it_does():
    app = create_app(Settings(data=Path("/nowhere"), database="postgresql://nowhere/none"))
    document = get_openapi(title="Tuoke", version="1", openapi_version="3.1.0", routes=app.routes)
    calls = [(path, how, told) for path, item in document["paths"].items() for how, told in item.items()]

    silent = [f"{how.upper()} {path}" for path, how, told in calls if len(told.get("description", "")) < 10]

    assert len(calls) > 80
    assert not silent, f"give their functions a docstring: {silent}"
