"""Which reasons a guard may give, read from the guard itself: pages and proofs lean on it."""

import dis
from collections.abc import Callable, Iterator, Mapping
from types import CodeType, FunctionType
from typing import Any

from statemodel.refusal import Unmet

OURS = "statemodel."


def reasons_of(function: Callable[..., Any]) -> tuple[Unmet, ...]:
    """Return every reason that a function or whatever it calls refers to, each once, in order.

    A reason stands in its chapter by name, so what the code names is what it can answer; a test
    holds it against what guards do answer.
    """
    return tuple(dict.fromkeys(one for held in named_by(function) for one in _reasons(held)))


def named_by(function: Callable[..., Any]) -> Iterator[Any]:
    """Yield whatever a function names outside itself, and whatever those of ours it calls name."""
    return _named_by(function, set())


def _named_by(function: Any, seen: set[Any]) -> Iterator[Any]:
    plain = getattr(function, "__wrapped__", function)
    if not isinstance(plain, FunctionType) or plain in seen:
        return
    seen.add(plain)
    for held in _held(plain):
        yield held
        if str(getattr(held, "__module__", "")).startswith(OURS):
            yield from _named_by(held, seen)


def _held(function: FunctionType) -> Iterator[Any]:
    """Yield what the function refers to outside itself: globals, and what it closes over."""
    for name in _globals(function.__code__):
        yield function.__globals__.get(name)
    for cell in function.__closure__ or ():
        yield cell.cell_contents


def _globals(code: CodeType) -> Iterator[str]:
    for step in dis.get_instructions(code):
        if step.opname == "LOAD_GLOBAL":
            yield step.argval
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _globals(inner)


def _reasons(held: Any) -> Iterator[Unmet]:
    """A reason, or several held together; never functions held together, which are choices."""
    several = tuple(held.values()) if isinstance(held, Mapping) else held
    for one in several if isinstance(several, tuple | list) else (several,):
        if isinstance(one, Unmet):
            yield one
