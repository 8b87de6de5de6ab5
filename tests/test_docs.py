"""The pages are true: generated parts are fresh, links lead somewhere, what they name exists."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
_spec = importlib.util.spec_from_file_location("docs", ROOT / "scripts" / "docs.py")
assert _spec
assert _spec.loader
docs = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(docs)

PAGES = sorted(
    [
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / "changelog.d").glob("*.md"),
        ROOT / "web" / "README.md",
    ]
)
# Where the pages' short paths begin: `query/page.py`, `ui/tokens.ts`.
BASES = (ROOT, ROOT / "src" / "tuoke", ROOT / "web", ROOT / "web" / "src", ROOT / "docs")
_CODE = re.compile(r"`([^`\n]+)`")
_PATH = re.compile(r"[\w.@-]+(?:/[\w.@-]+)*(?:\.(?:py|sql|yaml|ts|tsx|cjs|mjs|sh|toml|txt|md|xlsx|csv)|/)")
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_BLOCK = re.compile(r"^```.*?^```", re.M | re.S)
# Shown as names of what a reader would make, and of what a build, a test run or a firm makes.
NOT_OURS = {
    *("rating.py", "CHANGELOG.md", "leads.csv", "tables/trial_lesson.yaml", "figures.md", "docs/figures.md"),
    *("data/", "files/", "pg/", "spool/", "trash/", "half/", "node_modules/"),
}


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.fixture(params=PAGES, ids=name)
def page(request: pytest.FixtureRequest) -> Path:
    return request.param


@pytest.mark.parametrize("path", docs.pages(), ids=name)
def test_generated_pages_are_fresh(path: Path):
    assert path.read_text(encoding="utf-8") == docs.pages()[path], f"{name(path)} is stale: run `make docs`"


def test_links_lead_somewhere(page: Path):
    lost = [target for target in _links(page) if not (page.parent / target).exists()]

    assert not lost, f"{name(page)} links to {lost}"


def _links(page: Path) -> Iterator[str]:
    for target in _LINK.findall(_without_blocks(page)):
        path = target.partition("#")[0]
        # Written by `make bench` on the machine it measures.
        if path and "://" not in path and Path(path).name != "figures.md":
            yield path


def test_places_within_pages_exist(page: Path):
    places = re.findall(r"\]\(([^)#\s]*\.md)?#([^)\s]+)\)", _without_blocks(page))
    for path, place in places:
        target = page.parent / path if path else page
        assert place in _places(target), f"{name(page)}: {name(target)} has no #{place}"


def _places(page: Path) -> set[str]:
    """Headings as forges turn them into places."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def test_files_named_in_a_page_exist(page: Path):
    paths = {code for code in _CODE.findall(_without_blocks(page)) if _PATH.fullmatch(code)} - NOT_OURS

    lost = sorted(path for path in paths if not _exists(path, page))

    assert not lost, f"{name(page)} names {lost}"


def _exists(path: str, page: Path) -> bool:
    bases = (*BASES, page.parent)
    # A name without folder is known when a file of that name stands anywhere in the source.
    return any((base / path).exists() for base in bases) or ("/" not in path and path in FILE_NAMES)


FILE_NAMES = {
    file.name
    for folder in ("src/tuoke", "web/src", "tests", "scripts", "bench")
    for file in (ROOT / folder).rglob("*")
    if file.is_file() and "node_modules" not in file.parts and "static" not in file.parts
}


def test_pages_named_in_the_source_exist():
    source = [*(ROOT / "src" / "tuoke").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]
    named = {path for file in source for path in re.findall(r"\bdocs/[\w/.-]+\.md", file.read_text("utf-8"))}

    assert not [path for path in named - NOT_OURS if not (ROOT / path).exists()]


def test_make_targets_named_in_a_page_exist(page: Path):
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    named = set(re.findall(r"`make ([a-z-]+)", page.read_text(encoding="utf-8")))

    assert named <= targets


def test_every_decision_says_why_and_what_would_change_it():
    for file in sorted((ROOT / "docs" / "adr").glob("*.md")):
        text = file.read_text(encoding="utf-8")
        number = int(file.name[:4])
        assert text.startswith(f"# {number} · "), f"{file.name} begins with another number"
        assert "Date: " in text and "## The decision" in text and "## What follows" in text, file.name  # noqa: PT018


def test_every_library_we_ship_is_accounted_for():
    wanted = {line.partition("[")[0].strip() for line in (ROOT / "requirements.in").read_text().splitlines()}
    table = (ROOT / "docs" / "adr" / "0011-kept-libraries.md").read_text(encoding="utf-8")
    named = {
        part.strip() for row in re.findall(r"^\| ([a-z0-9, -]+) \|", table, re.M) for part in row.split(",")
    }

    assert wanted - {""} == named - {"library"}


def test_every_field_type_is_told():
    told = (ROOT / "docs" / "reference" / "field-types.md").read_text(encoding="utf-8")

    for file in (ROOT / "src" / "tuoke" / "schema" / "fields").glob("[a-z]*.py"):
        assert f"\n## {file.stem}\n" in told


def _without_blocks(page: Path) -> str:
    return _BLOCK.sub("", page.read_text(encoding="utf-8"))


TOURS = {"README.md": r"\*([^*\n]+)\*(?!\*)", "README.zh-CN.md": r"「([^」]+)」"}


@pytest.mark.parametrize(("readme", "quoted"), TOURS.items())
def test_the_tour_calls_buttons_what_the_screen_calls_them(readme: str, quoted: str):
    text = (ROOT / readme).read_text(encoding="utf-8")
    tour = re.sub(r"\*\*[^*\n]+\*\*", "", text.split("\n## ")[2])
    words = re.findall(quoted, tour)
    screens = _on_screen()

    assert len(words) > 15
    assert not [word for word in words if not any(re.fullmatch(shown, word) for shown in screens)]


def _on_screen() -> set[str]:
    """Patterns of every text the web app and the shipped tables and field types show; `{{n}}` stands for anything."""
    texts = {
        found
        for file in (ROOT / "web" / "src" / "lib" / "locales").rglob("*.ts")
        for found in re.findall(r'"([^"\n]+)"', file.read_text(encoding="utf-8"))
    }
    for file in (ROOT / "src" / "tuoke" / "apps").rglob("*.yaml"):
        texts |= set(re.findall(r"(?:zh|en): ([^,}\n]+)", file.read_text(encoding="utf-8")))
    for kind in docs.FIELD_TYPES:
        texts |= {kind.label.zh, kind.label.en}
    # "New {{table}}" with the table's name, and the table's name alone, are both shown.
    return {
        re.sub(r"\\\{\\\{\w+\\\}\\\}", ".+", re.escape(text)) for text in texts if not text.startswith("{{")
    }
