"""JSON Schema (2020-12) of what the decoder accepts, for API pages and rehearsal files."""

from dataclasses import MISSING, Field, fields
from datetime import date, datetime, timedelta
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from statemodel.plain import plain
from wire.decoder import Mode, kinds_of
from wire.limits import ITEMS, WHOLE
from wire.text import ID, KEPT, TextRule, rule_of
from wire.upcast import kind_of

DRAFT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]
SCALARS: dict[Any, Schema] = {
    bool: {"type": "boolean"},
    int: {"type": "integer", "minimum": -WHOLE, "maximum": WHOLE},
    timedelta: {"type": "integer", "minimum": -WHOLE, "maximum": WHOLE, "title": "microseconds"},
    datetime: {"type": "string", "format": "date-time"},
    date: {"type": "string", "format": "date"},
}


def schema(kind: type[Any]) -> Schema:
    """Return the schema of a class, whole in itself.

    It is as strict as the decoder, save that characters are counted before NFC and control
    characters, years and bytes are left to the decoder. `kind` and `v` may be left out of an
    object whose class is known; left out, `v` is 1.
    """
    return {"$schema": DRAFT, "title": kind_of(kind) or kind.__name__} | _of(kind, Mode.OPEN, KEPT)


def _of(kind: Any, mode: Mode, rule: TextRule) -> Schema:
    if kind is str:
        return _text(rule)
    if kind in SCALARS:
        return SCALARS[kind]
    if get_origin(kind) is not None:
        return _generic(kind, mode, rule)
    if issubclass(kind, Enum):
        return {"enum": [member.value for member in kind]}
    if kind_of(kind) is None and kinds_of((kind,)):
        return _one_of((kind,), mode)
    return _object(kind, mode.inside(kind))


def _generic(kind: Any, mode: Mode, rule: TextRule) -> Schema:
    origin, args = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        real = tuple(arg for arg in args if arg is not NoneType)
        one = _of(real[0], mode, rule) if len(real) == 1 else _one_of(real, mode)
        return one if len(real) == len(args) else {"anyOf": [one, {"type": "null"}]}
    if origin is Literal:
        return {"enum": list(args)}
    if args[-1] is ... or len(args) == 1:
        most = {"maxItems": ITEMS} if mode is Mode.ASKED else {}
        return {"type": "array", "items": _of(args[0], mode, rule)} | most
    each = [_of(arg, mode, rule) for arg in args]
    return {"type": "array", "prefixItems": each, "items": False, "minItems": len(each)}


def _one_of(members: tuple[Any, ...], mode: Mode) -> Schema:
    """Return the choice by `kind`, which must be there."""
    choices = [_of(kind, mode, KEPT) for _, kind in sorted(kinds_of(members).items())]
    return {"oneOf": [one | {"required": ["kind", *one["required"]]} for one in choices]}


def _object(kind: type[Any], mode: Mode) -> Schema:
    tags = {name: {"const": getattr(kind, name)} for name in ("kind", "v") if hasattr(kind, name)}
    hints = get_type_hints(kind)
    described = {field.name: _field(kind, field, hints[field.name], mode) for field in fields(kind)}
    required = [field.name for field in fields(kind) if _is_required(field, hints[field.name])]
    return {
        "type": "object",
        "description": (kind.__doc__ or "").strip(),
        "properties": tags | described,
        "required": required,
        "additionalProperties": False,
    }


def _is_required(field: "Field[Any]", hint: Any) -> bool:
    none_given = field.default is MISSING and field.default_factory is MISSING
    return none_given and NoneType not in get_args(hint)


def _field(owner: type[Any], field: "Field[Any]", hint: Any, mode: Mode) -> Schema:
    rule = rule_of(owner, field) if mode is Mode.ASKED else KEPT
    found = dict(_of(hint, mode, rule))
    words, example = field.metadata.get("says"), field.metadata.get("example")
    if words:
        found["description"] = words
    if example is not None:
        found["examples"] = [example]
    if field.default is not MISSING and field.default is not None:
        found["default"] = plain(field.default)
    return found


def _text(rule: TextRule) -> Schema:
    found: Schema = {"type": "string"}
    if rule.limit is not None:
        found["maxLength"] = rule.limit
    if rule.name == "id":
        found["pattern"] = f"^(?:{ID.pattern}){'?' if rule.empty else ''}$"
    return found
