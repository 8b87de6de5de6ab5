"""A dashboard as people, scripts and app files write it. Unknown keys are refused, never dropped."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, field_validator

from tuoke.schema.model import KEY, Label

KEY_PATTERN = f"^{KEY.pattern}$"
MOST_TILES = 24
MOST_ROWS = 50

Aggregate = Literal["count", "sum", "avg", "median", "min", "max", "share"]
Unit = Literal["number", "percent", "money", "seconds"]
Bucket = Literal["auto", "hour", "day", "week", "month", "quarter", "year"]
Tree: TypeAlias = dict[str, Any]
"""A filter tree of the query language."""


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Explanation(Strict):
    """How a figure is counted, in both languages."""

    zh: str = Field(min_length=1, max_length=300)
    en: str = Field(min_length=1, max_length=300)


class MeasureDefinition(Strict):
    """What is computed of the records of a tile."""

    label: Label | None = None
    """Needed where a tile shows more than one measure."""
    aggregate: Aggregate = "count"
    field: str | None = None
    """What is summed, averaged and so on; `count` and `share` count records and take none."""
    since: str | None = None
    """A moment: what is measured is the time from it to the moment in `field`."""
    where: Tree | None = None
    """Only records that match this. Of a `share`: the records that count, out of those of `within`."""
    within: Tree | None = None
    """Of a `share`: out of which records; absent = out of all of the tile."""
    unit: Unit | None = None
    """Absent = as the aggregate and the field say."""
    better: Literal["more", "less"] | None = None
    """Whether more is good news; absent = neither."""


class TileDefinition(Strict):
    """What every kind of tile says."""

    key: str = Field(pattern=KEY_PATTERN)
    label: Label
    help: Explanation | None = None
    table: str
    filter: Tree | None = None
    period: str | None = None
    """The date or moment that puts a record into the period asked for; absent = whatever its time."""
    at_least: str | None = None
    """The shortest period that says something, such as `this_month`: shown instead of a shorter one around today."""
    width: int = Field(default=4, ge=2, le=12)
    """Of twelve columns on a wide screen."""


class FigureTile(TileDefinition):
    """One number, beside that of the period before."""

    kind: Literal["figure"]
    measure: MeasureDefinition = MeasureDefinition()
    width: int = Field(default=3, ge=2, le=12)


class TrendTile(TileDefinition):
    """How measures went over the period."""

    kind: Literal["trend"]
    measures: list[MeasureDefinition] = Field(default=[MeasureDefinition()], min_length=1, max_length=3)
    bucket: Bucket = "auto"
    width: int = Field(default=8, ge=2, le=12)


class RankingTile(TileDefinition):
    """Who or what has most; the first measure ranks."""

    kind: Literal["ranking"]
    group: str
    measures: list[MeasureDefinition] = Field(default=[MeasureDefinition()], min_length=1, max_length=3)
    most: int = Field(default=8, ge=1, le=MOST_ROWS)


class FunnelTile(TileDefinition):
    """How many got how far: each step counts the records standing there or further on."""

    kind: Literal["funnel"]
    group: str
    """The drop-down that says where a record stands."""
    steps: list[str] = Field(min_length=2, max_length=20)
    """Its options in the order of the way; records at others, such as lost ones, are not counted."""
    measures: list[MeasureDefinition] = Field(default=[MeasureDefinition()], min_length=1, max_length=2)
    """Counts and sums only."""


class ShareTile(TileDefinition):
    """How a whole divides; further measures stand beside each part."""

    kind: Literal["share"]
    group: str
    measures: list[MeasureDefinition] = Field(default=[MeasureDefinition()], min_length=1, max_length=3)
    """The first divides the whole: a count or a sum."""
    most: int = Field(default=6, ge=2, le=12)
    """Parts shown; the rest becomes one."""
    width: int = Field(default=5, ge=2, le=12)


class ListTile(TileDefinition):
    """How many records wait, and the first of them."""

    kind: Literal["list"]
    columns: list[str] = Field(min_length=1, max_length=5)
    sort: str = ""
    """`due_at,-id`: field keys, `-` for descending."""
    most: int = Field(default=6, ge=1, le=MOST_ROWS)


Tile = Annotated[
    FigureTile | TrendTile | RankingTile | FunnelTile | ShareTile | ListTile, Field(discriminator="kind")
]


class DashboardDefinition(Strict):
    """A page of tiles: `dashboards/<key>.yaml` of an app, or `POST /dashboards`."""

    key: str = Field(pattern=KEY_PATTERN)
    label: Label
    roles: list[str] = []
    """Keys of the roles it is for; none = everybody. Administrators see every dashboard."""
    place: int = 50
    """The lowest comes first."""
    menu: bool = False
    """Has an entry of its own in the menu, not behind "more"."""
    home: bool = False
    """Is where its people begin."""
    period: str = "today"
    """Shown unless another is chosen; see `reports.period`."""
    tiles: list[Tile] = Field(min_length=1, max_length=MOST_TILES)

    @field_validator("tiles")
    @classmethod
    def _keys_once(cls, tiles: list[Tile]) -> list[Tile]:
        keys = [tile.key for tile in tiles]
        if len(keys) > len(set(keys)):
            twice = next(key for key in keys if keys.count(key) > 1)
            raise ValueError(f"{twice}: two tiles have this key / 两个图块用了同一个编码")
        return tiles


def measures_of(tile: Tile) -> list[MeasureDefinition]:
    """None for a list, which only counts."""
    match tile:
        case FigureTile():
            return [tile.measure]
        case ListTile():
            return [MeasureDefinition()]
        case _:
            return tile.measures
