"""What a link leads to now: a question, a copy of what was recorded, or nothing to be told."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from console.given import Given
from gateway.answers import Hidden
from gateway.links import COPIES, links_of
from readmodel.directory import facts_for
from readmodel.links import Link
from readmodel.vault import NoKey
from statemodel import Case
from statemodel.tenure import Nomination, NominationState

AFTER_THE_DATE = timedelta(days=14)  # a late answer is still kept, and marked late (R103)
WAITS: Final = frozenset(
    {
        NominationState.PROPOSED,
        NominationState.IN_DISCUSSION,
        NominationState.ASKED_LATE,
        NominationState.REFERRED,
    }
)
ANSWERED: Final = frozenset(NominationState) - {
    NominationState.NONE,
    NominationState.PROPOSED,
    NominationState.ASKED_LATE,
}


class Leads(StrEnum):
    """Where a link leads; the last two alone show anything of the case."""

    UNKNOWN = "unknown"
    EXPIRED = "expired"
    DECIDED = "decided"
    PASSED_ON = "passed_on"
    COPY = "copy"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Opened:
    """A link opened: the case and the proposal only where they may be shown."""

    leads: Leads
    link: Link | None = None
    case: Case | None = None
    held: Nomination | None = None

    @property
    def is_shown(self) -> bool:
        return self.leads in (Leads.QUESTION, Leads.COPY)

    @property
    def was_used(self) -> bool:
        """Whether this very link has been answered by, so that its owner may be thanked."""
        return self.link is not None and self.link.answered_at is not None


async def opened(given: Given, token: str) -> Opened:
    """Return what a token leads to; raises Unavailable and StoreUnavailable."""
    gateway = given.gateway
    link = await links_of(gateway).find(token)
    if link is None:
        return Opened(Leads.UNKNOWN)
    now = gateway.clock()
    if now > link.expires_at or not await _works_here(given, link.person):
        return Opened(Leads.EXPIRED, link)
    try:
        case = await gateway.snapshot(link.case_id)
    except (Hidden, NoKey):
        return Opened(Leads.UNKNOWN)
    held = case.thing(Nomination, link.about)
    if held is None:
        return Opened(Leads.DECIDED, link)
    leads = _copy(link, held) if link.purpose in COPIES else _question(link, case, held, now)
    return Opened(leads, link, case, held)


def _copy(link: Link, held: Nomination) -> Leads:
    theirs = link.person in (held.asked, held.deputy, held.agreed_by, held.nominee)
    return Leads.COPY if theirs and held.state in ANSWERED else Leads.DECIDED


def _question(link: Link, case: Case, held: Nomination, now: datetime) -> Leads:
    is_open = case.is_open and held.state in WAITS and held.agreed_by is None
    if not is_open:
        return Leads.DECIDED
    if link.person not in (held.asked, held.deputy):
        return Leads.PASSED_ON
    return Leads.EXPIRED if now > held.due.at + AFTER_THE_DATE else Leads.QUESTION


async def _works_here(given: Given, person: str) -> bool:
    known = await facts_for(given.gateway.store, [person])
    return bool(known) and known[0].active
