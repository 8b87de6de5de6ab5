"""What an import is told, and what follows from that for one file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tuoke.access.sight import Sight
from tuoke.kit.errors import Invalid
from tuoke.kit.words import say
from tuoke.records.bulk import Mode, Way, check_way, importable_fields
from tuoke.schema.model import Field as TableField
from tuoke.schema.model import Table
from tuoke.transfer.mapping import match_columns, told_columns
from tuoke.transfer.reading import Opened
from tuoke.transfer.rows import Plan, UnknownOption


class ImportOptions(BaseModel):
    """`options` of the API."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    mapping: dict[str, str | None] | None = None
    """Heading -> field key; None = by name."""
    mode: Mode = Mode.CREATE
    match: list[str] | None = Field(default=None, max_length=5)
    """None = the table's own."""
    unknown_option: UnknownOption = UnknownOption.ADD
    set: dict[str, Any] = {}
    """Field key -> value, as in JSON, for every row that has none of its own: a department, a source."""
    dry_run: bool = False
    sheet: str | None = Field(default=None, max_length=200)
    """Name of a worksheet; None = the first with content."""


def options_from(raw: Mapping[str, Any]) -> ImportOptions:
    """Raises Invalid."""
    try:
        return ImportOptions.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "options"
        raise Invalid(
            say(
                "导入选项「{place}」不对：{why}",
                "The import option {place!r} is wrong: {why}",
                place=place,
                why=first["msg"],
            )
        ) from None


def way_of(table: Table, sight: Sight, options: ImportOptions) -> Way:
    """Raises Forbidden without the rights, Invalid for match fields that cannot be."""
    match = table.settings.match if options.match is None else options.match
    way = Way(options.mode, tuple(dict.fromkeys(match)))
    check_way(table, sight, way)
    return way


def constants_of(table: Table, sight: Sight, options: ImportOptions) -> dict[str, Any]:
    """`options.set` as values. Raises Invalid."""
    importable = importable_fields(table, sight, options.mode)
    found: dict[str, Any] = {}
    for key, raw in options.set.items():
        field = table.field(key)
        if key not in importable or field.target == "@file":
            raise Invalid(
                say("不能导入到字段「{key}」", "{key!r} is not a field that can be imported", key=key),
                field=key,
            )
        value = None if raw is None else field.kind.parse(raw, field.options)
        if value is not None:
            found[key] = value
    return found


def plan_of(table: Table, sight: Sight, options: ImportOptions, opened: Opened) -> tuple[Plan, Way]:
    """How the file's columns are read and its rows brought in. Raises Invalid where that makes no sense.

    A dry run makes do with the columns there are: who looks at its preview is about to say what the others are.
    """
    way = way_of(table, sight, options)
    fields = _candidates(table, sight, way)
    if options.mapping is None:
        columns = match_columns(opened.headings, fields)
    else:
        columns = told_columns(options.mapping, opened.headings, fields)
    if not columns and not options.dry_run:
        raise _nothing_known(opened, fields)
    filled = {*columns.values(), *options.set}
    way = _usable(table, way, options, filled)
    required = {f.key for f in table.fields if f.required and not f.is_automatic}
    needed = _needed(table, way, required)
    if not options.dry_run:
        _refuse_absent(table, needed - filled)
    plan = Plan(
        table=table,
        columns=columns,
        zone=sight.zone,
        today=sight.now.astimezone(sight.zone).date(),
        unknown_option=options.unknown_option,
        needed=needed - options.set.keys(),
        strict=frozenset(required | set(way.match)),
        width=len(opened.headings),
    )
    return plan, way


def _candidates(table: Table, sight: Sight, way: Way) -> list[TableField]:
    """Fields a column may fill: those the actor may write, and those that find the record."""
    importable = importable_fields(table, sight, way.mode)
    finding = set() if way.mode is Mode.CREATE else set(way.match)
    return [f for f in table.fields if (f.key in importable or f.key in finding) and f.target != "@file"]


def _usable(table: Table, way: Way, options: ImportOptions, mapped: set[str]) -> Way:
    """The table's own match fields count only when the file has them; those that were asked for must be there."""
    absent = [table.field(key).label for key in way.match if key not in mapped]
    if not absent:
        return way
    if options.dry_run or (options.match is None and way.mode is Mode.CREATE):
        return Way(way.mode, ())
    raise Invalid(
        say(
            "文件里没有用来匹配的列：{names_zh}",
            "The file has no column for the match field: {names_en}",
            names_zh="、".join(label.zh for label in absent),
            names_en=", ".join(label.en for label in absent),
        ),
        match=list(way.match),
    )


def _needed(table: Table, way: Way, required: set[str]) -> frozenset[str]:
    if way.mode is Mode.UPDATE:
        return frozenset(way.match)
    if way.mode is Mode.UPSERT:
        # An empty cell leaves an existing record as it is; what a new one lacks is told when it is made.
        return frozenset()
    return frozenset(key for key in required if table.field(key).default is None)


def _refuse_absent(table: Table, keys: Set[str]) -> None:
    """Raises Invalid when there are any."""
    if not keys:
        return
    absent = [table.field(key).label for key in sorted(keys)]
    raise Invalid(
        say(
            "没有找到必填的列：{names_zh}。请检查表头，或在导入时指定对应的列",
            "There is no column for the required field: {names_en}. Check the headings, or say which column it is",
            names_zh="、".join(label.zh for label in absent),
            names_en=", ".join(label.en for label in absent),
        )
    )


def _nothing_known(opened: Opened, fields: Sequence[TableField]) -> Invalid:
    return Invalid(
        say(
            "没有认出任何一列。第一行应是表头，如：{names_zh}",
            "No column was recognised. The first row should hold headings such as: {names_en}",
            names_zh="、".join(f.label.zh for f in fields[:5]),
            names_en=", ".join(f.label.en for f in fields[:5]),
        ),
        headings=list(opened.headings),
    )
