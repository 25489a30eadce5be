"""Periods as people write them, and packs that cannot be used: file, key and remedy."""

from pathlib import Path

import pytest

from config.policies import (
    PolicyError,
    check_pack,
    load_pack,
)
from config.policy_models import period
from statemodel.plain import canonical, plain
from statemodel.working_days import Period, Unit
from tests.config.test_policies import OURS, written


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
    "extends another": (('extends = "england-default"', 'extends = "poole"'), "extends",
                        "england-default"),
    "extends history": (('extends = "england-default"', 'extends = "cwdc-2007"'), "extends",
                        'write "england-default"'),
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
