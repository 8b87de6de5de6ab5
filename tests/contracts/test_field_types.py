"""The contract of every field type. A new file in schema/fields is tested here, unasked."""

from __future__ import annotations

import inspect
from typing import Any
from zoneinfo import ZoneInfo

import orjson
import pytest
import sqlalchemy as sa
from jsonschema import Draft202012Validator

from tuoke.kit.database import Connection
from tuoke.kit.errors import Invalid
from tuoke.kit.texts import cell_text
from tuoke.kit.words import Words
from tuoke.schema.field_type import (
    Automatic,
    Chooses,
    FieldType,
    Maskable,
    Readable,
    Refers,
    Searchable,
    Writable,
    help_of,
)
from tuoke.schema.model import FIELD_TYPES
from tuoke.schema.operators import Operator, Takes

ZONE = ZoneInfo("Asia/Shanghai")
KINDS = list(FIELD_TYPES)
VALID = [(kind, why) for kind in KINDS for why in kind.samples().valid]
INVALID = [(kind, why) for kind in KINDS for why in kind.samples().invalid]
CELLS = [(kind, why) for kind in KINDS for why in kind.samples().cells]
BAD_CELLS = [(kind, why) for kind in KINDS for why in kind.samples().bad_cells]
OPERATORS = [(kind, name) for kind in KINDS for name in kind.operators]
PROMISED = {
    *("text", "long_text", "number", "currency", "percent", "date", "datetime", "switch", "dropdown"),
    *("multi_select", "phone", "email", "user", "department", "link", "links", "attachment", "auto_number"),
    *("id", "created_at", "created_by", "updated_at", "updated_by"),
}


def name(value: Any) -> str:
    return str(getattr(value, "type", value))


def options_of(kind: FieldType) -> Any:
    return kind.Options.model_validate(dict(kind.samples().options))


def read(kind: FieldType, cell: Any) -> Any:
    if isinstance(kind, Readable):
        return kind.read(cell, options_of(kind), ZONE)
    return kind.parse(cell_text(cell).strip(), options_of(kind))


async def temporary_table(db: Connection, kind: FieldType) -> sa.Table:
    columns = (sa.Column("n", sa.Integer), sa.Column("v", kind.column_type(options_of(kind))))
    table = sa.Table("sample", sa.MetaData(), *columns, prefixes=["TEMP"])
    await db.run_sync(table.create)
    return table


async def all_samples(db: Connection, kind: FieldType) -> sa.Table:
    """A table of every valid sample and one empty row."""
    table = await temporary_table(db, kind)
    values = [stored for _, stored in kind.samples().valid.values()]
    await db.execute(table.insert(), [{"n": n, "v": v} for n, v in enumerate([*values, None])])
    return table


def test_every_promised_type_is_there() -> None:
    assert {kind.type for kind in KINDS} >= PROMISED


@pytest.mark.parametrize("kind", KINDS, ids=name)
def test_a_type_speaks_both_languages(kind: FieldType) -> None:
    assert kind.label.zh != kind.label.en
    assert any("一" <= char <= "鿿" for char in help_of(kind).zh)
    assert help_of(kind).en.isascii()


@pytest.mark.parametrize("kind", KINDS, ids=name)
def test_a_type_shows_by_examples_what_it_takes_and_refuses(kind: FieldType) -> None:
    samples = kind.samples()

    assert samples.valid
    assert samples.invalid
    assert kind.widget
    assert bool(samples.cells) == isinstance(kind, Readable)


@pytest.mark.parametrize(("kind", "why"), VALID, ids=name)
async def test_a_valid_value_survives_the_database(db: Connection, kind: FieldType, why: str) -> None:
    raw, expected = kind.samples().valid[why]
    table = await temporary_table(db, kind)

    await db.execute(table.insert().values(v=kind.parse(raw, options_of(kind))))

    assert await db.scalar(sa.select(table.c.v)) == expected


