"""Identify: a practitioner judges that needs may be unmet, and the case is theirs (T1, R16–R20)."""

from dataclasses import dataclass, replace
from enum import StrEnum

from statemodel.attempt import Asked
from statemodel.case import Case, Stage, Standing
from statemodel.command import Command, about
from statemodel.deadlines import Clock, starts
from statemodel.entry import Entry
from statemodel.event import Event
from statemodel.law import CASEWORK, Chapter, MachineName, Row
from statemodel.people import Person
from statemodel.refusal import Authority, Strength, Unmet
from statemodel.things import DeadlineKind


class Source(StrEnum):
    """How the concern arose (R17)."""

    OBSERVATION = "observation"
    REFERRAL = "referral"
    ROUTINE_VISIT = "routine_visit"
    LIFE_EVENT = "life_event"
    OTHER_PRACTITIONER = "other_practitioner"
    OTHER = "other"


class Need(StrEnum):
    """Need categories; none is complete, several may hold (R19)."""

    BEHAVIOUR = "behaviour"
    PARENTING = "parenting"
    OFFENDING = "offending"
    ATTENDANCE = "attendance"
    BULLYING = "bullying"
    SEN = "sen"
    DISABILITY = "disability"
    NOT_IN_EDUCATION = "not_in_education"
    NUTRITION = "nutrition"
    HEALTH = "health"
    SUBSTANCES = "substances"
    MENTAL_HEALTH = "mental_health"
    HOUSING = "housing"
    PREGNANCY = "pregnancy"


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentifyNeed(Command):
    """Open a case: needs may be unmet, and meeting them matters."""

    kind = "identify_need"
    children: tuple[str, ...] = about("The children, by their random ids", ["k-9f2c"])
    source: Source = about("How the concern arose", "observation")
    needs: tuple[Need, ...] = about("Kinds of need, as many as apply", ["attendance"], default=())
    indicators: str = about("What was seen or said", "Often late, tired", default="", limit=10_000)


@dataclass(frozen=True, slots=True)
class NeedIdentified(Event):
    """The case begins in the hands of whoever identified the need."""

    kind = "need_identified"
    children: tuple[str, ...]
    source: Source
    holder: Person


NO_CHILD = Unmet("no_child_named", ("R16",), Authority.NATIONAL_GUIDANCE, Strength.SENSE)

UNKNOWN_HOLDER = Unmet("person_not_known", ("R16",), Authority.BATON, Strength.SENSE)


def a_child_is_named(asked: Asked[IdentifyNeed]) -> Unmet | None:
    return None if asked.command.children else NO_CHILD


def the_holder_is_known(asked: Asked[IdentifyNeed]) -> Unmet | None:
    holder = asked.answers_for
    return None if asked.context.facts.of(holder) else UNKNOWN_HOLDER.about(person=holder)


def _happens(asked: Asked[IdentifyNeed]) -> tuple[Event, ...]:
    holder = Person(asked.answers_for)
    clock = Clock(DeadlineKind.AGREEMENT, "case", holder, asked.case.pack.clocks.agreement)
    children = tuple(dict.fromkeys(asked.command.children))
    return NeedIdentified(children, asked.command.source, holder), starts(asked, clock)


def _fold(case: Case, event: NeedIdentified, entry: Entry) -> Case:
    standing = Standing(Stage.IDENTIFIED, event.holder, accepted_at=entry.at)
    return replace(case, children=event.children, standing=standing, opened_at=entry.at)


CHAPTER = Chapter(
    rows=(
        Row(
            IdentifyNeed,
            MachineName.STAGE,
            (Stage.NONE,),
            Stage.IDENTIFIED,
            ("T1", "R16", "R17"),
            needs=(a_child_is_named, the_holder_is_known),
        ),
    ),
    happens={IdentifyNeed: _happens},
    folds={NeedIdentified: _fold},
    roles={IdentifyNeed: CASEWORK},
)
