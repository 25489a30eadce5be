"""What a choice is called, wherever one is offered or read back."""

from enum import Enum
from typing import Final

from config.wording import Words, label

OTHER_GROUPS: Final = {
    "AgreementAnswer": "answer",
    "AssessmentKind": "assessment_kind",
    "OwnerKind": "owner_kind",
    "WhyAnother": "why_another",
}


def choice(member: Enum, words: Words) -> str:
    """Return a choice as people call it; its words stand in the group of its kind."""
    kind = type(member).__name__
    return label(OTHER_GROUPS.get(kind, kind.lower()), str(member.value), words)
