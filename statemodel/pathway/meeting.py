"""The meeting of family and practitioners: who came, what was agreed, and when next (R57–R79)."""

from dataclasses import dataclass, replace
from datetime import datetime

from statemodel.assessing import Document
from statemodel.attempt import Asked
from statemodel.case import OPEN_STAGES, Case
from statemodel.command import Command, about
from statemodel.deadlines import desk, put, settles
from statemodel.entry import Entry
from statemodel.event import Event
from statemodel.law import CASEWORK, Chapter, MachineName, Row, Tell
from statemodel.pathway.action_clocks import day_of, next_day, watches
from statemodel.pathway.agreed_actions import (
    every_action_is_somebodys_and_timed,
    owner_of,
    the_actions_can_be_kept,
    the_actions_make_sense,
    their_owners_are_known,
)
from statemodel.pathway.identify import Need
from statemodel.pathway.plan import plan_of
from statemodel.pathway.reviewing import (
    next_review,
    the_next_review_is_set,
    the_next_review_is_within_a_year,
    the_next_review_lies_ahead,
)
from statemodel.pathway.tenures import PLANNED
from statemodel.pathway.vacancy import wants_a_lead
from statemodel.people import Holder, Person, Role
from statemodel.planning import (
    Action,
    ActionState,
    AgreedAction,
    Invitee,
    OwnerKind,
    Plan,
    PlanState,
    Seat,
    Signature,
)
from statemodel.refusal import Authority, Strength, Unmet

MOST_PRIORITIES = 10
NEEDS = frozenset(need.value for need in Need)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordMeeting(Command):
    """Write down a meeting: who came, what was agreed and by whom, and when the next review is."""

    kind = "record_meeting"
    invited: tuple[Seat, ...] = about(
        "Who was asked, and who came",
        [{"who": "p-sam", "kind": "practitioner", "came": "attended"}],
    )
    why_no_child: str = about("Why a child was not asked", "Eighteen months old", default="")
    why_no_family: str = about("Why nobody of the family was there", "In hospital", default="")
    needs_agreed: bool = about("Everybody talked the needs over", True, default=False)
    outcomes_agreed: bool = about("Everybody agreed what is to come of it", True, default=False)
    parts_agreed: bool = about("Everybody agreed who does what", True, default=False)
    priorities: tuple[str, ...] = about("What comes first", ["Sleep, hers", "housing"], default=())
    actions: tuple[AgreedAction, ...] = about(
        "Who does what by when", [{"what": "Ask for repairs", "owner": "p-sam"}], default=()
    )
    signatures: tuple[Signature, ...] = about(
        "Who signed", [{"who": "f-parent", "signed": True}], default=()
    )
    progress: str = about("How and when progress is watched", "By phone, weekly", default="")
    chair: str = about("Who chaired, by id", "p-ana", default="")
    minute_taker: str = about("Who took the minutes, by id", "p-jo", default="")
    minutes: Document | None = about("Where the minutes are", None, default=None)
    next_review: datetime | None = about(
        "When the first or next review is", "2026-06-01T09:00:00Z", default=None
    )


@dataclass(frozen=True, slots=True)
class MeetingRecorded(Event):
    """The plan stands as the meeting agreed it, and so do its actions."""

    kind = "meeting_recorded"
    plan: Plan
    actions: tuple[Action, ...] = ()


NATIONAL, BATON = Authority.NATIONAL_GUIDANCE, Authority.BATON
CHILD_NOT_ASKED = Unmet("child_not_invited", ("R60",), NATIONAL, Strength.ASK_WHY)
NO_FAMILY = Unmet("family_not_at_meeting", ("R6", "R60"), NATIONAL, Strength.ASK_WHY)
NOT_AGREED = Unmet("needs_and_parts_not_agreed", ("R62",), NATIONAL, Strength.ASK_WHY)
NO_PRIORITIES = Unmet("no_priorities", ("R63",), NATIONAL, Strength.ASK_WHY)
TOO_MANY_PRIORITIES = Unmet("too_many_priorities", ("R63",), BATON, Strength.SENSE)


def each_child_was_asked_or_it_is_said_why(asked: Asked[RecordMeeting]) -> Unmet | None:
    command = asked.command
    seats = {seat.who for seat in command.invited if seat.kind is Invitee.CHILD}
    missing = set(asked.case.children) - seats
    return CHILD_NOT_ASKED if missing and not command.why_no_child.strip() else None


def the_family_was_heard_or_it_is_said_why(asked: Asked[RecordMeeting]) -> Unmet | None:
    command = asked.command
    theirs = (seat for seat in command.invited if seat.kind is not Invitee.PRACTITIONER)
    heard = any(seat.heard for seat in theirs)
    return None if heard or command.why_no_family.strip() else NO_FAMILY


def needs_outcomes_and_parts_were_agreed(asked: Asked[RecordMeeting]) -> Unmet | None:
    return None if _agreed(asked.command) else NOT_AGREED


