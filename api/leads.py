"""Who leads each child, as the API shows it: people by their ids, and the same in words."""

from dataclasses import dataclass
from datetime import datetime

from api.given import Given
from config.leads import leading
from statemodel import Case


@dataclass(frozen=True, slots=True)
class LeadShown:
    """A tenure that runs or is planned; times are UTC, `version` is what If-Match compares."""

    id: str
    version: int
    state: str
    person: str
    since: datetime
    until: datetime | None
    cover: str | None
    cover_until: datetime | None


@dataclass(frozen=True, slots=True)
class ChildLed:
    """One child's leads, the earliest first; none is said plainly in `words` (R159)."""

    child: str
    leads: tuple[LeadShown, ...]
    words: str


def children_led(given: Given, case: Case) -> tuple[ChildLed, ...]:
    """Return for each child who leads, stands in, and comes next (R1, R151, R156)."""
    return tuple(
        ChildLed(child, _leads(case, child), leading(case, child, given.words))
        for child in case.children
    )


def _leads(case: Case, child: str) -> tuple[LeadShown, ...]:
    return tuple(
        LeadShown(
            lead.id,
            lead.version,
            lead.state.value,
            lead.person,
            lead.since,
            lead.until,
            lead.cover,
            lead.cover_until,
        )
        for lead in case.leads(child)
    )
