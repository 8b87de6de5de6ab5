"""Values of a record as people say them, for texts that flows write."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast

from tuoke.access.sight import Sight
from tuoke.records.rows import Row
from tuoke.schema.field_type import Chooses
from tuoke.schema.model import Field, Table


def shown(field: Field, value: Any, sight: Sight, language: str) -> str:
    """A value in words; nothing for an empty one."""
    if value is None:
        return ""
    if isinstance(field.kind, Chooses):
        return _chosen(field, value, language)
    match field.target:
        case "@user":
            person = sight.org.people.get(value)
            return person.name if person else ""
        case "@department":
            department = sight.org.departments.get(value)
            return department.name if department else ""
        case _:
            return _plain(value, sight, language)


def _chosen(field: Field, value: Any, language: str) -> str:
    assert isinstance(field.kind, Chooses)
    labels = field.kind.choices(field.options)
    keys = cast("list[str]", value) if isinstance(value, list) else [str(value)]
    between = "、" if language == "zh" else ", "
    return between.join(labels[key].in_(language) if key in labels else key for key in keys)


def _plain(value: Any, sight: Sight, language: str) -> str:
    match value:
        case datetime():
            local = value.astimezone(sight.zone)
            return f"{_day(local, language)} {local:%H:%M}"
        case date():
            return _day(value, language)
        case Decimal():
            return format(value.normalize(), "f")
        case _:
            return str(value)


def _day(day: date, language: str) -> str:
    return f"{day.month}月{day.day}日" if language == "zh" else f"{day.year}-{day.month:02}-{day.day:02}"


def name_of(table: Table, row: Row, sight: Sight, language: str) -> str:
    """`林若溪（云帆科技）`: title and subtitle, as far as the record has them; else its number."""
    titles = (table.by_key.get(key or "") for key in (table.settings.title, table.settings.subtitle))
    # A subtitle of fixed options says what kind of thing it is, not which.
    named = [field for field in titles if field is not None and not isinstance(field.kind, Chooses)]
    said = [words for f in named if (words := shown(f, row.get(f.key), sight, language))]
    match said:
        case [title, subtitle]:
            return f"{title}（{subtitle}）" if language == "zh" else f"{title} ({subtitle})"
        case [only]:
            return only
        case _:
            label = table.label.zh if language == "zh" else table.label.en
            return f"{label} #{row['id']}"
