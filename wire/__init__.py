"""The state model's values as plain documents, and back: by kind, strictly, versioned."""

from typing import Any, TypeVar

from statemodel.command import AnyCommand
from statemodel.plain import plain
from wire.body import parse
from wire.concern import decode_concern
from wire.decoder import Decoder
from wire.invalid import Invalid, Problem
from wire.limits import BODY_BYTES, COMMAND_BYTES, check_size
from wire.listing import VERSION_LIST
from wire.schema import schema

T = TypeVar("T")
_DECODER = Decoder()


def encode(value: Any) -> Any:
    """Return the plain document of a value: dict, list, text, whole number, true or false."""
    return plain(value)


def decode(kind: type[T], document: Any) -> T:
    """Return the value of a class; raises Invalid with every problem at once (decision 28)."""
    return _DECODER.decode(kind, document)


def decode_asked(kind: type[T], document: Any) -> T:
    """Return a value that comes with a command, as strictly limited; raises Invalid."""
    return _DECODER.decode_asked(kind, document)


def decode_command(document: Any) -> AnyCommand:
    """Return the command the document's `kind` names; raises Invalid."""
    return _DECODER.decode_command(document)


__all__ = [
    "BODY_BYTES",
    "COMMAND_BYTES",
    "VERSION_LIST",
    "Decoder",
    "Invalid",
    "Problem",
    "check_size",
    "decode",
    "decode_asked",
    "decode_command",
    "decode_concern",
    "encode",
    "parse",
    "schema",
]
