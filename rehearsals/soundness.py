"""What must hold of every case after every entry, whatever a story expects (I1–I3)."""

from collections.abc import Iterator
from itertools import pairwise

import wire
from statemodel import Case, Entry, evolve, next_deadline, summary
from statemodel.entry import digest_of
from statemodel.plain import canonical

LARGEST_CASE = 128 * 1024  # bytes of canonical text (decision 6)


class Unsound(AssertionError):
    """A law of Baton's own is broken: a bug, and never an answer."""


class Witness:
    """Follows a case's entries as they come, and folds them again from their plain documents."""

    def __init__(self, case: Case, secret: str) -> None:
        self._folded, self._secret = case, secret

    def see(self, entry: Entry, case: Case) -> None:
        """Raise Unsound unless the chain holds, the fold agrees, and the case is in hand."""
        document = wire.encode(entry)
        if entry.prev != self._folded.head:
            raise Unsound(f"entry {entry.version} does not follow the one before it")
        if digest_of(document, self._secret) != entry.digest:
            raise Unsound(f"entry {entry.version} is not what its digest says")
        self._folded = evolve(self._folded, wire.decode(Entry, document))
        if self._folded != case:
            raise Unsound(f"folding the journal to entry {entry.version} gives another case")
        wrong = next(unsound(case), None)
        if wrong:
            raise Unsound(f"after entry {entry.version} {wrong}")


def unsound(case: Case) -> Iterator[str]:
    """Yield what is wrong with a case as it stands: bounded, in somebody's hands, with a clock."""
    if len(canonical(wire.encode(case))) > LARGEST_CASE:
        yield "the case is larger than 128 KiB"
    if case.is_open:
        shown = summary(case)
        if shown.responsible is None:
            yield "nobody is responsible"
        if not shown.next_step or shown.waits_on is None:
            yield "no next step is owed by anybody"
        if next_deadline(case) is None:
            yield "no deadline runs"
    yield from _led_twice(case)


def _led_twice(case: Case) -> Iterator[str]:
    """A child has at most one lead at any instant, and none once help has ended (R1, R151)."""
    for child in case.children:
        leads = case.leads(child)
        if sum(lead.current for lead in leads) > 1:
            yield "a child has two leads at once"
        if any(before.until and before.until > after.since for before, after in pairwise(leads)):
            yield "one lead is to end after the next has begun"
        if leads and not case.is_open:
            yield "somebody leads in a case that is closed"
