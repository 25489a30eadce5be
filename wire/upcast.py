"""Old documents lifted to today's form before they are typed (decision 28)."""

from collections.abc import Callable, Mapping
from typing import Any

from wire.invalid import Problems, Trail

Document = dict[str, Any]
Upcasts = Mapping[tuple[str, int], Callable[[Document], Document]]

UPCASTS: Upcasts = {}
"""(kind, from v) → a function that returns the document in the next form, with its own `v`."""

LIFTS = 32
NOT_AS_IT_WAS = (LookupError, TypeError, ValueError, AttributeError)


def kind_of(kind: type[Any]) -> str | None:
    """Return the class's kind, or None; a field of that name is not one."""
    tag = getattr(kind, "kind", None)
    return tag if isinstance(tag, str) else None


def name_of(kind: type[Any]) -> str:
    """Return the kind, or for what carries `v` alone its class: case, entry, summary."""
    return kind_of(kind) or kind.__name__.lower()


def lift(document: Document, name: str, upcasts: Upcasts) -> Document:
    """Return the document in the newest form the table knows; without `v` it is of v 1.

    Raises whatever a function of the table raises for a document that is not what it should be.
    """
    for _ in range(LIFTS):
        kind, v = document.get("kind", name), document.get("v", 1)
        if type(v) is not int or type(kind) is not str or (kind, v) not in upcasts:
            break
        document = upcasts[kind, v](dict(document))
    return document


def lifted(document: Document, kind: type[Any], upcasts: Upcasts) -> Document | None:
    """Return the document in the form of `kind`, or None when it cannot be brought there."""
    v = document.get("v", 1)
    if type(v) is int and v == kind.v:
        return document
    try:
        risen = lift(document, name_of(kind), upcasts)
    except NOT_AS_IT_WAS:
        return None
    v = risen.get("v", 1)
    return risen if type(v) is int and v == kind.v else None


def renamed(document: Document, upcasts: Upcasts) -> Document:
    """Return a document of a kind nobody has now as what it is called today, if the table knows."""
    try:
        return lift(document, "", upcasts)
    except NOT_AS_IT_WAS:
        return document


def tell_version(document: Document, kind: type[Any], trail: Trail, problems: Problems) -> None:
    """Tell why a document's `v` is none of ours."""
    v, allowed = document.get("v", 1), f"1 to {kind.v}"
    if type(v) is not int:
        problems.tell((trail, "v"), "wrong_type", allowed)
    elif v > kind.v:
        problems.tell((trail, "v"), "future_version", allowed)
    else:
        problems.tell((trail, "v"), "unknown_version", allowed)
