"""House rules a linter has no word for. Each failure names the file and the way out."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "src" / "tuoke"
FILES = sorted(p for p in ROOT.rglob("*.py") if "static" not in p.parts)
MAY_TOUCH_ROWS = {
    "query/secure.py": "the one door: compiles who may see what",
    "query/index.py": "the search index holds everybody's words; hits are checked against readable columns",
    "records/judge.py": "rules act for the app: nothing of a row is hidden from their conditions",
    "records/capacity.py": "counts what people hold",
    "records/rows.py": "locks rows for the verbs",
    "records/verbs.py": "conditions on rows about to be locked",
    "records/pool.py": "conditions on rows about to be locked",
    "records/effects.py": "effects act for the app",
    "records/about.py": "what is about a record is about what it became, whoever wrote it",
    "records/convert.py": "conditions on the row about to be converted",
    "records/bulk.py": "conditions on rows about to be locked; tells of a foreign row only that it exists",
    "records/duplicates.py": "looks at all rows and tells only that one exists",
    "records/tracked.py": "keeps every move; who may see one is asked when it is shown",
    "records/undo_records.py": "an undo takes a set back as a whole",
    "records/referrers.py": "an undo must not take away what others point at",
    "records/explain.py": "asks which rule covers a row already seen",
}
LONGEST_FUNCTION = 60
LONGEST_FILE = 420


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.fixture(params=FILES, ids=name)
def module(request):
    return request.param, ast.parse(request.param.read_text(encoding="utf-8"))


def test_physical_tables_are_reached_through_readable_only(module):
    path, tree = module
    reads = [n.lineno for n in ast.walk(tree) if isinstance(n, ast.Attribute) and n.attr == "sa"]
    assert not reads or name(path) in MAY_TOUCH_ROWS, (
        f"{name(path)}:{reads} reads Table.sa; start from query.secure.readable() instead"
    )


def test_every_exception_to_the_door_is_still_needed():
    for file in MAY_TOUCH_ROWS:
        assert ".sa" in (ROOT / file).read_text(encoding="utf-8"), f"{file} no longer reads Table.sa"


def test_every_room_says_what_it_is_for(module):
    path, tree = module
    if path.name == "__init__.py" and path.parent.parent == ROOT:
        assert ast.get_docstring(tree), f"{name(path)} must state its room's purpose in a sentence"


def test_rooms_stay_small(module):
    path, tree = module
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST_FILE, f"{name(path)} has {lines} lines: what it knows is two things"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            length = node.end_lineno - node.lineno + 1
            assert length <= LONGEST_FUNCTION, f"{name(path)}:{node.name} has {length} lines"


def test_nobody_swallows_any_error(module):
    path, tree = module
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler) and isinstance(node.body[0], ast.Pass):
            everything = node.type is None or ast.unparse(node.type) in ("Exception", "BaseException")
            assert not everything, f"{name(path)}:{node.lineno} passes over every error"
