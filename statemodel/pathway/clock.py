"""What the clock does by itself: remind, pass upward, set aside. It decides nothing (D5, R302)."""

from dataclasses import dataclass, replace

from statemodel.attempt import Asked
from statemodel.case import Case, Stage
from statemodel.command import Automatic, about
from statemodel.deadlines import (
    Clock,
    DeadlineSet,
    DeadlineSettled,
    desk,
    fold_set,
    fold_settled,
    put,
    starts,
)
from statemodel.entry import Entry
from statemodel.event import Event
from statemodel.law import Chapter, MachineName, Row, Tell
from statemodel.people import Role
from statemodel.refusal import Authority, Strength, Unmet
from statemodel.things import (
    Deadline,
    DeadlineKind,
    DeadlineState,
    Task,
    TaskKind,
)

FIRST_STEP_UP, LAST_STEP_UP = Role.COORDINATOR, Role.EARLY_HELP_MANAGER


@dataclass(frozen=True, slots=True, kw_only=True)
class Remind(Automatic):
    """A deadline is near; its owner is told."""

    kind = "remind"
    deadline: str = about("The deadline", "d4")


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkMissed(Automatic):
    """A deadline has passed; it goes one step up, with a clock of its own (I33)."""

    kind = "mark_missed"
    deadline: str = about("The deadline", "d4")


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkDeadline(Automatic):
    """The clock's own command was refused: set the deadline aside for operations (decision 8)."""

    kind = "park_deadline"
    deadline: str = about("The deadline", "d4")
    reasons: tuple[str, ...] = about("Why the clock's command was refused", ["not_yet_due"])


@dataclass(frozen=True, slots=True)
class OwnerReminded(Event):
    kind = "owner_reminded"
    deadline: str


NO_SUCH = Unmet("deadline_not_running", ("R298",), Authority.BATON, Strength.SENSE)
TOO_EARLY = Unmet("not_yet_due", ("R298",), Authority.BATON, Strength.SENSE)


def running(asked: Asked[Remind | MarkMissed | ParkDeadline]) -> Deadline | None:
    found = asked.case.thing(Deadline, asked.command.deadline)
    return found if found and found.state is DeadlineState.RUNNING else None


def it_is_running(asked: Asked[Remind | MarkMissed | ParkDeadline]) -> Unmet | None:
    return None if running(asked) else NO_SUCH


def it_is_near(asked: Asked[Remind]) -> Unmet | None:
    deadline = running(asked)
    early = deadline and (deadline.remind_at or deadline.due.at) > asked.context.now
    return TOO_EARLY if early else None


def it_has_passed(asked: Asked[MarkMissed]) -> Unmet | None:
    deadline = running(asked)
    return TOO_EARLY if deadline and deadline.due.at > asked.context.now else None


def _reminds(asked: Asked[Remind]) -> tuple[Event, ...]:
    return (OwnerReminded(asked.command.deadline),)


def _misses(asked: Asked[MarkMissed]) -> tuple[Event, ...]:
    return _next_step(asked, DeadlineState.MISSED)


def _parks(asked: Asked[ParkDeadline]) -> tuple[Event, ...]:
    return _next_step(asked, DeadlineState.PARKED)


def _next_step(asked: Asked[MarkMissed | ParkDeadline], state: DeadlineState) -> tuple[Event, ...]:
    deadline = asked.case.thing(Deadline, asked.command.deadline)
    assert deadline, "the guards let no other deadline through"
    owner = desk(asked.case, _next_up(asked.case, deadline))
    period, step = asked.case.pack.clocks.follow_up, deadline.step + 1
    clock = Clock(DeadlineKind.FOLLOW_UP, deadline.about, owner, period, step=step)
    ended = DeadlineSettled(deadline.id, state, asked.context.now)
    return ended, starts(asked, clock, asked.context.now)


def _next_up(case: Case, deadline: Deadline) -> Role:
    """Never down, and a concern past the desk that works with those it may be about (D3)."""
    task = case.thing(Task, deadline.about)
    concern = task is not None and task.what is TaskKind.CONCERN
    up_already = deadline.step > 0 or deadline.owner == desk(case, LAST_STEP_UP)
    return LAST_STEP_UP if up_already or concern else FIRST_STEP_UP


def _fold_reminded(case: Case, event: OwnerReminded, entry: Entry) -> Case:
    deadline = case.thing(Deadline, event.deadline)
    return put(case, replace(deadline, reminded_at=entry.at)) if deadline else case


def _tell_reminded(case: Case, event: OwnerReminded, entry: Entry) -> tuple[Tell, ...]:
    deadline = case.thing(Deadline, event.deadline)
    return (Tell(deadline.owner, "due_soon", deadline.about),) if deadline else ()


def _tell_passed_up(case: Case, event: DeadlineSet, entry: Entry) -> tuple[Tell, ...]:
    deadline = event.deadline
    if deadline.what is not DeadlineKind.FOLLOW_UP:
        return ()
    return (Tell(deadline.owner, "passed_up", deadline.about),)


ANY_STAGE = tuple(stage for stage in Stage if stage is not Stage.NONE)
_REMIND = Row(
    Remind, MachineName.STAGE, ANY_STAGE, None, ("R302",), needs=(it_is_running, it_is_near)
)
CHAPTER = Chapter(
    rows=(
        _REMIND,
        replace(_REMIND, command=MarkMissed, needs=(it_is_running, it_has_passed)),
        replace(_REMIND, command=ParkDeadline, rules=("R394",), needs=(it_is_running,)),
    ),
    happens={Remind: _reminds, MarkMissed: _misses, ParkDeadline: _parks},
    folds={
        DeadlineSet: fold_set,
        DeadlineSettled: fold_settled,
        OwnerReminded: _fold_reminded,
    },
    tells={OwnerReminded: _tell_reminded, DeadlineSet: _tell_passed_up},
)
