"""What the clock submits when a deadline's instant has come; each chapter says it of its own."""

from statemodel.case import Case
from statemodel.command import AnyCommand
from statemodel.pathway.clock import MarkMissed, Remind
from statemodel.table import DUE
from statemodel.things import Deadline


def due_command(case: Case, deadline: Deadline) -> AnyCommand:
    """Return the reminder, the chapter's own command, or the step upward that is everybody's."""
    if deadline.next_at != deadline.due.at:
        return Remind(deadline=deadline.id)
    own = DUE.get(deadline.what)
    there = any(thing.id == deadline.about for thing in case.things)
    return own(deadline) if own and there else MarkMissed(deadline=deadline.id)
