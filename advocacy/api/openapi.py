"""The interface described in OpenAPI 3.1, from the declarations it is served by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import override

from advocacy.datasets.fields import TEXT, Field
from advocacy.publishing.head import absolute

from .parameters import Parameter
from .problems import MEDIA_TYPE, SAID
from .resources import RESOURCES, Resource

VERSION, ROOT = "1.0", "/api/v1"
PROBLEMS = (400, 404, 406, 429)
HEADERS = {
    "ETag": "Marks the answer: sent back as If-None-Match, it is answered with 304 while it holds.",
    "Link": "The next page, and this description (RFC 8288).",
    "RateLimit": "Requests left, and seconds until there are as many as at first.",
    "RateLimit-Policy": "Requests allowed in a number of seconds.",
    "Retry-After": "Seconds to wait.",
}


def document() -> dict[str, Any]:
    """In English."""
    with override("en"):
        return {
            "openapi": "3.1.0",
            "info": {
                "title": "The record of NKHR",
                "version": VERSION,
                "summary": "Read-only: articles, milestones, meetings, documents, symbols and hits.",
            },
            "servers": [{"url": absolute(ROOT)}],
            "paths": {
                path: {"get": operation}
                for resource in RESOURCES
                for path, operation in _operations(resource).items()
            },
            "components": {
                "schemas": {
                    **{one.name: _record(one) for one in RESOURCES},
                    "problem": _PROBLEM,
                },
                "headers": {
                    name: {"description": said, "schema": TEXT} for name, said in HEADERS.items()
                },
            },
        }


def _operations(resource: Resource) -> dict[str, Any]:
    record = {"$ref": f"#/components/schemas/{resource.name}"}
    path = f"/{resource.name}"
    listed = {
        "type": "object",
        "properties": {
            "items": {"type": "array", "items": record},
            "next": {"type": ["string", "null"], "format": "uri"},
            "licence": {"type": "string", "description": "How the data may be used."},
        },
        "required": ["items", "next", "licence"],
        "additionalProperties": False,
    }
    operations = {
        path: {
            "operationId": resource.name,
            "summary": str(resource.title),
            "description": str(resource.says),
            "parameters": [_query(one) for one in resource.parameters],
            "responses": _responses(listed, *PROBLEMS),
        }
    }
    if resource.has_items:
        identifier = {
            "name": "id",
            "in": "path",
            "required": True,
            "schema": {"type": "string", "format": "uuid"},
        }
        operations[f"{path}/{{id}}"] = {
            "operationId": f"{resource.name}-one",
            "summary": f"{resource.title}: one",
            "parameters": [identifier, *(_query(one) for one in resource.item_parameters)],
            "responses": _responses(record, *PROBLEMS, 410),
        }
    return operations


def _query(parameter: Parameter) -> dict[str, Any]:
    said: dict[str, Any] = {
        "name": parameter.name,
        "in": "query",
        "description": str(parameter.says),
        "schema": dict(parameter.schema),
    }
    if parameter.schema["type"] == "array":
        said |= {"style": "form", "explode": False}
    return said


def _responses(schema: dict[str, Any], *problems: int) -> dict[str, Any]:
    return {
        "200": {
            "description": "What was asked for.",
            "headers": _headers("ETag", "Link", "RateLimit", "RateLimit-Policy"),
            "content": {"application/json": {"schema": schema}},
        },
        "304": {"description": "As it was.", "headers": _headers("ETag")},
        **{
            str(status): {
                "description": SAID[status],  # type: ignore[index]  # an int is equal to its member
                "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/problem"}}},
                **({"headers": _headers("Retry-After")} if status == 429 else {}),
            }
            for status in problems
        },
    }


def _headers(*names: str) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _record(resource: Resource) -> dict[str, Any]:
    """Which fields an answer has, `fields` decides."""
    return {
        "type": "object",
        "properties": _properties(resource.fields),
        "additionalProperties": False,
    }


def _properties(fields: Sequence[Field]) -> dict[str, Any]:
    return {field.name: {**field.schema, "description": str(field.says)} for field in fields}


_PROBLEM = {
    "type": "object",
    "description": "What is wrong with the request (RFC 9457).",
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": TEXT,
        "status": {"type": "integer"},
        "detail": TEXT,
        "parameter": TEXT,
    },
    "required": ["type", "title", "status", "detail"],
}
