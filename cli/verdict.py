"""One check's verdict, as `doctor` prints it."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """`fault`: something does not work; `attention`: it works, and somebody should look."""

    OK = "ok"
    ATTENTION = "attention"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Verdict:
    what: str
    state: State
    says: str
    remedy: str = ""


def ok(what: str, says: str) -> Verdict:
    return Verdict(what, State.OK, says)


def attention(what: str, says: str, remedy: str) -> Verdict:
    return Verdict(what, State.ATTENTION, says, remedy)


def fault(what: str, says: str, remedy: str) -> Verdict:
    return Verdict(what, State.FAULT, says, remedy)
