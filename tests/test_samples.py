"""The samples of the telesales app are what scripts/sample_lists.py writes, and an import makes of it what the README says."""

from __future__ import annotations

import importlib.util
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tuoke.appfile.read import folder_files, read_app
from tuoke.appfile.shipped import shipped_apps
from tuoke.schema.check import table_from
from tuoke.schema.model import Table
from tuoke.transfer.mapping import match_columns
from tuoke.transfer.rows import Chunk, Plan, ReadRow, RowReader, UnknownOption
from tuoke.transfer.sheets import open_sheet

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "src" / "tuoke" / "apps" / "telesales" / "samples"
_spec = importlib.util.spec_from_file_location("sample_lists", ROOT / "scripts" / "sample_lists.py")
assert _spec
assert _spec.loader
sample_lists = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(sample_lists)


@pytest.fixture(scope="module")
def lead() -> Table:
    """The shipped table of leads, without a database."""
    tables = {table.key: table for app in shipped_apps() for table in read_app(folder_files(app)).tables}
    return table_from(tables["lead"], set(tables), "app")


def read(path: Path, lead: Table) -> Chunk:
    sheet = open_sheet(path)
    columns = match_columns(sheet.headings, lead.fields)
    assert len(columns) == len(sheet.headings), "every heading names a field"
    zone, needed = ZoneInfo("Asia/Shanghai"), frozenset({"phone"})
    plan = Plan(lead, columns, zone, date(2026, 11, 22), UnknownOption.ADD, needed, width=len(columns))
    return RowReader(plan).read(list(sheet.rows()))


def phones(rows: list[ReadRow]) -> list[str]:
    return [row.values["phone"] for row in rows if not row.faults]


def test_the_lists_are_what_the_script_writes(tmp_path: Path):
    sample_lists.write(tmp_path)

    assert (tmp_path / sample_lists.CSV).read_bytes() == (SAMPLES / sample_lists.CSV).read_bytes()
    # Two builds of zlib pack a workbook differently, so its cells are compared.
    written, kept = (list(open_sheet(folder / sample_lists.XLSX).rows()) for folder in (tmp_path, SAMPLES))
    assert written == kept


def test_the_workbook_has_44_rows_of_which_two_repeat_and_two_are_faulty(lead: Table):
    chunk = read(SAMPLES / sample_lists.XLSX, lead)

    assert len(chunk.rows) == 44
    assert {row.line: list(row.faults) for row in chunk.rows if row.faults} == {33: ["phone"], 46: ["phone"]}
    assert len(set(phones(chunk.rows))) == 40
    assert {row.line: list(row.warnings) for row in chunk.rows if row.warnings} == {
        15: ["amount"],
        16: ["next_follow_at"],
    }
    assert chunk.added == {"industry": ["新能源"]}


def test_the_old_systems_list_is_gbk_and_brings_37_new_leads(lead: Table):
    raw = (SAMPLES / sample_lists.CSV).read_bytes()
    with pytest.raises(UnicodeDecodeError):
        raw.decode("utf-8")

    known = set(phones(read(SAMPLES / sample_lists.XLSX, lead).rows))
    found = phones(read(SAMPLES / sample_lists.CSV, lead).rows)

    assert len(found) == 40
    assert len(set(found) - known) == 37
