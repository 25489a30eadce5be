"""The question went to the wrong person: another is asked, on the same clock (R95, R99; D33)."""

from dataclasses import dataclass, replace
from enum import StrEnum

from statemodel.attempt import Asked
from statemodel.case import Case
from statemodel.command import Command, about
from statemodel.deadlines import desk, put, warning_of
from statemodel.entry import Entry
from statemodel.event import Event
from statemodel.law import Chapter, MachineName, Row, Tell
from statemodel.pathway.manager_answer import (
    OWN_PROPOSAL,
    WAITING,
    nomination_of,
    the_recorder_is_no_party,
)
from statemodel.pathway.nomination import UNKNOWN_NOMINEE, the_case_is_open
from statemodel.people import Holder, Person, Role
from statemodel.refusal import Authority, Strength, Unmet
from statemodel.tenure import Nomination, NominationState
from statemodel.things import Deadline, DeadlineKind


class WhyAnother(StrEnum):
    """Why somebody else is to answer."""

    NOT_HERS = "not_hers"
    AWAY = "away"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskAnotherManager(Command):
    """Say who is to answer a proposal instead of whoever was asked; the date stays."""

    kind = "ask_another_manager"
    thing = "nomination"
    nomination: str = about("The proposal that waits for an answer", "n7")
    seen: int = about("The version of the proposal the person saw", 7)
    manager: str = about("Who is to answer, by id", "p-dee")
    reason: WhyAnother = about("Why somebody else is asked", "not_hers")


@dataclass(frozen=True, slots=True)
class AnotherManagerAsked(Event):
    """The proposal waits for somebody else; it is still the same proposal, with the same date.

    `in_time`: whether they were asked early enough for silence to mean what the policy says (D18).
    """

    kind = "another_manager_asked"
    nomination: str
    manager: str
    deputy: str | None
    before: str
    in_time: bool


LOCAL, BATON = Authority.LOCAL_POLICY, Authority.BATON
NOT_THEIRS_TO_PASS = Unmet("not_yours_to_ask_another", ("R95",), LOCAL)
ASKED_ALREADY = Unmet("manager_asked_already", ("R95", "R99"), BATON, Strength.SENSE)
MANAGES_NOBODY = Unmet("not_a_line_manager", ("R95",), BATON, Strength.SENSE)
MANAGERS = frozenset({Role.LINE_MANAGER, Role.EARLY_HELP_MANAGER})
MAY_PASS = frozenset({Role.COORDINATOR, Role.EARLY_HELP_MANAGER})


def the_question_is_theirs_to_pass(asked: Asked[object]) -> Unmet | None:
    """Whoever was asked, the deputy, or who watches over answers; nobody picks a friendlier one."""
    nomination = nomination_of(asked)
    was_asked = asked.answers_for in (nomination.asked, nomination.deputy)
    watches = asked.actor is not None and bool(MAY_PASS & set(asked.actor.roles))
    return None if was_asked or watches else NOT_THEIRS_TO_PASS.about(asked=nomination.asked)


def somebody_else_is_named(asked: Asked[AskAnotherManager]) -> Unmet | None:
    nomination, named = nomination_of(asked), asked.command.manager
    same = named in (nomination.asked, nomination.nominee)
    return ASKED_ALREADY.about(manager=named) if same else None


def who_proposed_is_not_asked(asked: Asked[AskAnotherManager]) -> Unmet | None:
    return OWN_PROPOSAL if asked.command.manager == nomination_of(asked).proposer else None


def the_other_is_known(asked: Asked[AskAnotherManager]) -> Unmet | None:
    named = asked.command.manager
    return None if asked.context.facts.of(named) else UNKNOWN_NOMINEE.about(person=named)


def the_other_manages_people_here(asked: Asked[AskAnotherManager]) -> Unmet | None:
    known = asked.context.facts.of(asked.command.manager)
    able = known is None or (known.active and bool(MANAGERS & set(known.roles)))
    return None if able else MANAGES_NOBODY.about(manager=asked.command.manager)


def still_in_time(asked: Asked[object]) -> bool:
    """Whether whoever is asked now has as long as the warning before the date, or longer."""
    owed = nomination_of(asked).due
    warned = warning_of(asked.case, owed, asked.case.pack.clocks.manager_reminder)
    return asked.context.now <= (warned or owed.at)


def _asks(asked: Asked[AskAnotherManager]) -> tuple[Event, ...]:
    nomination, named = nomination_of(asked), asked.command.manager
    known = asked.context.facts.of(named)
    deputy = known.deputy if known else None
    in_time = still_in_time(asked)
    return (AnotherManagerAsked(nomination.id, named, deputy, nomination.asked, in_time),)


def _fold(case: Case, event: AnotherManagerAsked, entry: Entry) -> Case:
    """The clock goes on as it was, and reminds whoever is asked now."""
    held = case.thing(Nomination, event.nomination)
    if held is None:
        return case
    other = replace(held, asked=event.manager, deputy=event.deputy, delivered=True)
    case = put(case, replace(other, asked_in_time=event.in_time, version=entry.version))
    for clock in case.every(Deadline):
        if clock.live and clock.about == held.id and clock.what is DeadlineKind.MANAGER_ANSWER:
            case = put(case, replace(clock, owner=Person(event.manager)))
    return case


def _tells(case: Case, event: AnotherManagerAsked, entry: Entry) -> tuple[Tell, ...]:
    held = case.thing(Nomination, event.nomination)
    if held is None:
        return ()
    question = Tell(Person(event.manager), "please_answer", held.id)
    people = (Person(event.before), Person(held.nominee))
    told: tuple[Holder, ...] = (*people, desk(case, Role.COORDINATOR))
    copies = (Tell(holder, "another_manager_asked", held.id) for holder in dict.fromkeys(told))
    return question, *copies


CHAPTER = Chapter(
    rows=(
        Row(
            AskAnotherManager,
            MachineName.NOMINATION,
            (*WAITING, NominationState.ASKED_LATE),
            None,
            ("R95", "R99", "R101"),
            asks=(the_case_is_open, the_question_is_theirs_to_pass, the_recorder_is_no_party),
            needs=(
                somebody_else_is_named,
                who_proposed_is_not_asked,
                the_other_is_known,
                the_other_manages_people_here,
            ),
        ),
    ),
    happens={AskAnotherManager: _asks},
    folds={AnotherManagerAsked: _fold},
    tells={AnotherManagerAsked: _tells},
)