def something_comes_first(asked: Asked[RecordMeeting]) -> Unmet | None:
    """How many is for the meeting to say: three is a tip (R63)."""
    named = asked.command.priorities
    if len(named) > MOST_PRIORITIES:
        return TOO_MANY_PRIORITIES
    return None if any(one.strip() for one in named) else NO_PRIORITIES


def _agreed(command: RecordMeeting) -> bool:
    return command.needs_agreed and command.outcomes_agreed and command.parts_agreed


def _happens(asked: Asked[RecordMeeting]) -> tuple[Event, ...]:
    forms = enumerate(asked.command.actions, start=1)
    actions = tuple(_action(asked, form, number) for number, form in forms)
    clocks = (watches(asked, one, f"a{n}") for n, one in enumerate(actions, start=1))
    return (
        MeetingRecorded(_plan(asked), actions),
        *_first_meeting(asked),
        *next_review(asked, asked.command.next_review),
        *(clock for mine in clocks for clock in mine),
        *_search(asked),
    )


def _first_meeting(asked: Asked[RecordMeeting]) -> tuple[Event, ...]:
    """A meeting held earlier settles nothing that its stage still owes."""
    return settles(asked, "case") if asked.case.stage in PLANNED else ()


def _plan(asked: Asked[RecordMeeting]) -> Plan:
    """One plan while help lasts, and each meeting its next version; its words stay in the entry."""
    command, held = asked.command, plan_of(asked.case)
    return Plan(
        id=held.id if held else f"p{asked.version}",
        version=asked.version,
        state=PlanState.AGREED,
        held_at=asked.happened_at,
        number=held.number + 1 if held else 1,
        priorities=tuple(one for one in command.priorities if one in NEEDS),
        document=command.minutes,
        agreed_all=_agreed(command),
    )


def _action(asked: Asked[RecordMeeting], form: AgreedAction, number: int) -> Action:
    today = day_of(asked.case, asked.happened_at)
    condition = bool(form.only_if.strip())
    later = form.since is not None and form.since > today
    action = Action(
        id=f"a{asked.version}.{number}",
        version=asked.version,
        state=ActionState.WAITING if condition or later else ActionState.OPEN,
        owner=owner_of(asked, form),
        owner_kind=form.owner_kind,
        by=form.by,
        children=tuple(dict.fromkeys(form.children)),
        condition=condition,
        since=form.since,
        every_weeks=form.every_weeks,
    )
    unset = action.by is None and action.state is ActionState.OPEN
    return replace(action, by=next_day(action, today)) if unset else action


def _search(asked: Asked[object]) -> tuple[Event, ...]:
    """Whoever nobody leads and nobody is proposed for is found a lead next (R63, T31)."""
    case = asked.case
    if case.stage not in PLANNED:
        return ()
    proposed = {child for held in case.nominations for child in held.children}
    left = [child for child in case.children if child not in proposed and not case.leads(child)]
    return wants_a_lead(asked) if left else ()


def _fold(case: Case, event: MeetingRecorded, entry: Entry) -> Case:
    case = put(case, event.plan)
    for action in event.actions:
        case = put(case, action)
    return case


def _tells(case: Case, event: MeetingRecorded, entry: Entry) -> tuple[Tell, ...]:
    """The family is told by a person, each as is safe for them (practice D8)."""
    holder = case.standing.responsible
    to: tuple[Holder, ...] = (desk(case, Role.COORDINATOR),)
    people = (holder,) if isinstance(holder, Person) else ()
    told = (Tell(one, "meeting_recorded", event.plan.id) for one in (*people, *to))
    return *told, *_tell_owners(event)


def _tell_owners(event: MeetingRecorded) -> tuple[Tell, ...]:
    first: dict[str, str] = {}
    for action in event.actions:
        if action.owner and action.owner_kind is OwnerKind.PRACTITIONER:
            first.setdefault(action.owner, action.id)
    return tuple(Tell(Person(who), "action_agreed", name) for who, name in first.items())


CHAPTER = Chapter(
    rows=(
        Row(
            RecordMeeting,
            MachineName.STAGE,
            OPEN_STAGES,
            None,
            ("R60", "R62", "R63", "R64", "R65", "R68", "R74", "R130"),
            needs=(
                the_next_review_is_set,
                the_next_review_lies_ahead,
                the_next_review_is_within_a_year,
                each_child_was_asked_or_it_is_said_why,
                the_family_was_heard_or_it_is_said_why,
                needs_outcomes_and_parts_were_agreed,
                something_comes_first,
                every_action_is_somebodys_and_timed,
                the_actions_make_sense,
                their_owners_are_known,
                the_actions_can_be_kept,
            ),
        ),
    ),
    happens={RecordMeeting: _happens},
    folds={MeetingRecorded: _fold},
    tells={MeetingRecorded: _tells},
    roles={RecordMeeting: CASEWORK},
)
