"""Letters: outside Baton a message says that something waits, and whom to ring meanwhile."""

from dataclasses import dataclass

from config.wording import Phrase, Words, catalogue, filled, phrase


@dataclass(frozen=True, slots=True)
class Envelope:
    """What every message carries besides its purpose; `safety` is the pack's line."""

    reference: str
    link: str
    safety: str
    demonstration: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """A message as it is sent: nothing about the family in either part (practice D8, D9)."""

    subject: str
    body: str


def letter(purpose: str, envelope: Envelope, words: Words | None = None) -> Letter:
    """Return the message for a purpose, with reference, link and safety line (practice D2, D9)."""
    found = catalogue()["purpose"].get(purpose)
    if found is None:
        found = {"subject": "Something waits for you", "body": "Something waits for you."}
    stamp = (phrase(Phrase.DEMONSTRATION, words),) if envelope.demonstration else ()
    parts = (
        *stamp,
        filled(found["body"], words),
        phrase(Phrase.REFERENCE, words, reference=envelope.reference),
        phrase(Phrase.OPEN_HERE, words, link=envelope.link),
        envelope.safety,
    )
    subject = f"{filled(found['subject'], words)}, ref {envelope.reference}"
    marked = f"DEMONSTRATION: {subject}" if stamp else subject
    return Letter(" ".join(marked.split()), "\n\n".join(parts) + "\n")
