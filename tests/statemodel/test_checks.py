"""Five checks: what is known already, where from, and who leads elsewhere (T2, T4, R20–R29)."""

from datetime import timedelta

import pytest

from statemodel import Stage, status
from statemodel.assessing import Check, Checks, Finding
from statemodel.commands import EnterInError, Mistake, ReferAgain
from statemodel.things import DeadlineKind, TaskKind
from tests.beginnings import (
    Early,
    a_lead_elsewhere,
    an_earlier_one,
    begin_checks,
    checks,
    first,
    found,
)
from tests.builders import MONDAY, World, agreement, closing, proposal, recorded, refusal


def known(world: World) -> Checks:
    (held,) = world.case.every(Checks)
    return held


def owed(world: World) -> list[tuple[str, str]]:
    return [(one.what, one.owner.id) for one in world.case.running]


@pytest.mark.proves("T2", "R20", "R24")
def test_checking_begins_with_what_was_talked_over_and_has_a_date() -> None:
    world = Early().checking()
    assert (world.case.stage, status(world.case)) == (Stage.CHECKING, "checking")
    assert owed(world) == [(DeadlineKind.CHECKS, "p-ana")]


@pytest.mark.proves("R20")
def test_family_and_colleagues_are_asked_first_or_it_is_said_why_not() -> None:
    world = World().opened()
    silent = begin_checks(talked=" ", consulted=())
    assert world.why_not(silent) == ["family_not_talked_with", "consultation_not_said"]
    assert world.why_not(begin_checks(consulted=())) == ["consultation_not_said"]
    assert world.why_not(begin_checks(talked="", alone=True)) == ["family_not_talked_with"]
    world.do(begin_checks(consulted=(), alone=True))
    assert world.entries[-1].departures == ()


@pytest.mark.proves("T4", "R24", "R25")
def test_the_case_goes_on_only_when_all_five_are_answered_in_however_many_entries() -> None:
    world = Early().checking()
    for check in list(Check)[:4]:
        world.do(checks(found(check)))
        assert world.case.stage is Stage.CHECKING
    assert known(world).open == (Check.LEAD_IN_PLACE,)
    assert owed(world) == [(DeadlineKind.CHECKS, "p-ana")]
    world.do(checks(found(Check.LEAD_IN_PLACE, Finding.NOT_KNOWN)))
    assert (world.case.stage, status(world.case)) == (Stage.AGREEMENT, "awaiting_agreement")
    assert owed(world) == [(DeadlineKind.AGREEMENT, "p-ana")]


@pytest.mark.proves("R25")
def test_what_is_found_out_before_checking_began_counts_and_moves_nothing() -> None:
    world = World().opened()
    world.do(checks())
    assert (world.case.stage, world.entries[-1].moves) == (Stage.IDENTIFIED, ())
    world.do(begin_checks())
    world.do(checks(found(Check.OTHERS_INVOLVED, Finding.YES)))
    assert world.case.stage is Stage.AGREEMENT
    assert known(world).says(Check.OTHERS_INVOLVED) is Finding.YES


@pytest.mark.proves("R25")
def test_a_later_answer_takes_an_earlier_ones_place_in_any_stage() -> None:
    world = World().delivered()
    world.do(checks(an_earlier_one()))
    assert known(world).assessed_on is not None
    world.do(checks(found(Check.EARLIER_ASSESSMENT), found(Check.OTHER_CONCERNS, Finding.YES)))
    assert (known(world).assessed_on, world.case.stage) == (None, Stage.IN_DELIVERY)
    assert [check for check, _ in known(world).found] == [
        Check.EARLIER_ASSESSMENT,
        Check.OTHER_CONCERNS,
    ]


@pytest.mark.proves("R25")
def test_an_answer_says_where_it_comes_from_and_from_no_day_to_come() -> None:
    world = Early().checking()
    assert world.why_not(checks(found(Check.OTHER_CONCERNS, source=" "))) == [
        "check_without_source"
    ]
    today = MONDAY.date()
    ahead = found(Check.OTHER_CONCERNS, on=today + timedelta(days=1))
    assert world.why_not(checks(ahead)) == ["check_dated_ahead"]
    assert world.why_not(checks(ahead, recorded=recorded())) == ["check_dated_ahead"]
    world.do(checks(found(Check.OTHER_CONCERNS, on=today)))


