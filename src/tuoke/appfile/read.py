"""An app folder -> App. Every fault of every file is told at once, with file, line and place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from tuoke.appfile.check import check_app
from tuoke.appfile.kinds import PARTS
from tuoke.appfile.model import INFO, ROLES, SAMPLES, TABLES, App, AppInfo, Fault, RolesFile
from tuoke.appfile.yamltext import Located, NotYaml, Path, parse
from tuoke.kit.errors import Invalid
from tuoke.kit.faults import faults_of
from tuoke.kit.words import Words, say
from tuoke.schema.definitions import TableDefinition

MAX_FILE_BYTES = 2_000_000

Model = TypeVar("Model", bound=BaseModel)


def folder_files(folder: Traversable) -> dict[str, bytes]:
    """Relative path -> content of every file, in order; samples, and what an editor leaves behind, are passed over."""
    return {path: text for path, text in sorted(_walk(folder, "")) if not path.startswith(f"{SAMPLES}/")}


def _walk(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.name.startswith((".", "__")) or entry.name.endswith("~"):
            continue
        if entry.is_dir():
            yield from _walk(entry, f"{prefix}{entry.name}/")
        else:
            yield f"{prefix}{entry.name}", entry.read_bytes()


def read_app(files: Mapping[str, bytes]) -> App:
    """`files`: as `folder_files` gives them. Raises Invalid with all faults, never a part of an app."""
    reading = _Reading({}, {}, [])
    for file, content in sorted(files.items()):
        reading.parse(file, content)
    app = reading.app()
    if app is not None:
        reading.cross_check(app)
    if app is None or reading.faults:
        raise _refused(sorted(reading.faults, key=lambda f: (f.file, f.line, f.path)))
    return app


def _refused(faults: list[Fault]) -> Invalid:
    first = faults[0]
    return Invalid(
        say(
            "应用文件有 {n} 处错误。第一处：{place}：{what}",
            "The app has {n} faults. The first: {place}: {what_en}",
            n=len(faults),
            place=first.place,
            what=first.words.in_("zh"),
            what_en=first.words.in_("en"),
        ),
        fields={fault.place: fault.words for fault in faults},
    )


@dataclass
class _Reading:
    """The files read so far and what was wrong with them."""

    located: dict[str, Located]
    models: dict[str, BaseModel]
    faults: list[Fault]

    def parse(self, file: str, content: bytes) -> None:
        kind = _kind_of(file)
        if kind is None:
            self.fault(file, 1, "", say("不认识的文件", "This file is not known here"))
            return
        try:
            located = parse(_text(content))
        except NotYaml as error:
            self.fault(file, error.line, "", error.words)
            return
        self.located[file] = located
        self._validate(file, kind, located)

    def _validate(self, file: str, kind: type[BaseModel], located: Located) -> None:
        try:
            self.models[file] = kind.model_validate(located.value)
        except ValidationError as error:
            for place, words in faults_of(error).items():
                self._at(file, _path_of(place), words)

    def app(self) -> App | None:
        """The app as far as each file by itself is right; None while any is not."""
        for needed in (INFO, ROLES):
            if needed not in self.located and not any(f.file == needed for f in self.faults):
                self.fault(needed, 1, "", say("缺少这个文件", "This file is missing"))
        if self.faults:
            return None
        tables = [model for model in self.models.values() if isinstance(model, TableDefinition)]
        info, roles = self.models[INFO], self.models[ROLES]
        assert isinstance(info, AppInfo)
        assert isinstance(roles, RolesFile)
        parts = {p.type: tuple(m for m in self.models.values() if isinstance(m, p.Model)) for p in PARTS}
        return App(info, tuple(tables), tuple(roles.roles), parts)

    def cross_check(self, app: App) -> None:
        files: dict[str, str] = {}
        for file, model in self.models.items():
            folder, key = file.rpartition("/")[0], getattr(model, "key", None)
            named = f"{folder}/{key}.yaml"
            files[named] = file
            if folder and file != named:
                self._at(file, ("key",), say("文件应叫 {name}", "The file must be called {name}", name=named))
        for told in check_app(app):
            self._at(files.get(told.file, told.file), told.path, told.words)

    def _at(self, file: str, path: Path, words: Words) -> None:
        located = self.located[file]
        self.fault(file, located.line(path), _said(located.value, path), words)

    def fault(self, file: str, line: int, path: str, words: Words) -> None:
        self.faults.append(Fault(file, line, path, words))


def _kind_of(file: str) -> type[BaseModel] | None:
    if file == INFO:
        return AppInfo
    if file == ROLES:
        return RolesFile
    folder, _, name = file.rpartition("/")
    folders = {TABLES: TableDefinition, **{part.type: part.Model for part in PARTS}}
    return folders.get(folder) if name.endswith(".yaml") else None


def _text(content: bytes) -> str:
    if len(content) > MAX_FILE_BYTES:
        raise NotYaml(1, say("文件太大", "The file is too large"))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise NotYaml(line, say("不是 UTF-8 编码", "Not encoded as UTF-8")) from error


def _path_of(place: str) -> Path:
    return tuple(int(part) if part.isdigit() else part for part in place.split(".")) if place else ()


def _said(value: Any, path: Path) -> str:
    """`fields.phone.type` for `("fields", 3, "type")`: people know things by their keys."""
    parts: list[str] = []
    for step in path:
        value = _inside(value, step)
        name = _inside(value, "key") if isinstance(step, int) else None
        parts.append(name if isinstance(name, str) else str(step))
    return ".".join(parts)


def _inside(value: Any, step: str | int) -> Any:
    """What stands at `step`; None when there is no such place."""
    try:
        return value[step]
    except (KeyError, IndexError, TypeError):
        return None
