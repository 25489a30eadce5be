"""How a case says no to an update: one kind of error for each of the case's two noes."""

from temporalio.exceptions import ApplicationError

import wire
from statemodel import Refused

REFUSED, INVALID, FULL = "Refused", "Invalid", "Full"


def refusal(refused: Refused) -> ApplicationError:
    """Every reason at once, as plain documents; the text holds codes only."""
    codes = ", ".join(reason.code for reason in refused.reasons)
    return ApplicationError(codes, wire.encode(refused.reasons), type=REFUSED, non_retryable=True)


def invalid(error: wire.Invalid) -> ApplicationError:
    """A document that is no submission; paths and codes, never what it held."""
    return ApplicationError(str(error), type=INVALID, non_retryable=True)


def full() -> ApplicationError:
    """The run can take no more before the record has caught up: the world's error, not a no."""
    return ApplicationError("try again once the record has caught up", type=FULL)
