"""A body of bytes as a plain document: JSON in UTF-8, each field once, nothing unheard of."""

import json
from typing import Any

from wire.invalid import Invalid, Problem
from wire.limits import BODY_BYTES, DEPTH, check_size


class _Twice(ValueError):
    """A field stands twice in one object; which of the two was meant nobody can say."""


def parse(body: bytes, most: int = BODY_BYTES) -> Any:
    """Return the document; raises Invalid when it is too large, or no JSON that means one thing.

    NaN, infinities and whole numbers of thousands of digits are refused, as is a field named twice.
    """
    check_size(body, most)
    document, problem = _load(body)
    if problem is not None:  # raised out here, so that no error that quotes the body hangs on it
        raise Invalid((problem,))
    return document


def _load(body: bytes) -> tuple[Any, Problem | None]:
    try:
        text = body.decode("utf-8")
        return json.loads(text, object_pairs_hook=_object, parse_constant=_refuse), None
    except _Twice:
        return None, Problem("", "duplicate_field", "each field once")
    except RecursionError:
        return None, Problem("", "too_deep", f"at most {DEPTH} levels")
    except ValueError:
        return None, Problem("", "not_json", "one JSON document in UTF-8")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    whole = dict(pairs)
    if len(whole) != len(pairs):
        raise _Twice
    return whole


def _refuse(constant: str) -> None:
    raise ValueError("NaN and infinities are no JSON")
