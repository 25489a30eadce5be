"""What a command says when it cannot, and the code it leaves with (decision 30)."""

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

FAULT, INVALID, FOUND, REFUSED, FORBIDDEN, UNKNOWN, UNAVAILABLE = 1, 2, 3, 4, 5, 6, 7
# By name, so that a light command need not import what could never have happened to it.
CODES: Final = {
    "Invalid": INVALID,
    "NotValid": INVALID,
    "PolicyError": INVALID,
    "InvalidCalendar": INVALID,
    "InvalidSettings": INVALID,
    "RehearsalError": INVALID,
    "RefusedByCase": REFUSED,
    "Conflict": REFUSED,
    "ProbableMatch": REFUSED,
    "ChildHasOpenCase": REFUSED,
    "AskFirst": REFUSED,
    "Hidden": REFUSED,
    "Forbidden": FORBIDDEN,
    "Unknown": UNKNOWN,
    "Busy": UNKNOWN,
    "Unavailable": UNAVAILABLE,
    "StoreUnavailable": UNAVAILABLE,
    "WrongMasterKey": UNAVAILABLE,
    "NoKey": UNAVAILABLE,
    "NoOpening": UNAVAILABLE,
    "Unreadable": UNAVAILABLE,
}


class Misused(Exception):
    """The command was given something it cannot use: the text says what to give instead."""

    exit_code = INVALID


class Answered(Exception):
    """A no that is already in words, with its code."""

    def __init__(self, text: str, exit_code: int) -> None:
        super().__init__(text)
        self.exit_code = exit_code


def code_of(error: BaseException) -> int | None:
    """Return the exit code of a known kind of error; None for a bug."""
    own = getattr(error, "exit_code", None)
    if isinstance(own, int):
        return own
    kinds = (kind.__name__ for kind in type(error).__mro__)
    return next((CODES[kind] for kind in kinds if kind in CODES), None)


def answered(command: Callable[..., int | None]) -> Callable[..., int]:
    """Make a command say what it knows to be wrong, and return its code; a bug goes on."""

    @wraps(command)
    def run(*given: Any, **named: Any) -> int:
        try:
            return command(*given, **named) or 0
        except Exception as error:
            code = code_of(error)
            if code is None:
                raise
            tell(str(error))
            return code

    return run


def tell(text: str) -> None:
    """Say something that is no answer: to standard error, so that an answer stays clean."""
    if text:
        sys.stderr.write(f"{text}\n")
