"""Writes what the code itself can say of docs/: rooms, field types, calls, problems, commands.

    .venv/bin/python scripts/docs.py        or: make docs

tests/test_docs.py fails while a page differs from what stands here.
"""

from __future__ import annotations

import argparse
import ast
import configparser
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from fastapi.openapi.utils import get_openapi
from sqlalchemy.dialects import postgresql

import tuoke
from tuoke import cli
from tuoke.api import problem
from tuoke.api.app import create_app
from tuoke.flows.graph import TRIGGERS
from tuoke.flows.node import Config, Node
from tuoke.flows.trigger import Trigger
from tuoke.kit.errors import AppError
from tuoke.kit.settings import Settings
from tuoke.notify.kinds import NODES
from tuoke.schema import field_type
from tuoke.schema.field_type import FieldType, help_of
from tuoke.schema.model import FIELD_TYPES, TableSettings

ROOT = Path(__file__).resolve().parent.parent
DOCS, SOURCE = ROOT / "docs", ROOT / "src" / "tuoke"
INDEX = DOCS / "index.md"
_HEAD = "<!-- Written by `make docs` from the code. Change the code, not this page. -->\n\n"


def pages() -> dict[Path, str]:
    """Every generated page, and the index with its generated part."""
    reference = {
        "field-types.md": field_types,
        "calls.md": calls,
        "problems.md": problems,
        "commands.md": commands,
        "table-settings.md": table_settings,
        "flow-nodes.md": flow_nodes,
    }
    made = {DOCS / "reference" / name: _HEAD + write() for name, write in reference.items()}
    made[INDEX] = _with_part("decisions", decisions(), _with_part("rooms", rooms(), INDEX.read_text("utf-8")))
    return made


def _with_part(name: str, part: str, page: str) -> str:
    marks = re.compile(f"(<!-- {name} -->\\n).*?(<!-- /{name} -->)", re.S)
    return marks.sub(lambda found: found[1] + part + found[2], page)


# --- rooms ----------------------------------------------------------------------------------------


def rooms() -> str:
    """The layers of .importlinter from the top down, each room with the sentence of its `__init__.py`."""
    lines = ["| layer | room | its one responsibility |", "|---|---|---|"]
    for number, layer in enumerate(layers(), 1):
        lines += [f"| {number} | `{_path(room)}` | {_purpose(room)} |" for room in layer]
    return "\n".join(lines) + "\n"


def layers() -> list[list[str]]:
    """From the top down; rooms side by side stand in one list."""
    walls = configparser.ConfigParser()
    walls.read(ROOT / ".importlinter", encoding="utf-8")
    listed = walls["importlinter:contract:layers"]["layers"].split("\n")
    found = [[room.strip() for room in layer.split("|")] for layer in listed if layer.strip()]
    return [layer for layer in found if layer != ["__main__"]]


def _path(room: str) -> str:
    return f"{room}/" if (SOURCE / room).is_dir() else f"{room}.py"


def _module(room: str) -> Path:
    return SOURCE / room / "__init__.py" if (SOURCE / room).is_dir() else SOURCE / f"{room}.py"


def _purpose(room: str) -> str:
    return ast.get_docstring(ast.parse(_module(room).read_text(encoding="utf-8"))) or ""


def decisions() -> str:
    lines = ["| | |", "|---|---|"]
    for page in sorted((DOCS / "adr").glob("[0-9]*.md")):
        title = page.read_text(encoding="utf-8").splitlines()[0].partition("·")[2].strip()
        lines.append(f"| [{page.name[:4]}](adr/{page.name}) | {title} |")
    return "\n".join(lines) + "\n"


# --- field types ----------------------------------------------------------------------------------

_ABILITIES = {
    "Readable": "understands cells of sheets",
    "Writable": "looks different in a sheet than in JSON",
    "Searchable": "is found by the search box",
    "Maskable": "can be shown in part",
    "Refers": "refers to rows elsewhere",
    "Chooses": "has options that can grow",
    "Automatic": "is filled by the system",
}


def field_types() -> str:
    kinds = sorted(FIELD_TYPES, key=lambda kind: kind.type)
    listed = [f"| [`{k.type}`](#{k.type}) | {k.label.zh} | {k.label.en} |" for k in kinds]
    head = ["# Field types", "", "| type | 中文 | English |", "|---|---|---|", *listed, ""]
    return "\n".join(head) + "\n" + "\n".join(_field_type(kind) for kind in kinds)


