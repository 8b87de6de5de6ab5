"""Find extensions by folder: one file, one class, no list to edit."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from typing import ClassVar, Generic, Protocol, TypeVar

from tuoke.kit.errors import Invalid
from tuoke.kit.words import say


class Named(Protocol):
    type: ClassVar[str]


T = TypeVar("T", bound=Named)


class Registry(Generic[T]):
    """Extensions of one kind, keyed by their `type`.

    Loading fails at start-up, not at first use: a file without exactly one
    concrete subclass of `base`, or a `type` used twice, is a programmer error.
    """

    def __init__(self, kind: str, base: type[T]) -> None:
        self._kind, self._base = kind, base
        self._items: dict[str, T] = {}

    def load(self, package: str) -> Registry[T]:
        folder = importlib.import_module(package)
        for info in pkgutil.iter_modules(folder.__path__):
            module = importlib.import_module(f"{package}.{info.name}")
            found = [
                cls
                for cls in vars(module).values()
                if inspect.isclass(cls)
                and issubclass(cls, self._base)
                and cls.__module__ == module.__name__
                and not inspect.isabstract(cls)
            ]
            if len(found) != 1:
                raise TypeError(f"{module.__name__}: expected one {self._kind}, found {len(found)}")
            self.add(found[0]())
        return self

    def add(self, item: T) -> None:
        if item.type in self._items:
            raise TypeError(f"two {self._kind}s are called {item.type!r}")
        self._items[item.type] = item

    def get(self, name: str) -> T:
        try:
            return self._items[name]
        except KeyError:
            raise Invalid(
                say("没有这种类型：{name}", "Unknown {kind} {name!r}", kind=self._kind, name=name),
                known=sorted(self._items),
            ) from None

    def __contains__(self, name: str) -> bool:
        return name in self._items

    def __iter__(self) -> Iterator[T]:
        return iter(self._items.values())
