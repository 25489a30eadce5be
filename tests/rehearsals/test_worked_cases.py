"""The worked cases that come with Baton pass, on the law alone and on the real engine."""

from pathlib import Path

import pytest

import rehearsals
from rehearsals.player import EngineName
from tests.architecture.source import ROOT
from tests.architecture.words import reasons
from tests.rehearsals.keep_histories import CHOSEN

FOLDER = ROOT / "rehearsals"


async def outcomes(engine: EngineName, paths: list[Path]) -> list[rehearsals.Outcome]:
    loaded = [rehearsals.load(path) for path in paths]
    return await rehearsals.play(loaded, engine, told=lambda outcome: _shown(engine, outcome))


def _shown(engine: str, outcome: rehearsals.Outcome) -> None:
    print(f"{engine}: {outcome.title}: {outcome.seconds:.2f} s")
    for failure in outcome.failures:
        print(f"{outcome.path}:{failure.line}: {failure.says}")
        print("\n".join(outcome.transcript))


@pytest.mark.proves(
    "SC1",
    "SC2",
    "SC3",
    "SC7",
    "SC11",
    "SC12",
    "SC13",
    "SC15",
    "SC23",
    "SC27",
    "SC34",
    "SC35",
    "R28",
    "R97",
    "R99",
    "R100",
    "R101",
    "R103",
    "R296",
)
async def test_every_worked_case_passes_on_the_state_model() -> None:
    played = await outcomes("model", rehearsals.find([FOLDER]))
    assert [outcome.path.name for outcome in played if not outcome.passed] == []
    assert len(played) >= 55


@pytest.mark.proves("SC7", "SC15", "SC35", "R99", "R101", "R103")
async def test_the_cases_whose_histories_are_kept_pass_on_the_real_engine_too() -> None:
    """All of them are played there by `just rehearse`, which the whole check runs next."""
    played = await outcomes("temporal", [FOLDER / f"{name}.toml" for name in CHOSEN])
    assert [outcome.path.name for outcome in played if not outcome.passed] == []


def test_each_worked_case_says_what_it_shows() -> None:
    loaded = [rehearsals.load(path) for path in rehearsals.find([FOLDER])]
    titles = [rehearsal.title for rehearsal in loaded]
    assert len(set(titles)) == len(titles)
    assert [rehearsal.path.name for rehearsal in loaded if not rehearsal.rules] == []
    assert [r.path.name for r in loaded if len(r.story.split()) < 15] == []


def test_each_worked_case_expects_something_at_its_last_moment() -> None:
    loaded = [rehearsals.load(path) for path in rehearsals.find([FOLDER])]
    idle = [r.path.name for r in loaded if not (r.steps[-1].expect or r.steps[-1].refused)]
    assert idle == []


NOT_TO_BE_MET = {  # by a person or the post: only the clock asks what these answer
    "deadline_not_running",
    "not_yet_due",
    "only_a_person_does_this",
}


def test_every_reason_for_a_refusal_is_met_in_some_rehearsal() -> None:
    steps = [step for path in rehearsals.find([FOLDER]) for step in rehearsals.load(path).steps]
    met = {code for step in steps for code in (*step.refused, *step.departs)}
    assert {reason.code for reason in reasons()} - met == NOT_TO_BE_MET
