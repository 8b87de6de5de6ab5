"""The live OpenAPI document: every table of the workspace has its own typed schema."""

from __future__ import annotations

import re
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.openapi.utils import get_openapi

from tuoke.access.policy import Action
from tuoke.api.answers import answer
from tuoke.api.door import Door, enter
from tuoke.api.meta import is_known
from tuoke.query.secure import visible_fields, writable_fields
from tuoke.schema.field_type import Refers
from tuoke.schema.model import Field, Table

router = APIRouter()

_TABLE = re.compile(r"\{table\}")


@router.get("/api/openapi.json", include_in_schema=False)
async def document(request: Request, door: Annotated[Door, Depends(enter)]) -> Response:
    """As the asker may use it: what he may not see is not in it."""
    base = get_openapi(title="Tuoke", version="1", openapi_version="3.1.0", routes=request.app.routes)
    schemas = base.setdefault("components", {}).setdefault("schemas", {})
    schemas["Problem"] = _PROBLEM
    generic = {path: item for path, item in base["paths"].items() if "/tables/{table}/records" in path}
    for table in door.catalog:
        if not is_known(table, door):
            continue
        name = _name(table.key)
        schemas[name] = _record_schema(table, door)
        schemas[f"{name}Input"] = _input_schema(table, door)
        for target in table.settings.convert.targets if table.settings.convert else ():
            part = _input_schema(door.catalog.table(target.table), door)
            schemas[f"{_name(target.table)}Part"] = {**part, "required": []}
        for path, item in generic.items():
            if path.endswith("/convert") and table.settings.convert is None:
                continue
            base["paths"][_TABLE.sub(table.key, path, count=1)] = _for_table(item, table, name, path)
    for path in generic:
        del base["paths"][path]
    base["components"]["securitySchemes"] = {
        "key": {"type": "http", "scheme": "bearer"},
        "session": {"type": "apiKey", "in": "cookie", "name": "session"},
    }
    base["security"] = [{"key": []}, {"session": []}]
    return answer(base)


_PROBLEM = {
    "type": "object",
    "description": "RFC 9457",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "fields": {"type": "object", "additionalProperties": {"type": "string"}},
    },
}


def _name(key: str) -> str:
    return "".join(part.capitalize() for part in key.split("_"))


def _record_schema(table: Table, door: Door) -> dict[str, Any]:
    visible = (
        visible_fields(table, door.sight)
        if door.policy.may(door.actor, table.key, Action.READ)
        else list[str]()
    )
    properties: dict[str, Any] = {"id": {"type": "integer"}, "version": {"type": "integer"}}
    for key in visible:
        if key != "id":
            properties[key] = _nullable(_described(table.field(key), _rendered(table.field(key))))
    return {
        "type": "object",
        "title": table.label.en,
        "required": ["id", "version"],
        "properties": properties,
    }


def _input_schema(table: Table, door: Door) -> dict[str, Any]:
    writable = writable_fields(table, door.sight, Action.CREATE) | writable_fields(
        table, door.sight, Action.UPDATE
    )
    fields = [f for f in table.fields if f.key in writable]
    return {
        "type": "object",
        "title": table.label.en,
        "additionalProperties": False,
        "required": [f.key for f in fields if f.required and f.default is None],
        "properties": {f.key: _nullable(_described(f, f.kind.json_schema(f.options))) for f in fields},
    }


def _rendered(field: Field) -> dict[str, Any]:
    """What a list answers: links carry their titles, files their names."""
    kind = field.kind
    if not isinstance(kind, Refers) or kind.target(field.options) in ("@user", "@department"):
        return kind.json_schema(field.options)
    one: dict[str, Any] = {
        "type": "object",
        "properties": {"id": {"type": "integer"}, "title": {"type": ["string", "null"]}},
    }
    if kind.target(field.options) == "@file":
        one["properties"] = {
            "id": {"type": "integer"},
            "name": {"type": "string"},
            "size": {"type": "integer"},
            "type": {"type": "string"},
        }
    return {"type": "array", "items": one} if kind.many else one


def _described(field: Field, schema: dict[str, Any]) -> dict[str, Any]:
    return {**schema, "title": f"{field.label.zh} / {field.label.en}"}


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [schema, {"type": "null"}]}


