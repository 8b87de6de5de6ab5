"""An app as one plain document: what is compared, merged, kept as shipped and written to files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from tuoke.access.roles import GrantDefinition, RoleDefinition, stored_roles
from tuoke.appfile.kinds import PARTS
from tuoke.appfile.model import App, AppInfo
from tuoke.kit.database import Connection
from tuoke.schema.definitions import FieldDefinition, TableDefinition
from tuoke.schema.load import load_catalog
from tuoke.schema.model import FIELD_TYPES, SYSTEM_FIELDS, Field, Table, TableSettings

Document: TypeAlias = dict[str, Any]
"""`tables`, `roles` and one list for every other kind: JSON values, every default left out, lists of things that
have a `key`."""


def document_of(app: App) -> Document:
    return _document(app.tables, app.roles, app.parts)


async def workspace_document(db: Connection) -> Document:
    """What the workspace has now, the firm's own tables and roles included."""
    catalog = await load_catalog(db)
    tables = [definition_of(table) for table in catalog]
    parts = {part.type: await part.stored(db) for part in PARTS}
    return _document(tables, [role for role, _ in await stored_roles(db)], parts)


def app_of(info: AppInfo, document: Mapping[str, Any]) -> App:
    """The inverse of `document_of`."""
    tables = sorted((TableDefinition.model_validate(t) for t in document["tables"]), key=lambda t: t.key)
    parts = {part.type: tuple(part.model(each) for each in document.get(part.type, ())) for part in PARTS}
    return App(info, tuple(tables), tuple(role_of(r) for r in document["roles"]), parts)


def definition_of(table: Table) -> TableDefinition:
    """What would make this table again."""
    fields = [_field_definition(field) for field in table.fields if field.key not in SYSTEM_FIELDS]
    return TableDefinition(key=table.key, label=table.label, fields=fields, settings=table.settings)


def _field_definition(field: Field) -> FieldDefinition:
    return FieldDefinition(
        key=field.key,
        type=field.type,
        label=field.label,
        options=field.options.model_dump(mode="json", exclude_defaults=True),
        required=field.required,
        unique=field.unique,
        aliases=list(field.aliases),
        help=field.help,
        default=field.default,
    )


def _document(
    tables: Iterable[TableDefinition], roles: Iterable[RoleDefinition], parts: Mapping[str, Iterable[Any]]
) -> Document:
    return {
        "tables": [_table(t) for t in sorted(tables, key=lambda t: t.key)],
        "roles": [_role(r) for r in roles],
        **{part.type: _sorted(part.plain(each) for each in parts.get(part.type, ())) for part in PARTS},
    }


def _sorted(documents: Iterable[Document]) -> list[Document]:
    return sorted(documents, key=lambda each: each["key"])


def _table(definition: TableDefinition) -> Document:
    written: Document = {
        "key": definition.key,
        "label": definition.label.model_dump(),
        "fields": [_field(field) for field in definition.fields],
    }
    settings = definition.settings.model_dump(mode="json", exclude_defaults=True)
    return {**written, "settings": settings} if settings else written


def _field(definition: FieldDefinition) -> Document:
    options = FIELD_TYPES.get(definition.type).Options.model_validate(definition.options)
    plain = options.model_dump(mode="json", exclude_defaults=True)
    return definition.model_copy(update={"options": plain}).model_dump(mode="json", exclude_defaults=True)


def _role(definition: RoleDefinition) -> Document:
    written = definition.written()
    by_table = grants_by_table(written["grants"])
    plain: Document = {"key": written["key"], "label": written["label"]}
    if written["superuser"]:
        plain["superuser"] = True
    return {**plain, "grants": by_table} if by_table else plain


def role_of(written: Mapping[str, Any]) -> RoleDefinition:
    grants = [GrantDefinition.model_validate(g) for g in grants_together(written.get("grants", []))]
    return RoleDefinition.model_validate({**written, "grants": grants})


def grants_by_table(grants: Iterable[Mapping[str, Any]]) -> list[Document]:
    """Grants as `{key: table, grants: […]}`, so that a change to one table's leaves the others alone."""
    found: dict[str, list[Document]] = {}
    for grant in grants:
        rest = {name: value for name, value in grant.items() if name != "tables"}
        for table in grant["tables"]:
            found.setdefault(table, []).append(rest)
    return [{"key": table, "grants": kept} for table, kept in found.items()]


def grants_together(by_table: Sequence[Mapping[str, Any]]) -> list[Document]:
    """The inverse: tables with the same grants share them again, in the order of their first."""
    groups: list[tuple[list[str], list[Document]]] = []
    for entry in by_table:
        for tables, grants in groups:
            if grants == entry["grants"]:
                tables.append(entry["key"])
                break
        else:
            groups.append(([entry["key"]], entry["grants"]))
    return [{"tables": tables, **grant} for tables, grants in groups for grant in grants]


def settings_of(written: Mapping[str, Any]) -> TableSettings:
    return TableSettings.model_validate(written.get("settings", {}))
