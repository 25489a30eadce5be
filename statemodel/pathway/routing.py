"""The way on from an assessment: no help, one practitioner's, or several agencies' (R51–R56)."""

from dataclasses import dataclass, fields, replace
from enum import StrEnum

from statemodel.attempt import Asked
from statemodel.case import Case, Stage
from statemodel.command import Command, about
from statemodel.deadlines import desk, known, next_step
from statemodel.entry import Entry
from statemodel.event import Event
from statemodel.law import CASEWORK, Chapter, MachineName, Row, Tell, unchanged
from statemodel.pathway.closing import Code, closes, no_concern_waits
from statemodel.pathway.tenures import reviews_begin
from statemodel.people import Holder, Role
from statemodel.refusal import Authority, Strength, Unmet
from statemodel.things import DeadlineKind


class Route(StrEnum):
    """What follows an assessment (R51–R53)."""

    NONE = "none"
    SINGLE = "single"
    INTEGRATED = "integrated"


@dataclass(frozen=True, slots=True)
class Factors:
    """What is weighed before somebody is to lead (R55)."""

    complexity: str = ""
    already_involved: str = ""
    interlinked: str = ""
    others_needed: str = ""
    already_led: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideRoute(Command):
    """Decide what follows from the assessment."""

    kind = "decide_route"
    route: Route = about("What follows", "integrated")
    practitioner: str | None = about("Who helps, where one is enough", "p-jo", default=None)
    factors: Factors | None = about("What was weighed", None, default=None)
    family_view: str = about("What the family said of it", "Glad", default="", limit=10_000)


@dataclass(frozen=True, slots=True)
class RouteDecided(Event):
    """What follows is decided: nothing more, one practitioner's help, or planning together."""

    kind = "route_decided"
    route: Route
    practitioner: str | None = None


NATIONAL = Authority.NATIONAL_GUIDANCE
NOT_NAMED = Unmet("single_practitioner_not_named", ("R52",), NATIONAL)
NOT_WEIGHED = Unmet("factors_not_weighed", ("R55",), NATIONAL, Strength.ASK_WHY)
FAMILY_NOT_HEARD = Unmet("route_without_family_view", ("R6",), NATIONAL, Strength.ASK_WHY)


def no_more_help_is_needed(asked: Asked[DecideRoute]) -> bool:
    return asked.command.route is Route.NONE


def one_practitioner_is_enough(asked: Asked[DecideRoute]) -> bool:
    return asked.command.route is Route.SINGLE


def several_are_to_plan(asked: Asked[DecideRoute]) -> bool:
    return asked.command.route is Route.INTEGRATED


def the_one_practitioner_is_named(asked: Asked[DecideRoute]) -> Unmet | None:
    return None if asked.command.practitioner else NOT_NAMED


def the_five_factors_are_weighed(asked: Asked[DecideRoute]) -> Unmet | None:
    factors = asked.command.factors or Factors()
    texts = [getattr(factors, field.name).strip() for field in fields(Factors)]
    return None if all(texts) else NOT_WEIGHED


def the_family_had_its_say(asked: Asked[DecideRoute]) -> Unmet | None:
    return None if asked.command.family_view.strip() else FAMILY_NOT_HEARD


def _decides(asked: Asked[DecideRoute]) -> tuple[Event, ...]:
    command = asked.command
    decided = RouteDecided(command.route, command.practitioner)
    if several_are_to_plan(asked):
        period = asked.case.pack.clocks.first_meeting
        meeting = next_step(asked, DeadlineKind.FIRST_MEETING, period)
        return decided, *meeting, *reviews_begin(asked)
    nothing = no_more_help_is_needed(asked)
    code = Code.NO_ADDITIONAL_NEEDS if nothing else Code.SINGLE_PRACTITIONER
    return decided, *closes(asked, code)


def _tells(case: Case, event: RouteDecided, entry: Entry) -> tuple[Tell, ...]:
    told: list[Holder] = [desk(case, Role.COORDINATOR)]
    if event.practitioner:
        told.append(known(case, entry, event.practitioner))
    return tuple(Tell(holder, "route_decided", "case") for holder in dict.fromkeys(told))


_NONE = Row(
    DecideRoute,
    MachineName.STAGE,
    (Stage.ROUTED,),
    Stage.CLOSED,
    ("T9", "R51", "R55", "R56"),
    when=(no_more_help_is_needed,),
    asks=(no_concern_waits,),
    needs=(the_five_factors_are_weighed, the_family_had_its_say),
)
CHAPTER = Chapter(
    rows=(
        _NONE,
        replace(
            _NONE,
            rules=("T9", "R52", "R55", "R56"),
            when=(one_practitioner_is_enough,),
            needs=(*_NONE.needs, the_one_practitioner_is_named),
        ),
        replace(
            _NONE,
            to=Stage.PLANNING,
            rules=("T10", "R53", "R55"),
            when=(several_are_to_plan,),
            asks=(),
        ),
    ),
    happens={DecideRoute: _decides},
    folds={RouteDecided: unchanged},
    tells={RouteDecided: _tells},
    roles={DecideRoute: CASEWORK},
)
