"""The player says what was not as the file says, by its line, and stops there."""

from pathlib import Path

import pytest

import rehearsals
from rehearsals.player import case_id
from tests.architecture.source import ROOT
from tests.rehearsals.files import SOUND, changed, file, line_of, played


def expecting(expectation: str) -> str:
    """The sound file with another expectation after the proposal."""
    return changed('waits_on = "lee"', expectation)


async def test_a_rehearsal_that_goes_as_it_says_passes_and_tells_its_story(tmp_path: Path) -> None:
    outcome = await played(file(tmp_path))
    assert outcome.passed
    assert outcome.failures == ()
    assert "Tue 2026-01-06 11:00  lee asks agree_nomination: accepted" in outcome.transcript
    assert "  lee is told please_answer" in outcome.transcript


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ('stage = "closed"', "stage is 'planning', not 'closed'"),
        ('status = "planning"', "status is 'lp_proposed', not 'planning'"),
        ('responsible = "lee"', "responsible is 'ana', not 'lee'"),
        ("accepted = false", "accepted is True, not False"),
        ('lead = { child-1 = "sam" }', "lead: nobody for child-1, not sam"),
        ('cover = { child-1 = "sam" }', "cover: nobody for child-1, not sam"),
        ('actions = { "a3.1" = "open" }', "actions: a3.1 is nowhere, not open"),
        ('lead = { child-7 = "nobody" }', "child-7 is no child of this case"),
        ('next_step = "nothing"', "next_step is 'manager_answer', not 'nothing'"),
        ('waits_on = "arbiter"', "waits_on is 'lee', not 'arbiter'"),
        ("running = 7", "running is 2, not 7"),
        ("version = 9", "version is 3, not 9"),
        ("departures = 1", "departures is 0, not 1"),
        ("struck = [2]", "struck is [], not [2]"),
        ('open_tasks = ["concern"]', "open_tasks is [], not ['concern']"),
        ('entries = ["remind"]', "entries is ['propose_lead'], not ['remind']"),
        ("deadlines = { manager_answer = 2026-01-08 }", "due Fri 9 Jan: 4 working days"),
        ("deadlines = { manager_answer = 2026-01-09T16:00:00 }", "not 2026-01-09 16:00"),
        ('deadlines = { manager_answer = ["2026-01-09", "5 working days"] }', "'5 working days'"),
        ("deadlines = { task = 2026-01-09 }", "task: none runs"),
        ("told = []", "told: lee was told please_answer, which nobody expects"),
        ('told_includes = [{ to = "ana", purpose = "due_soon" }]', "ana was not told due_soon"),
        ('not_told = ["sam"]', "sam was told you_are_proposed"),
        ('says = "No decision has been made"', "no entry since the step before"),
        ('entry = { kind = "propose_lead", by = "lee" }', "the journal holds none"),
        ('entry = [{ version = 2 }, { events = ["case_closed"] }]', "events ['case_closed']"),
    ],
)
async def test_whatever_is_not_as_expected_is_told_by_its_line(
    tmp_path: Path, wrong: str, says: str
) -> None:
    text = expecting(wrong)
    if wrong.startswith("told_includes"):
        text = changed('told_includes = [{ to = "lee", purpose = "please_answer" }]\n', "", text)
    outcome = await played(file(tmp_path, text))
    assert not outcome.passed
    found = [failure.line for failure in outcome.failures if says in failure.says]
    assert found == [line_of(wrong, text)], outcome.failures


async def test_what_should_have_been_refused_and_was_not_is_a_failure(tmp_path: Path) -> None:
    text = changed("agree_nomination = {}", 'agree_nomination = {}\nrefused = ["own_proposal"]')
    outcome = await played(file(tmp_path, text))
    assert outcome.failures[0].says == "accepted as entry 4, not refused: own_proposal"
    assert outcome.failures[0].line == line_of("refused", text)


