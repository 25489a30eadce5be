"""Five checks before help is planned: what is known already, and who says so (T2, T4, R20–R29)."""

from dataclasses import dataclass, replace

from statemodel.assessing import Check, CheckAnswer, Checks, Finding
from statemodel.attempt import Asked
from statemodel.case import OPEN_STAGES, Case, Stage
from statemodel.command import Command, about
from statemodel.deadlines import known, lies_ahead, next_step, put
from statemodel.entry import Entry
from statemodel.event import Event
from statemodel.law import CASEWORK, Chapter, MachineName, Row, Tell, unchanged
from statemodel.refusal import Authority, Strength, Unmet
from statemodel.tenure import Lead
from statemodel.things import DeadlineKind

AN_ANSWER = {"check": "earlier_assessment", "finding": "no", "source": "The school's own files"}


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginChecks(Command):
    """Decide that more is to be done, and begin to find out what is known already."""

    kind = "begin_checks"
    talked: str = about(
        "How child or family were talked with, or why they could not be",
        "At home, with both",
        default="",
        limit=10_000,
    )
    consulted: tuple[str, ...] = about("Who was consulted, by id", ["p-head"], default=())
    alone: bool = about("Nobody needed to be consulted", False, default=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordChecks(Command):
    """Write down what was found out, and where from; a later answer replaces an earlier one."""

    kind = "record_checks"
    answers: tuple[CheckAnswer, ...] = about("What was found out, one or more", [AN_ANSWER])


@dataclass(frozen=True, slots=True)
class ChecksBegun(Event):
    """What is known already is being found out; the practitioner has a date for it."""

    kind = "checks_begun"


@dataclass(frozen=True, slots=True)
class ChecksRecorded(Event):
    """What the checks have found so far, all of them together."""

    kind = "checks_recorded"
    checks: Checks


NATIONAL, BATON = Authority.NATIONAL_GUIDANCE, Authority.BATON
NOT_TALKED = Unmet("family_not_talked_with", ("R20",), NATIONAL, Strength.ASK_WHY)
NOT_CONSULTED = Unmet("consultation_not_said", ("R20",), NATIONAL, Strength.ASK_WHY)
NO_ANSWERS = Unmet("no_check_answered", ("R24",), BATON, Strength.SENSE)
NO_SOURCE = Unmet("check_without_source", ("R25",), BATON)
NOT_YET_SAID = Unmet("check_dated_ahead", ("R25",), BATON, Strength.SENSE)
NOBODY_NAMED = Unmet("lead_found_not_named", ("R24", "R28"), NATIONAL)
CHECKS_OPEN = Unmet("checks_open", ("R24", "R25"), NATIONAL, Strength.ASK_WHY)
LED_ALREADY = Unmet("lead_in_place_elsewhere", ("R28",), NATIONAL)


def checks_of(case: Case) -> Checks | None:
    return case.newest(Checks)


def the_family_was_talked_with(asked: Asked[BeginChecks]) -> Unmet | None:
    return None if asked.command.talked.strip() else NOT_TALKED


def it_is_said_who_was_consulted(asked: Asked[BeginChecks]) -> Unmet | None:
    command = asked.command
    return None if command.consulted or command.alone else NOT_CONSULTED


def something_was_answered(asked: Asked[RecordChecks]) -> Unmet | None:
    return None if asked.command.answers else NO_ANSWERS


def each_answer_has_a_source(asked: Asked[RecordChecks]) -> Unmet | None:
    silent = [one.check for one in asked.command.answers if not one.source.strip()]
    return NO_SOURCE if silent else None


def no_answer_is_dated_ahead(asked: Asked[RecordChecks]) -> Unmet | None:
    ahead = [one.check for one in asked.command.answers if lies_ahead(asked, one.on)]
    return NOT_YET_SAID if ahead else None


def a_lead_who_was_found_is_named(asked: Asked[RecordChecks]) -> Unmet | None:
    found = [one for one in asked.command.answers if _finds_a_lead(one)]
    return NOBODY_NAMED if any(one.person is None for one in found) else None


def the_checks_are_answered(asked: Asked[object]) -> Unmet | None:
    """Whoever goes on before all five are answered says why (R25, C53)."""
    checks = checks_of(asked.case)
    return None if checks and not checks.open else CHECKS_OPEN


def no_lead_is_in_place_elsewhere(asked: Asked[object]) -> Unmet | None:
    """None is chosen afresh until a later answer says nobody leads there (R28)."""
    checks = checks_of(asked.case)
    if checks is None or checks.says(Check.LEAD_IN_PLACE) is not Finding.YES:
        return None
    here = {lead.person for lead in asked.case.every(Lead) if lead.current}
    return None if checks.lead_elsewhere in here else LED_ALREADY


def all_are_answered(asked: Asked[RecordChecks]) -> bool:
    return not _known_with(asked).open


def some_stay_open(asked: Asked[RecordChecks]) -> bool:
    return not all_are_answered(asked)


def _finds_a_lead(one: CheckAnswer) -> bool:
    return one.check is Check.LEAD_IN_PLACE and one.finding is Finding.YES


def _known_with(asked: Asked[RecordChecks]) -> Checks:
    checks = checks_of(asked.case) or Checks(f"c{asked.version}")
    for one in asked.command.answers:
        checks = _with(checks, one)
    return checks


def _with(checks: Checks, one: CheckAnswer) -> Checks:
    found = {**dict(checks.found), one.check: one.finding}
    checks = replace(checks, found=tuple(found.items()))
    if one.check is Check.LEAD_IN_PLACE:
        return replace(checks, lead_elsewhere=one.person if _finds_a_lead(one) else None)
    if one.check is Check.EARLIER_ASSESSMENT:
        return replace(checks, assessed_on=one.on if one.finding is Finding.YES else None)
    return checks


def _begins(asked: Asked[BeginChecks]) -> tuple[Event, ...]:
    clocks = asked.case.pack.clocks
    return ChecksBegun(), *next_step(asked, DeadlineKind.CHECKS, clocks.checks)


def _records(asked: Asked[RecordChecks]) -> tuple[Event, ...]:
    recorded = ChecksRecorded(_known_with(asked))
    if asked.row.to is None:
        return (recorded,)
    clocks = asked.case.pack.clocks
    return recorded, *next_step(asked, DeadlineKind.AGREEMENT, clocks.agreement)


def _fold(case: Case, event: ChecksRecorded, entry: Entry) -> Case:
    return put(case, event.checks)


def _tells(case: Case, event: ChecksRecorded, entry: Entry) -> tuple[Tell, ...]:
    """Whoever leads elsewhere hears of the new need, each time it is found (R28).

    Where only a name is known, the co-ordinator passes it on.
    """
    assert isinstance(entry.command, RecordChecks)
    found = any(_finds_a_lead(one) for one in entry.command.answers)
    person = event.checks.lead_elsewhere if found else None
    if not person:
        return ()
    return (Tell(known(case, entry, person), "family_known_to_you", event.checks.id),)


BESIDE = tuple(stage for stage in OPEN_STAGES if stage is not Stage.CHECKING)
_STAYS = Row(
    RecordChecks,
    MachineName.STAGE,
    (Stage.CHECKING,),
    None,
    ("R24", "R25", "R26", "R28"),
    when=(some_stay_open,),
    needs=(
        something_was_answered,
        each_answer_has_a_source,
        no_answer_is_dated_ahead,
        a_lead_who_was_found_is_named,
    ),
)
CHAPTER = Chapter(
    rows=(
        Row(
            BeginChecks,
            MachineName.STAGE,
            (Stage.IDENTIFIED,),
            Stage.CHECKING,
            ("T2", "R20", "R24"),
            needs=(the_family_was_talked_with, it_is_said_who_was_consulted),
        ),
        _STAYS,
        replace(
            _STAYS,
            to=Stage.AGREEMENT,
            rules=("T4", "R24", "R25", "R28"),
            when=(all_are_answered,),
        ),
        replace(_STAYS, source=BESIDE, rules=("R24", "R25", "R28", "R29"), when=()),
    ),
    happens={BeginChecks: _begins, RecordChecks: _records},
    folds={ChecksBegun: unchanged, ChecksRecorded: _fold},
    tells={ChecksRecorded: _tells},
    roles={BeginChecks: CASEWORK, RecordChecks: CASEWORK},
)
