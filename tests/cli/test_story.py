"""The demonstration's story and people: every step can be asked, of people who are there."""

import tomllib
from datetime import UTC, datetime

from cli.people import INVENTED
from cli.story import FILE, load_story
from config.calendar_files import load_calendar
from config.policies import load_pack
from statemodel import Role
from statemodel.commands import EnterInError, IdentifyNeed, RaiseConcern, RecordFamilyDecision

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
PEOPLE = tomllib.loads(INVENTED.read_text())


def test_each_case_opens_and_every_step_is_a_command() -> None:
    for case in load_story().cases:
        first, *others = [step.command(NOW) for step in case.steps]
        assert isinstance(first, IdentifyNeed)
        assert not any(isinstance(other, IdentifyNeed) for other in others)


def test_the_story_shows_what_it_is_for() -> None:
    story = load_story()
    steps = [step for case in story.cases for step in case.steps]
    commands = [step.command(NOW) for step in steps]
    assert any(isinstance(command, RaiseConcern) for command in commands)
    assert any(isinstance(command, EnterInError) for command in commands)
    assert any(getattr(command, "recorded", None) for command in commands)
    assert any(step.refused for step in steps)
    assert any(isinstance(command, RecordFamilyDecision) for command in commands)
    paced = [bool(load_calendar(case.calendar, 2026).pace) for case in story.cases]
    assert any(paced)
    assert not all(paced)


def test_everybody_in_the_story_is_in_the_directory_but_the_stranger_with_a_concern() -> None:
    for case in load_story().cases:
        for step in case.steps:
            concern = isinstance(step.command(NOW), RaiseConcern)
            assert step.by in PEOPLE["people"] or concern


def test_every_desk_of_the_demonstrations_authority_has_somebody() -> None:
    authority = load_pack("demonstration").authority
    there = {
        role
        for person in PEOPLE["people"].values()
        if person["agency"] == authority
        for role in person["roles"]
    }
    assert set(Role) - {Role.PRACTITIONER, Role.LINE_MANAGER} <= there
    assert set(PEOPLE["agencies"]) == {one["agency"] for one in PEOPLE["people"].values()}


def test_managers_and_deputies_are_people_of_the_file() -> None:
    named = {
        one[key]
        for one in PEOPLE["people"].values()
        for key in ("line_manager", "deputy")
        if key in one
    }
    assert named <= set(PEOPLE["people"])
    assert FILE.stat().st_size < 10_000