@pytest.mark.proves("R24")
def test_nothing_found_out_is_nothing_to_record() -> None:
    empty = checks(recorded=recorded(), answers=())
    assert Early().checking().why_not(empty) == ["no_check_answered"]


@pytest.mark.proves("R26", "R28")
def test_whoever_leads_elsewhere_is_named_and_told() -> None:
    world = Early().checking()
    assert world.why_not(checks(a_lead_elsewhere(None))) == ["lead_found_not_named"]
    world.do(checks(a_lead_elsewhere("p-own")))
    assert world.told("family_known_to_you") == ["p-own"]
    world.do(checks(found(Check.OTHER_CONCERNS)))
    assert world.told("family_known_to_you") == ["p-own"], "told again only when found again"


@pytest.mark.proves("R28")
def test_nobody_is_proposed_beside_a_lead_elsewhere_until_it_is_found_otherwise() -> None:
    world = World().planning()
    world.do(checks(a_lead_elsewhere()))
    assert world.why_not(proposal(because="They asked")) == ["lead_in_place_elsewhere"]
    world.do(checks(found(Check.LEAD_IN_PLACE)))
    assert known(world).lead_elsewhere is None
    world.do(proposal())


@pytest.mark.proves("R28", "I37")
def test_a_lead_elsewhere_whom_the_directory_does_not_know_is_told_by_the_co_ordinator() -> None:
    world = Early().checking()
    world.do(checks(a_lead_elsewhere("somebody-at-the-clinic")))
    assert world.told("family_known_to_you") == ["coordinator.northshire"]


@pytest.mark.proves("R28")
def test_a_lead_found_and_recorded_without_a_name_stands_in_the_way_all_the_same() -> None:
    world = World().planning()
    world.do(checks(a_lead_elsewhere(None), recorded=recorded()))
    assert world.told("family_known_to_you") == []
    assert [task.what for task in world.case.open_tasks] == [TaskKind.PUT_RIGHT]
    assert world.why_not(proposal()) == ["lead_in_place_elsewhere"]


@pytest.mark.proves("R28")
def test_whoever_leads_this_very_case_stands_in_nobodys_way() -> None:
    world = World().delivered("p-sam")
    world.do(checks(a_lead_elsewhere("p-sam")))
    world.do(proposal("p-jo"))
    assert world.nomination.nominee == "p-jo"


@pytest.mark.proves("R24", "R25")
def test_where_the_assessment_comes_first_open_checks_ask_why() -> None:
    world = first().opened()
    assert world.why_not(agreement()) == ["checks_open"]
    world.do(checks(*map(found, list(Check)[:4])))
    assert world.why_not(agreement()) == ["checks_open"]
    world.do(agreement(because="The mother is in hospital"))
    assert world.case.stage is Stage.ASSESSING


@pytest.mark.proves("T6", "R34")
@pytest.mark.parametrize("way", ["checking", "checked"])
def test_a_no_while_checking_or_asking_ends_nothing_and_the_offer_is_made_again(way: str) -> None:
    world = getattr(Early(), way)()
    stage = world.case.stage
    world.do(refusal())
    assert (world.case.stage, owed(world)) == (stage, [(DeadlineKind.REAPPROACH, "p-ana")])
    world.do(agreement())
    assert (world.case.stage, owed(world)) == (
        Stage.PLANNING,
        [(DeadlineKind.FIRST_MEETING, "p-ana")],
    )


@pytest.mark.proves("R187")
def test_a_new_episode_finds_out_afresh_and_a_struck_referral_gives_the_answers_back() -> None:
    world = World().planning()
    world.do(checks(a_lead_elsewhere()))
    before = known(world)
    world.do(closing())
    world.do(ReferAgain(why="School reports a change"))
    assert known(world).open == tuple(Check)
    assert known(world).lead_elsewhere is None
    world.do(EnterInError(entry=world.case.version, mistake=Mistake.WRONG_CASE))
    assert (known(world), world.case.stage) == (before, Stage.CLOSED)


@pytest.mark.proves("R302")
def test_checks_nobody_answers_go_one_step_up_and_move_nothing() -> None:
    world = Early().checking().wait(days=8)
    assert world.case.stage is Stage.CHECKING
    assert world.told("passed_up")[0] == "coordinator.northshire"
