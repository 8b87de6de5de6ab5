"""The apps that come with the product, and the files each brings along to try it with."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable

from tuoke.appfile.model import INFO, SAMPLES
from tuoke.kit.errors import NotFound
from tuoke.kit.words import say


def shipped_apps() -> Iterator[Traversable]:
    """The folders of the apps that come with the product, by name."""
    folder = resources.files("tuoke") / "apps"
    yield from sorted((f for f in folder.iterdir() if (f / INFO).is_file()), key=lambda f: f.name)


def is_sample(name: str) -> bool:
    """Whether some app has it in its `samples/`."""
    return any(file.name == name for file in _files())


def read_sample(name: str) -> bytes:
    """Raises NotFound."""
    for file in _files():
        # Compared, not joined: no name leads out of the folder.
        if file.name == name:
            return file.read_bytes()
    raise NotFound(say("没有这个示例文件", "There is no such sample"), sample=name)


def _files() -> Iterator[Traversable]:
    for app in shipped_apps():
        folder = app / SAMPLES
        if folder.is_dir():
            yield from (file for file in folder.iterdir() if file.is_file())
