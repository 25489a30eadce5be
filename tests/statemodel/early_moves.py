"""What anybody might try next before help is planned, and worlds that stand there."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from statemodel.assessing import Assessment, AssessmentKind, Check, Finding, Part
from statemodel.case import Stage
from statemodel.commands import (
    AddContribution,
    CompleteAssessment,
    Level,
    PassOn,
    RecordLevel,
    Route,
    TakeOver,
)
from statemodel.policy import Forms
from statemodel.tenure import Form
from statemodel.things import TaskKind
from tests.beginnings import (
    A_DAY,
    HERE,
    THERE,
    Early,
    a_lead_elsewhere,
    an_earlier_one,
    begin,
    begin_checks,
    checks,
    first,
    found,
    route,
    sharing,
)
from tests.builders import World, a_case, agreement, identify, pack, recorded
from tests.statemodel.leading_moves import Attempt

PLANNED = (Stage.PLANNING, Stage.IN_DELIVERY, Stage.IN_REVIEW)


def before_planning(world: World) -> list[Attempt]:
    """Less of it once help is planned: then only what may still come in late."""
    late = [*_beside(world), *(made for one in _assessments(world) for made in _upon(world, one))]
    if world.case.stage in PLANNED:
        return late
    return [*late, *_checking(world), *_agreeing(world), *_passing_on(world), *_deciding(world)]


def _beside(world: World) -> Iterator[Attempt]:
    yield Attempt(checks(a_lead_elsewhere()))
    yield Attempt(checks())
    yield Attempt(sharing())
    yield Attempt(sharing("a-trust", "a-school", why=" "), "p-lee")
    yield Attempt(begin())
    yield Attempt(begin(AssessmentKind.UPDATE), "p-jo")


def _checking(world: World) -> Iterator[Attempt]:
    yield Attempt(begin_checks())
    yield Attempt(begin_checks(talked=" ", consulted=(), alone=True))
    yield Attempt(begin_checks(consulted=()))
    yield Attempt(begin_checks(consulted=(), because="No time"))
    yield Attempt(checks(found(Check.OTHERS_INVOLVED, Finding.YES), an_earlier_one()))
    yield Attempt(checks(a_lead_elsewhere(None)))
    yield Attempt(checks(a_lead_elsewhere(None), recorded=recorded(at=world.now)))
    yield Attempt(checks(found(Check.LEAD_IN_PLACE, source=" ")))
    tomorrow = (world.now + timedelta(days=2)).date()
    yield Attempt(checks(found(Check.SYSTEMS_SEARCHED, on=tomorrow)))
    yield Attempt(checks(answers=()))


def _agreeing(world: World) -> Iterator[Attempt]:
    yield Attempt(agreement(form=Form.WRITTEN))
    yield Attempt(agreement(because="Cannot wait"))
    yield Attempt(sharing(agencies=()))
    yield Attempt(sharing(*(f"a-{number}" for number in range(17))))


def _passing_on(world: World) -> Iterator[Attempt]:
    holder = world.case.standing.responsible
    by = holder.id if holder else "p-ana"
    for colleague in ("p-jo", "p-sam", "p-ana", "p-gone", "p-lee", "p-nobody"):
        yield Attempt(PassOn(colleague=colleague), by)
    yield Attempt(PassOn(colleague="p-jo"), "p-own")
    for task in world.case.open_tasks[-2:]:
        said = TakeOver(task=task.id, seen=task.version)
        yield Attempt(said, task.owner.id if task.what is TaskKind.TAKE_OVER else "p-ana")
        yield Attempt(said, "p-own")


def _assessments(world: World) -> tuple[Assessment, ...]:
    return world.case.every(Assessment)[-1:]


def _upon(world: World, held: Assessment) -> Iterator[Attempt]:
    done = CompleteAssessment(
        assessment=held.id, seen=held.version, document=HERE, shows=tuple(Part)
    )
    yield Attempt(done)
    yield Attempt(replace(done, document=THERE), "p-jo")
    yield Attempt(replace(done, shows=(Part.NEEDS,)))
    yield Attempt(replace(done, document=replace(THERE, attested_by=None, reference="")))
    tomorrow = (world.now + timedelta(days=2)).date()
    yield Attempt(replace(done, document=replace(HERE, on=tomorrow)))
    added = AddContribution(assessment=held.id, seen=held.version, agency="a-trust", on=A_DAY)
    yield Attempt(added)
    yield Attempt(replace(added, agency="a-other"))
    yield Attempt(replace(added, on=tomorrow))


def _deciding(world: World) -> Iterator[Attempt]:
    level = RecordLevel(level=Level.ADDITIONAL, reasons="Two needs")
    yield Attempt(level, "p-dut")
    yield Attempt(level, "p-ana")
    yield Attempt(replace(level, reasons=" "), "p-cat")
    for way in Route:
        yield Attempt(route(way))
    yield Attempt(route(Route.SINGLE, practitioner=None))
    yield Attempt(route(factors=None, family_view=""))


def early_worlds() -> tuple[World, ...]:
    """Where histories before planning fork."""
    return (
        first().opened(),
        first(forms=Forms.BOTH).checked(),
        first().assessing(),
        _at_the_front_door(),
        first().assessed(),
        _passed_on(),
        _closed_with_an_assessment_open(),
    )


def _at_the_front_door() -> World:
    return first(triage=True).assessed()


def _passed_on() -> World:
    world = Early(case=a_case(pack=pack(forms=Forms.WRITTEN)))
    world.do(identify(), "p-sam")
    world.do(begin_checks(), "p-sam")
    return world.passed_on()


def _closed_with_an_assessment_open() -> World:
    world = Early().planning()
    world.do(begin())
    return world