def _field_type(kind: FieldType) -> str:
    help_, samples = help_of(kind), kind.samples()
    options = kind.Options.model_validate(samples.options)
    column = kind.column_type(options).compile(dialect=postgresql.dialect())
    lines = [f"## {kind.type}", "", f"**{kind.label.zh} · {kind.label.en}.** {help_.zh} {help_.en}", ""]
    lines += [f"- column: `{column.lower()}`; widget: `{kind.widget}`"]
    lines += [f"- operators: {', '.join(f'`{op}`' for op in kind.operators)}"]
    lines += [f"- it {', '.join(_abilities(kind))}"] if _abilities(kind) else []
    lines += _options(kind.Options)
    lines += _cells(samples.cells)
    return "\n".join(lines) + "\n"


def _abilities(kind: FieldType) -> list[str]:
    return [words for name, words in _ABILITIES.items() if isinstance(kind, getattr(field_type, name))]


def _options(kind: type[field_type.Options]) -> list[str]:
    said = dict(_members(kind))
    return [
        f"- option `{name}`{_default(of)}{_meant(said.get(name, ''))}"
        for name, of in kind.model_fields.items()
    ]


def _default(option: Any) -> str:
    usual = option.default
    if option.is_required():
        return ", to be given"
    return "" if usual in (None, "", [], ()) else f", `{usual}` unless given"


def _meant(said: str) -> str:
    return f": {said}" if said else ""


def _cells(cells: Mapping[str, tuple[Any, Any]]) -> list[str]:
    """What an import understands: up to six cells that were proved by the contract tests."""
    texts = [cell for cell, _ in cells.values() if isinstance(cell, str) and cell.strip() == cell and cell]
    shown = list(dict.fromkeys(text.replace("|", "\\|").replace("\n", "⏎") for text in texts))[:6]
    return [f"- a cell may say: {' · '.join(f'`{text}`' for text in shown)}"] if shown else []


# --- calls ----------------------------------------------------------------------------------------


def calls() -> str:
    app = create_app(Settings(data=Path("/nowhere"), database="postgresql://nowhere/none"))
    document = get_openapi(title="Tuoke", version="1", openapi_version="3.1.0", routes=app.routes)
    by_tag: dict[str, list[str]] = {}
    for path, item in document["paths"].items():
        for method, operation in item.items():
            tag = operation.get("tags", ["other"])[0]
            said = " ".join(operation.get("description", operation["summary"].capitalize()).split())
            line = (
                f"| `{method.upper()} {path.removeprefix('/api/v1')}` | {said.replace('|', chr(92) + '|')} |"
            )
            by_tag.setdefault(tag, []).append(line)
    parts = ["# Calls\n\nAll below `/api/v1`. How to use them: [api.md](../api.md).\n"]
    for tag, lines in by_tag.items():
        parts.append("\n".join([f"## {tag}", "", "| call | does |", "|---|---|", *lines]) + "\n")
    return "\n".join(parts)


# --- problems -------------------------------------------------------------------------------------


def problems() -> str:
    _import_everything()
    lines = [
        "# Problems",
        "",
        "Every refusal is `application/problem+json` (RFC 9457). `type` is `/problems/` and the slug. `detail` is a "
        "sentence for people in the language of the screen; everything else is for programs.",
        "",
        "| status | slug | 中文 | English | when |",
        "|---|---|---|---|---|",
    ]
    found = sorted({(kind.status, kind.slug): kind for kind in _errors(AppError)}.items())
    for (status, slug), kind in found:
        lines.append(f"| {status} | `{slug}` | {kind.title.zh} | {kind.title.en} | {_when(kind)} |")
    for status, (slug, words) in sorted(problem._STATUS_WORDS.items()):
        if (status, slug) not in dict(found):
            lines.append(f"| {status} | `{slug}` | {words.zh} | {words.en} | |")
    return "\n".join(lines) + "\n"


def _errors(kind: type[AppError]) -> Iterator[type[AppError]]:
    if "slug" in vars(kind):
        yield kind
    for child in kind.__subclasses__():
        yield from _errors(child)


