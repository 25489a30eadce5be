"""Nobody leads yet: said plainly, with an owner and a clock, never a reason to close (R159)."""

from statemodel.attempt import Asked
from statemodel.deadlines import Clock, DeadlineSet, desk, starts
from statemodel.people import Role
from statemodel.things import DeadlineKind

LEAD = "lead"


def wants_a_lead(asked: Asked[object]) -> tuple[DeadlineSet, ...]:
    """Return the clock in which a meeting is to allocate the role; none where one runs (T31)."""
    if any(deadline.about == LEAD for deadline in asked.case.running):
        return ()
    owner = desk(asked.case, Role.COORDINATOR)
    period = asked.case.pack.clocks.lead_wanted
    clock = Clock(DeadlineKind.LEAD_WANTED, LEAD, owner, period, tag="lead")
    return (starts(asked, clock, asked.context.now),)


def wants_one_still(asked: Asked[object]) -> tuple[DeadlineSet, ...]:
    """Return that clock where a proposal came to nothing and some child has no lead (R106)."""
    return wants_a_lead(asked) if asked.case.vacant else ()
