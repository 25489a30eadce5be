"""JSON Schemas of the commands, from the classes that wire decodes and the words of describe."""

from collections.abc import Callable
from dataclasses import MISSING, Field, fields
from datetime import date, datetime
from enum import Enum
from types import NoneType
from typing import Any, get_args, get_type_hints

from gateway.who import Who
from readmodel.identity import Identity
from statemodel import describe
from statemodel.command import AnyCommand
from statemodel.commands import IdentifyNeed
from wire.limits import ITEMS
from wire.text import ID, rule_of

Schema = dict[str, Any]
PLAIN: dict[Any, Callable[[], Schema]] = {
    bool: lambda: {"type": "boolean"},
    int: lambda: {"type": "integer"},
    datetime: lambda: {"type": "string", "format": "date-time"},
    date: lambda: {"type": "string", "format": "date"},
}


def body_of(command: type[AnyCommand]) -> Schema:
    """Return OpenAPI's requestBody of a command, with its example."""
    described = describe(command)
    schema = _object(command) | {"description": described.says}
    content = {"schema": schema, "example": described.example}
    return {"required": True, "content": {"application/json": content}}


def body_of_opening() -> Schema:
    """Return the requestBody of an opening: its command, and who the children are beside it."""
    body = body_of(IdentifyNeed)
    body["content"]["application/json"]["schema"]["properties"] |= _object(Who)["properties"]
    return body


def body_of_search() -> Schema:
    """Return the requestBody of a look for a child: it goes in the body, never in an address."""
    schema = _object(Identity)
    example = {name: schema["properties"][name]["examples"][0] for name in ("name", "born_on")}
    content = {"schema": schema, "example": example}
    return {"required": True, "content": {"application/json": content}}


def _object(kind: type[Any]) -> Schema:
    hints = get_type_hints(kind)
    known: dict[str, Schema] = {}
    for one in fields(kind):
        known[one.name] = _field(kind, one, hints[one.name])
    needed = [one.name for one in fields(kind) if _is_needed(one, hints[one.name])]
    tag = getattr(kind, "kind", None)
    named: Schema = {"kind": {"const": tag}} if tag else {}
    whole: Schema = {"type": "object", "properties": named | known, "additionalProperties": False}
    return whole | ({"required": needed} if needed else {})


def _is_needed(one: "Field[Any]", hint: Any) -> bool:
    bare = one.default is MISSING and one.default_factory is MISSING
    return bare and NoneType not in get_args(hint)


def _field(owner: type[Any], one: "Field[Any]", hint: Any) -> Schema:
    words = {"description": one.metadata["says"]} if one.metadata.get("says") else {}
    example = one.metadata.get("example")
    shown = {} if example is None else {"examples": [example]}
    return _of(owner, one, hint) | words | shown


def _of(owner: type[Any], one: "Field[Any]", hint: Any) -> Schema:
    args = get_args(hint)
    if NoneType in args:
        real = next(arg for arg in args if arg is not NoneType)
        return {"anyOf": [_of(owner, one, real), {"type": "null"}]}
    if args:
        return {"type": "array", "items": _of(owner, one, args[0]), "maxItems": ITEMS}
    if hint is str:
        return _text(owner, one)
    if issubclass(hint, Enum):
        return {"type": "string", "enum": [member.value for member in hint]}
    return PLAIN[hint]() if hint in PLAIN else _object(hint)


def _text(owner: type[Any], one: "Field[Any]") -> Schema:
    rule = rule_of(owner, one)
    schema: Schema = {"type": "string"}
    if rule.limit is not None:
        schema["maxLength"] = rule.limit
    if rule.name == "id":
        schema["pattern"] = f"^{ID.pattern}$" if not rule.empty else f"^({ID.pattern})?$"
    return schema
