"""Agreement to take part: voluntary, recorded, never a gate to a concern (T5, T6, R30–R36; D7)."""

from dataclasses import dataclass

from statemodel.attempt import Asked
from statemodel.case import Case, Stage
from statemodel.command import Command, about
from statemodel.deadlines import Clock, put, settles, starts
from statemodel.entry import Entry
from statemodel.event import Event
from statemodel.law import CASEWORK, Chapter, MachineName, Row
from statemodel.people import Desk, Holder, Role
from statemodel.refusal import Authority, Strength, Unmet
from statemodel.things import Agreement, AgreementAnswer, DeadlineKind, Form


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAgreement(Command):
    """Write down whether somebody agrees to take part."""

    kind = "record_agreement"
    giver: str = about("Who answered: a child or an adult of the family, by id", "f-parent")
    answer: AgreementAnswer = about("What they said", "agreed")
    form: Form = about("How it was given", "verbal")
    explained: bool = about("The service was explained first", True, default=True)
    note: str = about("In their own words", "Happy to try", default="", limit=10_000)


@dataclass(frozen=True, slots=True)
class AgreementRecorded(Event):
    """Somebody answered; agreeing lets planning begin, refusing ends nothing by itself (R34)."""

    kind = "agreement_recorded"
    agreement: Agreement


NOT_EXPLAINED = Unmet(
    "service_not_explained", ("R23",), Authority.NATIONAL_GUIDANCE, Strength.ASK_WHY
)


def agrees(asked: Asked[RecordAgreement]) -> bool:
    return asked.command.answer is AgreementAnswer.AGREED


def refuses(asked: Asked[RecordAgreement]) -> bool:
    return asked.command.answer is AgreementAnswer.REFUSED


def the_service_was_explained(asked: Asked[RecordAgreement]) -> Unmet | None:
    return None if asked.command.explained else NOT_EXPLAINED


def _happens(asked: Asked[RecordAgreement]) -> tuple[Event, ...]:
    command, clocks = asked.command, asked.case.pack.clocks
    agreement = Agreement(
        f"g{asked.version}", command.giver, command.answer, command.form, asked.happened_at
    )
    recorded = AgreementRecorded(agreement)
    if asked.state != Stage.IDENTIFIED:
        return (recorded,)
    next_clock = (
        (DeadlineKind.FIRST_MEETING, clocks.first_meeting)
        if agrees(asked)
        else (DeadlineKind.REAPPROACH, clocks.reapproach)
    )
    clock = Clock(next_clock[0], "case", _owner(asked.case), next_clock[1])
    return recorded, *settles(asked, "case"), starts(asked, clock)


def _owner(case: Case) -> Holder:
    return case.standing.responsible or Desk(Role.COORDINATOR, case.pack.authority)


def _fold(case: Case, event: AgreementRecorded, entry: Entry) -> Case:
    return put(case, event.agreement)


LATER = (Stage.PLANNING, Stage.IN_DELIVERY, Stage.IN_REVIEW)
CHAPTER = Chapter(
    rows=(
        Row(
            RecordAgreement,
            MachineName.STAGE,
            (Stage.IDENTIFIED,),
            Stage.PLANNING,
            ("T5", "R31", "R32"),
            when=(agrees,),
            needs=(the_service_was_explained,),
        ),
        Row(
            RecordAgreement,
            MachineName.STAGE,
            (Stage.IDENTIFIED,),
            None,
            ("T6", "R34"),
            when=(refuses,),
        ),
        Row(RecordAgreement, MachineName.STAGE, LATER, None, ("R31", "R32", "R34", "C28")),
    ),
    happens={RecordAgreement: _happens},
    folds={AgreementRecorded: _fold},
    roles={RecordAgreement: CASEWORK},
)
