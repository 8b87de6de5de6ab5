"""A kind of document that an app carries besides tables and roles: one folder, one document a file.

To add one, add a file to `parts/`: reading, checking, comparing, putting and writing back follow.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from pydantic import BaseModel

from tuoke.kit.database import Connection
from tuoke.kit.words import Words
from tuoke.records.written import Finding
from tuoke.schema.model import Table

WHOLE = "content"
"""What stands under this name is merged as one value: half of mine and half of yours would be nobody's."""


@dataclass(frozen=True)
class Around:
    """What the documents of an app may speak of."""

    tables: Mapping[str, Table]
    roles: Collection[str]


class Part(ABC):
    type: ClassVar[str]
    """The folder's name, and the name of the list in the app's document: `flows`."""
    label: ClassVar[Words]
    """What one of them is called."""
    Model: ClassVar[type[BaseModel]]
    """One file. It has a `key`, which names the file, and a `label`."""

    @abstractmethod
    def check(self, written: Any, around: Around) -> Iterable[Finding]:
        """What in one document does not fit the app."""

    @abstractmethod
    def plain(self, written: Any) -> dict[str, Any]:
        """JSON with a `key`, every default left out: what is compared and merged member by member, except
        below `content`."""

    @abstractmethod
    def model(self, plain: Mapping[str, Any]) -> Any:
        """The inverse of `plain`."""

    @abstractmethod
    async def stored(self, db: Connection) -> Iterable[Any]:
        """What the workspace has now, the firm's own included."""

    @abstractmethod
    async def put(self, db: Connection, written: Any, source: str) -> None:
        """Make it, or change what has this key. Raises AppError."""

    def file(self, key: str) -> str:
        return f"{self.type}/{key}.yaml"

    def text(self, written: Any) -> dict[str, Any]:
        """What stands in the file: the inverse of `Model`."""
        plain = dict(self.plain(written))
        whole = plain.pop(WHOLE, {})
        return {**plain, **whole}