def _when(kind: type[AppError]) -> str:
    own = (
        inspect.cleandoc(kind.__doc__ or "")
        if kind is not AppError
        else "nobody expected it: `incident` is the number in the log"
    )
    return own.split("\n")[0].replace("|", "\\|")


def _import_everything() -> None:
    for module in pkgutil.walk_packages(tuoke.__path__, "tuoke."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


# --- commands -------------------------------------------------------------------------------------


def commands() -> str:
    parser = cli._parser()
    parts = [f"# Commands\n\n{parser.description}\n"]
    parts += [_command(name, helped, sub) for name, helped, sub in _subcommands(parser)]
    return "\n".join(parts)


def _command(path: str, helped: str, parser: argparse.ArgumentParser) -> str:
    nested = list(_subcommands(parser, path))
    if nested:
        return "\n".join(_command(name, said, sub) for name, said, sub in nested)
    lines = [f"## tuoke {path}", "", f"{helped[:1].upper()}{helped[1:]}.", ""]
    shown = [a for a in parser._actions if a.help != argparse.SUPPRESS and a.dest != "help"]
    if shown:
        lines += ["| option | means |", "|---|---|", *map(_option, shown)]
    return "\n".join(lines).rstrip() + "\n"


def _subcommands(
    parser: argparse.ArgumentParser, before: str = ""
) -> Iterator[tuple[str, str, argparse.ArgumentParser]]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            helped = {choice.dest: choice.help or "" for choice in action._choices_actions}
            for name, sub in action.choices.items():
                yield f"{before} {name}".strip(), helped.get(name, ""), sub


def _option(action: argparse.Action) -> str:
    value = "" if action.nargs == 0 else action.metavar or _choices(action) or action.dest.upper()
    name = f"{action.option_strings[-1]} {value}".strip() if action.option_strings else f"{value}"
    said = (action.help or "") % {"default": action.default}
    return f"| `{name}` | {said.replace('|', chr(92) + '|')} |"


def _choices(action: argparse.Action) -> str:
    return "".join(["{", ",".join(map(str, action.choices)), "}"]) if action.choices else ""


# --- settings of tables ---------------------------------------------------------------------------


def table_settings() -> str:
    """From the strings that stand below the members of TableSettings."""
    head = "# Settings of a table\n\nWhat a table says about itself: in app files, and in `PATCH /tables/{table}`.\n"
    lines = ["| setting | means |", "|---|---|"]
    lines += [f"| `{name}` | {said} |" for name, said in _members(TableSettings)]
    return head + "\n" + "\n".join(lines) + "\n"


def flow_nodes() -> str:
    """From the kinds of triggers and nodes and the strings below their settings."""
    head = (
        "# Triggers and nodes of flows\n\nWhat a file of `flows/` may be built of ([how to read and change one](../howto/flows.md)).\n"
        "A *person* is one of `{who: owner}`, `{who: superior, role: …}`, `{who: role, role: …}`, `{who: users, users: […]}`;\n"
        "texts may hold `{field}` places of the record and `{@record}`, its name.\n"
    )
    parts = [head, "## Triggers\n", *(_kind_of_flow(t) for t in TRIGGERS)]
    return "\n".join([*parts, "## Nodes\n", *(_kind_of_flow(n) for n in NODES)])


def _kind_of_flow(kind: Trigger | Node) -> str:
    lines = [f"### {kind.label.zh} · {kind.label.en} (`{kind.type}`)", "", inspect.getdoc(kind) or "", ""]
    bases = [b for b in reversed(kind.Config.__mro__) if b.__module__.startswith("tuoke") and b is not Config]
    members = [member for base in bases for member in _members(base)]
    if members:
        lines += [
            "| setting | means |",
            "|---|---|",
            *(f"| `{name}` | {said} |" for name, said in members),
            "",
        ]
    return "\n".join(lines)


def _members(kind: type) -> Iterator[tuple[str, str]]:
    [body] = [
        node.body for node in ast.walk(ast.parse(inspect.getsource(kind))) if isinstance(node, ast.ClassDef)
    ]
    for node, after in zip(body, [*body[1:], None], strict=True):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            said = after.value.value if _is_text(after) else ""
            yield node.target.id, " ".join(str(said).split())


def _is_text(node: Any) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def main() -> None:
    (DOCS / "reference").mkdir(exist_ok=True)
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
