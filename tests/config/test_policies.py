"""Policy packs: what ships, what an authority writes, and what is refused with its remedy."""

import re
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from config.policies import (
    check_pack,
    explain_pack,
    load_pack,
    shipped_packs,
    words_of,
)
from statemodel.plain import canonical, plain
from statemodel.policy import Forms, Order, Silence
from statemodel.working_days import Landing, Period, Unit

OURS = """
id = "riverside"
title = "Riverside: early help policy"
use = "live"
authority = "riverside"
in_force_from = 2026-09-01
checked_on = 2026-08-20
checked_against = "Working Together 2023"
extends = "england-default"

[safety]
front_door = "0117 111 2222"
front_door_hours = "Monday to Friday, 8:30am to 5pm"
out_of_hours = "0117 111 3333"
lado = "0117 111 4444"

[clocks.first_meeting]
value = "20 working days"
source = "cabinet decision of 14 July 2026"
"""


def written(folder: Path, *changes: tuple[str, str], text: str = OURS) -> Path:
    """Riverside's file with pieces replaced; each must have been there."""
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = folder / "riverside.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", shipped_packs())
def test_every_shipped_pack_can_be_read_and_none_is_live_as_shipped(name: str) -> None:
    assert check_pack(name, live=False) == ()
    assert check_pack(name, live=True) != ()
    assert load_pack(name).live is False
    assert load_pack(name).id == name


def test_four_packs_ship() -> None:
    assert shipped_packs() == ("cwdc-2007", "demonstration", "england-default", "poole")


@pytest.mark.proves("R99", "R258", "R416")
def test_the_four_days_are_a_local_protocol_wherever_they_stand() -> None:
    for name in shipped_packs():
        assert load_pack(name).clocks.manager_answer == Period(4, Unit.WORKING_DAYS)
        told = explain_pack(name)
        assert "within 4 working days of the proposal. [" in told
        assert "; source: local protocol (Poole 2007), R99]" in told


def test_what_a_board_reads_names_no_rule_by_its_number() -> None:
    for name in shipped_packs():
        assert not re.search(r"\bR[0-9]", explain_pack(name, rules=False))
        assert re.search(r"\bR[0-9]", explain_pack(name))


def test_a_shipped_policy_says_which_values_are_its_own() -> None:
    assert "we say “CAF” [this policy's own]" in explain_pack("cwdc-2007")
    assert "[default" not in explain_pack("cwdc-2007")
    made_up = explain_pack("demonstration")
    assert "5pm [this policy's own]" in made_up
    assert "we say “lead practitioner” [default]" in made_up


@pytest.mark.proves("R300")
def test_the_historical_pack_keeps_its_own_values_and_words() -> None:
    then, now = load_pack("cwdc-2007"), load_pack("england-default")
    assert (then.landing, now.landing) == (Landing.FORWARD, Landing.BACK)
    assert (len(then.raised), now.raised) == (5, ())
    assert (then.arbiter_binds_all, now.arbiter_binds_all) == (True, False)
    assert then.silence is now.silence is Silence.REFER
    assert words_of("cwdc-2007")["lead"] == "lead professional"
    assert words_of("england-default")["lead"] == "lead practitioner"


@pytest.mark.proves("R277", "R402", "R408")
def test_the_boroughs_protocol_stands_on_the_guide_that_printed_it() -> None:
    poole, guide, told = load_pack("poole"), load_pack("cwdc-2007"), explain_pack("poole")
    assert (poole.order, poole.forms, guide.forms) == (Order.ASSESS_FIRST, Forms.ANY, Forms.BOTH)
    assert poole.clocks.first_meeting == Period(10, Unit.WORKING_DAYS)
    assert replace(poole.clocks, first_meeting=guide.clocks.first_meeting) == guide.clocks
    assert words_of("poole")["lead"] == "lead practitioner"
    assert "within 10 working days. [this policy's own; source: local protocol" in told
    assert "we say “CAF” [as in cwdc-2007]" in told
    assert "[default" not in told


