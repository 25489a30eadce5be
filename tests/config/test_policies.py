"""Policy packs: what ships, what an authority writes, and what is refused with its remedy."""

import re
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from config.policies import (
    PolicyError,
    check_pack,
    explain_pack,
    load_pack,
    shipped_packs,
    words_of,
)
from config.policy_models import period
from statemodel.plain import canonical, plain
from statemodel.policy import Silence
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


def test_three_packs_ship() -> None:
    assert shipped_packs() == ("cwdc-2007", "demonstration", "england-default")


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
    assert (len(then.raised), now.raised) == (4, ())
    assert (then.arbiter_binds_all, now.arbiter_binds_all) == (True, False)
    assert then.silence is now.silence is Silence.REFER
    assert words_of("cwdc-2007")["lead"] == "lead professional"
    assert words_of("england-default")["lead"] == "lead practitioner"


@pytest.mark.proves("R100")
def test_whose_staff_the_arbiter_binds_is_said_in_words() -> None:
    assert "decides for every agency's staff. [default; source: local protocol (Poole" in (
        explain_pack("cwdc-2007")
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
        assert "looked for again within 10 working days. [default; source: Baton's default" in told
        assert "within 6 weeks of the day on which somebody begins to lead. [default; so" in told
        assert "a manager looks again within 3 months. [default; source: Baton's default" in told


@pytest.mark.proves("R431")
def test_the_hash_is_over_everything_else_the_case_carries() -> None:
    pack = load_pack("demonstration")
    assert pack.hash == sha256(canonical(plain(replace(pack, hash="")))).hexdigest()
    assert pack.hash == load_pack("demonstration").hash
    assert len({load_pack(name).hash for name in shipped_packs()}) == 3


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
        "3. Once they agree, the first meeting is held within 20 working days."
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4 working days", Period(4, Unit.WORKING_DAYS)),
        ("1 working day", Period(1, Unit.WORKING_DAYS)),
        ("28 days", Period(28, Unit.CALENDAR_DAYS)),
        ("4 hours", Period(4, Unit.HOURS)),
        ("30 minutes", Period(30, Unit.MINUTES)),
        ("6 weeks", Period(6, Unit.WEEKS)),
        ("3 months", Period(3, Unit.MONTHS)),
        ("1 working day before", Period(1, Unit.WORKING_DAYS_BEFORE)),
    ],
)
def test_periods_are_written_as_people_say_them(text: str, expected: Period) -> None:
    assert period(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "4", "days", "-4 days", "4.5 days", "4  days", "four days", "4 Days", "9999 months",
     "4 days before", "4 working days\n", "٤ days"],
)  # fmt: skip
def test_a_period_nobody_would_write_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        period(text)


FIRST_MEETING = 'value = "20 working days"'
BROKEN = {
    "a word for a table": (("[safety]", "words = 3\n[safety]"), "words", "in brackets"),
    "misspelt key": (("[safety]", "[saftey]"), "saftey", "remove or respell"),
    "misspelt clock": (("clocks.first_meeting", "clocks.frist_meeting"), "clocks.frist_meeting",
                       "remove or respell"),
    "extra key in a clock": ((FIRST_MEETING, FIRST_MEETING + "\npace = 3"),
                             "clocks.first_meeting.pace", "remove or respell"),
    "pace": (('use = "live"', 'use = "live"\npace_seconds = 3'), "pace_seconds", "remove"),
    "no source": (('source = "cabinet decision of 14 July 2026"', ""),
                  "clocks.first_meeting.source", "add it"),
    "half a safety table": (('lado = "0117 111 4444"', ""), "safety.lado", "add it"),
    "amount without unit": (("20 working days", "20"), "clocks.first_meeting.value",
                            '"4 working days"'),
    "number for a period": (('"20 working days"', "20"), "clocks.first_meeting.value", "quotes"),
    "nothing": (("20 working", "0 working"), "clocks.first_meeting.value", "at least 1"),
    "counted back": (("20 working days", "20 working days before"), "clocks.first_meeting.value",
                     'leave out "before"'),
    "too long": (("20 working days", "900 weeks"), "clocks.first_meeting.value", "3,660 days"),
    "date in quotes": (("2026-09-01", '"2026-09-01"'), "in_force_from", "without quotes"),
    "id with spaces": (('id = "riverside"', 'id = "River Side"'), "id", "lower-case"),
    "a shipped pack's name": (('id = "riverside"', 'id = "cwdc-2007"'), "id", "name of your own"),
    "extends another": (('extends = "england-default"', 'extends = "cwdc-2007"'), "extends",
                        "england-default"),
    "nation nobody knows": (('use = "live"', 'use = "live"\nnation = "Cornwall"'), "nation",
                            "England"),
    "two lines in one": (("0117 111 2222", "0117\\n111"), "safety.front_door", "one line"),
    "use of its own": (('use = "live"', 'use = "test"'), "use", "live"),
    "a binding word": (("[safety]", ('[choices.arbiter_binds_all]\nvalue = "yes"\n'
                       'source = "us"\n[safety]')), "choices.arbiter_binds_all.value", "true"),
    "lower law": (("[safety]", ('[choices.raised]\nvalue = ["not_from_here"]\nsource = "us"\n'
                   "[safety]")), "choices.raised.value", "only these"),
    "a warning before the question": (
        ("[clocks.first_meeting]",
         ('[clocks.manager_reminder]\nvalue = "4 working days before"\nsource = "us"\n'
         "[clocks.first_meeting]")), "clocks", "shorter than manager_answer"),
}  # fmt: skip


