"""Builders for what comes before planning: checks, the assessment, and worlds that get that far."""

from dataclasses import replace
from datetime import date
from typing import Any, Self

from statemodel import Pack
from statemodel.assessing import (
    Assessment,
    AssessmentKind,
    Check,
    CheckAnswer,
    Document,
    Finding,
    Part,
    Where,
)
from statemodel.commands import (
    AddContribution,
    BeginAssessment,
    BeginChecks,
    CompleteAssessment,
    DecideRoute,
    Factors,
    PassOn,
    RecordChecks,
    RecordSharing,
    Route,
    TakeOver,
)
from statemodel.policy import Order
from statemodel.things import Task
from tests.builders import World, a_case, agreement, pack

A_DAY = date(2026, 1, 2)
HERE = Document(Where.HERE, "EHA-204", A_DAY)
THERE = Document(Where.THERE, "4711", A_DAY, system="EHM", attested_by="p-ana")
WEIGHED = Factors("Two needs", "School and nurse", "Sleep and school", "A nurse", "Nobody")


def assess_first(**changes: Any) -> Pack:
    return pack(order=Order.ASSESS_FIRST, **changes)


def begin_checks(**changes: Any) -> BeginChecks:
    return replace(BeginChecks(talked="At home, with both", consulted=("p-head",)), **changes)


def found(check: Check, finding: Finding = Finding.NO, **more: Any) -> CheckAnswer:
    return CheckAnswer(check, finding, **{"source": "Asked the family", **more})


def checks(*answers: CheckAnswer, **changes: Any) -> RecordChecks:
    """Those answers; without any, a no to each of the five."""
    return replace(RecordChecks(answers=answers or tuple(map(found, Check))), **changes)


def a_lead_elsewhere(person: str | None = "p-own", **more: Any) -> CheckAnswer:
    return found(Check.LEAD_IN_PLACE, Finding.YES, person=person, **more)


def an_earlier_one(on: date | None = date(2024, 1, 9)) -> CheckAnswer:
    return found(Check.EARLIER_ASSESSMENT, Finding.YES, on=on)


def sharing(*agencies: str, **changes: Any) -> RecordSharing:
    plain = RecordSharing(agencies=agencies or ("a-trust",), what="That help is planned", why="Ill")
    return replace(plain, **changes)


def begin(what: AssessmentKind = AssessmentKind.NEW, **changes: Any) -> BeginAssessment:
    return replace(BeginAssessment(what=what), **changes)


def route(way: Route = Route.INTEGRATED, **changes: Any) -> DecideRoute:
    plain = DecideRoute(route=way, factors=WEIGHED, family_view="Glad of it")
    named = replace(plain, practitioner="p-jo" if way is Route.SINGLE else None)
    return replace(named, **changes)


class Early(World):
    """The ways to where stories before planning begin, and the forms for what waits there."""

    @property
    def assessment(self) -> Assessment:
        return self.case.every(Assessment)[-1]

    @property
    def task(self) -> Task:
        return self.case.open_tasks[-1]

    def checking(self) -> Self:
        self.opened().do(begin_checks())
        return self

    def checked(self) -> Self:
        self.checking().do(checks())
        return self

    def assessing(self) -> Self:
        """Under a pack that assesses first: somebody agreed, and the assessment has begun."""
        self.checked().do(agreement())
        self.do(begin())
        return self

    def assessed(self) -> Self:
        self.assessing().do(self.completing())
        return self

    def passed_on(self, colleague: str = "p-jo") -> Self:
        """A practitioner of the trust opened it, and would rather a colleague had it."""
        self.do(PassOn(colleague=colleague), "p-sam")
        return self

    def completing(self, **changes: Any) -> CompleteAssessment:
        """The form that completes the newest assessment, as it stands now."""
        held = self.assessment
        plain = CompleteAssessment(
            assessment=held.id, seen=held.version, document=HERE, shows=tuple(Part)
        )
        return replace(plain, **changes)

    def contributing(self, **changes: Any) -> AddContribution:
        held = self.assessment
        plain = AddContribution(assessment=held.id, seen=held.version, agency="a-trust", on=A_DAY)
        return replace(plain, **changes)

    def taking_over(self, **changes: Any) -> TakeOver:
        return replace(TakeOver(task=self.task.id, seen=self.task.version), **changes)


def first(**changes: Any) -> Early:
    """A world whose pack assesses first."""
    return Early(case=a_case(pack=assess_first(**changes)))