@pytest.mark.parametrize(("kind", "why"), VALID, ids=name)
def test_what_is_rendered_parses_to_the_same_value(kind: FieldType, why: str) -> None:
    _, stored = kind.samples().valid[why]
    options = options_of(kind)

    rendered = orjson.loads(orjson.dumps(kind.render(stored, options)))

    assert kind.parse(rendered, options) == stored
    assert kind.render(kind.parse(rendered, options), options) == rendered


@pytest.mark.parametrize(("kind", "why"), VALID, ids=name)
def test_what_is_rendered_fits_the_schema_we_publish(kind: FieldType, why: str) -> None:
    _, stored = kind.samples().valid[why]
    schema = kind.json_schema(options_of(kind))

    Draft202012Validator.check_schema(schema)
    faults = list(Draft202012Validator(schema).iter_errors(kind.render(stored, options_of(kind))))

    assert not faults


@pytest.mark.parametrize(("kind", "why"), INVALID, ids=name)
def test_an_invalid_value_is_refused_in_both_languages(kind: FieldType, why: str) -> None:
    with pytest.raises(Invalid) as refused:
        kind.parse(kind.samples().invalid[why], options_of(kind))

    assert refused.value.detail.in_("zh")
    assert refused.value.detail.in_("en")


@pytest.mark.parametrize(
    "raw",
    [[], {}, [None], {"id": None}, object(), b"x", 1e999, "\x00", "\ud800"],
    ids=["list", "dict", "list of nothing", "no id", "object", "bytes", "infinity", "nul", "surrogate"],
)
@pytest.mark.parametrize("kind", KINDS, ids=name)
def test_rubbish_never_does_worse_than_be_refused(kind: FieldType, raw: Any) -> None:
    try:
        value = kind.parse(raw, options_of(kind))
    except Invalid:
        return
    assert value is None or kind.render(value, options_of(kind)) is not None


@pytest.mark.parametrize(("kind", "why"), CELLS, ids=name)
def test_a_cell_of_a_sheet_is_understood(kind: FieldType, why: str) -> None:
    cell, expected = kind.samples().cells[why]

    assert read(kind, cell) == expected


@pytest.mark.parametrize(("kind", "why"), BAD_CELLS, ids=name)
def test_a_cell_that_is_not_understood_is_refused(kind: FieldType, why: str) -> None:
    with pytest.raises(Invalid) as refused:
        read(kind, kind.samples().bad_cells[why])

    assert refused.value.detail.in_("zh")


@pytest.mark.parametrize("kind", [kind for kind in KINDS if isinstance(kind, Readable)], ids=name)
def test_what_is_exported_can_be_imported_again(kind: FieldType) -> None:
    options = options_of(kind)
    for language in ("zh", "en"):
        for raw, stored in kind.samples().valid.values():
            shown = (
                kind.write(stored, options, ZONE, language)
                if isinstance(kind, Writable)
                else kind.render(stored, options)
            )
            # A sheet keeps clock times to the millisecond.
            if getattr(stored, "microsecond", 0):
                continue
            assert read(kind, shown) == stored, raw


@pytest.mark.parametrize("kind", KINDS, ids=name)
async def test_empty_can_always_be_asked(db: Connection, kind: FieldType) -> None:
    table = await all_samples(db, kind)
    filled = len(kind.samples().valid)

    empty = await db.scalars(sa.select(table.c.n).where(kind.operators["is_empty"].compile(table.c.v, None)))
    others = await db.scalars(
        sa.select(table.c.n).where(kind.operators["not_empty"].compile(table.c.v, None))
    )

    assert empty.all() == [filled]
    assert len(others.all()) == filled


def operand(kind: FieldType, operator: Operator) -> Any:
    """A value for `operator` made of the type's first sample, as the query language would parse it."""
    raw, _ = next(iter(kind.samples().valid.values()))
    value = kind.parse(raw, options_of(kind))
    match operator.takes:
        case Takes.NOTHING:
            return None
        case Takes.ONE:
            return value
        case Takes.TWO:
            return [value, value]
        case Takes.MANY:
            return value if isinstance(value, list) else [value]
        case Takes.TEXT:
            return str(value)[:3]


