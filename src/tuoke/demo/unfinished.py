"""Files of a demo whose database part did not come to its end: taken away, at once or by the next demo."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

from tuoke.kit.storage import Files

_MARK = "demo-unfinished"


class Kept:
    """While it is open a mark lies in the data folder; files that are in no database go with the mark."""

    def __init__(self, data: Path) -> None:
        self._mark, self._files = data / _MARK, Files(data / "files")
        self.keys = _Keys(self._mark)

    def __enter__(self) -> Kept:
        self._remove()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._mark.unlink(missing_ok=True)
        else:
            self._remove()

    def _remove(self) -> None:
        if not self._mark.exists():
            return
        for key in self._mark.read_text(encoding="ascii").split():
            self._files.delete(key)
        self._mark.unlink()


class _Keys(list[str]):
    """Remembers every key on disk at once: a killed process tells nobody what it left."""

    def __init__(self, mark: Path) -> None:
        super().__init__()
        self._mark = mark

    def append(self, key: str, /) -> None:
        super().append(key)
        with open(self._mark, "a", encoding="ascii") as out:
            out.write(f"{key}\n")
