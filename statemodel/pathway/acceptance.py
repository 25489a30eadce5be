"""The nominee's own answer: nobody leads who has not said yes herself (R92, I20; practice D19)."""

from dataclasses import dataclass, replace
from datetime import datetime

from statemodel.attempt import Asked
from statemodel.case import Case
from statemodel.command import Command, about
from statemodel.deadlines import desk, put, settles
from statemodel.entry import Entry
from statemodel.event import Event
from statemodel.law import Chapter, MachineName, Row, Tell, unchanged
from statemodel.pathway.manager_answer import asked_again_no_more, nomination_of
from statemodel.pathway.nomination import the_case_is_open
from statemodel.pathway.vacancy import wants_one_still
from statemodel.people import Role
from statemodel.refusal import Authority, Strength, Unmet
from statemodel.tenure import LIVE_NOMINATIONS, Nomination, NominationState


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptNomination(Command):
    """Say yes to leading, with whatever doubt and support go with it."""

    kind = "accept_nomination"
    thing = "nomination"
    nomination: str = about("The proposal", "n7")
    doubt: str = about("A doubt about skill or time, if any", "", default="", limit=10_000)
    support: str = about("The support that was offered", "", default="", limit=10_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineNomination(Command):
    """Say no to leading."""

    kind = "decline_nomination"
    thing = "nomination"
    nomination: str = about("The proposal", "n7")
    why: str = about("Why not", "No time before May", limit=10_000)


@dataclass(frozen=True, slots=True)
class NominationAccepted(Event):
    """The nominee says yes; managers and family still have their own say."""

    kind = "nomination_accepted"
    nomination: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NominationDeclined(Event):
    """The nominee says no; somebody else is looked for."""

    kind = "nomination_declined"
    nomination: str


NOT_THE_NOMINEE = Unmet("not_the_nominee", ("R92", "R149"), Authority.BATON, Strength.SENSE)


def the_answer_is_the_nominees(asked: Asked[object]) -> Unmet | None:
    nominee = nomination_of(asked).nominee
    return None if asked.answers_for == nominee else NOT_THE_NOMINEE.about(nominee=nominee)


def _accepts(asked: Asked[AcceptNomination]) -> tuple[Event, ...]:
    return (NominationAccepted(asked.command.nomination, asked.happened_at),)


def _declines(asked: Asked[DeclineNomination]) -> tuple[Event, ...]:
    name = asked.command.nomination
    ended = (*settles(asked, name), *asked_again_no_more(asked))
    return NominationDeclined(name), *ended, *wants_one_still(asked)


def _fold_accepted(case: Case, event: NominationAccepted, entry: Entry) -> Case:
    """No newer version: the manager's answer on its way meets no wall for it."""
    nomination = case.thing(Nomination, event.nomination)
    return put(case, replace(nomination, accepted_at=event.at)) if nomination else case


def _tell_declined(case: Case, event: NominationDeclined, entry: Entry) -> tuple[Tell, ...]:
    return (Tell(desk(case, Role.COORDINATOR), "nominee_declined", event.nomination),)


LIVE = tuple(sorted(LIVE_NOMINATIONS))
_ACCEPT = Row(
    AcceptNomination,
    MachineName.NOMINATION,
    LIVE,
    None,
    ("R92", "R149"),
    asks=(the_case_is_open, the_answer_is_the_nominees),
)
CHAPTER = Chapter(
    rows=(
        _ACCEPT,
        replace(_ACCEPT, command=DeclineNomination, to=NominationState.SET_ASIDE),
    ),
    happens={AcceptNomination: _accepts, DeclineNomination: _declines},
    folds={NominationAccepted: _fold_accepted, NominationDeclined: unchanged},
    tells={NominationDeclined: _tell_declined},
)
