"""Writing an app: the same app always gives the same text, and the text gives the same app."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rooms.appfile.shipped import APP, FILES
from tuoke.appfile.document import app_of, document_of, grants_by_table, grants_together
from tuoke.appfile.read import folder_files, read_app
from tuoke.appfile.write import digest_of, files_of, write_folder
from tuoke.appfile.yamltext import parse, write

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(exclude_categories=["Cs"])),
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=4),
    ),
    max_leaves=12,
)


@settings(deadline=None)
@given(values)
def test_every_plain_value_reads_back_as_it_was_written(value: Any):
    assert parse(write(value)).value == value


@settings(deadline=None)
@given(
    st.sampled_from(
        [
            "on",
            "no",
            "~",
            "null",
            "1_0",
            "0x1",
            "1e3",
            "1:30",
            "2026-11-22",
            "@me",
            "$x",
            "=",
            "<<",
            "- a",
            "a: b",
            " ",
            "#",
            "\n",
            "a\n",
            "\t",
            "0o7",
            ".5",
            "+1",
        ]
    )
)
def test_a_text_stays_a_text(text: str):
    assert parse(write({text: [text]})).value == {text: [text]}


def test_the_shipped_app_survives_writing_and_reading():
    again = read_app(files_of(APP))

    assert document_of(again) == document_of(APP)


def test_the_same_app_gives_the_same_text():
    once = files_of(APP)
    again = files_of(read_app(once))

    assert again == once
    assert digest_of(again) == digest_of(once)


def test_one_changed_byte_changes_the_digest():
    changed = {**FILES, "roles.yaml": FILES["roles.yaml"] + b"\n"}

    assert digest_of(changed) != digest_of(FILES)


def test_moving_bytes_between_files_changes_the_digest():
    assert digest_of({"a": b"xy", "b": b""}) != digest_of({"a": b"x", "b": b"y"})


def test_a_written_folder_is_read_as_the_same_app(tmp_path: Path):
    write_folder(files_of(APP), tmp_path)

    assert document_of(read_app(folder_files(tmp_path))) == document_of(APP)


def test_a_document_gives_back_its_app():
    assert document_of(app_of(APP.info, document_of(APP))) == document_of(APP)


grants = st.lists(
    st.fixed_dictionaries(
        {"tables": st.lists(st.sampled_from("abcd"), min_size=1, max_size=3, unique=True)},
        optional={"read": st.just(["own"]), "delete": st.just(["all"])},
    ),
    max_size=5,
)


@settings(deadline=None)
@given(grants)
def test_putting_grants_together_changes_none(written: list[dict[str, Any]]):
    by_table = grants_by_table(written)

    again = grants_by_table(grants_together(by_table))

    assert {e["key"]: e["grants"] for e in again} == {e["key"]: e["grants"] for e in by_table}
