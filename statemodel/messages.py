"""Whom an entry must tell, and for what purpose. Sending is somebody else's business."""

from dataclasses import dataclass, replace
from typing import ClassVar

from statemodel.case import Case
from statemodel.discretion import kept_from
from statemodel.entry import Entry
from statemodel.law import Tell
from statemodel.people import Holder, Person
from statemodel.table import TELLS


@dataclass(frozen=True, slots=True)
class Message:
    """One thing one recipient is to be told; the id holds ids and codes only (decision 29).

    Whoever finds out who sits at a desk leaves out the people of `not_to` (practice D3).
    """

    v: ClassVar[int] = 1
    id: str
    case_id: str
    version: int
    to: Holder
    purpose: str
    about: str
    safety: bool
    not_to: tuple[str, ...] = ()


def messages(case: Case, entry: Entry) -> tuple[Message, ...]:
    """Return what `entry` must tell, seen from the case after it (R354–R374)."""
    found: dict[str, Message] = {}
    for tell in tells(case, entry):
        name = f"{entry.case_id}-{entry.version}-{tell.purpose}-{tell.to.id}"
        found[name] = Message(
            name,
            entry.case_id,
            entry.version,
            tell.to,
            tell.purpose,
            tell.about,
            tell.safety,
            tell.not_to,
        )
    return tuple(found.values())


def tells(case: Case, entry: Entry) -> tuple[Tell, ...]:
    """Return who is told what; nobody is told of what is kept from them (practice D3)."""
    told: list[Tell] = []
    for event in entry.events:
        teller = TELLS.get(type(event))
        told.extend(teller(case, event, entry) if teller else ())
    discreet = (_discreet(case, tell) for tell in told)
    return tuple(tell for tell in discreet if not _is_kept_from(tell))


def _discreet(case: Case, tell: Tell) -> Tell:
    """What says nothing of whom it is kept from is kept from those its thing is kept from."""
    not_to = tell.not_to or kept_from(case, tell.about)
    return replace(tell, not_to=not_to) if not_to else tell


def _is_kept_from(tell: Tell) -> bool:
    return isinstance(tell.to, Person) and tell.to.id in tell.not_to
