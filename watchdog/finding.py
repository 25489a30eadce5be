"""A finding: one condition of one case, in codes and ids only; and a place that gave no answer."""

from dataclasses import dataclass, field
from enum import StrEnum


class Code(StrEnum):
    """What can be wrong. Each holds up a case, or hides from people how it stands."""

    OPEN_WITHOUT_RUN = "open_without_run"  # or owing something, with nothing to keep its clock
    RUN_WITHOUT_CASE = "run_without_case"
    UNSTARTED_CLAIM = "unstarted_claim"
    UNRECORDED_CLAIM = "unrecorded_claim"
    NO_PULSE = "no_pulse"
    DEADLINE_NOT_FIRED = "deadline_not_fired"
    JOURNAL_BEHIND = "journal_behind"
    PROJECTION_BEHIND = "projection_behind"
    DIVERGED = "diverged"
    NOBODY_RESPONSIBLE = "nobody_responsible"
    NO_RUNNING_DEADLINE = "no_running_deadline"


NEEDS_BOTH = frozenset(
    {
        Code.OPEN_WITHOUT_RUN,
        Code.RUN_WITHOUT_CASE,
        Code.UNSTARTED_CLAIM,
        Code.UNRECORDED_CLAIM,
        Code.NO_PULSE,
    }
)


class Place(StrEnum):
    """The two stores that are read."""

    DATABASE = "database"
    TEMPORAL = "temporal"


class Unreachable(Exception):
    """A place gave no answer that can be judged by; `why` is a code and quotes nothing."""

    def __init__(self, place: Place, why: str) -> None:
        super().__init__(f"{place}: {why}")
        self.place, self.why = place, why


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """The same finding is of the same kind and case; `about` says more, as a code, and may turn."""

    code: Code
    case_id: str
    about: str = field(default="", compare=False)