def _for_table(item: dict[str, Any], table: Table, name: str, path: str) -> dict[str, Any]:
    """The generic path of records as the path of this table."""
    made: dict[str, Any] = {}
    for method, operation in item.items():
        one = {
            **operation,
            "tags": [table.key],
            "operationId": f"{operation.get('operationId', method)}_{table.key}",
            "parameters": [p for p in operation.get("parameters", []) if p.get("name") != "table"],
        }
        responses = dict(operation.get("responses", {}))
        responses["default"] = _content({"$ref": "#/components/schemas/Problem"}, "application/problem+json")
        if path.endswith("/records") and method == "get":
            responses["200"] = _content(_list_of(name))
        elif path.endswith("/records/{id}") and method == "get":
            responses["200"] = _content({"$ref": f"#/components/schemas/{name}"})
        elif path.endswith("/records") and method == "post":
            one["requestBody"] = _content(_one_or_many(f"{name}Input"))
            responses["201"] = _content(_IDS)
            responses.pop("200", None)
        elif path.endswith("/records") and method == "patch":
            one["requestBody"] = _content(_PATCH)
        elif path.endswith("/convert"):
            _type_conversion(one, responses, table, method)
        one["responses"] = responses
        made[method] = one
    return made


def _type_conversion(one: dict[str, Any], responses: dict[str, Any], table: Table, method: str) -> None:
    """Each target by the link that remembers it, with the input of its table."""
    rules = table.settings.convert
    assert rules is not None, "paths of tables that become nothing are left out"
    if method == "get":
        responses["200"] = _content(_PROPOSALS)
        return
    choices = {target.link: _choice(_name(target.table), target.optional) for target in rules.targets}
    one["requestBody"] = _content(
        {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "targets": {"type": "object", "additionalProperties": False, "properties": choices},
                "version": {"type": ["integer", "null"]},
            },
        }
    )
    responses["201"] = _content(_BECAME)
    responses.pop("200", None)


def _choice(name: str, optional: bool) -> dict[str, Any]:
    # Any part of a new record may be given; what is required may come from the record converted.
    values = {"$ref": f"#/components/schemas/{name}Part"}
    chosen = {
        "type": "object",
        "additionalProperties": False,
        "properties": {"id": {"type": ["integer", "null"]}, "values": values},
    }
    return _nullable(chosen) if optional else chosen


_BECOME = {
    "type": "object",
    "properties": {"link": {"type": "string"}, "table": {"type": "string"}, "id": {"type": "integer"}},
}
_BECAME = {
    "type": "object",
    "properties": {"became": {"type": "array", "items": _BECOME}, "change_set": {"type": "integer"}},
}
_PROPOSALS = {
    "type": "object",
    "properties": {
        "version": {"type": "integer"},
        "became": {"type": "array", "items": _BECOME},
        "targets": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "link": {"type": "string"},
                    "table": {"type": "string"},
                    "optional": {"type": "boolean"},
                    "creatable": {"type": "boolean"},
                    "fields": {"type": "array", "items": {"type": "string"}},
                    "values": {"type": "object"},
                    "unseen": {"type": "object"},
                    "matches": {"type": "array", "items": {"type": "object"}},
                },
            },
        },
    },
}
_IDS = {"type": "object", "properties": {"ids": {"type": "array", "items": {"type": "integer"}}}}
_PATCH = {
    "type": "object",
    "properties": {
        "records": {"type": "array", "items": {"type": "object", "required": ["id"]}},
        "filter": {"type": "object"},
        "set": {"type": "object"},
    },
}


def _content(schema: dict[str, Any], media: str = "application/json") -> dict[str, Any]:
    return {"description": "", "content": {media: {"schema": schema}}}


def _list_of(name: str) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            "records": {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}},
            "next": {"type": ["string", "null"]},
            "count": {"type": ["integer", "null"]},
        },
    }


def _one_or_many(name: str) -> dict[str, Any]:
    reference = {"$ref": f"#/components/schemas/{name}"}
    many = {"type": "object", "properties": {"records": {"type": "array", "items": reference}}}
    return {"anyOf": [reference, many]}
