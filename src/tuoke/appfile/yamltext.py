"""YAML as app files use it: plain values, every one with its line, and one way to write them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, TypeAlias, cast

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


_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):
    """Only the values of YAML 1.2's core: `on`, `no` and `2026-11-22` are texts, as people expect."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}


_CORE = {
    "bool": (r"true|false", "tf"),
    "int": (r"-?(?:0|[1-9][0-9]*)", "-0123456789"),
    "float": (r"-?(?:0|[1-9][0-9]*)\.[0-9]+(?:e[-+][0-9]+)?", "-0123456789"),
    "null": (r"null|~|", "n~"),
}
for _name, (_pattern, _first) in _CORE.items():
    _Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_name}",
        re.compile(f"^(?:{_pattern})$"),
        [*_first, *([""] if _name == "null" else [])],
    )


def parse(text: str) -> Located:
    """Raises NotYaml with the line: broken text, keys given twice, tags and references."""
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
    except yaml.YAMLError as error:
        raise _broken(error) from error
    finally:
        loader.dispose()
    reader = _Reader()
    return Located(None if node is None else reader.value(node, ()), reader.lines)


def _broken(error: yaml.YAMLError) -> NotYaml:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    line = 1 if mark is None else int(mark.line) + 1
    return NotYaml(line, say("不是有效的 YAML：{problem}", "Not valid YAML: {problem}", problem=problem))


class _Reader:
    """Turns composed nodes into values, noting the line of each."""

    def __init__(self) -> None:
        self.lines: dict[Path, int] = {}
        self._met: set[int] = set()

    def value(self, node: Any, path: Path) -> Any:
        line = int(node.start_mark.line) + 1
        self.lines.setdefault(path, line)
        if id(node) in self._met:
            # A few nested references can stand for millions of values; nothing here needs them.
            raise NotYaml(line, say("不支持 YAML 引用（&、*）", "YAML references (&, *) are not taken here"))
        self._met.add(id(node))
        if len(path) > MAX_DEPTH:
            raise NotYaml(line, say("嵌套过深", "Nested too deeply"))
        match node:
            case yaml.MappingNode():
                return self._mapping(node, path)
            case yaml.SequenceNode():
                return [self.value(part, (*path, at)) for at, part in enumerate(node.value)]
            case _:
                return _scalar(node, line)

    def _mapping(self, node: Any, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = int(key_node.start_mark.line) + 1
            key = key_node.value
            if not isinstance(key, str):
                raise NotYaml(line, say("键必须是文字", "A key must be a plain word"))
            if key in found:
                raise NotYaml(line, say("「{key}」写了两次", "{key!r} is given twice", key=key))
            self.lines[(*path, key)] = line
            found[key] = self.value(value_node, (*path, key))
        return found


def _scalar(node: Any, line: int) -> Any:
    match node.tag.rpartition(":")[2]:
        case "str":
            return node.value
        case "int":
            return int(node.value)
        case "float":
            return float(node.value)
        case "bool":
            return node.value == "true"
        case "null":
            return None
        case other:
            raise NotYaml(
                line, say("不支持的 YAML 标签「{tag}」", "The YAML tag {tag!r} is not taken here", tag=other)
            )


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


def _represent_text(dumper: Any, value: str) -> yaml.Node:
    style = "|" if "\n" in value else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


def _represent_float(dumper: _Dumper, value: float) -> yaml.Node:
    # Limits of numbers are kept as floats; people write 100.
    return dumper.represent_int(int(value)) if value.is_integer() else dumper.represent_float(value)


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
