"""The front door, where an area has one: a person there says what level of need it is (R48–R50)."""

from dataclasses import dataclass
from enum import StrEnum

from statemodel.attempt import Asked
from statemodel.case import Case, Stage
from statemodel.command import Command, about
from statemodel.deadlines import in_hands_of, next_step
from statemodel.entry import Entry
from statemodel.event import Event
from statemodel.law import Chapter, MachineName, Row, Tell, unchanged
from statemodel.people import Role
from statemodel.refusal import Authority, Unmet
from statemodel.things import DeadlineKind


class Level(StrEnum):
    """How much help a family needs; who draws the line where is local (R48)."""

    UNIVERSAL = "universal"
    ADDITIONAL = "additional"
    INTENSIVE = "intensive"
    STATUTORY = "statutory"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordLevel(Command):
    """Say, for the front door, what level of need the assessment shows, and why."""

    kind = "record_level"
    level: Level = about("The level of need", "additional")
    reasons: str = about("Why", "Several needs, one family", default="", limit=10_000)


@dataclass(frozen=True, slots=True)
class LevelRecorded(Event):
    """A person at the front door has decided; what follows is decided next."""

    kind = "level_recorded"
    level: Level


NO_REASONS = Unmet("level_without_reasons", ("R48",), Authority.LOCAL_POLICY)
FRONT_DOOR = frozenset({Role.COORDINATOR, Role.EARLY_HELP_MANAGER, Role.DUTY_MANAGER})


def it_is_said_why_that_level(asked: Asked[RecordLevel]) -> Unmet | None:
    return None if asked.command.reasons.strip() else NO_REASONS


def _records(asked: Asked[RecordLevel]) -> tuple[Event, ...]:
    recorded = LevelRecorded(asked.command.level)
    return recorded, *next_step(asked, DeadlineKind.ROUTE, asked.case.pack.clocks.route)


def _tells(case: Case, event: LevelRecorded, entry: Entry) -> tuple[Tell, ...]:
    return (Tell(in_hands_of(case), "level_recorded", "case"),)


CHAPTER = Chapter(
    rows=(
        Row(
            RecordLevel,
            MachineName.STAGE,
            (Stage.TRIAGE,),
            Stage.ROUTED,
            ("T8", "R48", "R49"),
            needs=(it_is_said_why_that_level,),
        ),
    ),
    happens={RecordLevel: _records},
    folds={LevelRecorded: unchanged},
    tells={LevelRecorded: _tells},
    roles={RecordLevel: FRONT_DOOR},
)
