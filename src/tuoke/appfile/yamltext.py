"""YAML as app files use it: plain values, every one with its line, and one way to write them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

import yaml

from tuoke.kit.words import Words, say

Path: TypeAlias = tuple[str | int, ...]
"""Where a value stands: keys and positions from the top of the file."""

MAX_DEPTH = 40
WIDTH = 110


@dataclass(frozen=True)
class Located:
    """What a file says, and on which line it says it."""

    value: Any
    lines: Mapping[Path, int]

    def line(self, path: Path) -> int:
        """The line of the value at `path`, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


class NotYaml(Exception):
    """The text is not what app files may be written in."""

    def __init__(self, line: int, words: Words) -> None:
        super().__init__(str(words))
        self.line = line
        self.words = words


_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_CORE = re.compile(
    r"(?P<bool>true|false)|(?P<int>-?(?:0|[1-9][0-9]{0,300}))"
    r"|(?P<float>-?(?:0|[1-9][0-9]*)\.[0-9]+(?:e[-+][0-9]+)?)|(?P<null>null|~|)"
)
"""Only the values of YAML 1.2's core: `on`, `no` and `2026-11-22` are texts, as people expect."""


def parse(text: str) -> Located:
    """Raises NotYaml with the line: broken text, keys given twice, tags and references."""
    reader = _Reader()
    try:
        # Event by event: composing nests as deep as the text does, and a deep text would crash the process.
        for event in yaml.parse(text, Loader=_Loader):
            reader.take(event)
    except yaml.YAMLError as error:
        raise _broken(error) from error
    return Located(reader.document, reader.lines)


def _broken(error: yaml.YAMLError) -> NotYaml:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    line = 1 if mark is None else int(mark.line) + 1
    return NotYaml(line, say("不是有效的 YAML：{problem}", "Not valid YAML: {problem}", problem=problem))


@dataclass
class _Open:
    """A mapping or list whose end has not come yet."""

    path: Path
    value: dict[str, Any] | list[Any]
    key: str | None = None
    """Of a mapping: the key whose value comes next."""


class _Reader:
    """Builds the value from the parser's events, noting the line of every part."""

    def __init__(self) -> None:
        self.document: Any = None
        self.lines: dict[Path, int] = {}
        self._open: list[_Open] = []
        self._documents = 0

    def take(self, event: Any) -> None:
        line = int(event.start_mark.line) + 1
        match event:
            case yaml.ScalarEvent():
                _refuse_extras(event, line)
                self._scalar(event, line)
            case yaml.MappingStartEvent():
                _refuse_extras(event, line)
                self._begin({}, line)
            case yaml.SequenceStartEvent():
                _refuse_extras(event, line)
                self._begin([], line)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._open.pop()
            case yaml.AliasEvent():
                # A few nested references can stand for millions of values; nothing here needs them.
                raise NotYaml(
                    line, say("不支持 YAML 引用（&、*）", "YAML references (&, *) are not taken here")
                )
            case yaml.DocumentStartEvent():
                self._next_document(line)
            case _:
                pass

    def _next_document(self, line: int) -> None:
        self._documents += 1
        if self._documents > 1:
            raise NotYaml(line, say("一个文件只能有一份内容", "A file holds one document only"))

    def _scalar(self, event: Any, line: int) -> None:
        here = self._open[-1] if self._open else None
        if here is not None and isinstance(here.value, dict) and here.key is None:
            self._key(here, here.value, event.value, line)
        else:
            self._put(_plain(event), line)

    def _key(self, here: _Open, members: dict[str, Any], key: str, line: int) -> None:
        if key in members:
            raise NotYaml(line, say("「{key}」写了两次", "{key!r} is given twice", key=key))
        here.key = key
        self.lines[(*here.path, key)] = line

    def _begin(self, value: dict[str, Any] | list[Any], line: int) -> None:
        if len(self._open) >= MAX_DEPTH:
            raise NotYaml(line, say("嵌套过深", "Nested too deeply"))
        self._open.append(_Open(self._put(value, line), value))

    def _put(self, value: Any, line: int) -> Path:
        """Put a value where it belongs; returns its path."""
        if not self._open:
            self.document = value
            self.lines[()] = line
            return ()
        here = self._open[-1]
        if isinstance(here.value, list):
            step: str | int = len(here.value)
            here.value.append(value)
        elif here.key is None:
            raise NotYaml(line, say("键必须是文字", "A key must be a plain word"))
        else:
            step, here.key = here.key, None
            here.value[step] = value
        self.lines.setdefault((*here.path, step), line)
        return (*here.path, step)


def _refuse_extras(event: Any, line: int) -> None:
    if event.anchor is not None:
        raise NotYaml(line, say("不支持 YAML 引用（&、*）", "YAML references (&, *) are not taken here"))
    if event.tag is not None:
        raise NotYaml(
            line, say("不支持的 YAML 标签「{tag}」", "The YAML tag {tag!r} is not taken here", tag=event.tag)
        )


def _plain(event: Any) -> Any:
    # Whatever stands in quotes is a text.
    found = _CORE.fullmatch(event.value) if event.implicit[0] else None
    match found and found.lastgroup:
        case "bool":
            return event.value == "true"
        case "int":
            return int(event.value)
        case "float":
            return float(event.value)
        case "null":
            return None
        case _:
            return event.value


class _Dumper(yaml.SafeDumper):
    """Block style, except where a thing fits on one line and reads better there."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _represent_dict(dumper: _Dumper, value: dict[str, Any]) -> yaml.Node:
    node = dumper.represent_mapping("tag:yaml.org,2002:map", value.items())
    node.flow_style = _is_small(value)
    return node


def _represent_list(dumper: _Dumper, value: list[Any]) -> yaml.Node:
    node = dumper.represent_sequence("tag:yaml.org,2002:seq", value)
    node.flow_style = all(_is_word(part) for part in value)
    return node


_STRANGE = re.compile("[\r\x85\u2028\u2029\ufeff]")


def _represent_text(dumper: Any, value: str) -> yaml.Node:
    # Other line ends than \n would be written raw, and read back as blanks.
    style = '"' if _STRANGE.search(value) else "|" if "\n" in value else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


def _represent_float(dumper: _Dumper, value: float) -> yaml.Node:
    # Limits of numbers are kept as floats; people write 100.
    is_whole = value.is_integer() and abs(value) < 1e15
    return dumper.represent_int(int(value)) if is_whole else dumper.represent_float(value)


_Dumper.add_representer(dict, _represent_dict)
_Dumper.add_representer(list, _represent_list)
_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(float, _represent_float)


def _is_small(value: dict[str, Any]) -> bool:
    """A label, an option, a leaf of a filter: what people would write between braces."""
    parts = [inner for part in value.values() for inner in _inside(part)]
    flat = not any(isinstance(part, dict | list) for part in parts)
    return flat and len(value) <= 4 and len(str(value)) <= WIDTH


def _is_word(part: Any) -> bool:
    """A plain value, or one such as `{via: account}` that reads like a word in a list."""
    inside = _inside(part)
    if isinstance(part, dict):
        return len(inside) == 1 and not isinstance(inside[0], dict | list)
    return not isinstance(part, list)


def _inside(part: Any) -> list[Any]:
    """The values a mapping or list holds; none for a plain value."""
    if isinstance(part, dict):
        return list(cast("dict[str, Any]", part).values())
    return cast("list[Any]", part) if isinstance(part, list) else []


def write(value: Any) -> str:
    """The one text for a value: same value, same text. Reads back as the same value."""
    return yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)
