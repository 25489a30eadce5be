"""How much anybody may send: sizes in bytes and numbers of things."""

from typing import Any

from wire.invalid import Invalid, Problem

COMMAND_BYTES = 64 * 1024
BODY_BYTES = 256 * 1024
ITEMS = 200
DEPTH = 20
KEYS = 200
ID_LENGTH = 64
WHOLE = 2**53 - 1


def check_size(body: bytes, most: int = BODY_BYTES) -> None:
    """Raise Invalid when a body, or an encoded command, has more than so many bytes."""
    if len(body) > most:
        raise Invalid((Problem("", "too_large", f"at most {most} bytes"),))


def check_shape(document: Any) -> None:
    """Raise Invalid for a document nested too deep or too wide, without descending into it."""
    level = [document]
    for _ in range(DEPTH + 1):
        level = [part for whole in level for part in _parts(whole)]
        if not level:
            return
    raise Invalid((Problem("", "too_deep", f"at most {DEPTH} levels"),))


def _parts(whole: Any) -> list[Any]:
    if type(whole) is dict:
        if len(whole) > KEYS:
            raise Invalid((Problem("", "too_many_fields", f"at most {KEYS}"),))
        return list(whole.values())
    return whole if type(whole) is list else []