@pytest.mark.parametrize(("change", "key", "remedy"), BROKEN.values(), ids=BROKEN)
def test_a_broken_pack_is_refused_with_file_key_and_remedy(
    tmp_path: Path, change: tuple[str, str], key: str, remedy: str
) -> None:
    path = written(tmp_path, change)
    findings = check_pack(path, live=False)
    assert [(finding.file, finding.key) for finding in findings] == [("riverside.toml", key)]
    assert remedy in findings[0].remedy
    assert findings[0].says
    with pytest.raises(PolicyError) as refused:
        load_pack(path)
    assert refused.value.findings == findings
    assert f"riverside.toml: {key}: " in str(refused.value)


def test_everything_wrong_is_said_at_once(tmp_path: Path) -> None:
    path = written(
        tmp_path, ("20 working", "0 working"), ("2026-09-01", "2026"), ("[safety]", "[x]")
    )
    keys = {finding.key for finding in check_pack(path, live=False)}
    assert keys == {"clocks.first_meeting.value", "in_force_from", "x"}


NOT_LIVE = {
    "no contacts": ((OURS[OURS.index("[safety]") : OURS.index("[clocks")], ""), "safety.lado"),
    "drama number": (("0117 111 3333", "01632 960 002"), "safety.out_of_hours"),
    "no number": (("0117 111 4444", "ask at the desk"), "safety.lado"),
    "wales": (('use = "live"', 'use = "live"\nnation = "Wales"'), "nation"),
    "scotland": (('use = "live"', 'use = "live"\nnation = "Scotland"'), "nation"),
    "no authority": (('authority = "riverside"\n', ""), "authority"),
    "historical": (('use = "live"', 'use = "historical"'), "use"),
    "demonstration": (('use = "live"', 'use = "demonstration"'), "use"),
    "minutes": (("20 working days", "20 minutes"), "clocks.first_meeting"),
    "a slow concern": (("clocks.first_meeting", "clocks.concern"), "clocks.concern"),
}


@pytest.mark.parametrize(("change", "key"), NOT_LIVE.values(), ids=NOT_LIVE)
def test_what_families_need_is_asked_of_live_packs_only(
    tmp_path: Path, change: tuple[str, str], key: str
) -> None:
    path = written(tmp_path, change)
    findings = check_pack(path, live=True)
    assert key in {finding.key for finding in findings}
    assert all(finding.says and finding.remedy for finding in findings)
    assert check_pack(path, live=False) == ()
    assert load_pack(path).live is False


FILES = {
    "not TOML": (b"id = ", "is not TOML"),
    "brackets without end": (b"a = " + b"[" * 5000, "is not TOML"),
    "not UTF-8": (b'id = "\xff"', "is not UTF-8 text"),
    "too large": (b"#" * 70_000, "is larger than 64 KiB"),
}


@pytest.mark.parametrize(("content", "says"), FILES.values(), ids=FILES)
def test_a_file_that_is_no_policy_is_refused(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "riverside.toml"
    path.write_bytes(content)
    (finding,) = check_pack(path, live=True)
    assert (finding.file, finding.says) == ("riverside.toml", says)
    assert finding.remedy


def test_a_misspelt_name_is_answered_with_the_nearest(tmp_path: Path) -> None:
    (finding,) = check_pack("england-defalt", live=False)
    assert "did you mean england-default?" in finding.remedy
    assert check_pack(tmp_path, live=False)[0].says == "cannot be read"


def test_the_longest_pack_there_can_be_is_far_below_16_kib(tmp_path: Path) -> None:
    long = "0117 111 2222".ljust(120, "é")
    changes = [(f'"0117 111 {last * 4}"', f'"{long}"') for last in "234"]
    assert len(canonical(plain(load_pack(written(tmp_path, *changes))))) < 4 * 1024