@pytest.mark.proves("R45", "R48", "R428")
def test_the_present_reading_lets_somebody_lead_from_the_start() -> None:
    now, then = explain_pack("england-default"), explain_pack("cwdc-2007")
    assert "Somebody may lead from the start, and sees to the assessment. [default; " in now
    assert "Nobody is proposed to lead before the assessment is finished. [this" in then
    assert "To confirm: Nearly every English area has a front door" in now
    assert "agrees to take part both in words and in writing. [this policy's own" in then


@pytest.mark.proves("R100")
def test_whose_staff_the_arbiter_binds_is_said_in_words() -> None:
    assert (
        "decides for every agency's staff. [this policy's own; source: local protocol (Poole"
        in (explain_pack("cwdc-2007"))
    )
    told = explain_pack("england-default")
    assert "for the authority's own staff only; another employer is asked. [default; " in told


@pytest.mark.proves("R64", "R160", "R328")
def test_looking_for_a_lead_reviews_and_oversight_have_clocks_that_say_they_are_defaults() -> None:
    for name in shipped_packs():
        clocks, told = load_pack(name).clocks, explain_pack(name)
        assert clocks.lead_wanted == Period(10, Unit.WORKING_DAYS)
        assert clocks.review == Period(6, Unit.WEEKS)
        assert clocks.oversight == Period(3, Unit.MONTHS)
        assert "who is to lead is looked for again within 10 working days. [" in told
        assert "within 6 weeks of the day on which somebody begins to lead. [" in told
        assert "a manager looks again within 3 months. [" in told
        assert told.count("source: Baton's default") >= 3


@pytest.mark.proves("R431")
def test_the_hash_is_over_everything_else_the_case_carries() -> None:
    pack = load_pack("demonstration")
    assert pack.hash == sha256(canonical(plain(replace(pack, hash="")))).hexdigest()
    assert pack.hash == load_pack("demonstration").hash
    assert len({load_pack(name).hash for name in shipped_packs()}) == 4


def test_an_authoritys_own_pack_is_live_and_takes_the_rest_from_the_default(tmp_path: Path) -> None:
    path = written(tmp_path)
    pack, default = load_pack(path), load_pack("england-default")
    assert check_pack(path, live=True) == ()
    assert pack.live
    assert pack.clocks.first_meeting == Period(20, Unit.WORKING_DAYS)
    assert replace(pack.clocks, first_meeting=default.clocks.first_meeting) == default.clocks
    assert pack.safety is not None
    assert pack.safety.front_door == "0117 111 2222 (Monday to Friday, 8:30am to 5pm)"


def test_a_changed_figure_changes_the_hash(tmp_path: Path) -> None:
    before = load_pack(written(tmp_path)).hash
    assert load_pack(written(tmp_path, ("20 working", "15 working"))).hash != before


def test_the_explanation_tells_yours_from_the_default(tmp_path: Path) -> None:
    told = explain_pack(written(tmp_path)).splitlines()
    assert told[0] == "Riverside: early help policy"
    assert (
        "7. Once they agree, the first meeting is held within 20 working days."
        " [yours; source: cabinet decision of 14 July 2026]"
    ) in told
    assert next(line for line in told if line.startswith("1. ")).count("[default; source: ") == 1
    assert "Before live use:" not in told


def test_the_explanation_of_a_pack_not_yet_live_lists_what_is_missing() -> None:
    told = explain_pack("england-default")
    assert "- safety.lado is missing" in told
    assert "- authority is not given" in told


def test_local_words_may_be_changed_one_at_a_time(tmp_path: Path) -> None:
    path = written(tmp_path, ("[safety]", '[words]\nlead = "key worker"\n\n[safety]'))
    assert words_of(path) == words_of("england-default") | {"lead": "key worker"}


def test_words_of_a_pack_nobody_knows_are_the_defaults() -> None:
    assert words_of("somewhere-else") == words_of("england-default")
