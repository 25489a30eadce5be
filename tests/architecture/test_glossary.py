"""The glossary explains every word, command, stage and thing that a screen or the code uses."""

import re

import pytest

from config.policies import words_of
from config.wording import catalogue, label
from readmodel.matching import Agrees
from statemodel.assessing import AssessmentState
from statemodel.case import Stage
from statemodel.people import Role
from statemodel.planning import ActionState
from statemodel.refusal import Authority, Strength
from statemodel.table import COMMANDS, EVENTS
from statemodel.tenure import LeadKind, LeadState
from statemodel.things import DeadlineKind, NominationState, TaskKind
from tests.architecture.source import ROOT
from tests.architecture.words import terms

GLOSSARY = (ROOT / "docs/glossary.md").read_text("utf-8")
ROW = re.compile(r"^\| (?P<code>[^|]+?) \| (?P<rest>.+) \|$", re.MULTILINE)


def section(title: str) -> dict[str, list[str]]:
    """The table under a heading: what stands in each row, by its first cell."""
    body = GLOSSARY.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]
    rows = {found["code"]: found["rest"].split(" | ") for found in ROW.finditer(body)}
    return {code: cells for code, cells in rows.items() if code not in ("in code", "---")}


def test_every_command_is_explained_under_the_name_a_screen_gives_it() -> None:
    told = section("Commands")
    assert {code: cells[0] for code, cells in told.items()} == {
        kind: label("command", kind) for kind in COMMANDS
    }


def test_every_stage_is_explained_under_the_name_a_screen_gives_it() -> None:
    stages = [stage.value for stage in Stage if stage is not Stage.NONE]
    assert {code: cells[0] for code, cells in section("Stages").items()} == {
        stage: label("stage", stage) for stage in stages
    }


def test_every_status_is_listed_as_a_screen_shows_it() -> None:
    told = {code: cells[0] for code, cells in section("Statuses").items()}
    assert told == {code: label("status", code) for code in catalogue()["status"]}


@pytest.mark.parametrize(
    ("title", "group", "codes"),
    [
        ("Roles", "role", Role),
        ("Tasks", "task", TaskKind),
        ("Deadlines", "deadline", DeadlineKind),
        ("Whose rule it is", "authority", Authority),
        ("How strong a rule is", "strength", Strength),
        ("Where a proposal stands", "nomination_state", NominationState),
        ("Whether somebody leads", "lead_state", LeadState),
        ("Why somebody leads", "lead_kind", LeadKind),
        ("How far an assessment has come", "assessment_state", AssessmentState),
        ("How far an action has come", "action_state", ActionState),
    ],
)
def test_every_kind_is_explained_under_the_name_a_screen_gives_it(
    title: str, group: str, codes: type[Role]
) -> None:
    told = {code: cells[0] for code, cells in section(title).items()}
    assert told == {code.value: label(group, code.value) for code in codes}


def test_every_event_is_listed_as_a_screen_shows_it() -> None:
    told = {code: cells[0] for code, cells in section("Events").items()}
    assert told == {kind: label("event", kind) for kind in EVENTS}


@pytest.mark.proves("R407")
def test_every_word_an_area_may_choose_is_explained_with_its_default() -> None:
    told = {code: cells[0] for code, cells in section("Words an area chooses").items()}
    assert told == words_of("england-default")
    assert set(told) == terms()


def test_nothing_is_explained_twice_in_one_table_and_every_row_explains() -> None:
    for title in re.findall(r"^## (.+)$", GLOSSARY, re.MULTILINE):
        body = GLOSSARY.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]
        codes = [found["code"] for found in ROW.finditer(body)]
        assert len(codes) == len(set(codes)), title
        assert all(len(cells[-1].strip()) > 3 for cells in section(title).values()), title


def test_what_may_agree_between_two_children_is_explained_as_a_screen_says_it() -> None:
    told = {code: cells[0] for code, cells in section("Why two may be one child").items()}
    assert {code: told[code] for code in Agrees} == {one: label("agrees", one) for one in Agrees}
    assert set(told) - set(Agrees) == {
        "word", "identity", "probable match", "same", "dismissed", "number elsewhere",
    }  # fmt: skip