POSITIVE = {
    "eq",
    "in",
    "gte",
    "lte",
    "between",
    "contains",
    "starts_with",
    "has",
    "any_of",
    "all_of",
    "not_empty",
}


@pytest.mark.parametrize(("kind", "operator"), OPERATORS, ids=name)
async def test_an_operator_runs_and_finds_the_row_it_was_given(
    db: Connection, kind: FieldType, operator: str
) -> None:
    table = await all_samples(db, kind)
    asked = kind.operators[operator]

    condition = asked.compile(table.c.v, operand(kind, asked))
    found = set((await db.scalars(sa.select(table.c.n).where(condition))).all())

    # The operand is the first sample's value, which is row 0; the last row is empty.
    assert (0 in found) == (operator in POSITIVE)
    assert (len(kind.samples().valid) in found) == (operator in {"is_empty", "ne", "not_in", "none_of"})


@pytest.mark.parametrize("kind", [kind for kind in KINDS if isinstance(kind, Maskable)], ids=name)
async def test_a_mask_hides_every_value_and_keeps_empty_empty(db: Connection, kind: FieldType) -> None:
    assert isinstance(kind, Maskable)
    table = await all_samples(db, kind)
    rows = (await db.execute(sa.select(table.c.v, kind.mask(table.c.v).label("shown")))).all()

    for value, shown in rows:
        assert (shown is None) == (value is None)
        assert value is None or ("*" in shown and shown != value)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if isinstance(kind, Searchable)], ids=name)
async def test_search_text_is_text(db: Connection, kind: FieldType) -> None:
    assert isinstance(kind, Searchable)
    table = await all_samples(db, kind)

    texts = (await db.scalars(sa.select(kind.search_text(table.c.v)).order_by(table.c.n))).all()

    assert all(isinstance(text, str) for text in texts[:-1])


@pytest.mark.parametrize("kind", [kind for kind in KINDS if isinstance(kind, Refers)], ids=name)
def test_a_reference_says_where_it_points(kind: FieldType) -> None:
    assert isinstance(kind, Refers)
    assert kind.target(options_of(kind))
    _, stored = next(iter(kind.samples().valid.values()))
    assert isinstance(stored, list) == kind.many


@pytest.mark.parametrize("kind", [kind for kind in KINDS if isinstance(kind, Chooses)], ids=name)
def test_a_list_of_options_grows_by_name(kind: FieldType) -> None:
    assert isinstance(kind, Chooses)
    options = options_of(kind)

    grown, key = kind.with_choice(options, " 二手 房 ")
    again, same_key = kind.with_choice(grown, "二手房")

    assert list(kind.choices(grown)) == [*kind.choices(options), key]
    assert kind.choices(grown)[key] == Words("二手 房", "二手 房")
    assert (again, same_key) == (grown, key)
    assert kind.with_choice(options, "二手房")[1] == key, "the key follows from the name alone"
    assert kind.parse(key, grown)


def test_automatic_types_are_the_ones_people_cannot_write() -> None:
    automatic = {kind.type for kind in KINDS if isinstance(kind, Automatic) and kind.automatic}

    assert automatic == {"auto_number", "id", "created_at", "created_by", "updated_at", "updated_by"}


@pytest.mark.parametrize("kind", KINDS, ids=name)
def test_unknown_settings_are_refused(kind: FieldType) -> None:
    with pytest.raises(ValueError, match="extra"):
        kind.Options.model_validate({**kind.samples().options, "no_such_setting": 1})


def test_a_file_holds_one_type_called_like_it() -> None:
    for kind in KINDS:
        assert inspect.getmodule(type(kind)).__name__.endswith(f".{kind.type}")  # type: ignore[union-attr]
