"""Whether a dashboard fits the tables: every fault at once, before anybody looks at it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from typing import TypeAlias

from tuoke.access.org import Org
from tuoke.access.policy import Role
from tuoke.access.sight import Sight
from tuoke.kit.actor import Actor
from tuoke.kit.errors import AppError, Invalid
from tuoke.kit.words import Words, say
from tuoke.query.aggregate import check_report
from tuoke.query.ast import condition_from, sort_from
from tuoke.reports.definition import (
    DashboardDefinition,
    FigureTile,
    FunnelTile,
    ListTile,
    MeasureDefinition,
    RankingTile,
    ShareTile,
    Tile,
    TrendTile,
    measures_of,
)
from tuoke.reports.measure import asked_for
from tuoke.reports.period import period_of
from tuoke.reports.question import Question, Want
from tuoke.schema.field_type import Chooses
from tuoke.schema.model import Catalog, Field, Label, Table, no_such_field

_EVERYTHING = "admin"

Path: TypeAlias = tuple[str | int, ...]
Finding: TypeAlias = tuple[Path, Words]


def all_seeing(tables: Mapping[str, Table], roles: Collection[str]) -> Sight:
    """Of somebody to whom nothing is hidden, before there are people or records."""
    name = Label(zh="-", en="-")
    known = [Role(role, name) for role in roles if role != _EVERYTHING]
    org = Org([], [], [Role(_EVERYTHING, name, superuser=True), *known], 0)
    actor = Actor(user_id=1, name="", roles=frozenset({_EVERYTHING}))
    return Sight(
        actor, org.policy, org, Catalog(tuple(tables.values()), 0), UTC, datetime(2026, 1, 1, tzinfo=UTC)
    )


def check_dashboard(definition: DashboardDefinition, sight: Sight) -> Iterator[Finding]:
    """`sight`: of somebody who may see everything. Nothing for a dashboard that can be shown."""
    try:
        period = period_of(definition.period, sight)
    except Invalid as error:
        yield ("period",), error.detail
        period = period_of("today", sight)
    for at, role in enumerate(definition.roles):
        if role not in sight.policy.roles:
            yield ("roles", at), say("没有角色「{role}」", "There is no role {role!r}", role=role)
    for at, tile in enumerate(definition.tiles):
        for path, words in check_tile(tile, Question(sight, period)):
            yield ("tiles", at, *path), words


def check_tile(tile: Tile, question: Question) -> Iterator[Finding]:
    table = question.sight.catalog.tables.get(tile.table)
    if table is None:
        yield ("table",), say("没有「{key}」这张表", "There is no table {key!r}", key=tile.table)
        return
    found = [
        *_check_period(tile, table, question),
        *_check_kind(tile, table),
        *_check_filter(tile, table, question),
    ]
    for path, measure in _places(tile):
        found += [((*path, *inner), words) for inner, words in _check_measure(measure, table, question)]
    yield from found
    if not found:
        yield from _check_whole(tile, question)


def _check_whole(tile: Tile, question: Question) -> Iterator[Finding]:
    """What no part shows by itself."""
    try:
        for want in question.wants(tile):
            check_report(want.table, question.sight, want.report())
    except AppError as error:
        yield (), error.detail


def _places(tile: Tile) -> Iterator[tuple[Path, MeasureDefinition]]:
    if isinstance(tile, FigureTile):
        yield ("measure",), tile.measure
    elif not isinstance(tile, ListTile):
        for at, measure in enumerate(tile.measures):
            yield ("measures", at), measure


def _check_period(tile: Tile, table: Table, question: Question) -> Iterator[Finding]:
    try:
        question.for_tile(tile)
    except Invalid as error:
        yield ("at_least",), error.detail
    if tile.period is None:
        if isinstance(tile, TrendTile):
            yield ("period",), say("趋势要有日期字段", "A trend needs a date or a moment")
        return
    field = table.by_key.get(tile.period)
    if field is None:
        yield ("period",), no_such_field(tile.period).detail
    elif not _is_time(field):
        yield ("period",), say("「{key}」不是日期", "{key!r} is not a date", key=tile.period)


def _is_time(field: Field) -> bool:
    return field.sql_type.lower().startswith(("timestamp", "date"))


def _check_filter(tile: Tile, table: Table, question: Question) -> Iterator[Finding]:
    if tile.filter is None:
        return
    want = Want(table, tile.filter, tuple(asked_for(MeasureDefinition())))
    yield from _tried(want, question, ("filter",))


def counts_records(measure: MeasureDefinition) -> bool:
    return measure.aggregate in ("count", "share")


def _check_measure(measure: MeasureDefinition, table: Table, question: Question) -> Iterator[Finding]:
    counts = counts_records(measure)
    if counts and measure.field is not None:
        yield ("field",), say("计数不需要字段", "A count takes no field")
    elif not counts and measure.field is None:
        yield ("field",), say("{a} 需要一个字段", "{a} needs a field", a=measure.aggregate)
    elif measure.since is not None and measure.field is None:
        yield ("since",), say("since 要和 field 一起用", "`since` goes with a field")
    elif measure.within is not None and measure.aggregate != "share":
        yield ("within",), say("只有占比才有 within", "Only a share has `within`")
    elif measure.aggregate == "share" and measure.where is None:
        yield ("where",), say("占比要说明数哪些记录", "A share must say which records count")
    else:
        yield from _check_parts(measure, table, question)


def _check_parts(measure: MeasureDefinition, table: Table, question: Question) -> Iterator[Finding]:
    """Each by itself, so that each is told at its place."""
    if not counts_records(measure):
        bare = measure.model_copy(update={"where": None})
        yield from _tried(Want(table, None, tuple(asked_for(bare))), question, ("field",))
    for name in ("where", "within"):
        tree = getattr(measure, name)
        if tree is not None:
            yield from _tried(Want(table, tree, tuple(asked_for(MeasureDefinition()))), question, (name,))


def _tried(want: Want, question: Question, path: Path) -> Iterator[Finding]:
    try:
        condition_from(want.where)
        check_report(want.table, question.sight, want.report())
    except AppError as error:
        yield path, error.detail


def _check_kind(tile: Tile, table: Table) -> Iterator[Finding]:
    if len(measures_of(tile)) > 1:
        for path, measure in _places(tile):
            if measure.label is None:
                yield (
                    (*path, "label"),
                    say("多个指标时每个都要有名称", "Each of several measures needs a label"),
                )
    match tile:
        case RankingTile() | ShareTile():
            yield from _check_group(tile.group, table)
        case FunnelTile():
            yield from _check_group(tile.group, table)
            yield from _check_steps(tile, table)
        case ListTile():
            yield from _check_columns(tile, table)
        case _:
            pass
    if isinstance(tile, FunnelTile):
        yield from _check_adds_up(tile.measures, ("count", "sum"))
    if isinstance(tile, ShareTile):
        yield from _check_adds_up(tile.measures[:1], ("count", "sum"))
        # The rest of the parts is one part, and an average of averages is none.
        yield from _check_adds_up(tile.measures, ("count", "sum", "share"))


def _check_group(key: str, table: Table) -> Iterator[Finding]:
    field = table.by_key.get(key)
    if field is None:
        yield ("group",), no_such_field(key).detail
    elif field.sql_type.endswith("[]") or _is_time(field) or "eq" not in field.kind.operators:
        yield ("group",), say("不能按「{key}」分组", "Nothing can be grouped by {key!r}", key=key)


def _check_steps(tile: FunnelTile, table: Table) -> Iterator[Finding]:
    field = table.by_key.get(tile.group)
    if field is None or not isinstance(field.kind, Chooses):
        yield ("group",), say("漏斗要按单选字段分步", "A funnel goes by a drop-down")
        return
    known = field.kind.choices(field.options)
    for at, step in enumerate(tile.steps):
        if step not in known:
            yield ("steps", at), say("没有选项「{step}」", "There is no option {step!r}", step=step)


def _check_adds_up(measures: list[MeasureDefinition], may: Collection[str]) -> Iterator[Finding]:
    for at, measure in enumerate(measures):
        if measure.aggregate not in may:
            yield (
                ("measures", at, "aggregate"),
                say("这里只能计数或求和", "Only a count or a sum adds up here"),
            )


def _check_columns(tile: ListTile, table: Table) -> Iterator[Finding]:
    for at, key in enumerate(tile.columns):
        if key not in table.by_key:
            yield ("columns", at), no_such_field(key).detail
    try:
        orders = sort_from(tile.sort)
    except Invalid as error:
        yield ("sort",), error.detail
        return
    for order in orders:
        if order.field not in table.by_key:
            yield ("sort",), no_such_field(order.field).detail
