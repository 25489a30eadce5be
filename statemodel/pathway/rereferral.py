"""Re-referral: a closed family needs help again; a new beginning, told apart (T27, R185)."""

from dataclasses import dataclass, replace

from statemodel.attempt import Asked
from statemodel.case import Case, Stage, Standing
from statemodel.command import Command, about
from statemodel.deadlines import Clock, desk, starts
from statemodel.entry import Entry
from statemodel.event import Event
from statemodel.law import CASEWORK, Chapter, MachineName, Row, Tell
from statemodel.people import Person, Role
from statemodel.refusal import Authority, Unmet
from statemodel.tenure import Trusted
from statemodel.things import Agreement, Checks, DeadlineKind, Sharing, Thing


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferAgain(Command):
    """Say that help from several agencies is needed once more."""

    kind = "refer_again"
    why: str = about("What has changed", "School reports a change", limit=10_000)


@dataclass(frozen=True, slots=True)
class ReferredAgain(Event):
    """The case begins anew, linked to what it was; checks, agreement and lead are asked afresh.

    The assessment stays, to be brought up to date (R186, R187).
    """

    kind = "referred_again"
    holder: Person


NO_CHANGE_SAID = Unmet("no_change_said", ("R186",), Authority.NATIONAL_GUIDANCE)


def it_is_said_what_changed(asked: Asked[ReferAgain]) -> Unmet | None:
    return None if asked.command.why.strip() else NO_CHANGE_SAID


def _refers(asked: Asked[ReferAgain]) -> tuple[Event, ...]:
    holder = Person(asked.answers_for)
    clock = Clock(DeadlineKind.AGREEMENT, "case", holder, asked.case.pack.clocks.agreement)
    return ReferredAgain(holder), starts(asked, clock, asked.context.now)


def _fold(case: Case, event: ReferredAgain, entry: Entry) -> Case:
    standing = Standing(Stage.IDENTIFIED, event.holder, accepted_at=entry.at)
    things = tuple(_afresh(thing, entry) for thing in case.things)
    return replace(case, standing=standing, things=things)


def _afresh(thing: Thing, entry: Entry) -> Thing:
    """What was found, agreed, shared and trusted belongs to the episode that is over."""
    if isinstance(thing, Checks):
        return Checks(thing.id)
    if isinstance(thing, Agreement | Sharing) and thing.over_at is None:
        return replace(thing, over_at=entry.at)
    if isinstance(thing, Trusted) and thing.live:
        return replace(thing, ended_at=entry.at)
    return thing


def _tells(case: Case, event: ReferredAgain, entry: Entry) -> tuple[Tell, ...]:
    return (Tell(desk(case, Role.COORDINATOR), "referred_again", "case"),)


CHAPTER = Chapter(
    rows=(
        Row(
            ReferAgain,
            MachineName.STAGE,
            (Stage.CLOSED,),
            Stage.IDENTIFIED,
            ("T27", "R185", "R186", "R187"),
            needs=(it_is_said_what_changed,),
        ),
    ),
    happens={ReferAgain: _refers},
    folds={ReferredAgain: _fold},
    tells={ReferredAgain: _tells},
    roles={ReferAgain: CASEWORK},
)
