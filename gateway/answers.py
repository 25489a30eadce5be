"""What the gateway can answer (decision 30): one kind each, with a stable code; never lost."""

from dataclasses import dataclass

from gateway.connect import Unavailable
from statemodel import Desk, Unmet

CONFLICTS = frozenset({"moved_on", "answered_already", "same_id_other_content"})
FORBIDDEN = frozenset({"not_for_your_role", "actor_has_left", "only_baton_does_this"})


@dataclass(frozen=True, slots=True)
class Accepted:
    """It is in the engine's history, durably; `recorded` says whether the journal has it yet."""

    case_id: str
    version: int
    recorded: bool = False
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class Spooled:
    """A concern kept on disk, encrypted, until store and engine return (decision 15)."""

    case_id: str
    receipt: str


class No(Exception):
    """An answer that is not yes; `reasons` are the case's own, where it has spoken."""

    code = "no"

    def __init__(self, text: str = "", reasons: tuple[Unmet, ...] = ()) -> None:
        super().__init__(text or ", ".join(reason.code for reason in reasons))
        self.reasons = reasons


class RefusedByCase(No):
    """The case cannot do it yet, and says everything that is in the way. 409, exit 4."""

    code = "refused"


class Conflict(No):
    """Somebody was first, or the id was used for something else. 409, exit 4."""

    code = "conflict"


class Forbidden(No):
    """Not for this person. 403, exit 5."""

    code = "forbidden"


class Hidden(No):
    """There is no such case for you. 404, exit 4."""

    code = "hidden"


class NotValid(No):
    """The form is not a form; nothing was asked of the case. 422, exit 2."""

    code = "invalid"


class Unknown(No):
    """No answer came in time: ask again with the same id. 202, exit 6."""

    code = "unknown"


class Busy(No):
    """Too many at once on this case: try again in a moment. 429, exit 6."""

    code = "busy"


@dataclass(frozen=True, slots=True)
class CaseTold:
    """Which open case a child has, for those who may see it.

    For anybody else whom to `ask`: the same whether there is a case, was one, or never was.
    """

    child: str
    case_id: str = ""
    reference: str = ""
    ask: Desk | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A child known already who may be the one meant; no name, and the agreeing fields as codes."""

    child: str
    of: str
    agrees: tuple[str, ...]
    cases: tuple[CaseTold, ...] = ()


class ProbableMatch(No):
    """A child of the opening may be known already: somebody must say. 409, exit 4."""

    code = "probable_match"

    def __init__(self, matches: tuple[Match, ...]) -> None:
        super().__init__("probable matches are not answered for")
        self.matches = matches


class ChildHasOpenCase(No):
    """A child of the opening is helped already: use that case, or say why not. 409, exit 4."""

    code = "child_has_open_case"

    def __init__(self, cases: tuple[CaseTold, ...]) -> None:
        super().__init__("a child has an open case")
        self.cases = cases


class AskFirst(ChildHasOpenCase):
    """A child of the opening is known: speak with the desk that knows, or say why not. 409."""

    code = "ask_first"


def refused(reasons: tuple[Unmet, ...]) -> No:
    """Return the kind of no that these reasons make."""
    codes = {reason.code for reason in reasons}
    kind = Forbidden if codes & FORBIDDEN else Conflict if codes & CONFLICTS else RefusedByCase
    return kind(reasons=reasons)


__all__ = [
    "Accepted",
    "AskFirst",
    "Busy",
    "CaseTold",
    "ChildHasOpenCase",
    "Conflict",
    "Forbidden",
    "Hidden",
    "Match",
    "No",
    "NotValid",
    "ProbableMatch",
    "RefusedByCase",
    "Spooled",
    "Unavailable",
    "Unknown",
    "refused",
]
