"""Agreement to take part: voluntary, recorded, never a gate to a concern (T5, T6, R30–R36; D7)."""

from dataclasses import dataclass, replace

from statemodel.attempt import Asked
from statemodel.burden import opens
from statemodel.case import Case, Stage
from statemodel.command import Command, about
from statemodel.deadlines import DeadlineSet, desk, in_hands_of, next_step, put
from statemodel.entry import Entry
from statemodel.event import Event
from statemodel.law import CASEWORK, Chapter, MachineName, Row, Tell
from statemodel.pathway.checks import the_checks_are_answered
from statemodel.pathway.tenures import reviews_begin
from statemodel.people import Role
from statemodel.policy import Forms, Order
from statemodel.refusal import Authority, Strength, Unmet
from statemodel.things import (
    Agreement,
    AgreementAnswer,
    DeadlineKind,
    Form,
    Task,
    TaskKind,
    TaskState,
)


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
    """Somebody answered; agreeing lets the work go on, refusing ends nothing by itself (R34).

    Where help is under way, what a refusal means for it is a `task` (C28).
    """

    kind = "agreement_recorded"
    agreement: Agreement
    task: Task | None = None


NOT_EXPLAINED = Unmet(
    "service_not_explained", ("R23",), Authority.NATIONAL_GUIDANCE, Strength.ASK_WHY
)


def refuses(asked: Asked[RecordAgreement]) -> bool:
    return asked.command.answer is AgreementAnswer.REFUSED


def answers(case: Case) -> tuple[Agreement, ...]:
    """Return this episode's answers as they were said, whenever they were written down (R187)."""
    mine = (one for one in case.every(Agreement) if one.over_at is None)
    return tuple(sorted(mine, key=lambda one: one.at))


def somebody_agrees(case: Case) -> bool:
    """Whether anybody's newest answer in this episode is yes."""
    said = {one.giver: one.answer for one in answers(case)}
    return AgreementAnswer.AGREED in said.values()


def agrees_in_every_form(asked: Asked[RecordAgreement]) -> bool:
    """Whether the giver has now agreed in each form the area asks for, in this episode (R428).

    A word taken back counts in no form until they say yes again.
    """
    command = asked.command
    said = _said_by_the_giver(asked)
    latest = {one.form: one.answer for one in said}
    forms = IN_FORMS[asked.case.pack.forms] or (command.form,)
    each = all(latest.get(form) is AgreementAnswer.AGREED for form in forms)
    return each and said[-1].answer is AgreementAnswer.AGREED


def _said_by_the_giver(asked: Asked[RecordAgreement]) -> tuple[Agreement, ...]:
    """Return the giver's answers with the one that is written down now, in the order of saying."""
    with_this = put(asked.case, _answer(asked))
    return tuple(one for one in answers(with_this) if one.giver == asked.command.giver)


def it_was_said_last(asked: Asked[RecordAgreement]) -> bool:
    return _said_by_the_giver(asked)[-1].id == _answer(asked).id


def agrees_so_far(asked: Asked[RecordAgreement]) -> bool:
    return not refuses(asked) and not agrees_in_every_form(asked)


def the_lead_comes_first(asked: Asked[object]) -> bool:
    return asked.case.pack.order is Order.LEAD_FIRST


def the_assessment_comes_first(asked: Asked[object]) -> bool:
    return not the_lead_comes_first(asked)


def the_service_was_explained(asked: Asked[RecordAgreement]) -> Unmet | None:
    return None if asked.command.explained else NOT_EXPLAINED


def _happens(asked: Asked[RecordAgreement]) -> tuple[Event, ...]:
    if asked.case.stage in LATER and refuses(asked) and it_was_said_last(asked):
        task, clock = _what_it_means(asked)
        return AgreementRecorded(_answer(asked), task), *clock
    return AgreementRecorded(_answer(asked)), *_then(asked)


def _what_it_means(asked: Asked[RecordAgreement]) -> tuple[Task, tuple[DeadlineSet, ...]]:
    """Nothing stops and nothing closes by itself: whoever is responsible asks why (C28, D10)."""
    task = Task(
        id=f"t{asked.version}",
        version=asked.version,
        state=TaskState.OPEN,
        what=TaskKind.AGREEMENT_WITHDRAWN,
        owner=in_hands_of(asked.case),
        about=(asked.command.giver,),
    )
    return opens(asked, task, asked.case.pack.clocks.task)


def _answer(asked: Asked[RecordAgreement]) -> Agreement:
    command = asked.command
    return Agreement(
        f"g{asked.version}", command.giver, command.answer, command.form, asked.happened_at
    )


def _then(asked: Asked[RecordAgreement]) -> tuple[Event, ...]:
    """Return the clock of what follows: nothing new while only part of an answer is there."""
    clocks = asked.case.pack.clocks
    if asked.row.to is Stage.PLANNING:
        meeting = next_step(asked, DeadlineKind.FIRST_MEETING, clocks.first_meeting)
        return *meeting, *reviews_begin(asked)
    if asked.row.to is Stage.ASSESSING:
        return next_step(asked, DeadlineKind.ASSESSMENT, clocks.assessment)
    if asked.case.stage in EARLY and refuses(asked) and it_was_said_last(asked):
        return next_step(asked, DeadlineKind.REAPPROACH, clocks.reapproach)
    return ()


def _fold(case: Case, event: AgreementRecorded, entry: Entry) -> Case:
    case = put(case, event.agreement)
    return put(case, event.task) if event.task else case


def _tells(case: Case, event: AgreementRecorded, entry: Entry) -> tuple[Tell, ...]:
    """Whoever is responsible, and the desk, which sees who has let it lie."""
    task = event.task
    if task is None:
        return ()
    told = dict.fromkeys((task.owner, desk(case, Role.COORDINATOR)))
    return tuple(Tell(holder, "agreement_withdrawn", task.id) for holder in told)


IN_FORMS = {Forms.ANY: (), Forms.WRITTEN: (Form.WRITTEN,), Forms.BOTH: (Form.VERBAL, Form.WRITTEN)}
EARLY = (Stage.IDENTIFIED, Stage.CHECKING, Stage.AGREEMENT)
LATER = (
    Stage.ASSESSING,
    Stage.TRIAGE,
    Stage.ROUTED,
    Stage.PLANNING,
    Stage.IN_DELIVERY,
    Stage.IN_REVIEW,
)
_AGREED = Row(
    RecordAgreement,
    MachineName.STAGE,
    EARLY,
    Stage.PLANNING,
    ("T5", "R31", "R32"),
    when=(agrees_in_every_form, the_lead_comes_first),
    needs=(the_service_was_explained,),
)
CHAPTER = Chapter(
    rows=(
        _AGREED,
        replace(
            _AGREED,
            to=Stage.ASSESSING,
            rules=("T5", "R24", "R25", "R31", "R32"),
            when=(agrees_in_every_form, the_assessment_comes_first),
            needs=(the_service_was_explained, the_checks_are_answered),
        ),
        replace(_AGREED, to=None, rules=("T5", "R31", "R428"), when=(agrees_so_far,)),
        Row(RecordAgreement, MachineName.STAGE, EARLY, None, ("T6", "R34"), when=(refuses,)),
        Row(RecordAgreement, MachineName.STAGE, LATER, None, ("R31", "R32", "R34", "C28")),
    ),
    happens={RecordAgreement: _happens},
    folds={AgreementRecorded: _fold},
    tells={AgreementRecorded: _tells},
    roles={RecordAgreement: CASEWORK},
)
