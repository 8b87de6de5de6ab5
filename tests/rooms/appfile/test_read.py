"""Reading an app folder: every fault with its file, line and place; nothing half read."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rooms.appfile.shipped import APP, FILES
from tuoke.appfile.read import read_app
from tuoke.kit.errors import Invalid

INFO = b"key: shop\nlabel: {zh: \xe5\xba\x97, en: Shop}\nversion: 1.0.0\n"
ROLES = b"roles: []\n"
GOOD = """\
key: parcel
label: {zh: 包裹, en: Parcel}
fields:
  - key: name
    type: text
    label: {zh: 名称, en: Name}
  - key: state
    type: dropdown
    label: {zh: 状态, en: State}
    options:
      choices:
        - {key: sent, label: {zh: 已发, en: Sent}}
settings:
  title: name
"""


def faults(parcel: str, **more: str | bytes) -> dict[str, str]:
    """Place -> what is said, of an app whose only table is `parcel`."""
    files: dict[str, Any] = {"app.yaml": INFO, "roles.yaml": ROLES, "tables/parcel.yaml": parcel, **more}
    with pytest.raises(Invalid) as told:
        read_app({path: v if isinstance(v, bytes) else v.encode() for path, v in files.items()})
    return {place: words.in_("en") for place, words in told.value.fields.items()}


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new)


def test_a_small_app_is_read():
    app = read_app({"app.yaml": INFO, "roles.yaml": ROLES, "tables/parcel.yaml": GOOD.encode()})

    assert [t.key for t in app.tables] == ["parcel"]


def test_an_unknown_key_is_named_with_its_line():
    assert faults(changed("title: name", "titel: name")) == {
        "tables/parcel.yaml:14 settings.titel": "This is not known here"
    }


def test_all_faults_of_all_files_are_told_at_once():
    found = faults(
        changed("    type: text\n", "").replace("en: Parcel", "fr: Colis"), **{"roles.yaml": "rolls: []\n"}
    )

    assert set(found) == {
        "roles.yaml:1 rolls",
        "tables/parcel.yaml:2 label.en",
        "tables/parcel.yaml:2 label.fr",
        "tables/parcel.yaml:4 fields.name.type",
    }


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ("type: text", "type: txt", "5 fields.name.type", "no field type 'txt'"),
        ("- key: state", "- key: name", "7 fields.name.key", "used twice"),
        ("{zh: 状态, en: State}", "{zh: 名称, en: State}", "7 fields.state.aliases", "already means name"),
        ("key: sent,", "keys: sent,", "12 fields.state.options.choices", "required"),
        ("title: name", "title: nam", "14 settings.title", "no field 'nam'"),
        ("title: name", "owner: name", "14 settings.owner", "wrong type"),
        ("title: name", "given_up: [sent]", "14 settings.given_up", "no stage 'sent'"),
        ("title: name", "stage: state\n  given_up: [gone]", "15 settings.given_up", "no stage 'gone'"),
        ("title: name", "pool: true", "14 settings.pool", "needs an owner"),
        ("title: name", "columns: [name, nam]", "14 settings.columns.1", "no field 'nam'"),
        ("title: name", "effects: [{set: {name: x}}]", "14 settings.effects.0", "exactly one"),
        ("title: name", "effects: [{create: box}]", "14 settings.effects.0.create", "no table 'box'"),
        (
            "title: name",
            "effects: [{create: parcel, set: {name: $nam}}]",
            "14 settings.effects.0.set.name",
            "no field 'nam'",
        ),
        ("title: name", "about: [nam]", "14 settings.about.0", "no field 'nam'"),
        ("title: name", "convert: {targets: []}", "14 settings.convert.targets", "At least 1"),
        (
            "title: name",
            "convert: {targets: [{table: box, link: name}]}",
            "14 settings.convert.targets.0.table",
            "no table 'box'",
        ),
        (
            "title: name",
            "convert: {targets: [{table: parcel, link: name}]}",
            "14 settings.convert.targets.0.link",
            "must link to the target",
        ),
        (
            "title: name",
            "convert: {targets: [{table: parcel, link: name, set: {name: $name|$nam}}]}",
            "14 settings.convert.targets.0.set.name",
            "no field 'nam'",
        ),
        (
            "title: name",
            "convert: {targets: [{table: parcel, link: name, ask: [nam]}]}",
            "14 settings.convert.targets.0.ask.0",
            "no field 'nam'",
        ),
        ("title: name", "views: [{key: v}]", "14 settings.views.v.label", "required"),
        ("  - key: name", "  - key: Name", "4 fields.Name.key", "cannot be used"),
        ("key: parcel", "key: box", "1 key", "must be called tables/box.yaml"),
    ],
)
def test_a_name_that_does_not_exist_or_fit_is_refused(old: str, new: str, place: str, words: str):
    found = faults(changed(old, new))

    assert any(
        said.startswith(f"tables/parcel.yaml:{place}") and words in text for said, text in found.items()
    ), found


@pytest.mark.parametrize(
    ("filter", "words"),
    [
        ("{field: stat, op: eq, value: sent}", "no field 'stat'"),
        ("{field: state, op: contains, value: sent}", "no operator 'contains'"),
        ("{field: state, op: eq, value: lost}", "no option 'lost'"),
        ("{field: state.name, op: eq, value: lost}", "no field 'state.name'"),
        ("{any: {field: state}}", "not understood"),
    ],
)
def test_a_view_that_cannot_work_is_refused(filter: str, words: str):
    view = f"views: [{{key: v, label: {{zh: 看, en: V}}, filter: {filter}}}]"

    found = faults(changed("title: name", view))

    assert [place for place in found if place.endswith("settings.views.v.filter")], found
    assert words in next(iter(found.values()))


@pytest.mark.parametrize(
    ("grant", "place", "words"),
    [
        ("{tables: [box], read: [own]}", "grants.0.tables.0", "no table 'box'"),
        ("{tables: [parcel], read: [mine]}", "grants.0.read", "Unknown scope"),
        ("{tables: [parcel], read: [pool]}", "grants.0.read.0", "has no pool"),
        ("{tables: [parcel], read: [{via: name}]}", "grants.0.read.0", "no link 'name'"),
        ("{tables: [parcel], actions: {steal: [all]}}", "grants.0.actions", "unknown action"),
        ("{tables: [parcel], read: [all], hide: [nam]}", "grants.0.hide.0", "no field 'nam'"),
    ],
)
def test_a_grant_that_means_nothing_is_refused(grant: str, place: str, words: str):
    roles = f"roles:\n  - key: clerk\n    label: {{zh: 员, en: Clerk}}\n    grants: [{grant}]\n"

    found = faults(GOOD, **{"roles.yaml": roles})

    assert [(p, t) for p, t in found.items() if p == f"roles.yaml:4 roles.clerk.{place}" and words in t], (
        found
    )


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("key: a\nkey: b\n", 2, "given twice"),
        ("a: &x [1]\nb: *x\n", 1, "references"),
        ("a: [1, 2\n", 2, "Not valid YAML"),
        ("a: !!python/name:os.system x\n", 1, "tag"),
        (b"a: \xff\xfe\n", 1, "UTF-8"),
        ("a:\n" + "".join(" " * n + "- \n" for n in range(1, 60)), 41, "deeply"),
    ],
)
def test_yaml_that_hides_something_is_refused(text: str | bytes, line: int, words: str):
    found = faults(GOOD, **{"tables/other.yaml": text})

    assert [(p, t) for p, t in found.items() if p == f"tables/other.yaml:{line}" and words in t], found


def test_words_that_other_yaml_takes_for_values_are_words():
    app = read_app(
        {
            "app.yaml": INFO,
            "roles.yaml": ROLES,
            "tables/parcel.yaml": changed("type: text", "type: text\n    default: no").encode(),
        }
    )

    assert app.tables[0].fields[0].default == "no"


def test_a_file_that_has_no_place_is_refused():
    assert faults(GOOD, **{"reports/x.yaml": "a: 1", "tables/readme.md": "x"}) == {
        "reports/x.yaml:1": "This file is not known here",
        "tables/readme.md:1": "This file is not known here",
    }


def test_a_missing_file_is_told():
    with pytest.raises(Invalid) as told:
        read_app({"tables/parcel.yaml": GOOD.encode()})

    assert set(told.value.fields) == {"app.yaml:1", "roles.yaml:1"}


def test_what_an_editor_leaves_behind_is_no_part_of_the_app(tmp_path: Any):
    from tuoke.appfile.read import folder_files
    from tuoke.appfile.write import write_folder

    write_folder({**FILES, "tables/.lead.yaml.swp": b"\0", "tables/lead.yaml~": b"old"}, tmp_path)

    assert read_app(folder_files(tmp_path)) == APP
