"""A child known already, in words: what agrees, and its open case or whom to ask about that."""

from collections.abc import Iterable

from config.wording import Phrase, Words, label, phrase
from statemodel.people import Desk


def agrees_words(codes: Iterable[str], words: Words | None = None) -> str:
    """Return "the same name, the same date of birth"."""
    return ", ".join(label("agrees", code, words) for code in codes)


def case_words(reference: str, ask: Desk | None, words: Words | None = None) -> str:
    """Return "There is an open case, 7Q4M2X9KD", or whom to speak with."""
    if ask is None:
        return phrase(Phrase.OPEN_CASE, words, reference=reference)
    return phrase(Phrase.ASK_ABOUT_CASE, words, who=label("role", ask.role, words))
