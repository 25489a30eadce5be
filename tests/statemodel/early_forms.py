"""Forms before help is planned, filled in as well as they can be for what `available` offers."""

from dataclasses import replace

from statemodel import Option, Person
from statemodel.assessing import AssessmentKind, Part
from statemodel.commands import (
    AddContribution,
    Command,
    CompleteAssessment,
    Level,
    PassOn,
    RecordLevel,
    TakeOver,
)
from tests.beginnings import A_DAY, HERE, begin, begin_checks, checks, route, sharing
from tests.builders import PEOPLE, World, recorded


def forms_before_planning(world: World, asked: Option) -> dict[str, list[Command]]:
    thing, seen = asked.thing, asked.seen
    done = CompleteAssessment(assessment=thing, seen=seen, document=HERE, shows=tuple(Part))
    added = AddContribution(assessment=thing, seen=seen, agency="a-trust", on=A_DAY)
    return {
        "begin_checks": [begin_checks()],
        "record_checks": [checks()],
        "pass_on": _passing_on(world, asked),
        "take_over": [TakeOver(task=thing, seen=seen)],
        "record_sharing": [sharing()],
        "begin_assessment": [begin(kind, because="Two years old") for kind in AssessmentKind],
        "complete_assessment": [done],
        "add_contribution": [replace(added, because="It was sent")],
        "record_level": [RecordLevel(level=Level.ADDITIONAL, reasons="Two needs")],
        "decide_route": [route()],
    }


def _passing_on(world: World, asked: Option) -> list[Command]:
    """To everybody but whoever has it; where nobody else is of that agency, as a fact."""
    held = world.case.standing.responsible
    plain = [PassOn(colleague=who.id) for who in PEOPLE if Person(who.id) != held]
    if asked.why_not:
        return list(plain)
    return [*plain, *(replace(one, recorded=recorded(at=world.now)) for one in plain)]