async def test_a_refusal_nobody_expects_gives_every_reason(tmp_path: Path) -> None:
    text = changed('nominee = "sam"', 'nominee = "lee"').replace('"child-1",\n', '"child-9",\n')
    outcome = await played(file(tmp_path, text))
    says = "refused: child_not_in_case, nominee_not_practitioner; not accepted"
    assert outcome.failures[0].says == says


async def test_other_reasons_than_expected_are_a_failure(tmp_path: Path) -> None:
    text = changed('nominee = "sam"', 'nominee = "lee"')
    text = changed("[step.propose_lead]", 'refused = ["own_proposal"]\n[step.propose_lead]', text)
    outcome = await played(file(tmp_path, text))
    assert "refused: nominee_not_practitioner; not own_proposal" in outcome.failures[0].says


async def test_a_departure_is_expected_by_its_code_or_not_at_all(tmp_path: Path) -> None:
    recorded = 'wish = { answer = "named", named = "ana" }\nbecause = "Ana leaves in March"'
    text = changed('wish = { answer = "no_preference" }', recorded)
    outcome = await played(file(tmp_path, text))
    assert outcome.failures[0].says == "departs from ['wish_not_met'], not any"
    right = changed("[step.propose_lead]", 'departs = ["wish_not_met"]\n[step.propose_lead]', text)
    assert (await played(file(tmp_path, right))).passed


async def test_asking_twice_is_expected_or_is_a_failure(tmp_path: Path) -> None:
    again = '[[step]]\nat = 2026-01-06T11:00:00\nby = "lee"\nid = "yes"\nagree_nomination = {}\n'
    text = changed("agree_nomination = {}", 'id = "yes"\nagree_nomination = {}') + again
    outcome = await played(file(tmp_path, text))
    assert [failure.says for failure in outcome.failures] == ["was asked before: entry 4"]
    assert (await played(file(tmp_path, text + "repeat = true\n"))).passed


async def test_nothing_is_played_after_a_step_that_fails(tmp_path: Path) -> None:
    outcome = await played(file(tmp_path, expecting('stage = "closed"')))
    assert len(outcome.failures) == 1
    assert not any("agree_nomination" in line for line in outcome.transcript)


async def test_one_failure_does_not_keep_the_others_from_being_played(tmp_path: Path) -> None:
    bad, good = file(tmp_path, expecting('stage = "closed"'), "a.toml"), file(tmp_path)
    loaded = [rehearsals.load(path) for path in (bad, good, bad)]
    heard: list[str] = []
    outcomes = await rehearsals.play(loaded, "model", told=lambda one: heard.append(one.path.name))
    assert [outcome.passed for outcome in outcomes] == [False, True, False]
    assert heard == ["a.toml", "case.toml", "a.toml"]


async def test_time_passes_and_the_clock_acts_without_anybody(tmp_path: Path) -> None:
    later = SOUND[: SOUND.index("[[step]]\nat = 2026-01-06")] + (
        "[[step]]\nat = 2026-01-13T18:00:00\n[step.expect]\n"
        'entries = ["remind", "lapse_nomination", "mark_missed"]\n'
        'told_includes = [{ to = "arbiter", purpose = "please_decide" }]\n'
        'says = "No decision has been made"\n'
    )
    outcome = await played(file(tmp_path, later))
    assert outcome.failures == ()


def test_a_case_has_the_same_id_wherever_its_file_lies() -> None:
    assert case_id("case.toml/1") == case_id("case.toml/1")
    assert case_id("case.toml/1") != case_id("case.toml/2")
    assert len(case_id("case.toml/1")) == 27


async def test_of_several_leads_the_one_that_is_named_is_meant_as_it_stands(
    tmp_path: Path,
) -> None:
    text = (ROOT / "rehearsals/two-children-two-leads.toml").read_text("utf-8")
    assert (await played(file(tmp_path, text))).passed
    unnamed = text.replace('end_lead = { lead = "l6", ', "end_lead = { ")
    assert unnamed != text
    outcome = await played(file(tmp_path, unnamed))  # the newest is Jo's
    assert "lead: sam for child-1, not nobody" in [one.says for one in outcome.failures]
