"""When somebody is to lead: from a day, until a day, and never two for one child (R1, R148)."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from statemodel.attempt import Asked
from statemodel.burden import MOST_ALIKE
from statemodel.case import Case
from statemodel.refusal import Authority, Strength, Unmet
from statemodel.tenure import Lead, LeadState, Nomination

NATIONAL, BATON = Authority.NATIONAL_GUIDANCE, Authority.BATON
ALREADY_PROPOSED = Unmet("already_proposed", ("R1", "R102"), NATIONAL)
NO_ROOM_FOR_ANOTHER = replace(ALREADY_PROPOSED, strength=Strength.SENSE)
ALREADY_PLANNED = Unmet("lead_planned_already", ("R1", "R148"), NATIONAL)
ODD_TIMES = Unmet("lead_ends_before_it_begins", ("R148",), BATON, Strength.SENSE)
TIME_IS_OVER = Unmet("agreed_time_is_over", ("R148",), BATON, Strength.SENSE)


def no_other_proposal_waits(asked: Asked[Any]) -> Unmet | None:
    """A second one may be recorded, as what happened; a seventeenth makes no sense (decision 6).

    With no form yet, it is in the way when no child and no time is left to propose anybody for.
    """
    waiting = asked.case.nominations
    crowded = len(waiting) + len(_planned(asked.case)) >= MOST_ALIKE
    found = _clashing(asked, waiting)
    if found is None and not crowded:
        return None
    in_way = found or (waiting or _planned(asked.case))[-1].id
    return (NO_ROOM_FOR_ANOTHER if crowded else ALREADY_PROPOSED).about(nomination=in_way)


def no_other_lead_is_planned_then(asked: Asked[Any]) -> Unmet | None:
    """Who leads now gives way to a successor; who is to lead then must be asked first (R148)."""
    found = _clashing(asked, _planned(asked.case))
    return ALREADY_PLANNED.about(lead=found) if found else None


def the_times_make_sense(asked: Asked[Any]) -> Unmet | None:
    since, until = asked.command.since, asked.command.until
    begins = since or asked.happened_at
    return ODD_TIMES if until and until <= begins else None


def the_time_is_not_over(asked: Asked[Any]) -> Unmet | None:
    """Nobody is made lead for a time that has passed while everybody was being asked."""
    assert isinstance(asked.thing, Nomination)
    until = asked.thing.until
    return TIME_IS_OVER if until and until <= asked.context.now else None


def _planned(case: Case) -> tuple[Lead, ...]:
    return tuple(lead for lead in case.every(Lead) if lead.state is LeadState.PLANNED)


def _clashing(asked: Asked[Any], others: tuple[Nomination | Lead, ...]) -> str | None:
    """Return which of these wants a child at a time that is wanted; None where there is room."""
    wanted: Any = asked.thing or asked.command
    if wanted is None:
        return _in_the_way(asked, others)
    begins = wanted.since or asked.context.now
    for other in others:
        shared = set(other.children) & set(wanted.children)
        if shared and other.id != getattr(wanted, "id", "") and _meet(begins, wanted.until, other):
            return other.id
    return None


def _in_the_way(asked: Asked[Any], others: tuple[Nomination | Lead, ...]) -> str | None:
    """Before there is a form: one of these, where no child has any time left at all."""
    taken: tuple[Nomination | Lead, ...] = (*asked.case.nominations, *_planned(asked.case))
    free = any(_has_time(taken, child, asked.context.now) for child in asked.case.children)
    return others[0].id if others and not free else None


def _has_time(taken: tuple[Nomination | Lead, ...], child: str, now: datetime) -> bool:
    mine = [(one.since or now, one.until) for one in taken if child in one.children]
    free_from = now
    for since, until in sorted(mine, key=lambda times: times[0]):
        if since > free_from:
            return True
        if until is None:
            return False
        free_from = max(free_from, until)
    return True


def _meet(begins: datetime, until: datetime | None, other: Nomination | Lead) -> bool:
    """Whether two times have a moment in common; one that begins as another ends does not."""
    ends_first = until is not None and other.since is not None and until <= other.since
    comes_after = other.until is not None and other.until <= begins
    return not ends_first and not comes_after
