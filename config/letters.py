"""Letters: outside Baton a message says that something waits, and whom to ring meanwhile."""

from dataclasses import dataclass

from config.wording import Phrase, Words, catalogue, filled, phrase
from statemodel.people import Desk, Holder, Role

ANSWERING = frozenset({Role.DUTY_MANAGER, Role.EARLY_HELP_MANAGER})


@dataclass(frozen=True, slots=True)
class Envelope:
    """What every message carries besides its purpose; `safety` is the pack's line.

    `is_own`: the link is the reader's own page, for whoever has no account (practice D33).
    """

    reference: str
    link: str
    safety: str
    demonstration: bool = False
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """A message as it is sent: nothing about the family in either part (practice D8, D9)."""

    subject: str
    body: str


def letter(
    purpose: str, envelope: Envelope, words: Words | None = None, to: Holder | None = None
) -> Letter:
    """Return the message for a purpose, with reference, link and safety line (practice D2, D9).

    Where a purpose has words of its own for those who are told and need not answer, `to` says who
    they are: anybody but the desks that answer concerns.
    """
    found = catalogue()["purpose"].get(purpose)
    if found is None:
        found = {"subject": "Something waits for you", "body": "Something waits for you."}
    stamp = (phrase(Phrase.DEMONSTRATION, words),) if envelope.demonstration else ()
    parts = (
        *stamp,
        filled(_part(found, "body", to), words),
        phrase(Phrase.REFERENCE, words, reference=envelope.reference),
        phrase(_way(envelope), words, link=envelope.link),
        envelope.safety,
    )
    subject = f"{filled(_part(found, 'subject', to), words)}, ref {envelope.reference}"
    marked = f"DEMONSTRATION: {subject}" if stamp else subject
    return Letter(" ".join(marked.split()), "\n\n".join(parts) + "\n")


def _way(envelope: Envelope) -> Phrase:
    return Phrase.ANSWER_HERE if envelope.is_own else Phrase.OPEN_HERE


def _part(found: Words, part: str, to: Holder | None) -> str:
    """A desk that answers is asked to look; everybody else is told, where that is said apart."""
    answers = to is None or (isinstance(to, Desk) and to.role in ANSWERING)
    return found[part] if answers else found.get(f"{part}_told", found[part])
