"""Discretion: whom something is about is not told of it, nor answers or strikes it (D3)."""

from collections.abc import Iterable

from statemodel.case import Case
from statemodel.people import Facts, Role
from statemodel.things import Sharing, Task

MOST_MEANT = 16
TRUSTED = frozenset({Role.DUTY_MANAGER, Role.EARLY_HELP_MANAGER})


def meant(people: Iterable[str], facts: Facts, held: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return those named, each once, with those `held` from before, in the order of who matters.

    A task or an undo keeps the first `MOST_MEANT`. Whoever sits where a concern is answered comes
    before everybody else, so that no crowd of other names pushes one of them out.
    """
    known = {person.id: person.roles for person in facts.people}
    named = sorted(dict.fromkeys(people), key=lambda name: name not in known)
    trusted = [name for name in named if TRUSTED.intersection(known.get(name, ()))]
    return tuple(dict.fromkeys((*trusted, *held, *named)))


def kept_from(case: Case, about: str) -> tuple[str, ...]:
    """Return whom nothing may reach that is told about a thing, or about an entry by its number."""
    held = case.thing(Task, about) or case.thing(Sharing, about)
    if held is not None:
        return held.not_to or ()
    undo = next((undo for undo in case.undos if str(undo.version) == about), None)
    return undo.not_to if undo else ()
