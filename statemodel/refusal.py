"""Why something can't be done yet: reasons as facts, turned into words at the edge."""

from dataclasses import dataclass, replace
from enum import StrEnum


class Authority(StrEnum):
    """Whose rule it is; screens say it in words, never a bare number (practice D16)."""

    LAW = "law"
    STATUTORY_GUIDANCE = "statutory_guidance"
    NATIONAL_GUIDANCE = "national_guidance"
    LOCAL_POLICY = "local_policy"
    BATON = "baton"


class Strength(StrEnum):
    """`sense` stops even a record; `stop` stops an ask; `ask_why` wants a reason (D6, D17)."""

    SENSE = "sense"
    STOP = "stop"
    ASK_WHY = "ask_why"


@dataclass(frozen=True, slots=True)
class Unmet:
    """One thing in the way: its code, the rules behind it, whose they are, and its particulars."""

    code: str
    rules: tuple[str, ...]
    authority: Authority
    strength: Strength = Strength.STOP
    facts: tuple[tuple[str, str], ...] = ()

    def about(self, **facts: str) -> "Unmet":
        return replace(self, facts=tuple(sorted(facts.items())))


@dataclass(frozen=True, slots=True)
class Refused:
    """The answer no, with every reason at once."""

    reasons: tuple[Unmet, ...]
